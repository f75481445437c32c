"""Parts of a question that fill fields with a fixed place: words, a pick, several picks, one line of fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from mlsd.design import Design, Node, Path
from mlsd.design.path import find, show, value_at
from mlsd.errors import Message, MlsdError, ValueRefused
from mlsd.interview import typed
from mlsd.interview.lines.tongue import tongue
from mlsd.interview.lines.words import called
from mlsd.interview.plain import Data, drop, put
from mlsd.interview.prompt import Answer, Kind, Lines, Option, Understood
from mlsd.interview.question import Part
from mlsd.interview.situation import Situation

Derive = Callable[[Situation, dict[str, Any]], "Message | None"]


def path_of(pattern: str) -> Path:
    """The path of a pattern without lists."""
    return tuple(pattern.split("."))


@dataclass(frozen=True)
class Fixed(Part):
    """One field with a fixed place."""

    place: Path = field(default=(), kw_only=True)
    """Where it stands, if that is in an entry of a list."""

    @property
    def path(self) -> Path:
        """The field's place."""
        return self.place or path_of(self.fills[0])

    def value(self, design: Design, situation: Situation) -> Any:
        """What a design holds there; in another design the entry is found by its id."""
        return value_in(design, self.path, situation)

    @override
    def clear(self, data: Data, situation: Situation) -> None:
        drop(data, self.path)

    @override
    def paths(self, design: Design) -> list[Path]:
        found = value_at(design, self.path)
        empty = found in (None, [], {}) or (isinstance(found, Node) and found.is_empty)
        return [] if empty else [self.path]


@dataclass(frozen=True)
class Words(Fixed):
    """A sentence or a few words."""

    @property
    @override
    def kind(self) -> Kind:
        return "prose"

    @override
    def given(self, design: Design, situation: Situation) -> str | None:
        return self.value(design, situation) or None

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        put(data, self.path, clean(answer))

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        return {"initial": given or "", "example": self.suggestion(situation) or self.example}


@dataclass(frozen=True)
class Typed(Fixed):
    """One field as its type reads it: a number, a date, a name, `70/30`; several values are joined by commas."""

    derive: Derive | None = field(default=None, kw_only=True)
    offers: Callable[[Situation], list[str]] | None = field(default=None, kw_only=True)
    """Names that Tab completes."""

    @property
    @override
    def kind(self) -> Kind:
        return "line"

    @override
    def given(self, design: Design, situation: Situation) -> str | None:
        return written(self.value(design, situation), situation.speech.code) or None

    def read(self, text: str, situation: Situation) -> Any:
        """The value that a text gives. Raises MlsdError if it cannot be read."""
        return typed.read(self.path, clean(text), situation.design.currency)

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        put(data, self.path, self.read(answer, situation))

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        to = typed.target(self.path)
        known = self.offers(situation) if self.offers else situation.ids(to) if to and to != "path" else []
        return {
            "initial": given or "",
            "example": self.suggestion(situation) or self.example,
            "completions": tuple(known) or typed.values(self.path),
        }

    @override
    def understand(self, text: str, situation: Situation) -> Understood:
        if not text.strip():
            return Understood("")
        try:
            value = self.read(text, situation)
        except MlsdError as error:
            return Understood("", error)
        derived = self.derive(situation, {str(self.path[-1]): value}) if self.derive else None
        return Understood(
            written(value, situation.speech.code), derived=situation.speech.say(derived) if derived else ""
        )


@dataclass(frozen=True)
class Names(Fixed):
    """A list of words: what is typical is ticked, own ones are one a line."""

    offers: Callable[[Situation], list[str]] | None = field(default=None, kw_only=True)

    @property
    @override
    def kind(self) -> Kind:
        return "lines"

    def typical(self, situation: Situation) -> list[str]:
        """What can be ticked."""
        suggested = [str(value) for value in self.value(situation.suggested, situation) or []]
        further = [str(value) for value in self.value(situation.further, situation) or []]
        return list(dict.fromkeys(suggested + further + (self.offers(situation) if self.offers else [])))

    @override
    def given(self, design: Design, situation: Situation) -> Lines | None:
        found = [str(value) for value in self.value(design, situation) or []]
        typical = self.typical(situation)
        ticked = [value for value in found if value in typical]
        return Lines(ticked, [value for value in found if value not in typical]) if found else None

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        own = [typed.read(self.path, text, situation.design.currency) for line in answer.own if (text := clean(line))]
        put(data, self.path, list(dict.fromkeys([*answer.ticked, *(one for found in own for one in found)])))

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        shown = given if isinstance(given, Lines) else Lines([], [])
        typical = self.typical(situation)
        return {
            "options": tuple(Option(value, value, "", value in shown.ticked) for value in typical),
            "own": tuple(shown.own),
            "example": self.example or next(iter(typical), ""),
        }


def value_in(design: Design, path: Path, situation: Situation) -> Any:
    """What stands at a path of the situation's design in another one, where entries are found by their ids."""
    if design is situation.design or all(isinstance(step, str) for step in path):
        return value_at(design, path)
    name = show(situation.design, path)
    for known in (design, situation.further):
        try:
            found = value_at(known, find(known, name))
        except ValueRefused:
            continue
        if found not in (None, [], {}):
            return found
    return None


def written(value: Any, language: str = "en") -> str:
    """A value as one types it in a language."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(written(one) for one in value)  # commas part them, so that none stands in a number
    said = tongue(language)
    if isinstance(value, dict):
        return said.shares([float(share) for share in value.values()])
    if isinstance(value, Node):
        return "" if value.is_empty else said.effect(float(value.value), value.kind or "relative")  # type: ignore[attr-defined]
    return said.figure(value) if isinstance(value, int | float) else str(value)


def clean(answer: Any) -> str:
    """The text without the space around it; characters nobody sees are refused."""
    text = str(answer).strip().replace("\r\n", "\n")
    for letter in text:
        if not letter.isprintable() and letter not in "\n\t\u00a0\u202f\u2009":
            raise ValueRefused(
                Message("The answer holds a character that nobody sees ({name}).", name=f"U+{ord(letter):04X}"),
                Message("Type the answer again, or paste it as plain text."),
            )
    return text


def completions(kinds: tuple[str, ...], situation: Situation) -> tuple[str, ...]:
    """Ids and enum values that a line may hold."""
    found: list[str] = []
    for kind in kinds:
        found += _words(_positions(kind), situation) if "." in kind else situation.ids(kind)
    return tuple(dict.fromkeys(found))


def _words(path: Path, situation: Situation) -> list[str]:
    """The values of an enum as a line of the sitting has them."""
    values = typed.values(path)
    return [called(value, values, str(path[-1]), situation.speech.code) for value in values]


def _positions(pattern: str) -> Path:
    return tuple(step for key in pattern.split(".") for step in ((key[:-2], 0) if key.endswith("[]") else (key,)))
