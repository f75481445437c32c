"""Questions L1–L6 and A1–A2: only with a language model, or with one that acts."""

from __future__ import annotations

from mlsd.errors import Message
from mlsd.interview.entries import Entries
from mlsd.interview.fields import Typed, Words
from mlsd.interview.line import Line
from mlsd.interview.picks import Picks
from mlsd.interview.question import Question
from mlsd.interview.situation import Situation

STAGE = "model"


def uses_llm(situation: Situation) -> bool:
    """Only with a language model."""
    return situation.llm


def learns(situation: Situation) -> bool:
    """Only with a language model that is trained, not one that is taken as it is."""
    llm = situation.design.model.llm
    return situation.design.model.task == "pretraining" or (
        llm is not None and ("fine_tuning" in llm.knowledge or bool(llm.stages))
    )


def acts(situation: Situation) -> bool:
    """Only with a model that acts."""
    return situation.agent


QUESTIONS = (
    Question(
        "L1",
        STAGE,
        Message("Which models: reasoning or instruct, for what job, rented or our own?"),
        Message(
            "A reasoning model plans and costs seconds; an instruct model is fast and cheap. One for "
            "everything is seldom right."
        ),
        (
            Entries(
                (
                    "model.llm.models[].id",
                    "model.llm.models[].version",
                    "model.llm.models[].kind",
                    "model.llm.models[].job",
                    "model.llm.models[].hosting",
                ),
                "llm_model",
                "model.llm.models",
                ("version", "kind", "job", "hosting"),
                completes=("model.llm.models[].kind", "model.llm.models[].hosting"),
            ),
        ),
        uses_llm,
        rests_on=("22/1",),
    ),
    Question(
        "L2",
        STAGE,
        Message("Where does its knowledge come from?"),
        Message(
            "Fine-tuning teaches behaviour, retrieval brings facts. Facts that change by the day do "
            "not belong into weights."
        ),
        (Picks(("model.llm.knowledge",)),),
        uses_llm,
    ),
    Question(
        "L3",
        STAGE,
        Message("How many hand-checked cases has the evaluation set?"),
        Message(
            "With fifty cases a difference of ten points may be chance. Without any, every change is a matter of taste."
        ),
        (Typed(("model.llm.evaluation.golden_set",)),),
        uses_llm,
    ),
    Question(
        "L4",
        STAGE,
        Message("What does it do when it does not know?"),
        Message(
            "A model that may not say “I don't know” invents. The way out has to be designed: refuse,"
            " ask back, hand over."
        ),
        (Words(("model.llm.abstention",)),),
        uses_llm,
    ),
    Question(
        "L5",
        STAGE,
        Message("What does it read that strangers wrote; what keeps that from giving orders?"),
        Message(
            "Every text in the prompt can give orders. What a stranger can write into it decides what"
            " the model may be allowed to do."
        ),
        (
            Picks(("model.llm.reads",), asked=Message("What does it read that strangers wrote?")),
            Words(("model.llm.injection_control",), asked=Message("What keeps such text from giving orders?")),
        ),
        uses_llm,
    ),
    Question(
        "L6",
        STAGE,
        Message("Which training stages, on which data, with the loss on which tokens?"),
        Message(
            "Pre-training, instruction tuning and alignment need different data. In instruction "
            "tuning the loss belongs on the "
            "answer's tokens only."
        ),
        (
            Entries(
                (
                    "model.llm.stages[].kind",
                    "model.llm.stages[].method",
                    "model.llm.stages[].data_kind",
                    "model.llm.stages[].loss_on",
                ),
                "training_stage",
                "model.llm.stages",
                ("kind", "method", "data_kind", "loss_on"),
            ),
        ),
        learns,
    ),
    Question(
        "A1",
        STAGE,
        Message("Which tools, the worst each can do, who approves, what limit holds?"),
        Message(
            "With an agent a wrong word becomes a wrong deed. What cannot be undone needs an approval"
            " or a hard limit outside the "
            "prompt."
        ),
        (
            Entries(
                (
                    "model.agent.tools[].id",
                    "model.agent.tools[].effect",
                    "model.agent.tools[].approval",
                    "model.agent.tools[].limit",
                ),
                "tool",
                "model.agent.tools",
                ("effect", "approval", "limit"),
                completes=("model.agent.tools[].effect",),
            ),
        ),
        acts,
        rests_on=("22/1",),
    ),
    Question(
        "A2",
        STAGE,
        Message("After how many steps, minutes and how much money does it stop?"),
        Message("A loop that nothing stops spends a month's budget in a night."),
        (
            Line(
                ("model.agent.limits.steps", "model.agent.limits.minutes", "model.agent.limits.cost"),
                "limits",
                "model.agent.limits",
            ),
        ),
        acts,
    ),
)
