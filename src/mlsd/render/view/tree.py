"""A design as nested dicts and lists of words, ready to print: what is empty is None, what is assumed bears a †.

Every part keeps its bare values under ``raw`` (to decide by), every entry its name under ``label``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from mlsd.content.values import WORDS
from mlsd.design import Design
from mlsd.design import types as kinds
from mlsd.design.node import Entry, Node
from mlsd.design.path import find
from mlsd.design.place import Path
from mlsd.design.quantity import Percentage
from mlsd.errors import MlsdError
from mlsd.render.view import special
from mlsd.render.view.brands import brand
from mlsd.render.view.figures import Figures
from mlsd.render.view.names import Names

DAGGER = "†"
LITERAL = "one of"
Shown = dict[str, Any]


class _How(NamedTuple):
    """How the values of a field are said: as the name of what it refers to, as a brand, as one of our words, or by what
    writes its numbers.
    """

    refers: str
    tool: bool
    literal: bool
    writer: Callable[[Any], str] | None


class Tree:
    """Shows every part of one design in one language."""

    def __init__(self, design: Design, figures: Figures) -> None:
        self.design = design
        self.figures = figures
        self.names = Names(design, figures.say)
        self.assumed = frozenset(_assumed(design))
        self._how: dict[tuple[type[Node], str], _How] = {}
        self._writers: list[tuple[Any, Callable[[Any], str]]] = [
            (_mark(kinds.Share), figures.percent),
            (_mark(kinds.Ratio), figures.percent),
            (_mark(kinds.Ms), figures.ms),
            (_mark(kinds.Minutes), figures.minutes),
            (_mark(kinds.Hours), figures.hours),
            (_mark(kinds.Days), figures.days),
            (_mark(kinds.Gigabytes), figures.gigabytes),
            (_mark(kinds.Money), figures.money),
            (_mark(kinds.Percentile), figures.percentile),
            (_mark(kinds.Duration), figures.duration),
        ]

    def shown(self) -> Shown:
        """The whole design."""
        return self.node(self.design, ())

    def node(self, node: Node, at: Path) -> Shown:
        """One part: its values in words, what it computes of them, its bare values under ``raw``."""
        found: Shown = {}
        raw: Shown = {}
        for name, info in type(node).model_fields.items():
            value = getattr(node, name)
            here = (*at, info.alias or name)
            found[name] = self._value(value, here, type(node), name)
            raw[name] = _bare(value)
        found["raw"] = raw
        found["empty"] = node.is_empty
        label = self._label(node)
        found["label"] = self.marked(label, at) if label else None
        special.complete(self, node, found, at)
        return found

    def marked(self, text: str, at: Path) -> str:
        """The words with a dagger if what stands at the path is assumed."""
        return text + DAGGER if self.is_assumed(at) else text

    def is_assumed(self, at: Path) -> bool:
        """True if the value, or the part it stands in, was taken from the template and not confirmed."""
        return bool(self.assumed) and any(at[:length] in self.assumed for length in range(1, len(at) + 1))

    def _label(self, node: Node) -> str | None:
        if isinstance(node, Entry):
            return self.names.of_entry(node)
        return getattr(node, node.identity, None) if node.identity != "id" else None

    def _value(self, value: Any, at: Path, owner: type[Node], field: str) -> Any:
        if isinstance(value, Node):
            return self.node(value, at)
        if isinstance(value, list):
            return [self._value(entry, (*at, position), owner, field) for position, entry in enumerate(value)]
        if isinstance(value, dict):
            return {key: self._value(entry, (*at, key), owner, field) for key, entry in value.items()}
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str) and not value.strip():
            return None
        return self.marked(self.words(value, owner, field), at)

    def words(self, value: Any, owner: type[Node], field: str) -> str:
        """A single value of a field in words."""
        if (owner, field) not in self._how:
            self._how[owner, field] = self._read(owner, field)
        how = self._how[owner, field]
        if how.refers:
            return self.names.of(str(value), how.refers)
        if isinstance(value, date):
            return self.figures.date(value)
        if how.tool:
            return brand(str(value))
        if isinstance(value, str) and how.writer is None:
            word = WORDS.get(f"{field}.{value}") or (WORDS.get(value) if how.literal else None)
            return self.figures.say(word) if word else value
        if isinstance(value, Percentage):
            return self.figures.percent(value)
        return (how.writer or self.figures.number)(value)

    def _read(self, owner: type[Node], field: str) -> _How:
        marks = _marks(owner, field)
        refers = next((mark.to for mark in marks if isinstance(mark, kinds.Ref) and mark.to != "path"), "")
        writer = next((writer for mark, writer in self._writers if mark in marks), None)
        return _How(refers, kinds.Kind("tool") in marks, LITERAL in marks, writer)


def _assumed(design: Design) -> list[Path]:
    found = []
    for text in design.assumed:
        try:
            found.append(find(design, text))
        except MlsdError:
            continue
    return found


def _bare(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Percentage):
        return float(value)
    return value if isinstance(value, str | int | float | bool) else None


def _mark(kind: Any) -> Any:
    """What tells one kind of number from the others: the first thing its annotation adds to the plain type."""
    return get_args(kind)[1]


@cache
def _marks(owner: type[Node], field: str) -> tuple[Any, ...]:
    """Everything the annotation of a field adds to its plain type, that of the entries of a list included."""
    info = owner.model_fields[field]
    return (*info.metadata, *_within(info.annotation))


def _within(annotation: Any) -> Iterator[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        yield LITERAL
    elif origin is Annotated:
        yield from arguments[1:]
        yield from _within(arguments[0])
    else:
        for argument in arguments:
            yield from _within(argument)
