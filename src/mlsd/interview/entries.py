"""A part of a question that fills a list: what is typical is ticked, own entries are one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from mlsd.design import Design, Node, Path
from mlsd.design.path import value_at
from mlsd.design.reference import RESERVED
from mlsd.errors import Message, MlsdError, ValueRefused
from mlsd.interview import typed
from mlsd.interview.fields import clean, completions
from mlsd.interview.links import LINKS, lost, mended
from mlsd.interview.listed import Entry, Listed
from mlsd.interview.plain import Data, copied, entries, put, spelled
from mlsd.interview.prompt import Answer, Kind, Lines, Option, Understood
from mlsd.interview.situation import Situation

TYPED_BY_ID = ("component",)
"""Lines of things that other lines speak of by their ids: the id is shown, and the name beside it."""


@dataclass(frozen=True)
class Entries(Listed):
    """The entries of a list: ticks and own lines become entries, entries become ticks and lines again."""

    @property
    @override
    def kind(self) -> Kind:
        return "lines"

    # what a design holds

    @override
    def given(self, design: Design, situation: Situation) -> Lines | None:
        if design is not situation.design:
            ticked = [offer.key for offer in self.offers(situation) if offer.suggested]
            return Lines(ticked, []) if ticked else None
        offers = {offer.key for offer in self.offers(situation)}
        held = [entry for entry in self._filled(design) if self.only(entry)]
        dead = self._dead(situation)
        ticked = [key for entry in held if (key := self.key(entry)) in offers]
        own = [
            self.said(self._mended(entry, situation), situation)
            for entry in held
            if (key := self.key(entry)) not in offers and key not in dead
        ]
        return Lines(ticked, own) if held else None

    @override
    def paths(self, design: Design) -> list[Path]:
        return [(*self.path, place) for place, entry in enumerate(self._filled(design)) if self.only(entry)]

    @override
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

    @override
    def mends(self, situation: Situation) -> bool:
        held = [entry for entry in self._filled(situation.design) if self.only(entry)]
        dead = self._dead(situation)
        return any(lost(entry, situation) or self.key(entry) in dead for entry in held)

    def _mended(self, entry: Entry, situation: Situation) -> Entry:
        return mended(entry, situation, self.instead(situation))

    # what is answered

    @override
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

    @override
    def clear(self, data: Data, situation: Situation) -> None:
        self.enter(data, Lines([], []), situation)

    def _chosen(self, answer: Any, situation: Situation) -> dict[str, Entry | None]:
        """Key → entry; None for a tick that stands for an entry the design holds already."""
        offers = {offer.key: offer.entry for offer in self.offers(situation)}
        held_by = {self.key(entry): entry for entry in self._filled(situation.design) if self.only(entry)}
        held = {key: self.said(entry, situation) for key, entry in held_by.items()}
        lines = {line: key for key, line in held.items()}
        links = {key: self._mended(entry, situation) for key, entry in held_by.items() if lost(entry, situation)}
        chosen: dict[str, Entry | None] = {}
        written: set[str] = set()
        for key in answer.ticked:
            if key not in offers and key not in held:
                raise ValueRefused(Message("“{text}” is not one of the choices.", text=str(key)))
            chosen[key] = links.get(key) if key in held else copied(offers[key])
        for line in filter(None, map(clean, answer.own)):
            entry = None if line in lines else self._read_in(line, situation)
            key = lines[line] if entry is None else self._free(self.key(entry), chosen)
            if entry is not None and self.id_from:
                entry["id"] = key
            if entry is not None and "name" in offers.get(key, {}):
                entry.setdefault("name", offers[key]["name"])
            if key in written:
                raise ValueRefused(
                    Message("“{name}” is given twice.", name=key), Message("Change one of the two lines, or delete it.")
                )
            written.add(key)
            chosen[key] = entry  # a line in one's own words takes the place of the tick
        said = {self.about(chosen[key] or {}) for key in written} - {None}
        for key in answer.ticked:
            if key not in written and self.about(held_by.get(key) or offers.get(key) or {}) in said:
                del chosen[key]
        return chosen

    def _free(self, key: str, chosen: dict[str, Entry | None]) -> str:
        """The id, with a number where ids are made by us and this one is taken."""
        free, number = key, 2
        while self.id_from and free in chosen:
            free, number = f"{key}_{number}", number + 1
        return free

    # how it is shown

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        shown = given if isinstance(given, Lines) else Lines([], [])
        held = {self.key(entry): entry for entry in self._filled(situation.design) if self.only(entry)}
        options = []
        for offer in self.offers(situation):
            entry = held.get(offer.key, offer.entry)
            name = str(entry.get("name", ""))
            by_id = {"name": None} if self.notation in TYPED_BY_ID else {}
            title = self.said({**self._mended(entry, situation), **by_id}, situation)
            told = name == offer.key or title.startswith(name)  # the id follows from the name then
            hint = self._gone(entry, situation) or ("" if told else name)
            options.append(Option(offer.key, title, hint, offer.key in shown.ticked))
        return {
            "options": tuple(options),
            "own": tuple(shown.own),
            "example": self.example or next((option.title for option in options), ""),
            "completions": completions(self.completes, situation),
        }

    def _gone(self, entry: Entry, situation: Situation) -> str:
        """What the entry linked to until it was taken away."""
        names = lost(entry, situation)
        return situation.speech.say(Message("no longer declared: {names}", names=names)) if names else ""

    @override
    def understand(self, text: str, situation: Situation) -> Understood:
        if not text.strip():
            return Understood("")
        try:
            entry = self._read_in(text, situation)
        except MlsdError as error:
            return Understood("", error)
        unknown = self._unknown(entry, situation)
        note = Message("Not declared so far: {names}.", names=unknown) if unknown else self._in_paths(entry)
        return Understood(self.said(entry, situation), derived=situation.speech.say(note) if note else "")

    def _in_paths(self, entry: Entry) -> Message | None:
        """By which id a path shows a block whose name is in letters that no id has."""
        if self.notation not in TYPED_BY_ID or str(entry.get("name") or "").isascii():
            return None
        return Message("in paths and flows: {id}", id=entry["id"])

    def _read_in(self, text: str, situation: Situation) -> Entry:
        """The entry of a line; what it refers to by its name is referred to by its id."""
        entry = self.read(text)
        for key, value in entry.items():
            to = typed.target((*self.path, 0, key))
            if to is not None and to != "path":
                meant = [situation.meant(to, str(name)) for name in _names(value)]
                entry[key] = meant if isinstance(value, list) else meant[0]
        return entry

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
        kept = [name for name in value if name not in gone] if isinstance(value, list) and key == LINKS else value
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
