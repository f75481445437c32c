"""A computed number and how it came about: formula, inputs, result, source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from mlsd.errors import Message, ValueRefused

Origin = Literal["given", "assumed", "computed", "default"]


class Input(NamedTuple):
    """One number that went in. ``value`` is in ``unit``; ``path`` is its place in the design, if it has one."""

    name: Message | str
    value: float
    unit: str = ""
    path: str | None = None
    origin: Origin = "given"


class Working(NamedTuple):
    """A result with its working.

    ``formula`` is plain readable text, ``source`` the title of the place where the formula can be read up.
    ``result`` is None where the question has no answer; ``note`` then says why, and otherwise how far the number
    can be trusted.
    """

    formula: str
    inputs: tuple[Input, ...]
    result: float | None
    unit: str
    source: str
    note: Message | None = None

    def as_input(self, name: Message | str) -> Input:
        """The result as an input of the next computation; ValueRefused if there is none."""
        if self.result is None:
            raise ValueRefused(self.note or Message("“{name}” could not be computed.", name=name))
        return Input(name, self.result, self.unit, origin="computed")

    def with_note(self, note: Message | None) -> Working:
        """The same working with another note."""
        return self._replace(note=note)


def impossible(formula: str, inputs: Sequence[Input], unit: str, source: str, why: Message) -> Working:
    """The answer to a question that has none: no result, and why."""
    return Working(formula, tuple(inputs), None, unit, source, why)


Value = float | Input
"""A number as functions of this room take it: plain, or with the memory of where it came from."""
