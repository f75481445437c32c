"""What a one-line notation is: read from what a person types, written back for editing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mlsd.design.units import shown, tidy
from mlsd.errors import Message, ValueRefused
from mlsd.interview.lines.tongue import Tongue, tongue

Read = Callable[[str], dict[str, Any]]
Write = Callable[[Mapping[str, Any], Tongue], str]


class Misread(Exception):
    """The text does not have the shape of the line; `line` turns it into a refusal that names the shape."""


@dataclass(frozen=True)
class Line:
    """One notation, such as `ranker: ranking, online`.

    Attributes:
        name: the key in `LINES`.
        shape: the notation in words, for help and refusals.
        example: a right line, as one would type it in English.
        read: gives the entry's fields as plain data under the file's own names, numbers read; raises ValueRefused.
        written: gives the line back in a language; fields the notation does not know are left out.
    """

    name: str
    shape: Message
    example: Message
    read: Read
    written: Write

    def write(self, entry: Mapping[str, Any], language: str = "en") -> str:
        """The line that gives the entry, in the language with this code."""
        return self.written(entry, tongue(language))


def line(name: str, shape: Message, example: Message, read: Read, write: Write) -> Line:
    """A line whose reader refuses with its shape and whose writer never loses the id to the name."""

    def guarded(text: str) -> dict[str, Any]:
        try:
            return read(tidy(text))
        except Misread:
            raise ValueRefused(
                Message("“{text}” cannot be read here: this is a line for {shape}.", text=shown(text), shape=shape),
                Message("Write it like this: {example}", example=example),
            ) from None

    def careful(entry: Mapping[str, Any], language: Tongue) -> str:
        text = write(entry, language)
        return text if _keeps_identity(guarded, text, entry) else write({**entry, "name": None}, language)

    return Line(name, shape, example, guarded, careful)


def _keeps_identity(read: Read, text: str, entry: Mapping[str, Any]) -> bool:
    if not entry.get("name"):
        return True
    try:
        again = read(text)
    except ValueRefused:
        return False
    return all(again.get(field) == entry.get(field) for field in ("id", "name"))
