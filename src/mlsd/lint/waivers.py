"""Which waiver sets which finding aside, looked up: a design may hold ten thousand of either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mlsd.design.design import Waiver
from mlsd.lint.diagnostic import Diagnostic

Reach = tuple[str, str]
"""A rule, by its code or name, and a written place; an empty place is the whole design."""


def reach(waiver: Waiver) -> Reach:
    """What a waiver sets aside: the findings of its rule, at its place or below it."""
    return waiver.rule or "", waiver.at or ""


class Waivers:
    """Some waivers by their reach."""

    def __init__(self, waivers: Sequence[Waiver]) -> None:
        self._waivers = waivers
        self._positions: dict[Reach, int] = {}
        for position, waiver in enumerate(waivers):
            self._positions.setdefault(reach(waiver), position)
        self._lengths = sorted({len(place) for _, place in self._positions})

    def first(self, diagnostic: Diagnostic) -> Waiver | None:
        """The first of them that sets the finding aside."""
        position = min((self._positions[at] for at in self.reaching(diagnostic)), default=None)
        return None if position is None else self._waivers[position]

    def reaching(self, diagnostic: Diagnostic) -> Iterator[Reach]:
        """The reach of each that would set the finding aside; only places that a waiver names are cut from its path."""
        path = diagnostic.path
        for length in self._lengths:
            if length > len(path):
                return
            if length in (0, len(path)) or path[length] in ".[":
                both = (diagnostic.code, path[:length]), (diagnostic.name, path[:length])
                yield from (at for at in both if at in self._positions)


def sorted_out(waivers: Sequence[Waiver], today: date | None) -> tuple[list[Waiver], list[Waiver]]:
    """The waivers whose day is past, and those that hold: of a rule and with a reason."""
    expired, valid = [], []
    for waiver in waivers:
        if waiver.until and today and waiver.until < today:
            expired.append(waiver)
        elif waiver.rule and waiver.reason:
            valid.append(waiver)
    return expired, valid
