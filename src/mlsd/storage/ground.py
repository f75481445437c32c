"""A text under the knife: its data, its nodes, and the answers about lines and columns that an edit asks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from mlsd.design import Path
from mlsd.storage.reader import parse_tree
from mlsd.storage.spans import Entry, Node

_AFTER: Final = re.compile(r"[ \t]*(#[^\r\n]*)?(?=\r|\n|\Z)")
_COMMENT_LINE: Final = re.compile(r"([ \t]*)#[^\r\n]*(\r\n|\n|\r|\Z)|[ \t]*(\r\n|\n|\r)")
_HEADER_COMMENT: Final = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*)")


@lru_cache(maxsize=1)
def ground_of(text: str) -> Ground:
    """The text, parsed; an edit begins where the one before it ended, so the last one is kept. Raises Unreadable."""
    return Ground(text)


class Ground:
    """A parsed text. Nobody changes its data: it may be looked at again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.data, self.tree = parse_tree(text, "")
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def at(self, path: Path) -> tuple[Entry | None, Node] | None:
        """The entry and node at a path, as the file spells it."""
        return self.tree.entry(path)

    def node(self, path: Path) -> Node:
        """The node at a path that is there."""
        found = self.tree.entry(path)
        if found is None:
            raise KeyError(path)
        return found[1]

    def value(self, path: Path) -> Any:
        """The data at a path that is there."""
        value: Any = self.data
        for step in path:
            value = value[step]
        return value

    def known(self, path: Path) -> tuple[Path, Path]:
        """The part of a path that the file spells out, and the steps that remain; one entry may have no brackets."""
        here: Path = ()
        for number, step in enumerate(path):
            if self.tree.entry((*here, step)) is not None:
                here = (*here, step)
            elif step != 0 or self.node(here)[2].__class__ is list or self.is_nothing(here):
                return here, path[number:]
        return here, ()

    def is_nothing(self, path: Path) -> bool:
        """True if the key stands there without a value."""
        return bool(path) and self.value(path) is None

    def is_flow(self, node: Node) -> bool:
        """True for a list in brackets or a mapping in braces."""
        return node[2] is not None and self.text[node[0] : node[0] + 1] in ("[", "{")

    def in_flow(self, path: Path) -> bool:
        """True if something above the path stands in braces or brackets."""
        return any(self.is_flow(self.node(path[:length])) for length in range(len(path)))

    def column(self, offset: int) -> int:
        """How many characters stand before the offset on its line."""
        begin = max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1
        return offset - begin - (1 if begin == 0 and self.text.startswith("\ufeff") else 0)

    def line_start(self, offset: int) -> int:
        """Where the line of the offset begins."""
        return offset - self.column(offset)

    def comment_after(self, offset: int) -> tuple[str, int]:
        """What follows up to the end of the line if that is nothing but blanks and a comment, and where it ends."""
        found = _AFTER.match(self.text, offset)
        return (found.group(), found.end()) if found else ("", offset)

    def line_end(self, offset: int) -> int:
        """The end of the line of the offset, its line break left out."""
        found = re.compile(r"[^\r\n]*").match(self.text, offset)
        return found.end() if found else offset

    def next_line(self, offset: int) -> int:
        """The start of the line after the one that ends at the offset."""
        for sign in ("\r\n", "\n", "\r"):
            if self.text.startswith(sign, offset):
                return offset + len(sign)
        return offset

    def end_with_comments(self, node: Node, column: int) -> int:
        """The end of the last line that belongs to a block value: comments further right than its key do."""
        end = self.line_end(node[1])
        following = self.next_line(end)
        while following > end and following < len(self.text):
            found = _COMMENT_LINE.match(self.text, following)
            if not found:
                break
            if found.group(1) is not None:
                if len(found.group(1)) <= column:
                    break
                end = self.line_end(following)
            following = found.end()
        return end

    def header_comment(self, node: Node) -> str:
        """The comment behind the ``|`` or ``>`` of a block of text."""
        found = _HEADER_COMMENT.match(self.text, node[0], node[1])
        return found.group(1) if found and node[2] is None else ""
