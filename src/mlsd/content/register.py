"""One list of names on disk, and how a name that somebody wrote finds its entry there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

from mlsd.content.root import templates
from mlsd.content.sections import Sections, parse


class Named(Protocol):
    """What every entry has."""

    @property
    def id(self) -> str:
        """What it is called here."""

    @property
    def names(self) -> tuple[str, ...]:
        """What else people call it."""


T = TypeVar("T", bound=Named)
_ENTRY = re.compile(r"  - \{id: (\w+)(?:, names: \[([^\]]*)\])?")


class Register(Generic[T]):
    """The entries of one section of a registry: each stands on one line, and a line is parsed when it is asked for."""

    def __init__(self, file: str, section: str, kind: type[T]) -> None:
        self._kind = kind
        self._sets = {name for name, type_ in kind.__annotations__.items() if "frozenset" in str(type_)}
        self._lines: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._known: dict[str, T] = {}
        self._own: set[str] = set()
        for line in _file(file).text(section).splitlines():
            if entry := _ENTRY.match(line):
                self._lines[entry[1]] = line
                names = entry[2].split(", ") if entry[2] else []
                self._ids |= {key(name): entry[1] for name in (entry[1], *names)}

    def add(self, entry: T) -> None:
        """Know one more entry; it takes the place of one with the same id, whose other names go on meaning it."""
        self._lines.setdefault(entry.id, "")
        self._known[entry.id] = entry
        self._own.add(entry.id)
        self._ids |= {key(name): entry.id for name in (entry.id, *entry.names)}

    def __iter__(self) -> Iterator[T]:
        return (self._entry(name) for name in self._lines)

    def find(self, name: str | None) -> T | None:
        """The entry people call so, or None."""
        if not name:
            return None
        spelling = next((spelling for spelling in _spellings(key(name)) if spelling in self._ids), None)
        return None if spelling is None else self._entry(self._ids[spelling])

    def nearest(self, name: str) -> str | None:
        """The id of the entry that a mistyped name was meant for; None where none is near."""
        from difflib import get_close_matches

        near = get_close_matches(key(name), self._ids, n=1, cutoff=0.85)
        return self._ids[near[0]] if near else None

    def called(self, name: str) -> T | None:
        """The entry with exactly this id, or None."""
        return self._entry(name) if name in self._lines else None

    def for_task(self, task: str) -> frozenset[str]:
        """The ids of the entries that name this task."""
        named = re.compile(rf"tasks: \[[^\]]*\b{re.escape(task)}\b")
        found = {name for name, line in self._lines.items() if named.search(line)} - self._own
        return frozenset(found | {name for name in self._own if task in getattr(self._known[name], "tasks", ())})

    def _entry(self, name: str) -> T:
        if name not in self._known:
            (data,) = parse(self._lines[name])
            self._known[name] = self._kind(**{field: self._frozen(field, value) for field, value in data.items()})
        return self._known[name]

    def _frozen(self, field: str, value: Any) -> Any:
        return frozenset(value) if field in self._sets else tuple(value) if isinstance(value, list) else value


def key(name: str) -> str:
    """What counts in a name: its letters and digits in lower case, ``@`` read as “at”."""
    return re.sub(r"[\W_]", "", name.casefold().replace("ё", "е").replace("@", "at"))


def _spellings(name: str) -> Iterator[str]:
    """The name, then the name without what people hang on it: a number, a list length, days, a word such as “loss”."""
    yield name
    bare = name.rstrip("0123456789")
    yield bare
    yield re.sub(r"at[kn]?$", "", bare)
    yield re.sub(r"at\d.*$", "", name)
    yield re.sub(r"^[dp]\d+", "", name)
    yield re.sub(r"\d+(?:d|days?|w|weeks?|д|дн|дней|нед)$", "", name)
    yield re.sub(r"^(?:weighted|взвешенная)|(?:loss|score|rate)$", "", name)


@cache
def _file(name: str) -> Sections:
    return Sections(templates() / "registries" / f"{name}.yaml")
