"""The way to everybody: under which load it is tried, by which steps it goes, and how one comes back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mlsd.derived.arms import Arms, arms
from mlsd.derived.home import metric_at
from mlsd.derived.promised import promises
from mlsd.design import Design
from mlsd.design.deploy import Deploy, Rollback, RolloutStep
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, at_most, minutes_of, short

GROWING = frozenset({"canary", "ab", "ramp", "full"})
"""Steps that each reach as many as the one before; a shadow reaches nobody, and a pilot has people of its own."""
EARLY = frozenset({"pilot", "canary", "ramp"})
"""Steps with nobody left to go to once everybody has the new version; the old one may still run in a shadow."""
HELD_OUT = 0.1
"""Share of a test, or beside it, up to which it is a hold-out."""
BUSY_RPS = 10
"""Requests a second at the peak below which one machine answers whatever happens."""


@rule("DEP-01", Severity.ERROR, since=Maturity.PILOT, sources=["RG", "DE-E.3", "TS-I7", "COR"])
def no_rollback(rollback: Rollback, design: Design) -> Iterator[Finding]:
    """There is no way back, or it takes longer than was promised.

    A bad model is found by users first. Going back has to be one known step, tried before it is needed, and shorter
    than the recovery time the service promises. 16 % of public design documents mention a rollback, a canary or a
    shadow run.

    Ask: It is three at night and the guardrail fell: what does the person on call type, and when is it over?
    False positives: a batch report, whose way back is the previous snapshot; write that.

    Bad:
    ```yaml
    problem: {constraints: [{id: recovery, kind: recovery, op: "<=", value: 15, unit: min}]}
    deploy: {rollback: {how: redeploy by hand, minutes: 60}}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: recovery, kind: recovery, op: "<=", value: 15, unit: min}]}
    deploy: {rollback: {how: previous model by one flag, minutes: 5}}
    ```
    """
    if rollback.is_empty:
        yield Finding("There is no way back to the previous model.")
        return
    for path, constraint in promises(design, "recovery"):
        limit = None if constraint.applies_to else minutes_of(constraint)
        if limit is not None and rollback.minutes is not None and rollback.minutes > limit:
            yield Finding(
                "Going back takes {minutes} minutes, but recovery is promised within {limit}.",
                at="minutes",
                also=path,
                ways_out=[Sentence("closes at minutes ≤ {limit}", limit=at_most(limit))],
                minutes=rollback.minutes,
                limit=short(limit),
            )


@rule("DEP-05", Severity.INFO, since=Maturity.PILOT, sources=["RMLc"])
def no_load_test(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """Real load is expected, and nothing says that the service is tried under it first.

    What a replica carries is known after a test and guessed before. In a simple queue a machine that is busy 80 % of
    the time answers five times as slowly as an idle one, at 95 % twenty times. Without a test the first peak is the
    launch.

    Ask: At how many requests a second does the p99 leave the promise, and have you seen it?
    False positives: a copy of a service that carries more than this today; waive it and name that service.

    Bad:
    ```yaml
    problem: {scale: {rps_peak: 900}}
    deploy: {owner: search on-call}
    ```
    Good:
    ```yaml
    problem: {scale: {rps_peak: 900}}
    deploy: {owner: search on-call, load_test_rps: 1200}
    ```
    """
    peak = design.problem.scale.rps_peak
    alone = design.pipeline.serving.mode in ("batch", "edge")
    if deploy.is_empty or deploy.load_test_rps is not None or alone:
        return
    if peak is not None and peak >= BUSY_RPS:
        yield Finding(
            "The peak is {peak} requests a second, and no load test is planned.",
            at="load_test_rps",
            also="problem.scale.rps_peak",
            ways_out=[Sentence("closes with load_test_rps, better above {peak}", peak=short(peak))],
            peak=short(peak),
        )


@rule("DEP-14", Severity.WARNING, since=Maturity.PILOT, sources=["BK", "DE-E.3"])
def canary_without_abort(step: RolloutStep) -> Iterator[Finding]:
    """A canary or a ramp does not say how many it reaches, which number is read, or at what value it stops.

    A canary is a small step with somebody looking at a number. Without a share it is a launch, without a number that
    stops it a launch in slow motion: 1 % of the people get the fault for two days, and then everybody does.

    Ask: The canary runs for an hour: which number do you read, and at which value does it go back by itself?
    False positives: none known; a step that nobody can stop is no canary.

    Bad:
    ```yaml
    deploy: {rollout: [{kind: canary, share: 1%, days: 2}]}
    ```
    Good:
    ```yaml
    deploy: {rollout: [{kind: canary, share: 1%, days: 2, abort_if: hide_users over 0.25 %}]}
    ```
    """
    if step.kind not in ("canary", "ramp"):
        return
    missing = [] if step.share is not None else [Sentence("what share of the traffic it gets")]
    missing += [] if step.abort_if or step.passes_if else [Sentence("which number is read")]
    missing += [] if step.abort_if else [Sentence("at which number it is stopped")]
    if missing:
        yield Finding(
            "The step {kind} does not say: {missing}.",
            at="share" if step.abort_if else "abort_if",
            kind=step.kind,
            missing=missing,
        )


@rule("DEP-24", Severity.WARNING, since=Maturity.PILOT, sources=["ALG"])
def gate_before_truth(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """A step of the rollout passes at a number that nobody knows when the step is over.

    The quality of a model is known when the truth is, and an online metric when its window has passed for those who
    saw the new version. A gate that is read before shows the old version, the few whose truth came early, or nothing;
    and on the day of the decision somebody passes it by hand.

    Ask: On the last day of the step: for how many of its predictions is the truth known?
    False positives: a metric that is measured on stored examples; then it belongs to the gate of the training, in
    `deploy.retraining.gate`.

    Bad:
    ```yaml
    data: {labels: {delay_days: 395}}
    metrics: {offline: [{id: gini, direction: up}]}
    deploy: {rollout: [{kind: shadow, days: 28, passes_if: {target: gini, op: ">=", value: 0.56}}]}
    ```
    Good:
    ```yaml
    data: {labels: {delay_days: 20}}
    metrics: {offline: [{id: gini, direction: up}]}
    deploy: {rollout: [{kind: shadow, days: 28, passes_if: {target: gini, op: ">=", value: 0.56}}]}
    ```
    """
    for position, step in enumerate(deploy.rollout):
        for bound in step.passes_if:
            found = metric_at(design, bound.target)
            if found is None:
                continue
            path, metric = found
            offline = path[1] == "offline"
            waits = design.data.labels.delay_days if offline else metric.window_days
            ran = _days_so_far(deploy, position, shadows=offline)
            if waits is not None and ran is not None and ran < waits:
                yield Finding(
                    "The step {step} passes at a number of {target} after {ran} days, but it is known after {waits}.",
                    at=("rollout", position, "days"),
                    also="data.labels.delay_days" if offline else (*path, "window_days"),
                    ways_out=[
                        Sentence("closes at days ≥ {waits}", waits=at_least((step.days or 0) + waits - ran)),
                        Sentence("closes with a number that is known sooner"),
                    ],
                    step=step.kind or str(position),
                    target=bound.target,
                    ran=short(ran),
                    waits=short(waits),
                )


@rule("DEP-22", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "DE-E.3"])
def rollout_out_of_order(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """A step of the rollout reaches fewer than the step before it, or comes when everybody has the new version.

    Steps are taken in the order in which they stand. A canary of 20 % before a test of 10 % is no canary: the fault
    that it was to find has met twice as many as the test. A canary after the step to everybody protects nobody.

    Ask: At each step: how many have the new version that did not have it on the day before?
    False positives: after everybody in one country the next one begins anew; waive it and name the countries. The
    share of a test may be that of both arms, so what comes after it is held against its treatment only.

    Bad:
    ```yaml
    deploy: {rollout: [{kind: canary, share: 20%}, {kind: ab, share: 10%}, {kind: full}]}
    ```
    Good:
    ```yaml
    deploy: {rollout: [{kind: canary, share: 1%}, {kind: ab, share: 10%}, {kind: full}]}
    ```
    Bad:
    ```yaml
    deploy: {rollout: [{kind: full}, {kind: canary, share: 1%}]}
    ```
    Good:
    ```yaml
    deploy: {rollout: [{kind: canary, share: 1%}, {kind: full}]}
    ```
    """
    steps = list(enumerate(deploy.rollout))
    full = next((at for at, step in steps if step.kind == "full"), len(steps))
    yield from _shrinking(steps[: full + 1], arms(design))
    late = next(((at, step) for at, step in steps[full + 1 :] if _has_nobody_left(step, deploy.rollout[full])), None)
    if late is not None:
        yield Finding(
            "The step {step} comes after the step to everybody.",
            at=("rollout", late[0], "kind"),
            also=("deploy", "rollout", full, "kind"),
            ways_out=[Sentence("closes if the step full comes last")],
            step=late[1].kind,
        )


def _shrinking(steps: list[tuple[int, RolloutStep]], compared: Arms) -> Iterator[Finding]:
    """Steps with a smaller share than the one before them; of a test, at least its treatment had the new version."""
    known = [(at, step, step.share) for at, step in steps if step.kind in GROWING and step.share is not None]
    treated = compared.part * (1 - compared.shares[0])
    for (home, before, had), (at, step, share) in pairwise(known):
        if share < had * (treated if before.kind == "ab" else 1.0) * (1 - 1e-9):
            yield Finding(
                "The step {step} gets {share} % of the traffic, but the step {before} ahead of it gets {had} %.",
                at=("rollout", at, "share"),
                also=("deploy", "rollout", home, "share"),
                ways_out=[Sentence("closes if no step gets less than the one before")],
                step=step.kind,
                share=short(100 * share),
                before=before.kind,
                had=short(100 * had),
            )


def _has_nobody_left(step: RolloutStep, full: RolloutStep) -> bool:
    """Whether a step after the one to everybody reaches only those who were reached by it."""
    if step.kind == "ab":
        return step.share is not None and HELD_OUT < step.share < 1 - HELD_OUT
    return step.kind in EARLY and (step.share is None or step.share < (1.0 if full.share is None else full.share))


def _days_so_far(deploy: Deploy, position: int, *, shadows: bool) -> float | None:
    """Days from the first prediction that counts to the end of a step; in a shadow nobody sees an answer."""
    if deploy.rollout[position].kind == "shadow" and not shadows:
        return None
    steps = [step for step in deploy.rollout[: position + 1] if shadows or step.kind != "shadow"]
    if any(step.days is None for step in steps):
        return None
    return sum(step.days or 0 for step in steps) if steps else None
