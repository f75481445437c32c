"""The business goal and its number, what reaches it today, and why that is not enough."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import family
from mlsd.content.registry import metric as known_metric
from mlsd.derived.home import metric_at
from mlsd.design import Design, Path
from mlsd.design.metrics import Metric
from mlsd.design.problem import Goal, Problem
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import metric_links

WITHOUT_MODEL = frozenset({"rules", "statistics"})
"""Families of what is built without a model."""


@rule("PRB-02", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED", "RML", "EY", "CR6", "COR"])
def goal_not_measurable(goal: Goal, design: Design) -> Iterator[Finding]:
    """The goal has no business number, or the number does not say from what, to what, by when.

    “Improve recommendations” cannot be missed, so it cannot be reached either. A metric with today's value, a
    target and a date turns the wish into something an A/B test can confirm or refute. In 83 public design documents
    44 % of those that name a metric give no numeric target.

    Ask: Which number will the business look at, where does it stand today, and where must it be on which day?
    False positives: a greenfield product has no number today; write the target and the date, and waive the rest.

    Bad:
    ```yaml
    problem: {goal: {statement: better recommendations, baseline: 1.84, target: 1.86, by: 2027-06-30}}
    metrics: {business: [{id: revenue_per_session, direction: up}]}
    ```
    Good:
    ```yaml
    problem: {goal: {statement: better recommendations, metric: revenue_per_session, baseline: 1.84, target: 1.86,
      by: 2027-06-30}}
    metrics: {business: [{id: revenue_per_session, direction: up}]}
    ```
    """
    if not goal.metric:
        yield Finding("The goal names no business metric.", at="metric")
        return
    home = next((metric for metric in design.metrics.business if metric.id == goal.metric), None)
    missing = []
    if goal.baseline is None and (home is None or home.baseline is None):
        missing.append(Sentence("today's value"))
    if goal.target is None and (home is None or home.target is None):
        missing.append(Sentence("the target"))
    if goal.by is None:
        missing.append(Sentence("the date"))
    if missing:
        yield Finding(
            "The goal is measured by {metric}, but this is missing: {missing}.",
            at="metric",
            severity={Maturity.INTERVIEW: Severity.INFO, Maturity.DESIGN: Severity.WARNING},
            metric=goal.metric,
            missing=missing,
        )


@rule("PRB-12", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG"])
def goal_due_before_design(goal: Goal, design: Design) -> Iterator[Finding]:
    """The goal has to be reached by a day on which the design was still being made.

    A day that has passed was copied from last year's plan, or nobody has looked at it since. Whoever reads it can take
    neither the day nor the target beside it for a promise. The day of the newest pass over the design is the earliest
    on which anything can be built.

    Ask: If you begin on the day of the last pass, on which day can the target be reached?
    False positives: a design that is written down after its launch; waive it and say so.

    Bad:
    ```yaml
    problem: {goal: {metric: revenue, by: 2025-01-01}}
    iterations: [{number: 1, date: 2026-11-02}]
    ```
    Good:
    ```yaml
    problem: {goal: {metric: revenue, by: 2027-06-30}}
    iterations: [{number: 1, date: 2026-11-02}]
    ```
    """
    dated = [(entry.date, position) for position, entry in enumerate(design.iterations) if entry.date is not None]
    if goal.by is None or not dated:
        return
    newest, position = max(dated)
    if goal.by < newest:
        yield Finding(
            "The goal is due on {by}, before the newest pass over the design on {newest}.",
            at="by",
            also=("iterations", position, "date"),
            ways_out=[Sentence("closes with {newest} or a later day", newest=newest.isoformat())],
            by=goal.by.isoformat(),
            newest=newest.isoformat(),
        )


@rule(
    "PRB-03", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "G2", "G13", "RMLc", "COR"], requires=("MET-01",)
)
def ml_only_success(design: Design) -> Iterator[Finding]:
    """Success is a property of the model or of the service, not of what people do or what the business earns.

    A model can reach any NDCG and any latency without one person behaving differently. When only such numbers decide,
    the project is declared finished on the day on which nothing has changed outside it. 29 % of public design documents
    name an online or a business metric at all.

    Ask: If the offline number rose and everything else stood still, would anybody call it a success?
    False positives: an internal tool that people read; with the actor `human` the time or the cost of a task is success
    enough.

    Bad:
    ```yaml
    metrics:
      business: [{id: revenue, role: diagnostic}]
      online: [{id: p99_latency, metric: latency}]
      offline: [{id: ndcg_at_10, metric: ndcg}]
    ```
    Good:
    ```yaml
    metrics:
      business: [{id: revenue, role: success}]
      online: [{id: p99_latency, metric: latency}]
      offline: [{id: ndcg_at_10, metric: ndcg}]
    ```
    """
    goal = metric_at(design, design.problem.goal.metric)
    if goal and goal[0][1] == "offline":
        reached = [metric_at(design, name) for name in metric_links(design).reachable([goal[1].id or ""])]
        if all(found and found[0][1] == "offline" for found in reached):
            yield Finding(
                "The goal is measured by {metric}, an offline metric that no link leads on from.",
                at="problem.goal.metric",
                also=goal[0],
                ways_out=[Sentence("closes with a business metric as the goal")],
                metric=goal[1].id,
            )
        return
    deciding = [*_deciding(design), *([goal] if goal else [])]
    if deciding and all(_of_model(metric, path[1], design) for path, metric in deciding):
        yield Finding(
            "Success is decided by {metrics} alone, none of which is about people or money.",
            at=deciding[0][0],
            ways_out=[Sentence("closes with an online or a business metric whose role is success")],
            metrics=[metric.id or metric.metric for _, metric in deciding],
        )


def _deciding(design: Design) -> Iterator[tuple[Path, Metric]]:
    for kind in ("business", "online", "offline"):
        for position, metric in enumerate(getattr(design.metrics, kind)):
            if metric.role in (None, "success"):
                yield ("metrics", kind, position), metric


def _of_model(metric: Metric, kind: str | int, design: Design) -> bool:
    """Whether it says something of the model or the service only; to people who read a tool its cost is an end."""
    entry = known_metric(metric.metric or metric.id)
    return kind == "offline" or (entry is not None and entry.system and design.problem.decision.actor != "human")


@rule("PRB-09", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "CR10", "G1", "G3"])
def no_current_solution(problem: Problem) -> Iterator[Finding]:
    """Nothing says how it is solved today.

    Whatever runs now is the first opponent: it is paid for, people are used to it, and its numbers are in some log. Who
    does not know it sets a target below it, or replaces two hours of a clerk by a team of five.

    Ask: Who or what does this today, and how well?
    False positives: a new product with nothing before it; say so, with what people do without it.

    Bad:
    ```yaml
    problem: {goal: {metric: revenue}}
    ```
    Good:
    ```yaml
    problem: {goal: {metric: revenue}, current_solution: "best sellers of the category, recomputed every night"}
    ```
    """
    if not problem.current_solution and not problem.is_empty:
        yield Finding("The design does not say how this is solved today.", at="current_solution")


@rule("PRB-10", Severity.WARNING, since=Maturity.DESIGN, sources=["G1", "MR", "MS", "AB"])
def why_ml_missing(problem: Problem, design: Design) -> Iterator[Finding]:
    """Nothing says why a rule or a query is not enough.

    The first rule of Google's forty-three is not to be afraid of launching without machine learning. A model brings
    labels, drift, retraining and somebody on call; one number that defeats the rule pays for all of that, and without
    it the rule might have done.

    Ask: Which number shows that rules written in a week would fail?
    False positives: an interview, where the model is taken for granted; the rule is silent there.

    Bad:
    ```yaml
    problem: {current_solution: a list of forty words}
    ```
    Good:
    ```yaml
    problem: {current_solution: a list of forty words, why_ml: the forty words find 60 % of the requests}
    ```
    """
    if problem.why_ml or problem.is_empty or _turned_down(design):
        return
    yield Finding(
        "The design does not say why a rule or a query is not enough.",
        at="why_ml",
        ways_out=[Sentence("closes with a rejected option that needs no model, and the reason")],
    )


def _turned_down(design: Design) -> bool:
    """Whether something without a model was considered and rejected for a reason."""
    for choice in design.decisions:
        for rejected in choice.rejected:
            known = family(rejected.option) if rejected.because else None
            if known is not None and known.id in WITHOUT_MODEL:
                return True
    return False
