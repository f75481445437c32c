"""What things are called: an id is shown by its name, and without one as plain words."""

from __future__ import annotations

from collections.abc import Callable

from mlsd.design import Design
from mlsd.design.node import Entry
from mlsd.design.path import value_at
from mlsd.design.reference import declared
from mlsd.errors import Message
from mlsd.render.escape import one_line


class Names:
    """The names of everything one design declares."""

    def __init__(self, design: Design, say: Callable[[Message], str]) -> None:
        self._known: dict[str, str] = {
            "request": say(Message("the request")),
            "decision": say(Message("the decision")),
        }
        for found in declared(design).values():
            for identifier, path in found.items():
                entry = value_at(design, path)
                name = self.of_entry(entry) if isinstance(entry, Entry) else None
                self._known.setdefault(identifier, name or spoken(identifier))

    def of(self, identifier: str) -> str:
        """The name of what an id stands for; an id that is declared nowhere in plain words."""
        return self._known.get(identifier) or spoken(identifier)

    def of_entry(self, entry: Entry) -> str | None:
        """The name of an entry, else its id in plain words."""
        return one_line(entry.name or "") or (spoken(entry.id) if entry.id else None)


def spoken(identifier: str) -> str:
    """An id in plain words: user.tenure_days → user tenure days."""
    return identifier.replace("_", " ").replace(".", " ").strip() or identifier
