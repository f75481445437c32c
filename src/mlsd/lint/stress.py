"""How far each assumed number can move before a rule changes its mind: most fragile first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple, get_args

from mlsd.derived.read import assumed
from mlsd.derived.what_if import replaced
from mlsd.design import STAGES, Design, Node, Path
from mlsd.design.path import field_of, show, value_at
from mlsd.design.quantity import share
from mlsd.lint.diagnostic import Maturity
from mlsd.lint.engine import check
from mlsd.lint.knowledge import Knowledge
from mlsd.lint.reads import Readers
from mlsd.lint.rule import Rule
from mlsd.lint.rules import every
from mlsd.sizing.flip import Flip, flips

STEPS = 8
UNMOVED = ("mlsd.lint.rules.document", "mlsd.lint.rules.coherence.breadth", "mlsd.lint.rules.coherence.references")
"""The rules that read words, or only whether there is an answer: no number changes their mind, and they are slow."""
DIGITS = 4
"""Significant digits to which an edge is sought; every further one costs three checks of the whole design."""
Verdict = frozenset[tuple[str, str]]
"""Code and path of everything the rules say."""


class Edge(NamedTuple):
    """The value at which the verdict changes, and the rules that then ``speak`` or fall ``silent``."""

    value: float
    speak: tuple[str, ...]
    silent: tuple[str, ...]


class Stressed(NamedTuple):
    """One number: its path, its value, the edges below and above it (None: none within reach).

    ``room`` is the smallest relative change that flips a verdict; infinite where none does.
    """

    path: str
    now: float
    below: Edge | None
    above: Edge | None
    room: float


def stress(
    design: Design,
    *,
    everything: bool = False,
    rules: Sequence[Rule] | None = None,
    maturity: Maturity | None = None,
    only: Collection[str] | None = None,
) -> list[Stressed]:
    """Every assumed number (every number of the design with ``everything``), most fragile first.

    Each number is moved alone, down to a thousandth and up to a thousand times itself, shares from 0 to 1. Whole
    numbers stay whole. What two numbers would do together is not seen. The rules asked are those that ``check``
    asks with the same ``rules``, ``maturity`` and ``only``.
    """
    trial = _Trial(design, every() if rules is None else rules, maturity, only)
    found = [trial.of(path, value, whole) for path, value, whole in numbers(design, everything=everything)]
    return sorted(found, key=lambda stressed: stressed.room)


def numbers(design: Design, *, everything: bool = False) -> Iterator[tuple[Path, float, bool]]:
    """Path, value and wholeness of every assumed number; the shares of a split, which move together, are none."""
    for path, value in design.leaves():
        if path[0] not in STAGES or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        if everything or assumed(design.assumed, show(design, path)):
            yield path, float(value), isinstance(value, int)


def _is_share(design: Design, path: Path) -> bool:
    """Whether the field at the path holds a share, which goes from 0 to 1."""
    around = value_at(design, path[:-1])
    field = field_of(around, str(path[-1])) if isinstance(around, Node) else None
    return bool(field and _reads_share(type(around).model_fields[field].annotation))


def _reads_share(kind: Any) -> bool:
    marks = getattr(kind, "__metadata__", ())
    return any(getattr(mark, "parse", None) is share for mark in marks) or any(map(_reads_share, get_args(kind)))


class _Trial:
    """The same design with one number moved, checked again and again by the rules that read that number."""

    def __init__(
        self, design: Design, rules: Sequence[Rule], maturity: Maturity | None, only: Collection[str] | None
    ) -> None:
        self.design, self.maturity, self.only = design, maturity, only
        rules = [rule for rule in rules if not rule.check.__module__.startswith(UNMOVED)]
        self.knowledge = Knowledge.of(design)
        self.now = self.verdict(design, rules)
        self.readers = Readers(design, rules, self.knowledge, maturity)

    def of(self, path: Path, value: float, whole: bool) -> Stressed:
        """How far the number at the path can move."""
        low, high = (0.0, 1.0) if _is_share(self.design, path) else (None, None)
        moved = _Moved(self, path, value, whole)
        found = flips(moved.holds, value, low, high, STEPS) if moved.rules else Flip(value, None, None)
        below, above = (self._edge(edge, moved) for edge in (found.below, found.above))
        room = Flip(value, below.value if below else None, above.value if above else None).room
        return Stressed(show(self.design, path), value, below, above, room)

    def _edge(self, edge: float | None, moved: _Moved) -> Edge | None:
        if edge is None:
            return None
        value = moved.rounded(edge)
        now, then = moved.now, self.verdict(replaced(self.design, moved.path, value), moved.rules)
        speak = tuple(sorted({code for code, _ in then - now}))
        silent = tuple(sorted({code for code, _ in now - then}))
        return Edge(float(value), speak, silent)

    def verdict(self, design: Design, rules: Sequence[Rule]) -> Verdict:
        """What these rules say of a design."""
        report = check(design, rules=rules, knowledge=self.knowledge, maturity=self.maturity, only=self.only)
        return frozenset((diagnostic.code, diagnostic.path) for diagnostic in report.diagnostics)


class _Moved:
    """One number on its way: all rules until some of them change their mind, then only those, to find the edge."""

    def __init__(self, trial: _Trial, path: Path, value: float, whole: bool) -> None:
        self.trial, self.path, self.value, self.whole = trial, path, value, whole
        self.rules = trial.readers.of(path)
        codes = {rule.code for rule in self.rules}
        self.now: Verdict = frozenset(said for said in trial.now if said[0] in codes)
        self.seen: dict[float, bool] = {value: True}
        self.suspects: dict[bool, frozenset[str]] = {}

    def rounded(self, value: float) -> float:
        """A value that the field could hold, to a few digits."""
        return round(value) if self.whole else float(f"{value:.{DIGITS}g}")

    def holds(self, value: float) -> bool:
        """Whether every rule says what it said before."""
        moved, side = self.rounded(value), value > self.value
        if moved not in self.seen:
            changed = self._differs(moved, self.suspects.get(side, frozenset()))
            if changed:
                self.suspects.setdefault(side, changed)
            self.seen[moved] = not changed
        return self.seen[moved]

    def _differs(self, value: float, codes: frozenset[str]) -> frozenset[str]:
        """Codes of the rules whose verdict changes with this value, among some of them (none named: all)."""
        rules = self.rules
        if codes:
            asked = codes.union(*(rule.requires for rule in rules if rule.code in codes))
            rules = [rule for rule in rules if rule.code in asked]
        then = self.trial.verdict(replaced(self.trial.design, self.path, value), rules)
        changed = frozenset(code for code, _ in then ^ self.now)
        return changed & codes if codes else changed
