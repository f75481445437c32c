"""What things are called: an id is shown by its name, and without one as plain words."""

from __future__ import annotations

from collections.abc import Callable

from mlsd.design import Design
from mlsd.design.node import Entry
from mlsd.design.path import value_at
from mlsd.design.reference import declared
from mlsd.errors import Message
from mlsd.render.escape import one_line

NODES = ("store", "component", "source")
"""What flows join; of two of one name the last counts."""


class Names:
    """The names of everything one design declares."""

    def __init__(self, design: Design, say: Callable[[Message], str]) -> None:
        self._known: dict[str, str] = {
            "request": say(Message("the request")),
            "decision": say(Message("the decision")),
        }
        self._of_kind: dict[str, dict[str, str]] = {}
        for kind, found in declared(design).items():
            names = {identifier: self._called(value_at(design, path), identifier) for identifier, path in found.items()}
            self._of_kind[kind] = names
            self._known = names | self._known
        self._titled = {entity.id for entity in design.data.entities if entity.id and one_line(entity.name or "")}
        self._of_kind["node"] = {name: said for kind in NODES for name, said in self._of_kind[kind].items()}

    def of(self, identifier: str, to: str = "any") -> str:
        """The name of what an id stands for, of several the one that a reference of this kind points to; an id that is
        declared nowhere in plain words. An attribute is named with its entity where that has a name of its own.
        """
        entity, _, attribute = identifier.partition(".")
        if to == "attribute" and attribute and entity in self._titled:
            return f"{spoken(attribute)} ({self._of_kind['entity'][entity]})"
        names = self._of_kind.get(to, self._known)
        return names.get(identifier) or self._known.get(identifier) or spoken(identifier)

    def _called(self, entry: object, identifier: str) -> str:
        return (self.of_entry(entry) if isinstance(entry, Entry) else None) or spoken(identifier)

    def of_entry(self, entry: Entry) -> str | None:
        """The name of an entry, else its id in plain words."""
        return one_line(entry.name or "") or (spoken(entry.id) if entry.id else None)


def spoken(identifier: str) -> str:
    """An id in plain words: user.tenure_days → user tenure days."""
    return identifier.replace("_", " ").replace(".", " ").strip() or identifier
