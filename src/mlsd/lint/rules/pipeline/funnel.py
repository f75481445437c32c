"""From many things to a few."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.funnel import NARROWING, Stage, backwards, stages
from mlsd.design import Design, Path
from mlsd.design.pipeline import Pipeline
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, at_most, blocks_on_path, short
from mlsd.sizing.latency import blocks

MANY = 100_000
"""More things than a model of any weight can score while somebody waits."""
SCORING = frozenset({"ranking", "scoring", "llm"})


@rule("PIP-06", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NA", "AD"])
def funnel_inconsistent(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """The steps from all things to the shown ones do not fit together, or do not fit their time.

    A step cannot give more than it takes, the last one has to fill the page, and things times milliseconds has to
    fit the budget of the block. A million things scored one by one fit no budget: retrieval has to come first. Steps
    whose blocks run beside one another choose from the same things, and the next one takes what they give together.
    A request passes the blocks in the order of the steps: what retrieval finds after the ranker, nobody ranks. Where no
    block comes behind the last step and it gives more than is shown, that is a remark: somebody leaves out the rest.

    Ask: Write the numbers under the arrows: does each shrink, and is there time for each?
    False positives: a step that adds things on purpose (advertising); give it a block and a step of its own.

    Bad:
    ```yaml
    pipeline: {serving: {slots: 10}, funnel: [{component: retrieval, gives: 500}, {component: ranker, gives: 5}]}
    ```
    Good:
    ```yaml
    pipeline: {serving: {slots: 10}, funnel: [{component: retrieval, gives: 500}, {component: ranker, gives: 50}]}
    ```
    """
    steps = stages(design)
    for stage in steps:
        yield from _step(stage, design)
    if steps:
        yield from _shown(steps[-1], pipeline)
    yield from _out_of_order(design)
    yield from _scores_all(pipeline, design)


def _shown(last: Stage, pipeline: Pipeline) -> Iterator[Finding]:
    """What the last step gives against what is shown; a block behind it may still leave some out."""
    gives, slots, ends = last.step.gives, pipeline.serving.slots, set(blocks(pipeline.request_path[-1:]))
    at: Path = ("funnel", int(last.at[-1]), "gives")
    if gives is not None and slots and gives < slots:
        yield Finding(
            "{block} gives {gives}, but {slots} are shown.",
            at=at,
            also="pipeline.serving.slots",
            ways_out=[Sentence("closes at gives ≥ {slots}", slots=slots)],
            block=last.step.component,
            gives=gives,
            slots=slots,
        )
    elif gives is not None and slots and gives > slots and last.step.component in ends:
        yield Finding(
            "{block} is the last block of the path and gives {gives}, but {slots} are shown.",
            at=at,
            also="pipeline.serving.slots",
            severity=Severity.INFO,
            ways_out=[Sentence("closes at gives ≤ {slots}, or with the block that leaves out the rest", slots=slots)],
            block=last.step.component,
            gives=gives,
            slots=slots,
        )


def _out_of_order(design: Design) -> Iterator[Finding]:
    found = backwards(design)
    if found is not None:
        yield Finding(
            "{block} chooses from what {before} gives, but a request passes {block} first.",
            at=("funnel", int(found.at[-1]), "component"),
            also="pipeline.request_path",
            ways_out=[Sentence("closes if steps and request_path have one order")],
            block=found.block,
            before=found.before,
        )


def _step(stage: Stage, design: Design) -> Iterator[Finding]:
    step, takes, comes = stage.step, stage.takes, stage.comes
    position = int(stage.at[-1])
    if comes is not None and comes.origin == "computed" and step.takes is not None and step.takes > comes.value:
        yield Finding(
            "{block} takes {takes}, but the steps before it give {comes} together.",
            at=("funnel", position, "takes"),
            also=comes.path or "",
            ways_out=[Sentence("closes at takes ≤ {comes}", comes=at_most(comes.value))],
            block=step.component,
            takes=step.takes,
            comes=short(comes.value),
        )
    if takes is not None and step.gives is not None and step.gives > takes.value:
        yield Finding(
            "{block} takes {takes} and gives {gives}: a step cannot give more than it takes.",
            at=("funnel", position, "gives"),
            also=takes.path or "",
            ways_out=[Sentence("closes at gives ≤ {takes}", takes=at_most(takes.value))],
            block=step.component,
            takes=short(takes.value),
            gives=step.gives,
        )
    where, time = _budget(step.component, design), stage.time
    if where is None or time.result is None:
        return
    at, budget = where
    if time.result > budget and takes is not None:
        yield Finding(
            "{block} works {needed} ms on its items, but has {budget} ms.",
            at=("funnel", position, "ms_per_item"),
            also=("pipeline", "components", at, "p99_ms"),
            working=time.working,
            ways_out=[
                Sentence("closes at p99_ms ≥ {needed}", needed=at_least(time.result)),
                Sentence("closes at {most} items or fewer", most=int(takes.value * budget / time.result)),
            ],
            block=step.component,
            needed=short(time.result),
            budget=budget,
        )


def _budget(block: str | None, design: Design) -> tuple[int, float] | None:
    """The p99 of a block, and the position of the block."""
    for at, entry in enumerate(design.pipeline.components):
        if block and entry.id == block and entry.p99_ms is not None:
            return at, entry.p99_ms
    return None


def _scores_all(pipeline: Pipeline, design: Design) -> Iterator[Finding]:
    """More things than can be scored, and no block or step that narrows them first."""
    items = design.problem.scale.items
    if design.model.task not in ("ranking", "retrieval") or not items or items <= MANY:
        return
    roles = {block.role for _, block in blocks_on_path(design)}
    narrowed = bool(roles & NARROWING) or pipeline.serving.mode == "batch" or len(pipeline.funnel) > 1
    if roles & SCORING and not narrowed:
        yield Finding(
            "One request chooses among {items} things, and every one is scored: nothing narrows them first.",
            at="request_path",
            also="problem.scale.items",
            ways_out=[Sentence("closes with a retrieval block before the model")],
            items=items,
        )
