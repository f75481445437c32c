"""How one knows that a language model is good enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.content.registry import family as known_family
from mlsd.content.registry import metric as known_metric
from mlsd.content.registry import model as known_model
from mlsd.derived.served import WRITES_NOTHING
from mlsd.design import Design
from mlsd.design.llm import Llm, LlmModel
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import short, untrained
from mlsd.lint.rules.llm.boundaries import NO_ANSWER

A_MODEL = r"(?<!the )\b(model(?!['’]s)|модель|моделью|нейросеть|нейросетью)\b"
"""A model that does something; “the model's answers” and «ответы модели» are what is judged."""
MOVING = re.compile(r"latest|\b(stable|main|master|current|newest)\b", re.IGNORECASE)
"""Names that point at another model tomorrow."""
FIXED = re.compile(r"\d{3,}|\d{2}-\d{2}|@|\bv\d|\b\d+(\.\d+)?[bm]\b|\b(?=\w*\d)[0-9a-f]{7,}\b", re.IGNORECASE)
"""What fixes a vendor's name: a date, a revision, a digest, or the size of a model with open weights."""
FEWEST, AGREED = 50, 0.8
"""Cases to begin with, and the share of verdicts in which a judge is worth listening to."""
LONG = 200
"""Who judges is named at the beginning of the answer."""


@rule("LLM-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NL", "AA", "BK", "COR"])
def no_golden_set(llm: Llm) -> Iterator[Finding]:
    """There is no set of hand-checked cases, or one of a handful.

    A prompt, a model version, a chunk size: each change moves some answers up and others down. Without a hundred to
    five hundred checked cases nobody can say which. 38 % of the public documents with a language model have none. Of
    ten cases one is ten points; fifty are a beginning.

    Ask: Which cases would you run before letting a new prompt live, and how many are there?
    False positives: a task of which there are not fifty cases in the world; waive it and name all there are.

    Bad:
    ```yaml
    model: {llm: {knowledge: prompt}}
    ```
    Good:
    ```yaml
    model: {llm: {knowledge: prompt, evaluation: {golden_set: 300}}}
    ```
    Bad:
    ```yaml
    maturity: design
    model: {llm: {knowledge: prompt, evaluation: {golden_set: 10}}}
    ```
    Good:
    ```yaml
    maturity: design
    model: {llm: {knowledge: prompt, evaluation: {golden_set: 50}}}
    ```
    """
    cases = llm.evaluation.golden_set
    if not cases:
        yield Finding("No evaluation set of hand-checked cases is named.", at="evaluation.golden_set")
    elif cases < FEWEST:
        yield Finding(
            "The evaluation set has {cases} hand-checked cases, fewer than {fewest}.",
            at="evaluation.golden_set",
            severity={Maturity.DESIGN: Severity.WARNING},
            ways_out=[Sentence("closes at golden_set ≥ {fewest}", fewest=FEWEST)],
            cases=cases,
            fewest=FEWEST,
        )


@rule("LLM-02", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "PL"])
def judge_uncalibrated(llm: Llm) -> Iterator[Finding]:
    """A model judges the answers, and nobody has compared it with people, or they do not agree.

    A judging model likes long answers, the first of two, and those that sound like itself. Until a person has graded
    a hundred of the same answers, its 4.6 of 5 is a number without a unit; below some 80 % of agreement it measures
    something else than the people do.

    Ask: In how many of a hundred answers would a person give the same verdict?
    False positives: the judge is a person whose description names a model.

    Bad:
    ```yaml
    model: {llm: {evaluation: {judge: a reasoning model with a rubric}}}
    ```
    Good:
    ```yaml
    model: {llm: {evaluation: {judge: a reasoning model with a rubric, judge_agreement: 0.86}}}
    ```
    Bad:
    ```yaml
    model: {llm: {evaluation: {judge: a reasoning model with a rubric, judge_agreement: 0.3}}}
    ```
    Good:
    ```yaml
    model: {llm: {evaluation: {judge: a reasoning model with a rubric, judge_agreement: 0.8}}}
    ```
    """
    judge, agreed = llm.evaluation.judge, llm.evaluation.judge_agreement
    if agreed is not None and agreed < AGREED:
        yield Finding(
            "A person agrees with the judge in {agreed} % of the cases, less than {least} %.",
            at="evaluation.judge_agreement",
            ways_out=[Sentence("closes at judge_agreement ≥ {least} %", least=short(100 * AGREED))],
            agreed=short(100 * agreed),
            least=short(100 * AGREED),
        )
    if judge and agreed is None and _is_model(judge, llm):
        yield Finding(
            "A model judges the answers ({judge}), and nothing says how often a person agrees.",
            at="evaluation.judge_agreement",
            ways_out=[Sentence("closes with judge_agreement, measured on at least 100 cases")],
            judge=judge,
        )


def _is_model(judge: str, llm: Llm) -> bool:
    """Whether the judge is described as a model: by that word, a known name, or the id of a model of this design."""
    text = judge[:LONG].casefold()
    ids = [re.escape(model.id) for model in llm.models if model.id]
    if re.search("|".join([A_MODEL, *(rf"\b{name}\b" for name in ids)]), text):
        return True
    names = (name for name in re.findall(r"[^\W\d_]+", text) if known_model(name) is None)
    return any(entry.id == "llm" for name in names if (entry := known_family(name)))


@rule("LLM-03", Severity.WARNING, since=Maturity.INTERVIEW, sources=["BK", "AD"], requires=("MET-02",))
def rag_without_retrieval_eval(llm: Llm, design: Design) -> Iterator[Finding]:
    """Retrieval feeds the model, but no metric looks at retrieval alone.

    If the right passage is not among the retrieved ones, no prompt can save the answer. Recall of retrieval is the
    ceiling of everything after it, and cheap to measure.

    Ask: In what share of the questions is the passage with the answer among the retrieved ones?
    False positives: none known.

    Bad:
    ```yaml
    metrics: {offline: [{id: faithfulness}]}
    model: {llm: {knowledge: rag}}
    ```
    Good:
    ```yaml
    metrics: {offline: [{id: recall_at_10}, {id: faithfulness}]}
    model: {llm: {knowledge: rag}}
    ```
    """
    if "rag" not in llm.knowledge:
        return
    entries = (known_metric(metric.metric or metric.id) for metric in design.metrics.offline)
    if not any(entry and "retrieval" in entry.flags for entry in entries):
        yield Finding(
            "The model answers from retrieved passages, but no offline metric looks at retrieval.", at="knowledge"
        )


@rule("LLM-07", Severity.WARNING, since=Maturity.DESIGN, sources=["NL", "OL9", "COR"], requires=("MET-02",))
def no_grounding_check(llm: Llm, design: Design) -> Iterator[Finding]:
    """Answers are to rest on documents, and no metric looks whether they do.

    A fluent answer that its passages do not support reads like a right one, and few people open the passage. Whether
    each claim stands in what was retrieved can be counted: faithfulness, the share of unsupported claims, the
    accuracy of citations. 62 % of the public documents with a language model count none of it.

    Ask: Of a hundred claims in its answers, how many stand in the passages it was given?
    False positives: the answer is text to be reworked (a draft, a translation) and claims nothing.

    Bad:
    ```yaml
    metrics: {offline: [{id: recall_at_10}]}
    model: {task: generation, llm: {knowledge: rag}}
    ```
    Good:
    ```yaml
    metrics: {offline: [{id: recall_at_10}, {id: faithfulness}]}
    model: {task: generation, llm: {knowledge: rag}}
    ```
    """
    factual = design.model.task == "summarisation" or bool({"rag", "long_context"} & set(llm.knowledge))
    if factual and llm.output_feeds in (None, "human") and not _flagged(design, "grounding"):
        yield Finding(
            "The answers rest on documents, but no metric looks whether they say what stands there.",
            at="knowledge",
            ways_out=[Sentence("closes with faithfulness, hallucination rate or citation accuracy")],
        )


def _flagged(design: Design, flag: str) -> bool:
    """Whether an offline or online metric is of this sort."""
    entries = (known_metric(entry.metric or entry.id) for entry in (*design.metrics.offline, *design.metrics.online))
    return any(entry and flag in entry.flags for entry in entries)


@rule("LLM-13", Severity.WARNING, since=Maturity.PILOT, sources=["NL", "PL"])
def no_regression_gate(llm: Llm, design: Design) -> Iterator[Finding]:
    """The model or its prompt may change without anybody deciding it, or without passing an evaluation.

    “Latest” is another model on the day the vendor says so, a bare name such as `gpt-4o` is no better, and a prompt
    edited in a console leaves no trace. All of them move some answers up and others down. A pinned name makes the
    change a decision; a gate (no case of the golden set lost, faithfulness not below today's) makes it a safe one.

    Ask: On the day the answers got worse, which model and which prompt were live, and what had they passed?
    False positives: a vendor that offers no fixed versions; run the evaluation every night and waive it.

    Bad:
    ```yaml
    model: {llm: {models: [{id: answerer, version: latest, hosting: api}]}}
    deploy: {versions: [code, prompt], retraining: {gate: no golden case lost}}
    ```
    Good:
    ```yaml
    model: {llm: {models: [{id: answerer, version: mini-2026-08-01, hosting: api}]}}
    deploy: {versions: [code, prompt], retraining: {gate: no golden case lost}}
    ```
    """
    deploy = design.deploy
    registered = "model" in deploy.versions
    loose: list[str | Sentence] = [
        model.id or str(position)
        for position, model in enumerate(llm.models)
        if _unpinned(model) and not (registered and model.hosting == "own")
    ]
    prompted = not llm.models or any(model.kind not in NO_ANSWER for model in llm.models)
    loose += [] if "prompt" in deploy.versions or not prompted else [Sentence("the prompt")]
    if loose:
        yield Finding(
            "This may change unseen, because no version of it is pinned: {what}.",
            at="models",
            also="" if "prompt" in deploy.versions or not prompted else "deploy.versions",
            ways_out=[Sentence("closes with a dated version of each model, and with prompt in deploy.versions")],
            what=loose,
        )
    if untrained(design) and not deploy.retraining.gate:
        yield Finding(
            "A new model or prompt goes live without an evaluation that it must pass.",
            at="evaluation",
            also="deploy.retraining.gate",
            ways_out=[Sentence("closes with deploy.retraining.gate")],
        )


def _unpinned(model: LlmModel) -> bool:
    """Whether another model may answer under the same name: there is none, it moves, or a vendor's has no date."""
    if model.version is None or MOVING.search(model.version):
        return True
    return model.hosting == "api" and model.kind not in WRITES_NOTHING and not FIXED.search(model.version)


@rule("LLM-18", Severity.WARNING, since=Maturity.DESIGN, sources=["SEED", "NL"], requires=("MET-02",))
def alignment_safety_evals(llm: Llm, design: Design) -> Iterator[Finding]:
    """People talk to it, and harmful answers, needless refusals or both are not measured.

    Each of the two can be had for nothing at the cost of the other: what refuses everything never harms, what refuses
    nothing never annoys. Only the pair shows where a new model or prompt stands, so it takes two sets of questions:
    those that must be refused, and harmless ones that sound alike.

    Ask: How many of a hundred bad requests does it serve, and how many of a hundred harmless ones does it refuse?
    False positives: a closed tool for a few trained people; waive it and say who they are. A base model that continues
    files and that nobody writes to, such as one that completes code, cannot refuse and is not asked.

    Bad:
    ```yaml
    metrics: {offline: [{id: task_success}, {id: harmful_rate}]}
    model: {task: generation, llm: {output_feeds: human}}
    ```
    Good:
    ```yaml
    metrics: {offline: [{id: task_success}, {id: harmful_rate}, {id: over_refusal_rate}]}
    model: {task: generation, llm: {output_feeds: human}}
    ```
    """
    answers_people = llm.output_feeds == "human" or (llm.output_feeds is None and "user_text" in llm.reads)
    if not answers_people or _only_continues(llm) or design.model.task not in (None, "generation", "agent"):
        return
    missing = [] if _flagged(design, "safety") else [Sentence("harmful answers")]
    missing += [] if _flagged(design, "over_refusal") else [Sentence("refusals of harmless questions")]
    if missing:
        yield Finding(
            "People talk to the model, and no metric counts: {missing}.",
            at="evaluation",
            ways_out=[Sentence("closes with harmful_rate and over_refusal_rate, or with refusal_accuracy for both")],
            missing=missing,
        )


def _only_continues(llm: Llm) -> bool:
    """Whether nobody writes to it and it has none but base models: it completes what it is given."""
    kinds = {model.kind for model in llm.models if model.kind not in WRITES_NOTHING}
    return bool(llm.reads) and "user_text" not in llm.reads and kinds == {"base"}
