"""The list that a part of a question fills: how its entries are read and written, and which are offered as ticks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError

from mlsd.design import Design, Path
from mlsd.design.quantity import slugify
from mlsd.design.reference import RESERVED
from mlsd.interview import typed
from mlsd.interview.fields import clean, value_in
from mlsd.interview.lines import LINES
from mlsd.interview.links import LINKS
from mlsd.interview.question import Part
from mlsd.interview.situation import Situation
from mlsd.storage.schema import model_at

Entry = dict[str, Any]


class Offer(NamedTuple):
    """An entry that can be ticked."""

    key: str
    entry: Entry
    suggested: bool


def every(_: Entry) -> bool:
    """All entries of the list belong to this part."""
    return True


def nothing_else(_: Entry) -> object:
    """Whatever an entry says, no other one says it too."""
    return None


def nothing(_: Situation) -> list[Entry]:
    """No entries beside the template's."""
    return []


def nowhere(_: Situation) -> str | None:
    """A link whose end is gone is dropped."""
    return None


@dataclass(frozen=True)
class Listed(Part):
    """The entries of a list that satisfy ``only``; a tick brings an entry's id, name and ``keys`` along."""

    notation: str
    home: str
    keys: tuple[str, ...]
    needs: tuple[str, ...] = field(default=(), kw_only=True)
    """References without which an entry is not offered."""
    only: Callable[[Entry], bool] = field(default=every, kw_only=True)
    extra: Callable[[Situation], list[Entry]] = field(default=nothing, kw_only=True)
    completes: tuple[str, ...] = field(default=(), kw_only=True)
    place: Path = field(default=(), kw_only=True)
    """Where the list stands, if that is in an entry of another list."""
    about: Callable[[Entry], object] = field(default=nothing_else, kw_only=True)
    """What an entry is about: an own line takes the place of a tick about the same; None takes no other place."""
    instead: Callable[[Situation], str | None] = field(default=nowhere, kw_only=True)
    """To what a link leads whose end is not declared any more."""
    id_from: str = field(default="", kw_only=True)
    """The field that gives an own entry its id where the line does not say one."""

    @property
    def path(self) -> Path:
        """The list's place."""
        return self.place or tuple(self.home.split("."))

    def offers(self, situation: Situation) -> list[Offer]:
        """What can be ticked, the suggested entries first."""
        return situation.once(self, lambda: self._offers(situation))

    def _offers(self, situation: Situation) -> list[Offer]:
        found: dict[str, Offer] = {}
        for _, usable, suggested in self._typical(situation):
            if usable is not None:
                key = self.key(usable)
                found.setdefault(key, Offer(key, usable, suggested))
        return list(found.values())

    def _typical(self, situation: Situation) -> list[tuple[Entry, Entry | None, bool]]:
        """Every entry that the template has, what is left of it here, and whether it is suggested."""
        own = self._pool(situation.suggested, situation) + self.extra(situation)
        further = self._pool(situation.further, situation)
        ids = {entry["id"] for entry in own + further if "id" in entry}
        every = [(entry, True) for entry in own] + [(entry, False) for entry in further]
        return [(entry, self._pruned(entry, situation, ids), suggested) for entry, suggested in every]

    def _dead(self, situation: Situation) -> set[str]:
        """Keys of what cannot be offered, as something that it needs is not declared: nobody but the template has said
        it, and it goes with what it needs.
        """
        typical = situation.once(("typical", self), lambda: self._typical(situation))
        return {self.key(entry) for entry, usable, _ in typical if usable is None}

    def _pool(self, design: Design, situation: Situation) -> list[Entry]:
        kept = ("id", "name", *self.keys)
        return [
            {key: value for key, value in entry.filled().items() if key in kept}
            for entry in value_in(design, self.path, situation) or []
            if self.only(entry.filled())
        ]

    def _pruned(self, entry: Entry, situation: Situation, ids: set[str]) -> Entry | None:
        """The entry without references to what is not there; None if it cannot do without one of them."""
        left: Entry = {}
        for key, value in entry.items():
            to = typed.target((*self.path, 0, key))
            if to is None or to == "path":
                left[key] = value
                continue
            known = situation.hoped(to) | ids | RESERVED
            kept = (
                [name for name in value if name in known]
                if isinstance(value, list)
                else value
                if value in known
                else None
            )
            if key == LINKS and not kept and situation.suggested.problem.goal.metric in value:
                kept = [goal] if (goal := self.instead(situation)) else None
            if kept:
                left[key] = kept
            elif key in self.needs:
                return None
        return left

    def key(self, entry: Entry) -> str:
        """By what a tick is told apart: the id, else the line, which for this is English in every sitting."""
        return str(entry.get("id") or self.write(entry))

    def read(self, text: str) -> Entry:
        """The entry that a line gives. Raises MlsdError if it cannot be read."""
        entry = dict(LINES[self.notation].read(clean(text)))
        if self.id_from and "id" not in entry:
            entry = {"id": slugify(str(entry[self.id_from])), **entry}
        model = model_at((*self.path, 0))
        if model is not None:
            try:
                model.model_validate(entry)
            except ValidationError as error:
                raise typed.refused(error) from None
        return entry

    def said(self, entry: Entry, situation: Situation) -> str:
        """The line that gives this entry, in the language of the sitting."""
        return self.write(entry, situation.speech.code)

    def write(self, entry: Entry, language: str = "en") -> str:
        """The line that gives this entry; of one that a file left half empty, what it is called."""
        try:
            return LINES[self.notation].write(entry, language)
        except (KeyError, TypeError, ValueError):
            return " ".join(str(value) for value in entry.values() if isinstance(value, str | int | float))
