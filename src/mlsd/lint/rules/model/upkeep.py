"""What a model owes after its training: reasons, a look at its errors, and that it can be made again, in time."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import family as known_family
from mlsd.design import Design
from mlsd.design.deploy import Deploy, Retraining
from mlsd.design.model import Model
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.amount import hours as in_hours
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, rented

REPEATABLE = frozenset({"seed", "config", "data", "model"})
MUCH = 10
"""So many trainings while one label ripens learn almost nothing new from one another."""


@rule("MOD-15", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "DE-D.4", "NA"], requires=("ETH-01",))
def explainability_gap(model: Model, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """Reasons are owed for a single answer, and the model that is planned gives none.

    Whoever is turned down may ask why, and whoever signs has to know. A linear model names its reasons by itself; trees
    and networks need a method for it, and somebody who has checked that its reasons are the true ones.

    Ask: Read one answer aloud to the person concerned: which three reasons follow it?
    False positives: only a simple model decides, and the heavy one is compared with it offline. What a regulated
    decision owes to whoever it goes against is asked first, by ETH-01.

    Bad:
    ```yaml
    problem: {constraints: [{id: reasons, kind: explainability, text: every refusal names its reasons}]}
    model: {candidates: [{id: gbdt, family: trees}]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: reasons, kind: explainability, text: every refusal names its reasons}]}
    model: {candidates: [{id: gbdt, family: trees}], explanation: "three strongest reasons by SHAP, in approved words"}
    ```
    """
    constraints = enumerate(design.problem.constraints)
    asked = next((at for at, constraint in constraints if constraint.kind == "explainability"), None)
    if model.explanation or (asked is None and not knowledge.strong("regulated")):
        return
    families = [
        (candidate.id or candidate.name or candidate.family, candidate.family) for candidate in model.candidates
    ]
    if not families and model.llm is not None:
        families = [("llm", "llm")]
    law = "traits.regulated" if design.traits.regulated else ""
    opaque = next((name for name, family in families if (known := known_family(family)) and known.opaque), None)
    if opaque:
        yield Finding(
            "One answer has to be explained, {model} does not explain itself, and nothing says how it is done.",
            at="explanation",
            also=law if asked is None else ("problem", "constraints", asked),
            ways_out=[Sentence("closes with a method, or with a model that can be read")],
            model=opaque,
        )


@rule("MOD-16", Severity.ERROR, since=Maturity.PILOT, sources=["TS-M4", "G8", "ALG"])
def retrain_does_not_fit(retraining: Retraining, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A training takes longer than the time until the next one, or the model is retrained before it can learn more.

    Thirty hours do not fit into a night: the second run starts while the first one runs, and the third finds no
    machine. And a model made anew every hour from labels that take a month sees almost the same rows 700 times.

    Ask: On an ordinary Tuesday, when does the training start, when does it end, and what does it know that the last one
    did not?
    False positives: the model is only updated with new rows; then `hours` is what one update takes. Where somebody
    fights the model, or a sample is checked by hand every day, the rule lets a cadence be faster than the labels.

    Bad:
    ```yaml
    deploy: {retraining: {cadence_hours: 24, hours: 30}}
    ```
    Good:
    ```yaml
    deploy: {retraining: {cadence_hours: 24, hours: 3}}
    ```
    """
    cadence, hours, labels = retraining.cadence_hours, retraining.hours, design.data.labels
    sooner = labels.audit_per_day or knowledge.strong("adversarial")
    if cadence is None:
        return
    if hours is not None and hours > cadence:
        yield Finding(
            "A training takes {time}, and the next one starts after {cadence}.",
            at="hours",
            also="deploy.retraining.cadence_hours",
            ways_out=[Sentence("closes at cadence_hours ≥ {hours}", hours=at_least(hours))],
            time=in_hours(hours),
            cadence=in_hours(cadence),
        )
    elif labels.delay_days is not None and MUCH * cadence < 24 * labels.delay_days and not sooner:
        yield Finding(
            "The model is retrained every {cadence} hours, but its labels take {delay} days.",
            at="cadence_hours",
            also="data.labels.delay_days",
            severity=Severity.INFO,
            ways_out=[Sentence("closes with a slower cadence, or with features and labels that really change so soon")],
            cadence=cadence,
            delay=labels.delay_days,
        )


@rule("MOD-24", Severity.WARNING, since=Maturity.PILOT, sources=["TS-I1", "CR37", "NIPS", "SE"])
def no_reproducibility(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """Nothing is kept from which the model in production could be made again.

    A customer complains about an answer of March. Without the data, the settings and the seed of that model nobody can
    ask it again, and a bug that is found cannot be told from luck.

    Ask: The machine with the live model is gone: how do you get the same model back, and would you notice another?
    False positives: none known; a registry or a commit with a data version is an hour of work. What is rented and never
    trained here is pinned where it is named (LLM-13).

    Bad:
    ```yaml
    model: {candidates: [{id: gbdt, family: trees}]}
    deploy: {versions: [code]}
    ```
    Good:
    ```yaml
    model: {candidates: [{id: gbdt, family: trees}]}
    deploy: {versions: [code, data]}
    ```
    """
    llm, blocks = design.model.llm, design.pipeline.components
    trained = (design.model.candidates or (llm is not None and llm.stages)) and not rented(design)
    kept = deploy.tracking or REPEATABLE & set(deploy.versions) or any(block.role == "registry" for block in blocks)
    if trained and not kept:
        yield Finding(
            "Neither seed, settings, data nor model are kept in versions, and there is no registry.",
            at="versions",
            ways_out=[Sentence("closes with a registry, or with the version of data and settings beside each model")],
        )


@rule("MOD-25", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "CR34", "CR-S08"])
def no_error_analysis(model: Model, design: Design) -> Iterator[Finding]:
    """Nobody plans to look at what the model gets wrong.

    The mean says how good a model is; the errors say why and for whom. Two hundred of them, sorted by cost, tell in an
    afternoon whether labels are wrong, a feature is empty or one country is read in the wrong alphabet.

    Ask: Which hundred errors will you read first, and who reads them with you?
    False positives: an interview; the rule waits for a design.

    Bad:
    ```yaml
    model: {candidates: [{id: gbdt, family: trees}]}
    ```
    Good:
    ```yaml
    model: {candidates: [{id: gbdt, family: trees}], error_analysis: the 200 costliest errors of every month}
    ```
    """
    if (model.candidates or model.llm is not None) and not model.error_analysis and not design.metrics.slices:
        yield Finding(
            "Nothing says where errors will be looked for.",
            at="error_analysis",
            ways_out=[Sentence("closes with the worst cases that are read, by whom and how often, or with slices")],
        )
