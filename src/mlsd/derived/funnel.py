"""The steps of the funnel: how many come into each, and how long it works on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd.derived.fact import Derived, derive
from mlsd.derived.read import given
from mlsd.design import Design, Path
from mlsd.design.pipeline import FunnelStep
from mlsd.errors import Message
from mlsd.sizing.latency import funnel_ms
from mlsd.sizing.working import Input, Working


class Stage(NamedTuple):
    """One step with what comes in: its own number, else what the step before gives, else all items."""

    step: FunnelStep
    at: Path
    takes: Input | None
    time: Derived


def stages(design: Design) -> list[Stage]:
    """Every step of the funnel in order."""
    found = []
    comes = given(design, "problem.scale.items")
    for position, step in enumerate(design.pipeline.funnel):
        at: Path = ("pipeline", "funnel", position)
        takes = given(design, (*at, "takes")) or comes
        found.append(Stage(step, at, takes, _time(design, at, step.component or str(position), takes)))
        comes = given(design, (*at, "gives"))
    return found


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
