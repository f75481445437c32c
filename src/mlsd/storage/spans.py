"""Where every value and key stands, kept as bare offsets and turned into a Place when somebody asks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property

from mlsd.design.place import Path, Place, Places

Node = tuple[int, int, "Children"]
"""Start, end and what is inside: entries by key, entries by position, or None."""
Entry = tuple[int, int, Node]
"""Start and end of the key, and the node of its value."""
Children = dict[str, Entry] | list[Node] | None

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Source:
    """A text that tells the line and column of an offset."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def place(self, start: int, end: int) -> Place:
        """The span between two offsets, with lines and columns."""
        line, column = self._at(start)
        end_line, end_column = self._at(end)
        return Place(self.file, line, column, end_line, end_column, start, end)

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        begin = self._starts[line - 1]
        return line, offset - begin + (1 if begin or not self.text.startswith("\ufeff") or not offset else 0)


class Tree:
    """The nodes of one file, reached by path."""

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self.root = root

    def entry(self, path: Path) -> tuple[Entry | None, Node] | None:
        """The entry (None in a list and at the root) and the node at the path, or None if nothing stands there."""
        entry: Entry | None = None
        node = self.root
        for step in path:
            inside = node[2]
            if isinstance(inside, dict) and isinstance(step, str) and step in inside:
                entry = inside[step]
                node = entry[2]
            elif isinstance(inside, list) and isinstance(step, int) and 0 <= step < len(inside):
                entry, node = None, inside[step]
            else:
                return None
        return entry, node

    def walk(self) -> Iterator[tuple[Path, Entry | None]]:
        """Every path with its entry, in the order of the file."""
        waiting: list[tuple[Path, Entry | None, Node]] = [((), None, self.root)]
        while waiting:
            path, entry, node = waiting.pop()
            yield path, entry
            inside = node[2]
            if isinstance(inside, dict):
                waiting += [((*path, key), below, below[2]) for key, below in reversed(inside.items())]
            elif inside:
                waiting += [((*path, at), None, below) for at, below in reversed(list(enumerate(inside)))]

    def places(self) -> Places:
        """The places of all values and keys, each worked out when it is asked for."""
        return Places(self.source.file, _Values(self), _Keys(self))


class _Values(Mapping[Path, Place]):
    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def __getitem__(self, path: Path) -> Place:
        found = self._tree.entry(path)
        if found is None:
            raise KeyError(path)
        return self._tree.source.place(*found[1][:2])

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and self._tree.entry(path) is not None

    def __iter__(self) -> Iterator[Path]:
        return (path for path, _ in self._tree.walk())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Keys(_Values):
    def __getitem__(self, path: Path) -> Place:
        found = self._tree.entry(path)
        if found is None or found[0] is None:
            raise KeyError(path)
        return self._tree.source.place(*found[0][:2])

    def __contains__(self, path: object) -> bool:
        found = self._tree.entry(path) if isinstance(path, tuple) else None
        return found is not None and found[0] is not None

    def __iter__(self) -> Iterator[Path]:
        return (path for path, entry in self._tree.walk() if entry is not None)
