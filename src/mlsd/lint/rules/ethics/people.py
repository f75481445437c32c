"""What a decision does to people: the reason they are given, the groups they belong to, whoever looks at their case."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.design import Design, Path
from mlsd.design.metrics import Metric
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

GENERATIVE = frozenset({"generation", "text_to_image", "agent"})
GIVEN = frozenset({"speech_recognition", "translation"})
"""Tasks that say again what somebody said: nothing is made up."""
MADE = frozenset({"text", "image", "audio"})
"""Outputs that somebody can use for something else than they were made for."""
SCORED = frozenset({"probability", "score"})
"""Outputs that say how sure they are, so that the unsure cases can be told."""


@rule("ETH-01", Severity.ERROR, since=Maturity.DESIGN, sources=["DE-D.4", "DE-E.2", "CH", "NA"], requires=("PRB-11",))
def adverse_action_path(design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A regulated decision is taken, and whoever it goes against learns no reason or cannot object.

    Where the law watches, a refusal comes with its reasons and with somebody who looks again: lenders in the United
    States must name the main reasons, the GDPR gives a right to contest the decision before a person. Both shape the
    model, because reasons must be computed with each prediction and kept with it.

    Ask: What does the letter say to whoever is refused, and who reads the answer?
    False positives: the design only informs people who decide by other rules; then its trait `regulated` is not strong.

    Bad:
    ```yaml
    traits: {regulated: strong}
    problem: {decision: {action: grant or refuse the loan, oversight: {appeal: a link in the letter}}}
    ```
    Good:
    ```yaml
    traits: {regulated: strong}
    problem: {decision: {action: grant or refuse the loan, oversight: {appeal: a link in the letter}}}
    model: {explanation: the four features that lowered the score most}
    ```
    """
    if not knowledge.strong("regulated") or not design.problem.decision.action:
        return
    missing: list[tuple[Sentence, Path]] = []
    if not design.model.explanation:
        missing.append((Sentence("an explanation of one decision"), ("model", "explanation")))
    if not design.problem.decision.oversight.appeal:
        missing.append((Sentence("a way to object"), ("problem", "decision", "oversight", "appeal")))
    if missing:
        yield Finding(
            "The decision is regulated, but whoever it goes against lacks this: {missing}.",
            at=missing[0][1],
            also="problem.decision.action",
            ways_out=[Sentence("closes with the reasons that people are told, and who answers their objection")],
            missing=[name for name, _ in missing],
        )


@rule("ETH-02", Severity.WARNING, since=Maturity.DESIGN, sources=["DE-D.2", "TS-M7", "MC"], requires=("MET-16",))
def no_fairness_slices(design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A decision with consequences for people is measured for no protected group.

    A model that never sees age can still refuse the old, through the postcode or the length of a career. Only a number
    for each group shows it, and the attribute must be kept for that audit even where it may not be a feature.

    Ask: For which group would a difference of five points be a scandal, and where would you see it?
    False positives: the attribute may not be collected at all; say so in the reason of a waiver.

    Bad:
    ```yaml
    traits: {regulated: strong}
    data: {entities: [{id: user, attributes: [country, {name: age, sensitive: true}]}]}
    metrics: {offline: [{id: roc_auc}], slices: [user.country]}
    ```
    Good:
    ```yaml
    traits: {regulated: strong}
    data: {entities: [{id: user, attributes: [country, {name: age, sensitive: true}]}]}
    metrics: {offline: [{id: roc_auc}], slices: [user.age]}
    ```
    """
    metrics, protected = design.metrics, _attributes(design, "sensitive")
    about_people = bool(protected or _attributes(design, "personal"))
    concerned = knowledge.strong("regulated") or (knowledge.strong("high_stakes") and about_people)
    if (
        not concerned
        or not metrics.offline
        or any(map(_by_group, (*metrics.offline, *metrics.online, *metrics.business)))
    ):
        return
    if not metrics.slices or (protected and not set(protected) & set(metrics.slices)):
        ways_out = [Sentence("closes with the slice {attribute}", attribute=protected[0])] if protected else []
        yield Finding(
            "The decision has consequences for people, but quality is compared for no protected group.",
            at=("metrics", "slices"),
            ways_out=[*ways_out, Sentence("closes with a metric of the gap between groups")],
        )


def _attributes(design: Design, mark: str) -> list[str]:
    """The attributes that are marked as sensitive or personal, as slices name them."""
    return [
        f"{entity.id}.{attribute.name}"
        for entity in design.data.entities
        for attribute in entity.attributes
        if getattr(attribute, mark)
    ]


def _by_group(metric: Metric) -> bool:
    entry = known_metric(metric.metric or metric.id)
    return entry is not None and "group" in entry.flags


@rule("ETH-03", Severity.WARNING, since=Maturity.DESIGN, sources=["PAIR", "PL"], requires=("PRB-11",))
def no_human_oversight(design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """The stakes are high and the model knows when it is unsure, but no case goes to a person.

    Many mistakes lie in a narrow band around the threshold, where the model itself says that it does not know. Those
    cases are often few enough for people; without a route they are decided like all the others.

    Ask: Between which two scores would you rather ask somebody?
    False positives: the answer is due in milliseconds; then a person may still look afterwards, and that is the route.

    Bad:
    ```yaml
    traits: {high_stakes: strong}
    problem: {decision: {actor: machine, action: hold the payment, reversible: true}}
    model: {output: probability}
    ```
    Good:
    ```yaml
    traits: {high_stakes: strong}
    problem:
      decision:
        {actor: machine, action: hold the payment, reversible: true, oversight: {route: "scores between 0.4 and 0.7"}}
    model: {output: probability}
    ```
    """
    decision, model = design.problem.decision, design.model
    unsure = model.output in SCORED or model.operating_point.kind is not None
    if not knowledge.strong("high_stakes") or decision.actor not in ("machine", "both") or not unsure:
        return
    if not decision.oversight.route:
        yield Finding(
            "The stakes are high and the model says how sure it is ({output}), but no unsure case goes to a person.",
            at=("problem", "decision", "oversight", "route"),
            also="model.output" if model.output in SCORED else "model.operating_point.kind",
            ways_out=[Sentence("closes with the band of scores that people look at")],
            output=model.output if model.output in SCORED else model.operating_point.kind,
        )


@rule("ETH-04", Severity.INFO, since=Maturity.PILOT, sources=["DE-E.4", "MC"])
def misuse_unaddressed(design: Design) -> Iterator[Finding]:
    """Something is generated for people, and nobody has written down what it could be misused for.

    Whoever can ask for a text, a picture or an action can ask for the wrong one: a forged review, a likeness, a
    thousand messages an hour. It costs an hour to think of before the launch, and a recall after it.

    Ask: What would somebody who means harm use this for first?
    False positives: it writes for colleagues only, and from fixed inputs. What only says again what somebody said
    (dictation, translation) is left alone.

    Bad:
    ```yaml
    model: {task: generation}
    problem: {risks: [{id: slow, kind: operations, accepted: nobody waits}]}
    ```
    Good:
    ```yaml
    model: {task: generation}
    problem: {risks: [{id: slow, kind: misuse, accepted: nobody waits}]}
    ```
    """
    model = design.model
    if model.task not in GENERATIVE and (model.output not in MADE or model.task in GIVEN):
        return
    if not any(risk.kind == "misuse" for risk in design.problem.risks):
        yield Finding(
            "Something is made for people ({made}), but no risk of misuse is named.",
            at=("problem", "risks"),
            ways_out=[Sentence("closes with a risk of the kind misuse, and what is done about it")],
            made=model.task or model.output,
        )
