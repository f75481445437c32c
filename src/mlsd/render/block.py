"""Prose of several paragraphs as Markdown: they, lists and fences are kept, all other structure is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from mlsd.render.escape import fence, md_inline

DEPTH = 4
"""Levels of lists within one another; deeper ones stand at the last."""

# Most answers have one paragraph, and ``re`` compiles what is looked for when it is.
_FENCE = r"^ {0,3}(`{3,}|~{3,})"
_ITEM = r"^( *)(?:([-*+•])|(\d{1,3})[.)])\s+(?=\S)"
"""An item of a list; a number of four digits is a year."""
_HEADING = r"^ {0,3}#{1,6}\s+"


class _Item(NamedTuple):
    """An open item: where its words stood in the text, where they stand in the Markdown, whether it has a number."""

    written: int
    printed: int
    numbered: bool


def is_item(text: str) -> bool:
    """Whether the text begins with an item of a list."""
    return not text[:1].isalpha() and bool(re.match(_ITEM, text))


def md_block(text: str) -> Markup:
    """The text as blocks of Markdown; a heading becomes bold."""
    return _Blocks().of(text)


class _Blocks:
    def __init__(self) -> None:
        self.done = ""
        self.words: list[str] = []
        """Lines of the open paragraph, which may be an item's."""
        self.mark = ""
        """What stands before the open paragraph: the marker of its item, or its indent."""
        self.items: list[_Item] = []
        """The open items, from the outermost."""
        self.tight = False
        """Whether the open paragraph follows an item of its list without an empty line."""

    def of(self, text: str) -> Markup:
        lines = iter(text.replace("\r\n", "\n").expandtabs(4).split("\n"))
        for line in lines:
            if opened := re.match(_FENCE, line):
                self._close()
                self.items.clear()
                self._add(fence("\n".join(_until(lines, opened[1]))))
            elif not line.strip():
                self._close()
            elif (item := re.match(_ITEM, line)) and self._may_begin(item):
                self._begin(item, line)
            elif re.match(_HEADING, line):
                self._close()
                self.items.clear()
                self._add(_bold(re.sub(_HEADING, "", line).rstrip("# ")))
            else:
                self._go_on(line)
        self._close()
        return Markup(self.done)

    def _may_begin(self, item: re.Match[str]) -> bool:
        """Within a paragraph of prose only the first number begins a list: a sentence may end in another."""
        return not item[3] or not self.words or bool(self.items) or item[3] == "1"

    def _begin(self, item: re.Match[str], line: str) -> None:
        self._close()
        before = self.items[0].numbered if self.items else None
        while self.items and len(item[1]) < self.items[-1].written:
            self.items.pop()
        del self.items[DEPTH - 1 :]
        marker = f"{item[3]}. " if item[3] else "- "
        start = self.items[-1].printed if self.items else 0
        self.tight = bool(self.items) or before is bool(item[3])
        self.items.append(_Item(item.end(), start + len(marker), bool(item[3])))
        self.mark = " " * start + marker
        self.words.append(line[item.end() :])

    def _go_on(self, line: str) -> None:
        """Another line of the open paragraph, or the first of a new one, which may belong to an item."""
        if not self.words:
            indent = len(line) - len(line.lstrip())
            while self.items and indent < min(2, self.items[-1].written):
                self.items.pop()
            self.mark = " " * (self.items[-1].printed if self.items else 0)
            self.tight = False
        self.words.append(line.strip())

    def _close(self) -> None:
        if self.words:
            self._add(self.mark + md_inline(" ".join(self.words)), tight=self.tight)
            self.words.clear()
            self.mark = ""

    def _add(self, block: str, *, tight: bool = False) -> None:
        if block:
            self.done += ("\n" if tight else "\n\n" if self.done else "") + block


def _until(lines: Iterator[str], opening: str) -> list[str]:
    """The lines of a fence up to its end; an unclosed one ends with the text."""
    content: list[str] = []
    for line in lines:
        if line.strip().startswith(opening) and not line.strip().strip(opening[0]):
            break
        content.append(line)
    return content


def _bold(text: str) -> str:
    inner = md_inline(text)
    return f"**{inner}**" if inner else ""
