"""The steps of the funnel: how many come into each, and how long it works on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from mlsd.derived.fact import Derived, derive
from mlsd.derived.read import given
from mlsd.design import Design, Path
from mlsd.design.pipeline import FunnelStep
from mlsd.errors import Message
from mlsd.sizing.latency import RequestPath, funnel_ms
from mlsd.sizing.working import Input, Working

NARROWING = frozenset({"retrieval", "vector_index", "text_index"})
"""Roles of blocks that find some things among all."""


class Stage(NamedTuple):
    """One step with what comes in: its own number, else what the steps before it give, else all items.

    ``comes`` is that of the steps before it alone.
    """

    step: FunnelStep
    at: Path
    comes: Input | None
    takes: Input | None
    time: Derived


def stages(design: Design) -> list[Stage]:
    """Every step of the funnel in order; those whose blocks work beside one another choose from the same things."""
    return design.once("stages of the funnel", lambda: _stages(design))


def _stages(design: Design) -> list[Stage]:
    found: list[Stage] = []
    beside: list[Stage] = []
    comes = given(design, "problem.scale.items")
    for position, step in enumerate(design.pipeline.funnel):
        if beside and not _beside(design.pipeline.request_path, beside[-1].step.component, step.component):
            comes, beside = _together(design, beside), []
        at: Path = ("pipeline", "funnel", position)
        takes = given(design, (*at, "takes")) or comes
        beside.append(Stage(step, at, comes, takes, _time(design, at, step.component or str(position), takes)))
        found.append(beside[-1])
    return found


def _beside(request_path: RequestPath, one: str | None, other: str | None) -> bool:
    """Whether two blocks stand in one inner list of the request path, which runs at the same time."""
    return any(one in step and other in step for step in request_path if not isinstance(step, str))


def _together(design: Design, beside: list[Stage]) -> Input | None:
    """What one step gives, or several beside one another together; None where one of them does not say."""
    gives = [given(design, (*stage.at, "gives")) for stage in beside]
    known = [number for number in gives if number is not None]
    if len(known) < len(gives):
        return None
    if len(known) == 1:
        return known[0]
    total = sum(number.value for number in known)
    return Input(Message("what the steps beside one another give"), total, "", known[-1].path, "computed")


class Backwards(NamedTuple):
    """A step whose block answers a request before the block that it chooses from."""

    at: Path
    block: str
    before: str


def backwards(design: Design) -> Backwards | None:
    """The first step whose block stands on the request path before the block of the step in front of it.

    Steps of blocks that no request passes are left out.
    """
    path = [step if isinstance(step, list) else [step] for step in design.pipeline.request_path]
    places = {block: at for at, step in enumerate(path) for block in step}
    named = enumerate(step.component or "" for step in design.pipeline.funnel)
    passed = [(position, block) for position, block in named if block in places]
    for (_, before), (position, block) in pairwise(passed):
        if places[block] < places[before]:
            return Backwards(("pipeline", "funnel", position), block, before)
    return None


def longest(design: Design) -> Input | None:
    """The longest list there is behind the first step: what a step gives, several beside one another together, or what
    a later one takes.

    None where a step does not say what it gives, and where the first block orders all things instead of finding some.
    """
    steps, path = stages(design), design.pipeline.request_path
    first = steps[0].step.component if steps else None
    narrows = {block.id for block in design.pipeline.components if block.role in NARROWING}
    if first is None or first not in narrows or any(stage.step.gives is None for stage in steps):
        return None
    beside = [stage for at, stage in enumerate(steps) if at == 0 or _beside(path, first, stage.step.component)]
    lists = [given(design, (*stage.at, "gives")) for stage in steps]
    lists += [_together(design, beside), *(stage.takes for stage in steps if stage not in beside)]
    return max((one for one in lists if one is not None), key=lambda one: one.value)


def funnel(design: Design) -> Iterator[Derived]:
    """The time of every step that says how long one item takes."""
    for stage in stages(design):
        if stage.step.ms_per_item is not None:
            yield stage.time


def _time(design: Design, at: Path, block: str, takes: Input | None) -> Derived:
    name = Message("time that {block} works on its items", block=block)
    each, lanes = given(design, (*at, "ms_per_item")), given(design, (*at, "parallel"))

    def compute(items: Input, one: Input) -> Working:
        return funnel_ms(items, one, lanes)

    wanted = {f"pipeline.funnel[{block}].takes": takes, f"pipeline.funnel[{block}].ms_per_item": each}
    return derive(f"funnel.{block}", "pipeline", name, wanted, compute)
