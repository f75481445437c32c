"""A part of a question that fills several fields of one node with one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from mlsd.design import Design, Node, Path
from mlsd.design.path import value_at
from mlsd.design.reference import RESERVED
from mlsd.errors import Message, MlsdError
from mlsd.interview import typed
from mlsd.interview.fields import Derive, clean, completions, path_of
from mlsd.interview.lines import LINES
from mlsd.interview.plain import Data, drop, put
from mlsd.interview.prompt import Answer, Kind, Understood
from mlsd.interview.question import Part
from mlsd.interview.situation import Situation


@dataclass(frozen=True)
class Line(Part):
    """One line that fills several fields of a node, in a notation of `interview.lines`."""

    notation: str
    home: str
    """The node whose fields the line fills: ``problem.goal``."""
    derive: Derive | None = field(default=None, kw_only=True)
    completes: tuple[str, ...] = field(default=(), kw_only=True)
    """What Tab completes: kinds of ids, or dotted paths of enums."""

    @property
    @override
    def kind(self) -> Kind:
        return "line"

    @override
    def given(self, design: Design, situation: Situation) -> str | None:
        held = self.held(design)
        if design is not situation.design:
            held = {key: value for key, value in held.items() if self._there(key, value, situation)}
        return self.write(held, situation) if held else None

    def held(self, design: Design) -> dict[str, Any]:
        """The fields of this line that a design answers, as plain data by key."""
        node = value_at(design, path_of(self.home))
        filled = node.filled() if isinstance(node, Node) else {}
        return {key: value for key in self.keys() if (value := _inside(filled, key)) not in (None, {}, [])}

    def _there(self, key: str, value: Any, situation: Situation) -> bool:
        """Whether a suggested value refers to nothing that is missing."""
        to = typed.target((*path_of(self.home), *path_of(key)))
        return to is None or value in situation.hoped(to)

    def write(self, held: dict[str, Any], situation: Situation) -> str:
        """The line that gives these fields, in the language of the sitting."""
        return LINES[self.notation].write(held, situation.speech.code)

    def keys(self) -> list[str]:
        """Keys below the home, dotted where deeper."""
        return [pattern.removeprefix(self.home + ".") for pattern in self.fills]

    def read(self, text: str, situation: Situation) -> dict[str, Any]:
        """The fields that a text gives. Raises MlsdError if it cannot be read."""
        return dict(LINES[self.notation].read(text))

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        found = self.read(clean(answer), situation)
        self.clear(data, situation)
        for key in self.keys():
            if (value := _inside(found, key)) is not None:
                put(data, (*path_of(self.home), *path_of(key)), value)

    def beside(self, suggestion: Answer, situation: Situation) -> Answer:
        """What is suggested for the other fields, where some of them are answered already."""
        return suggestion

    @override
    def clear(self, data: Data, situation: Situation) -> None:
        for key in self.keys():
            drop(data, (*path_of(self.home), *path_of(key)))

    @override
    def paths(self, design: Design) -> list[Path]:
        return [(*path_of(self.home), *path_of(key)) for key in self.held(design)]

    @override
    def taken(self, situation: Situation, suggestion: Answer | None) -> set[Path]:
        offered = self.held(situation.suggested)
        now = self.held(situation.design)
        return {(*path_of(self.home), *path_of(key)) for key, value in now.items() if offered.get(key) == value}

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        return {
            "initial": given or "",
            "example": self.suggestion(situation) or self.example,
            "completions": completions(self.completes, situation),
        }

    @override
    def understand(self, text: str, situation: Situation) -> Understood:
        if not text.strip():
            return Understood("")
        try:
            found = self.read(clean(text), situation)
            shown = self.write(found, situation)
        except MlsdError as error:
            return Understood("", error)
        derived = self.derive(situation, found) if self.derive else None
        unknown = self._unknown(found, situation)
        notes = [derived, Message("Not declared so far: {names}.", names=unknown) if unknown else None]
        return Understood(shown, derived=". ".join(situation.speech.say(note) for note in notes if note))

    def _unknown(self, found: dict[str, Any], situation: Situation) -> list[str]:
        """Names that refer to nothing that is declared or still suggested."""
        path = path_of(self.home)
        return list(
            dict.fromkeys(
                name
                for key, value in found.items()
                for to, name in _references((*path, *path_of(key)), value)
                if name not in situation.hoped(to) | RESERVED
            )
        )


DECLARED_HERE = ("problem", "goal", "metric")
"""The reference whose question declares what it names."""
UNIT = ("problem", "goal", "unit")
"""What the goal's line says and its metric keeps."""


def _references(path: Path, value: Any) -> Iterator[tuple[str, str]]:
    """To what the value at a path refers, and by which name, inside lists and their entries too."""
    if isinstance(value, list):
        for one in value:
            yield from _references(path, one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _references((*path, 0, key), one)
    elif isinstance(value, str) and path not in (DECLARED_HERE, UNIT):
        to = typed.target(path)
        if to is not None and to != "path":
            yield to, value


def _inside(filled: dict[str, Any], key: str) -> Any:
    found: Any = filled
    for step in key.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found
