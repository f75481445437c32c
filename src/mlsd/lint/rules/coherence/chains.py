"""What must lead on to something: a risk to whoever notices it, a metric to its events, a cost to its worth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.content.register import key
from mlsd.content.words import LIMIT
from mlsd.derived.cost import expected_worth
from mlsd.design import Design, Path
from mlsd.design.problem import Problem
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, at_most, short

_WORD = re.compile(r"[^\W_]+")
LONGEST = 5
"""A block's name of more words is not looked for in what is done about a risk."""


@rule("XST-06", Severity.WARNING, since=Maturity.PILOT, sources=["CR47", "CR-X07"])
def risk_monitor_fallback_chain(problem: Problem, design: Design) -> Iterator[Finding]:
    """A risk of high impact has nobody who notices it and nothing that answers instead.

    What would stop the business should not be learned from customers. Before people depend on the service, a risk of
    that size needs a number that rings, or something else that stands in when it happens.

    Ask: When this happens on a Sunday, who knows it first, and what do people see meanwhile?
    False positives: somebody accepts the risk as it is; write the reason in `accepted`.

    Bad:
    ```yaml
    problem: {risks: [{id: loop, impact: high, text: the tail disappears, mitigation: 2 % of the places are random}]}
    deploy: {monitoring: [{id: tail, target: tail_share, kind: business}]}
    ```
    Good:
    ```yaml
    problem:
      risks:
        - {id: loop, impact: high, text: the tail disappears, mitigation: 2 % of the places are random, monitor: tail}
    deploy: {monitoring: [{id: tail, target: tail_share, kind: business}]}
    ```
    """
    standing_in = {block.fallback for block in design.pipeline.components if block.fallback}
    blocks = [block for block in design.pipeline.components if block.id in standing_in]
    names = {" ".join(_words(name)) for block in blocks for name in (block.id, block.name) if name}
    answers = _phrases(design.deploy.fallback)
    for position, risk in enumerate(problem.risks):
        if risk.impact != "high" or risk.accepted or risk.monitor:
            continue
        if not names & _phrases(risk.mitigation) and " ".join(_words(risk.id)) not in answers:
            yield Finding(
                "The risk {risk} is of high impact, but no monitor notices it and no fallback is named for it.",
                at=("risks", position, "monitor"),
                ways_out=[Sentence("closes with the monitor that notices it, or if its mitigation names a fallback")],
                risk=risk.id or risk.text or "",
            )


def _words(text: str | None) -> list[str]:
    return _WORD.findall((text or "").casefold()[:LIMIT])


def _phrases(text: str | None) -> set[str]:
    """Every run of a few words in a text."""
    words = _words(text)
    return {" ".join(words[start : start + count]) for start in range(len(words)) for count in range(1, LONGEST + 1)}


@rule("XST-07", Severity.ERROR, since=Maturity.DESIGN, sources=["NA", "TS-O2", "PL"])
def metric_needs_unlogged_event(design: Design) -> Iterator[Finding]:
    """An online metric is computed from an event that is not logged.

    The experiment ends, and the number that should decide it cannot be computed: nobody kept the hides. Events cannot
    be logged afterwards, so the test runs again, and that is two more weeks.

    Ask: In which table does this event stand, and since when?
    False positives: it comes from another system; name that source, or its entity, in `data`.

    Bad:
    ```yaml
    metrics: {online: [{id: hide_users, events: [impression, hide]}]}
    deploy: {logging: {events: [impression, click]}}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: hide_users, events: [impression, hide]}]}
    deploy: {logging: {events: [impression, hide]}}
    ```
    """
    logged = design.deploy.logging.events
    if not logged:
        return
    held = [name for source in design.data.sources for name in (source.id, source.name, *source.entity) if name]
    known = {key(name) for name in (*logged, *held)}
    for event, metric, at in _events(design):
        if key(event) not in known:
            known.add(key(event))
            yield Finding(
                "{metric} is computed from the event {event}, which is not logged.",
                at=at,
                also="deploy.logging.events",
                ways_out=[Sentence("closes if {event} is logged", event=event)],
                metric=metric,
                event=event,
            )


def _events(design: Design) -> Iterator[tuple[str, str, Path]]:
    for number, metric in enumerate(design.metrics.online):
        for position, event in enumerate(metric.events):
            yield event, metric.id or metric.metric or "", ("metrics", "online", number, "events", position)


@rule("XST-10", Severity.WARNING, since=Maturity.DESIGN, sources=["RML", "CR7", "MS", "ALG"])
def value_below_cost(design: Design) -> Iterator[Finding]:
    """What the effect is worth a month is less than what the service costs.

    A lift of half a per cent can be significant, real and worth less than the machines that bring it. Worth against
    cost is one division, and somebody makes it as soon as the first bill is there. Where the experiment expects only a
    part of the primary metric's target, the same part of the worth counts.

    Ask: If the test comes out as expected, in which month is the money back?
    False positives: a strategic project, such as the first model of a platform; say so in the reason of a waiver.

    Bad:
    ```yaml
    currency: EUR
    problem: {goal: {metric: revenue, worth_month: 3000}}
    deploy: {costs: [{item: ranker, unit_cost: 190, volume_month: 24}]}
    ```
    Good:
    ```yaml
    currency: EUR
    problem: {goal: {metric: revenue, worth_month: 30000}}
    deploy: {costs: [{item: ranker, unit_cost: 190, volume_month: 24}]}
    ```
    """
    working = expected_worth(design).working
    if working is None or working.result is None or working.result >= 1:
        return
    worth, cost = (entry.value for entry in working.inputs[:2])
    yield Finding(
        "The effect is worth {worth} a month, and the service costs {cost}.",
        at=("problem", "goal", "worth_month"),
        also="deploy.costs",
        working=working,
        ways_out=[
            Sentence("closes if the effect is worth ≥ {cost} a month", cost=at_least(cost)),
            Sentence("closes at costs ≤ {worth} a month", worth=at_most(worth)),
        ],
        worth=short(worth),
        cost=short(cost),
    )
