"""Whether predictions made ahead of time are in time."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.promised import promised, promises
from mlsd.design import Design
from mlsd.design.pipeline import Pipeline, Serving
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.ages import youngest_of_features
from mlsd.lint.amount import hours
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import MODEL_ROLES, at_most, blocks_on_path, minutes_of, short
from mlsd.sizing.working import Input

STORES = frozenset({"online_store", "cache", "feature_store", "database"})
PER_REQUEST_MS = 3_600_000
"""A deadline below an hour is somebody waiting, not a report."""


@rule("PIP-03", Severity.ERROR, since=Maturity.INTERVIEW, sources=["CR-X05", "RG"])
def serving_mode_infeasible(serving: Serving, design: Design) -> Iterator[Finding]:
    """The service predicts in a batch, but the answer is needed sooner or fresher than the batch can be.

    A batch knows what was known when it began. If somebody waits for an answer about this request, or if data may
    be ten minutes old at most, a nightly run cannot give it, however good the model.

    Ask: When the batch finishes, how old is the oldest thing it knows, and who is still waiting?
    False positives: answers computed ahead and looked up on request; put the store on the request path, or call the
    mode hybrid. What comes new between two runs is asked of by DAT-15. Answers of a hybrid service are as old as
    its batch only where a request reads a store that nothing else fills. Where the path ends with the run itself, as
    orders that leave at six, its answers may be used once and never grow as old: then it only warns.

    Bad:
    ```yaml
    problem: {decision: {deadline_ms: 300}}
    pipeline: {serving: {mode: batch}}
    ```
    Good:
    ```yaml
    problem: {decision: {deadline_ms: 300}}
    pipeline: {serving: {mode: online}}
    ```
    """
    if serving.mode == "batch":
        yield from _too_late(serving, design)
    if serving.batch_every_hours is not None and (serving.mode == "batch" or _answers_of_a_batch(design)):
        yield from _too_old(serving.batch_every_hours, serving, design)


def _too_late(serving: Serving, design: Design) -> Iterator[Finding]:
    """Answers that are needed sooner than the batch gives them, and a batch that does not keep up with itself."""
    deadline, promise = design.problem.decision.deadline_ms, promised(design, "latency")
    period = (serving.batch_every_hours or 0) * PER_REQUEST_MS
    if deadline is None and promise is not None and promise.value < PER_REQUEST_MS:
        yield from _promised_at_once(promise, design)
    if deadline is not None and deadline < max(PER_REQUEST_MS, period) and not _looked_up(design.pipeline, design):
        yield Finding(
            "The service predicts in a batch, but an answer is useless after {deadline} ms.",
            at="mode",
            also="problem.decision.deadline_ms",
            ways_out=[Sentence("closes with online, nearline or hybrid serving, or a store of answers on the path")],
            deadline=deadline,
        )
    every, takes = serving.batch_every_hours, serving.batch_hours
    if every is not None and takes is not None and takes > every:
        yield Finding(
            "A run of the batch takes {takes}, and the next one begins after {every}.",
            at="batch_hours",
            ways_out=[Sentence("closes at batch_hours ≤ {every}", every=at_most(every))],
            takes=hours(takes),
            every=hours(every),
        )


def _too_old(every: float, serving: Serving, design: Design) -> Iterator[Finding]:
    """What a batch knew when it began, as long as its answers are served: age of the data, interval and run add up."""
    source, run = youngest_of_features(design), 60 * (every + (serving.batch_hours or 0))
    for path, constraint in promises(design, "freshness"):
        limit, lag = minutes_of(constraint), (source.lag_minutes if source else None) or 0
        if limit is None or constraint.applies_to:
            continue
        lag = lag if lag <= limit else 0  # a source so late is a fault of its own, with any batch
        if lag + run > limit:
            once = _ends_with_the_run(design) and lag + 60 * (serving.batch_hours or 0) <= limit
            yield Finding(
                "A batch every {every} that takes {takes}, on data {lag} minutes old, serves answers up to {oldest} "
                "minutes old; {limit} are allowed."
                if lag
                else "A batch every {every} that takes {takes} serves answers up to {oldest} minutes old; {limit} are "
                "allowed.",
                at="batch_every_hours",
                also=path,
                severity=Severity.WARNING if once else None,
                ways_out=[
                    Sentence("closes at {hours} hours for interval and run", hours=at_most((limit - lag) / 60)),
                    *(
                        [Sentence("closes with a waiver, if its answers are used once, right after the run")]
                        if once
                        else []
                    ),
                ],
                every=hours(every),
                takes=hours(serving.batch_hours or 0),
                lag=short(lag),
                oldest=short(lag + run),
                limit=short(limit),
            )


def _answers_of_a_batch(design: Design) -> bool:
    """Whether a request looks up answers in stores of its path that nothing but a batch fills."""
    stores = {block.id for _, block in blocks_on_path(design) if block.role in STORES}
    modes = {flow.mode for flow in design.pipeline.flows if flow.to in stores}
    return _looked_up(design.pipeline, design) and modes == {"batch"}


def _ends_with_the_run(design: Design) -> bool:
    """Whether the path is the run itself: it has a model, and nobody looks the answers up."""
    roles = {block.role for _, block in blocks_on_path(design)}
    return design.pipeline.serving.mode == "batch" and bool(roles & MODEL_ROLES)


def _promised_at_once(promise: Input, design: Design) -> Iterator[Finding]:
    if not _looked_up(design.pipeline, design):
        yield Finding(
            "The service predicts in a batch, but an answer within {limit} ms is promised.",
            at="mode",
            also=promise.path or "",
            ways_out=[Sentence("closes with online, nearline or hybrid serving, or a store of answers on the path")],
            limit=short(promise.value),
        )


def _looked_up(pipeline: Pipeline, design: Design) -> bool:
    """Whether a request only reads what was computed before: a store on its path, and no model."""
    roles = {block.role for _, block in blocks_on_path(design)}
    return bool(roles & STORES) and not roles & MODEL_ROLES
