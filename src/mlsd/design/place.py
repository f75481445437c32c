"""Where something stands: a Path inside a design, a Place inside a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from mlsd.errors import Message, ValueRefused

Path = tuple[str | int, ...]
"""Keys and list positions from the root: ``("pipeline", "components", 2, "p99_ms")``."""

_STEP = re.compile(r"(?:(?:^|\.)([A-Za-z_][A-Za-z0-9_]*))|\[([^\[\]]+)\]")


class Place(NamedTuple):
    """A span of a file. Lines and columns count from 1; start and end are offsets into the text."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Places(NamedTuple):
    """The place of every value and of every key that the reader met."""

    file: str
    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]

    def of(self, path: Path) -> Place:
        """The place of the key or value at the path, or of its nearest ancestor that the file spells out.

        A list of one may drop its brackets, so a position 0 that the file does not have is passed over.
        """
        known, _ = self._known(path)
        return self.keys.get(known) or self.values.get(known) or Place(self.file, 1, 1, 1, 1)

    def has(self, path: Path) -> bool:
        """Whether the file spells out this very path."""
        return self._known(path)[1]

    def _known(self, path: Path) -> tuple[Path, bool]:
        """As much of the path as the file spells out, and whether that is all of it."""
        known: Path = ()
        for step in path:
            if (*known, step) in self.values:
                known = (*known, step)
            elif step != 0:
                return known, False
        return known, True


@lru_cache(maxsize=1024)
def steps(text: str) -> tuple[str, ...]:
    """The steps of a written path: ``pipeline.components[ranker].p99_ms`` → pipeline, components, [ranker], p99_ms.

    A bracketed step keeps its brackets. Raises ValueRefused if the text is no path.
    """
    found, end = list(_steps(text)), 0
    for _, start, stop in found:
        if start != end:
            break
        end = stop
    if not found or end != len(text):
        raise ValueRefused(
            Message("“{text}” is not a path.", text=text),
            Message("Write keys joined by dots and a list entry by its id: pipeline.components[ranker].p99_ms"),
        )
    return tuple(step for step, _, _ in found)


def _steps(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _STEP.finditer(text):
        key, entry = match.groups()
        yield (key if key is not None else f"[{entry}]"), match.start(), match.end()
