"""What is left of a promised latency, for an answer that comes at once and for one that is streamed."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.fact import Derived, derive
from mlsd.derived.generation import first_token, is_streamed
from mlsd.derived.promised import MEDIAN, promised, unread
from mlsd.derived.service import path_p99
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Working


def left(design: Design) -> Iterator[Derived]:
    """What the path leaves of the latency that was promised; below zero where it overflows.

    A streamed answer is held against its first token, as people read from then on.
    """
    begins = first_token(design) if is_streamed(design) else None
    taken = begins if begins is not None and begins.result is not None else path_p99(design)
    name = Message("latency left of what was promised")
    limit = answer_limit(design) if taken is begins else promised(design, "latency")
    wanted = {unread(design, "latency"): limit, taken.id: taken.as_input()}
    yield derive("latency.left", "pipeline", name, wanted, _left)


def answer_limit(design: Design) -> Input | None:
    """The latency that a language model's answer is held against: its times are typical ones, so a median will do."""
    return promised(design, "latency") or promised(design, "latency", MEDIAN)


def _left(limit: Input, taken: Input) -> Working:
    budget = domain.positive(Message("promised latency"), limit, "ms")
    return Working("promised − taken", (budget, taken), budget.value - taken.value, "ms", "Arithmetic")
