"""A part of a question that fills a list: what is typical is ticked, own entries are one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError

from mlsd.design import Design, Node, Path
from mlsd.design.path import value_at
from mlsd.design.quantity import slugify
from mlsd.design.reference import RESERVED
from mlsd.errors import Message, MlsdError, ValueRefused
from mlsd.interview import typed
from mlsd.interview.fields import clean, completions, value_in
from mlsd.interview.lines import LINES
from mlsd.interview.plain import Data, entries, put, spelled
from mlsd.interview.prompt import Answer, Kind, Lines, Option, Understood
from mlsd.interview.question import Part
from mlsd.interview.situation import Situation
from mlsd.storage.schema import model_at

Entry = dict[str, Any]
_LINKS = ("links_to",)
"""References among the entries of one list."""


class Offer(NamedTuple):
    """An entry that can be ticked."""

    key: str
    entry: Entry
    suggested: bool


def every(_: Entry) -> bool:
    """All entries of the list belong to this part."""
    return True


def nothing(_: Situation) -> list[Entry]:
    """No entries beside the template's."""
    return []


@dataclass(frozen=True)
class Entries(Part):
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
    id_from: str = field(default="", kw_only=True)
    """The field that gives an own entry its id where the line does not say one."""

    @property
    def kind(self) -> Kind:
        return "lines"

    @property
    def path(self) -> Path:
        """The list's place."""
        return self.place or tuple(self.home.split("."))

    # what is offered

    def offers(self, situation: Situation) -> list[Offer]:
        """What can be ticked, the suggested entries first."""
        return situation.once(self, lambda: self._offers(situation))

    def _offers(self, situation: Situation) -> list[Offer]:
        found: dict[str, Offer] = {}
        own = self._pool(situation.suggested, situation) + self.extra(situation)
        ids = {entry["id"] for entry in own + self._pool(situation.further, situation) if "id" in entry}
        for entry in own:
            self._offer(found, entry, True, situation, ids)
        for entry in self._pool(situation.further, situation):
            self._offer(found, entry, False, situation, ids)
        return list(found.values())

    def _pool(self, design: Design, situation: Situation) -> list[Entry]:
        kept = ("id", "name", *self.keys)
        return [
            {key: value for key, value in entry.filled().items() if key in kept}
            for entry in value_in(design, self.path, situation) or []
            if self.only(entry.filled())
        ]

    def _offer(self, found: dict[str, Offer], entry: Entry, suggested: bool, situation: Situation, ids: set[str]) -> None:
        usable = self._pruned(entry, situation, ids)
        if usable is not None:
            key = self.key(usable)
            found.setdefault(key, Offer(key, usable, suggested))

    def _pruned(self, entry: Entry, situation: Situation, ids: set[str]) -> Entry | None:
        """The entry without references to what is not there; None if it cannot do without one of them."""
        left: Entry = {}
        for key, value in entry.items():
            to = typed.target((*self.path, 0, key))
            if to is None or to == "path":
                left[key] = value
                continue
            known = situation.hoped(to) | ids | RESERVED
            kept = [name for name in value if name in known] if isinstance(value, list) else value if value in known else None
            if kept:
                left[key] = kept
            elif key in self.needs:
                return None
        return left

    def key(self, entry: Entry) -> str:
        """By what a tick is told apart: the id, else the line."""
        return str(entry.get("id") or self.write(entry))

    # what a design holds

    def given(self, design: Design, situation: Situation) -> Lines | None:
        if design is not situation.design:
            ticked = [offer.key for offer in self.offers(situation) if offer.suggested]
            return Lines(ticked, []) if ticked else None
        offers = {offer.key for offer in self.offers(situation)}
        held = [entry for entry in self._filled(design) if self.only(entry)]
        ticked = [key for entry in held if (key := self.key(entry)) in offers]
        own = [self.write(entry) for entry in held if self.key(entry) not in offers]
        return Lines(ticked, own) if held else None

    def paths(self, design: Design) -> list[Path]:
        return [(*self.path, place) for place, entry in enumerate(self._filled(design)) if self.only(entry)]

    def taken(self, situation: Situation, suggestion: Answer | None) -> set[Path]:
        offered = {offer.key: offer.entry for offer in self.offers(situation)}
        held = self._filled(situation.design)
        return {
            (*self.path, place)
            for place, entry in enumerate(held)
            if self.only(entry) and _as_offered(entry, offered.get(self.key(entry)))
        }

    def _filled(self, design: Design) -> list[Entry]:
        return [entry.filled() if isinstance(entry, Node) else entry for entry in value_at(design, self.path) or []]

    # what is answered

    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        chosen = self._chosen(answer, situation)
        raw = entries(data, self.path)
        typed_entries = self._filled(situation.design)
        before = {self.key(entry): place for place, entry in enumerate(typed_entries) if self.only(entry)}
        merged = {
            key: _merged(raw[before[key]], typed_entries[before[key]], entry, self) if key in before else entry
            for key, entry in chosen.items()
        }
        result = []
        for place, entry in enumerate(raw):
            key = self.key(typed_entries[place])
            if before.get(key) != place:
                result.append(entry)
            elif key in merged:
                result.append(merged.pop(key))
        result += merged.values()
        kept = {name for entry in result if isinstance(entry, dict) and (name := entry.get("id"))}
        gone = {offer.key for offer in self.offers(situation)} - kept
        fresh = [key for key, entry in chosen.items() if entry is not None]
        put(data, self.path, [spelled(_settled(entry, gone)) if self._is(entry, fresh) else entry for entry in result])

    def _is(self, entry: Any, keys: list[str]) -> bool:
        return isinstance(entry, dict) and self.key(entry) in keys

    def clear(self, data: Data, situation: Situation) -> None:
        self.enter(data, Lines([], []), situation)

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

    def write(self, entry: Entry) -> str:
        """The line that gives this entry; of one that a file left half empty, what it is called."""
        try:
            return str(LINES[self.notation].write(entry))
        except (KeyError, TypeError, ValueError):
            return " ".join(str(value) for value in entry.values() if isinstance(value, str | int | float))

    def _chosen(self, answer: Any, situation: Situation) -> dict[str, Entry | None]:
        """Key → entry; None for a tick that stands for an entry the design holds already."""
        offers = {offer.key: offer.entry for offer in self.offers(situation)}
        held = {self.key(entry): self.write(entry) for entry in self._filled(situation.design) if self.only(entry)}
        lines = {line: key for key, line in held.items()}
        chosen: dict[str, Entry | None] = {}
        for key in answer.ticked:
            if key not in offers and key not in held:
                raise ValueRefused(Message("“{text}” is not one of the choices.", text=str(key)))
            chosen[key] = None if key in held else deepcopy(offers[key])
        for line in filter(None, map(clean, answer.own)):
            entry = None if line in lines else self.read(line)
            key = lines[line] if entry is None else self._free(self.key(entry), chosen)
            if entry is not None and self.id_from:
                entry["id"] = key
            if key in chosen:
                raise ValueRefused(
                    Message("“{name}” is given twice.", name=key), Message("Take the tick away, or delete the line.")
                )
            chosen[key] = entry
        return chosen

    def _free(self, key: str, chosen: dict[str, Entry | None]) -> str:
        """The id, with a number where ids are made by us and this one is taken."""
        free, number = key, 2
        while self.id_from and free in chosen:
            free, number = f"{key}_{number}", number + 1
        return free

    # how it is shown

    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        shown = given if isinstance(given, Lines) else Lines([], [])
        held = {self.key(entry): entry for entry in self._filled(situation.design) if self.only(entry)}
        options = tuple(
            Option(offer.key, self.write(entry), str(entry.get("name", "")), offer.key in shown.ticked)
            for offer in self.offers(situation)
            for entry in [held.get(offer.key, offer.entry)]
        )
        return {
            "options": options,
            "own": tuple(shown.own),
            "example": self.example or next((option.title for option in options), ""),
            "completions": completions(self.completes, situation),
        }

    def understand(self, text: str, situation: Situation) -> Understood:
        if not text.strip():
            return Understood("")
        try:
            entry = self.read(text)
        except MlsdError as error:
            return Understood("", error)
        unknown = self._unknown(entry, situation)
        note = Message("Not declared so far: {names}.", names=unknown) if unknown else None
        return Understood(self.write(entry), derived=situation.speech.say(note) if note else "")

    def _unknown(self, entry: Entry, situation: Situation) -> list[str]:
        found: list[str] = []
        for key, value in entry.items():
            to = typed.target((*self.path, 0, key))
            if to is not None and to != "path":
                known = situation.hoped(to) | RESERVED | {str(entry.get("id"))}
                found += [name for name in _names(value) if name not in known]
        return found


def _settled(entry: Entry, gone: set[str]) -> Entry:
    """The entry without references to entries that were offered beside it and not ticked."""
    left = {}
    for key, value in entry.items():
        kept = [name for name in value if name not in gone] if isinstance(value, list) and key in _LINKS else value
        if kept or kept == 0:
            left[key] = kept
    return left


def _as_offered(entry: Entry, offered: Entry | None) -> bool:
    """Whether a held entry still says what was offered; references may be missing, further fields may be there."""
    if offered is None:
        return False
    return all(
        entry.get(key) == value or (isinstance(value, list) and all(one in value for one in entry.get(key, [])))
        for key, value in offered.items()
    )


def _names(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else [value]


def _merged(raw: Any, held: Entry, entry: Entry | None, part: Entries) -> Any:
    """The entry as the file spells it, with what the line says now; untouched where the line says nothing new."""
    if entry is None or part.read(part.write(held)) == entry or not isinstance(raw, dict):
        return raw if entry is None or isinstance(raw, dict) else entry
    kept = {key: value for key, value in raw.items() if key not in part.keys or key in entry}
    return kept | {key: value for key, value in entry.items() if value != held.get(key)}
