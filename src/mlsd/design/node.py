"""The ground every part of a design stands on: Node, Entry, Part.

Its annotations are no strings: pydantic would evaluate those of Node again for every class below it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

from mlsd.design.finish import finish
from mlsd.design.place import Path
from mlsd.design.types import Before, Maybe, Slug, Text


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
        for name, info in type(self).model_fields.items():
            value = getattr(self, name)
            if value is None or value == [] or value == {} or (isinstance(value, Node) and value.is_empty):
                continue
            yield info.alias or name, value

    def walk(self, at: Path = ()) -> Iterator[tuple[Path, "Node"]]:
        """This node and every node below it with its path, in the order of the file."""
        yield at, self
        for name, info in type(self).model_fields.items():
            value = getattr(self, name)
            key = info.alias or name
            if isinstance(value, Node):
                yield from value.walk((*at, key))
            elif isinstance(value, list):
                for position, entry in enumerate(value):
                    if isinstance(entry, Node):
                        yield from entry.walk((*at, key, position))

    def leaves(self, at: Path = ()) -> Iterator[tuple[Path, Any]]:
        """Every answered value that is not itself a node, with its path; entries of plain lists one by one."""
        for key, value in self.children_and_values():
            if isinstance(value, Node):
                yield from value.leaves((*at, key))
            elif isinstance(value, list):
                for position, entry in enumerate(value):
                    if isinstance(entry, Node):
                        yield from entry.leaves((*at, key, position))
                    else:
                        yield (*at, key, position), entry
            else:
                yield (*at, key), value

    def filled(self) -> dict[str, Any]:
        """What is answered, as plain data (dict, list, str, number, bool) in the order of the schema."""
        return {key: _plain(value) for key, value in self.children_and_values()}


def _plain(value: Any) -> Any:
    if isinstance(value, Node):
        return value.filled()
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
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
