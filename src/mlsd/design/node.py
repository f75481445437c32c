"""The ground every part of a design stands on: Node, Entry, Part.

Its annotations are no strings: pydantic would evaluate those of Node again for every class below it.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

from mlsd.design.finish import finish
from mlsd.design.place import Path
from mlsd.design.types import Before, Maybe, Slug, Text
from mlsd.design.units import Percentage

_PLAIN = frozenset({str, int, float, bool, type(None)})
"""Classes of values that hold nothing below them."""


class Node(BaseModel):
    """A part of a design: typed, frozen, every field may be empty, a key it does not know is refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, defer_build=True, populate_by_name=True, protected_namespaces=()
    )

    identity: ClassVar[str] = "id"
    """The field by which an entry of a list is called in a path."""

    @classmethod
    def model_rebuild(cls, **_: Any) -> None:
        """Make the validator; pydantic calls this when one is first needed."""
        finish(cls)

    @property
    def is_empty(self) -> bool:
        """True if nothing in here is answered."""
        return not any(True for _ in self.children_and_values())

    def children_and_values(self) -> Iterator[tuple[str, Any]]:
        """Key and value of every field that is answered; the key is the one written in the file."""
        values = self.__dict__
        for name, key in _keys(type(self)):
            value = values[name]
            if value is None or value == [] or value == {}:
                continue
            if value.__class__ in _PLAIN or not isinstance(value, Node) or not value.is_empty:
                yield key, value

    def walk(self, at: Path = ()) -> Iterator[tuple[Path, "Node"]]:
        """This node and every node below it with its path, in the order of the file."""
        found: list[tuple[Path, Node]] = []
        _walk(self, at, found)
        return iter(found)

    def leaves(self, at: Path = ()) -> Iterator[tuple[Path, Any]]:
        """Every answered value that is not itself a node, with its path; entries of plain lists one by one."""
        found: list[tuple[Path, Any]] = []
        _leaves(self, at, found)
        return iter(found)

    def filled(self) -> dict[str, Any]:
        """What is answered, as plain data (dict, list, str, number, bool) in the order of the schema."""
        return {key: _plain(value) for key, value in self.children_and_values()}


@cache
def _keys(node: type[Node]) -> tuple[tuple[str, str], ...]:
    """Python name and key of every field of the class, in the order of the schema."""
    return tuple((name, info.alias or name) for name, info in node.model_fields.items())


def _walk(node: Node, at: Path, found: list[tuple[Path, Node]]) -> None:
    """Lists instead of generators inside one another, and plain values passed by: every rule's first step is here."""
    found.append((at, node))
    values = node.__dict__
    for name, key in _keys(type(node)):
        value = values[name]
        if value.__class__ in _PLAIN:
            continue
        if value.__class__ is list:
            for position, entry in enumerate(value):
                if entry.__class__ not in _PLAIN and isinstance(entry, Node):
                    _walk(entry, (*at, key, position), found)
        elif isinstance(value, Node):
            _walk(value, (*at, key), found)


def _leaves(node: Node, at: Path, found: list[tuple[Path, Any]]) -> None:
    values = node.__dict__
    for name, key in _keys(type(node)):
        value = values[name]
        if value.__class__ in _PLAIN:
            if value is not None:
                found.append(((*at, key), value))
        elif value.__class__ is list:
            for position, entry in enumerate(value):
                if entry.__class__ not in _PLAIN and isinstance(entry, Node):
                    _leaves(entry, (*at, key, position), found)
                else:
                    found.append(((*at, key, position), entry))
        elif isinstance(value, Node):
            _leaves(value, (*at, key), found)
        elif value != {}:
            found.append(((*at, key), value))


def _plain(value: Any) -> Any:
    if isinstance(value, Node):
        return value.filled()
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not isinstance(value, Percentage) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return dict(value) if isinstance(value, dict) else value


def present(value: Any) -> Any:
    """An empty key holds an empty part, so a half-written file loads."""
    return {} if value is None else value


T = TypeVar("T")
Part = Annotated[T, Before(present)]
"""A part of a design that is always there, empty until something in it is answered."""


class Entry(Node):
    """An entry of a list that others refer to by its id; prints show its name where it has one."""

    id: Maybe[Slug] = None
    """What is it called elsewhere in this file (lower-case letters, digits, _)?

    A Latin letter first, then lower-case letters, digits and underscores: `revenue_per_session`. An id is unique among
    its kind; the three metric lists share one set of ids, and so do sources, components and stores. `request` and
    `decision` are taken.
    """
    name: Maybe[Text] = None
    """What do people call it?

    Shown in prints instead of the id, in the language of the document. When empty, the id is shown.
    """
