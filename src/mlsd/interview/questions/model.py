"""Core questions 21–26: the baseline first, then task, loss, X and y, candidates, split."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

from mlsd.errors import Message
from mlsd.interview import known
from mlsd.interview.entries import Entries
from mlsd.interview.fields import Typed, Words
from mlsd.interview.line import Line
from mlsd.interview.picks import Pick
from mlsd.interview.plain import Data, drop, put
from mlsd.interview.question import Question
from mlsd.interview.questions.data import has_features
from mlsd.interview.questions.llm import QUESTIONS as LLM
from mlsd.interview.situation import Situation

STAGE = "model"


class BaselineWords(Words):
    """The baseline in words; its kind comes along while the words are the template's."""

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        super().enter(data, answer, situation)
        suggested = situation.suggested.model.baseline
        if suggested.kind and str(answer).strip() == suggested.description:
            put(data, ("model", "baseline", "kind"), suggested.kind)
        elif situation.design.model.baseline.kind == suggested.kind:
            drop(data, ("model", "baseline", "kind"))

    @override
    def clear(self, data: Data, situation: Situation) -> None:
        super().clear(data, situation)
        drop(data, ("model", "baseline", "kind"))


QUESTIONS = (
    Question(
        "21",
        STAGE,
        Message("What is the simplest thing that works, and how good is it?"),
        Message("Without the number of a simple baseline nobody can tell whether the model is worth its cost."),
        (
            BaselineWords(
                ("model.baseline.description", "model.baseline.kind"),
                asked=Message("What is the simplest thing that works?"),
            ),
            Line(
                ("model.baseline.metric", "model.baseline.value"),
                "baseline_measure",
                "model.baseline",
                asked=Message("How good is the baseline, on which offline metric? (or: not measured)"),
                completes=("metric",),
            ),
        ),
        rests_on=("10",),
    ),
    Question(
        "22",
        STAGE,
        Message("What kind of task is it, and which loss does it learn with?"),
        Message(
            "The same problem can be cast as classification, ranking or regression. The choice fixes "
            "labels, loss and metrics, "
            "so it has to be said, with its reason."
        ),
        (
            Pick(("model.task",), asked=Message("What kind of task is it?")),
            Typed(
                ("model.loss",),
                asked=Message("Which loss does it learn with?"),
                applies=has_features,
                offers=known.losses,
            ),
        ),
    ),
    Question(
        "23",
        STAGE,
        Message("What exactly is predicted (y), for what, when, how far ahead?"),
        Message(
            "“Relevance” and “risk” are not targets. An event, a window and the moment of prediction "
            "can be labelled, split and "
            "joined without looking ahead."
        ),
        (
            Words(("model.target.definition",), asked=Message("What exactly is predicted (y)?")),
            Line(
                ("model.target.entity", "model.target.predicted_at", "model.target.horizon_days"),
                "target_timing",
                "model.target",
                asked=Message("For which entity is it predicted, at which moment, and how far ahead?"),
                applies=has_features,
                completes=("entity",),
            ),
        ),
        rests_on=("22/1",),
    ),
    Question(
        "24",
        STAGE,
        Message("What does the model see (X), and where does serving get it?"),
        Message(
            "For every feature the interviewer asks where serving gets it in time, and whether it was"
            " known at the moment of "
            "prediction."
        ),
        (
            Entries(
                (
                    "model.features[].id",
                    "model.features[].entity",
                    "model.features[].source",
                    "model.features[].available",
                ),
                "feature",
                "model.features",
                ("entity", "source", "available"),
                needs=("entity", "source"),
                completes=("entity", "node", "model.features[].available"),
            ),
        ),
        has_features,
        rests_on=("11", "13"),
    ),
    Question(
        "25",
        STAGE,
        Message("What do you try after the baseline, in which order?"),
        Message(
            "Each step should have a reason and an expected gain. Starting with the largest model "
            "means months without a number "
            "to compare."
        ),
        (
            Entries(
                ("model.candidates[].id", "model.candidates[].family"),
                "candidate",
                "model.candidates",
                ("family",),
                completes=("model.candidates[].family",),
            ),
        ),
        rests_on=("22/1",),
    ),
    Question(
        "26",
        STAGE,
        Message("How do you split train and test, in which shares?"),
        Message(
            "A split that lets the future explain the past makes every offline number too good, and "
            "nobody notices before launch."
        ),
        (
            Line(
                ("model.split.strategy", "model.split.train", "model.split.validation", "model.split.test"),
                "split",
                "model.split",
                completes=("model.split.strategy",),
            ),
        ),
        rests_on=("22/1",),
    ),
    *LLM,
)
