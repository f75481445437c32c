"""How far each assumed number can move before a rule changes its mind: most fragile first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from mlsd.derived.read import assumed
from mlsd.derived.what_if import replaced
from mlsd.design import STAGES, Design, Node, Path
from mlsd.design.path import field_of, show, value_at
from mlsd.design.quantity import share
from mlsd.lint.engine import check
from mlsd.lint.knowledge import Knowledge
from mlsd.lint.rule import Rule
from mlsd.lint.rules import every
from mlsd.sizing.flip import Flip, flips

STEPS = 12
DIGITS = 4
"""Significant digits to which an edge is sought; every further one costs three checks of the whole design."""
Verdict = frozenset[tuple[str, str]]
"""Code and path of everything the rules say."""
Says = Callable[[float], Verdict]


@dataclass(frozen=True)
class Edge:
    """The value at which the verdict changes, and the rules that then ``speak`` or fall ``silent``."""

    value: float
    speak: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class Stressed:
    """One number: its path, its value, the edges below and above it (None: none within reach).

    ``room`` is the smallest relative change that flips a verdict; infinite where none does.
    """

    path: str
    now: float
    below: Edge | None
    above: Edge | None
    room: float


def stress(design: Design, *, everything: bool = False, rules: Sequence[Rule] | None = None) -> list[Stressed]:
    """Every assumed number (every number of the design with ``everything``), most fragile first.

    Each number is moved alone, down to a thousandth and up to a thousand times itself, shares from 0 to 1. Whole
    numbers stay whole. What two numbers would do together is not seen.
    """
    trial = _Trial(design, every() if rules is None else rules)
    found = [trial.of(path, value, whole) for path, value, whole in numbers(design, everything=everything)]
    return sorted(found, key=lambda stressed: stressed.room)


def numbers(design: Design, *, everything: bool = False) -> Iterator[tuple[Path, float, bool]]:
    """Path, value and wholeness of every assumed number; flags and the version of the format are none."""
    for path, value in design.leaves():
        if path[0] not in STAGES or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        if everything or assumed(design.assumed, show(design, path)):
            yield path, float(value), isinstance(value, int)


def _is_share(design: Design, path: Path) -> bool:
    """Whether the field at the path holds a share, which goes from 0 to 1."""
    around = value_at(design, path[:-1])
    if isinstance(around, dict):
        return True
    field = field_of(around, str(path[-1])) if isinstance(around, Node) else None
    return bool(field and _reads_share(type(around).model_fields[field].annotation))


def _reads_share(kind: Any) -> bool:
    marks = getattr(kind, "__metadata__", ())
    return any(getattr(mark, "parse", None) is share for mark in marks) or any(map(_reads_share, get_args(kind)))


class _Trial:
    """The same design with one number moved, checked again and again."""

    def __init__(self, design: Design, rules: Sequence[Rule]) -> None:
        self.design, self.rules = design, rules
        self.knowledge = Knowledge.of(design)
        self.now = self._verdict(design)

    def of(self, path: Path, value: float, whole: bool) -> Stressed:
        seen: dict[float, Verdict] = {}

        def said(moved: float) -> Verdict:
            moved = round(moved) if whole else float(f"{moved:.{DIGITS}g}")
            if moved not in seen:
                seen[moved] = self._verdict(replaced(self.design, path, moved))
            return seen[moved]

        low, high = (0.0, 1.0) if _is_share(self.design, path) else (None, None)
        found = flips(lambda moved: said(moved) == self.now, value, low, high, STEPS)
        below, above = (self._edge(edge, said, whole) for edge in (found.below, found.above))
        room = Flip(value, below.value if below else None, above.value if above else None).room
        return Stressed(show(self.design, path), value, below, above, room)

    def _edge(self, edge: float | None, said: Says, whole: bool) -> Edge | None:
        if edge is None:
            return None
        then = said(edge)
        speak = tuple(sorted({code for code, _ in then - self.now}))
        silent = tuple(sorted({code for code, _ in self.now - then}))
        return Edge(float(round(edge)) if whole else float(f"{edge:.{DIGITS}g}"), speak, silent)

    def _verdict(self, design: Design) -> Verdict:
        report = check(design, rules=self.rules, knowledge=self.knowledge)
        return frozenset((diagnostic.code, diagnostic.path) for diagnostic in report.diagnostics)
