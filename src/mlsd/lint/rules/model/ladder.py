"""In which order models are tried."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import family as known_family
from mlsd.content.registry import model as known_model
from mlsd.content.registry import model_like
from mlsd.design.model import Baseline, Model
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

HEAVY = frozenset({"deep", "fine_tuned", "llm"})
LEARNED = frozenset({"linear", "neighbours", "factorization", "trees", "pretrained"})
"""Families of a baseline that is itself a first model."""
PRETRAINED_IS_SIMPLE = frozenset(
    {"detection", "segmentation", "speech_recognition", "translation", "summarisation", "generation", "agent"}
    | {"text_to_image", "pretraining"}
)
"""Tasks in which nobody begins with a linear model."""


@rule("MOD-09", Severity.WARNING, since=Maturity.INTERVIEW, sources=["SEED", "G4", "CH", "NA", "BK"])
def complex_first(model: Model) -> Iterator[Finding]:
    """The first model that is trained is a deep one, and no simpler step stands before or beside it.

    A linear model or boosting takes a day, shows whether features, labels and split are right, and often gives most
    of the gain. A network that fails first leaves open whether it was the network. Interviewers wait for the simple
    step.

    Ask: Which simpler model would have told you by Friday that the pipeline works?
    False positives: images, speech and text, where a pre-trained model is the simple step; the rule knows those
    tasks. Elsewhere say in `why` what a simple model cannot do. A kind of baseline that is nearly one of the registry
    is remarked on; any other is taken for one of your own.

    Bad:
    ```yaml
    model: {task: ranking, candidates: [{id: two_tower, family: deep}]}
    ```
    Good:
    ```yaml
    model: {task: ranking, candidates: [{id: lambdamart, family: trees}, {id: two_tower, family: deep}]}
    ```
    """
    yield from _mistyped(model.baseline)
    if not model.candidates or model.task in PRETRAINED_IS_SIMPLE or model.llm is not None:
        return
    first = model.candidates[0]
    entry = known_model(model.baseline.kind)
    started = entry is not None and entry.family in LEARNED
    if first.family not in HEAVY or first.why or started or any(_simple(step.family) for step in model.candidates):
        return
    yield Finding(
        "The first model to be trained is {model} ({family}), and no simpler one stands before it.",
        at=("candidates", 0),
        ways_out=[Sentence("closes with a linear model or trees before it, or with why none would do")],
        model=first.id or first.name,
        family=first.family,
    )


def _mistyped(baseline: Baseline) -> Iterator[Finding]:
    """A kind that no registry knows, nearly that of a model or of a family."""
    kind = baseline.kind or ""
    if not known_model(kind) and not known_family(kind) and (near := model_like(kind)):
        yield Finding(
            "{kind} is in no registry of models.",
            at="baseline.kind",
            severity=Severity.INFO,
            ways_out=[Sentence("did you mean {near}?", near=near)],
            kind=kind,
        )


def _simple(name: str | None) -> bool:
    entry = known_family(name)
    return entry is not None and entry.simple
