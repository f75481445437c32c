"""The parts of a line between commas: each slot reads one and writes it back.

A part that is empty or `-` is left out. A part with a comma in it stands in double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from mlsd.errors import ValueRefused
from mlsd.interview.lines.line import Misread
from mlsd.interview.lines.tongue import Tongue
from mlsd.interview.lines.words import called, choices, named, one_of, ref, refs, title

_COMMA = re.compile(r"\s*(?:;|(?<![0-9]),|,(?![0-9]))\s*")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True)
class Slot:
    """One field of an entry as a part of a line."""

    field: str
    read: Callable[[str], Any]
    write: Callable[[Any, Tongue], str]
    picky: bool = False
    """It refuses what is not its own, so that a part left out before it is noticed."""


@dataclass(frozen=True)
class Head:
    """What stands before the colon."""

    read: Callable[[str], dict[str, Any]]
    write: Callable[[Mapping[str, Any], Tongue], str]


def split(text: str) -> list[str]:
    """The parts between commas or semicolons; a comma between two digits is a decimal comma."""
    parts, start, at = [], 0, 0
    while at < len(text):
        inside = _QUOTED.match(text, at) if at == start else None
        comma = _COMMA.match(text, at)
        if comma and not inside:
            parts.append(text[start:at])
            start = comma.end()
        at = inside.end() if inside else comma.end() if comma else at + 1
    return [*parts, text[start:]]


def unquoted(part: str) -> str:
    """The words of a part, without the quotes around them."""
    return part[1:-1].replace('""', '"') if len(part) > 1 and part[0] == part[-1] == '"' else part


def quoted(words: str) -> str:
    """The words, in quotes where a line would read them otherwise."""
    misleading = '"' in words or words == "-" or _COMMA.search(words)
    return '"' + words.replace('"', '""') + '"' if misleading else words


def as_it_is(value: object, _: Tongue) -> str:
    """What is the same in every language: an id, a value of the file."""
    return str(value)


def prose(field: str) -> Slot:
    """A few words."""
    return Slot(field, unquoted, lambda value, _: quoted(str(value)))


def plain(field: str) -> Slot:
    """Text that nothing follows or that stands in parentheses: never quoted."""
    return Slot(field, str, as_it_is)


def reference(field: str) -> Slot:
    """The id of one thing."""
    return Slot(field, ref, as_it_is)


def references(field: str) -> Slot:
    """The ids of one or more things, joined by `+`."""
    return Slot(field, refs, lambda ids, _: "+".join([ids] if isinstance(ids, str) else ids))


def choice(field: str, model: type[BaseModel]) -> Slot:
    """One of the words the field of the model knows."""
    words = choices(model, field)
    return Slot(
        field,
        lambda text: one_of(text, words, field),
        lambda value, language: called(value, words, field, language.code),
        picky=True,
    )


def amount_of(field: str, read: Callable[[str], float], write: Callable[[Tongue, float], str]) -> Slot:
    """A number, read by a function of `quantity` and written by one of the language."""
    return Slot(field, lambda text: whole(read(text)), lambda value, language: write(language, value), picky=True)


def read_slots(text: str, slots: Sequence[Slot]) -> dict[str, Any]:
    """The fields of the parts in their order; more parts than slots are refused.

    A part that its slot refuses may belong to a later one that knows its own: `tickets, 30 days` without the origin.
    """
    parts, left = split(text) if text else [], list(slots)
    if len(parts) > len(slots):
        raise Misread
    found: dict[str, Any] = {}
    for part in parts:
        if not left:
            raise Misread
        if part in ("", "-"):
            left.pop(0)
            continue
        slot, value = _taken(part, left)
        found[slot.field] = value
        left = left[left.index(slot) + 1 :]
    return found


def _taken(part: str, left: Sequence[Slot]) -> tuple[Slot, Any]:
    """The slot that reads the part, and what it read; the refusal of the first where none does."""
    refusal: ValueRefused | None = None
    for slot in left:
        if refusal is not None and not slot.picky:
            continue
        try:
            return slot, slot.read(part)
        except ValueRefused as refused:
            refusal = refusal or refused
    raise refusal or Misread


def write_slots(entry: Mapping[str, Any], slots: Sequence[Slot], language: Tongue) -> str:
    """The parts of an entry in their order, `-` for one that is empty before one that is not."""
    parts = [slot.write(entry[slot.field], language) if has(entry, slot.field) else "-" for slot in slots]
    while parts and parts[-1] == "-":
        parts.pop()
    return ", ".join(parts)


def has(entry: Mapping[str, Any], field: str) -> bool:
    """Whether the entry answers the field."""
    return entry.get(field) not in (None, "", [], {})


def head_and_rest(text: str) -> tuple[str, str]:
    """What stands before the first colon outside parentheses, and what after it."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == ":" and depth <= 0:
            return text[:at].strip(), text[at + 1 :].strip()
    return text, ""


def joined(head: str, rest: str) -> str:
    """Head and rest with a colon between them where both are there."""
    return f"{head}: {rest}" if rest else head


BY_NAME = Head(named, lambda entry, _: title(entry))


def name_and(slot: Slot) -> Head:
    """A name and, in parentheses, one more field: `user (user_id)`."""

    def read(text: str) -> dict[str, Any]:
        name, inside = parentheses(text)
        return named(name) | ({slot.field: slot.read(inside)} if inside else {})

    return Head(read, lambda entry, _: with_parentheses(title(entry), entry, slot.field))


def parentheses(text: str) -> tuple[str, str]:
    """`user (user_id)` as its two parts; the second is empty where there is none."""
    found = re.fullmatch(r"([^()]+?)\s*(?:\(\s*(.+?)\s*\))?", text)
    if not found:
        raise Misread
    return found[1], found[2] or ""


def with_parentheses(words: str, entry: Mapping[str, Any], field: str) -> str:
    """The words, and the field in parentheses where the entry has it."""
    return f"{words} ({entry[field]})" if has(entry, field) else words


def whole(value: float) -> float:
    """A whole number without its `.0`, as the file holds it."""
    return int(value) if value == int(value) and abs(value) < 1e15 else value
