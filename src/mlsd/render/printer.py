"""Nodes of a document as the Typst template wants them: printable signs, breakable words, measured columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from unicodedata import combining, normalize

from mlsd.render.breaks import LINE, breakable, code, narrow, with_whole_words
from mlsd.render.figure import figure
from mlsd.render.glyphs import CODE, TEXT, printable
from mlsd.render.habits import is_gap
from mlsd.render.tree import Node, words
from mlsd.render.units import glued
from mlsd.render.widths import PADDING, measured

WHOLE = 7
"""A table of at most so many short rows is kept on one page."""

TALL_ROW = 400
"""Signs of a table row that is short enough to be kept on one page."""

HELD = 11
"""A table cell of at most so many signs is never broken."""

HEADING = 28.0
"""Width of a line of a heading, in sizes of its type."""

_ACCENTED = "(\\S*[\u0300-\u036f]\\S*)"
_CYRILLIC, _LATIN = re.compile("[А-Яа-яЁё]"), re.compile("[A-Za-z]")


class Printer:
    """Nodes of the tree as the template wants them: printable signs, breakable words, measured columns."""

    def __init__(self, diagrams: Sequence[str | Sequence[str]], language: str, *, figure: str, compact: bool) -> None:
        self.diagrams = diagrams
        self.language = language
        self.figure = figure
        """What a figure is called."""
        self.compact = compact
        self.level = 0

    def blocks(self, nodes: Sequence[Node], *, top: bool = True) -> list[Node]:
        """Blocks one after another; not ``top``: within a list or a quotation."""
        return [self._block(node, top=top) for node in nodes]

    def inline(self, nodes: Sequence[Any], room: float = LINE) -> list[Any]:
        """Words within a paragraph, in lines as wide as ``room`` sizes of their type."""
        return [part for node in nodes for part in self._span(node, room)]

    def _span(self, node: Any, room: float) -> list[Any]:
        if isinstance(node, str):
            return _text(glued(printable(node, TEXT)), room)
        if node["t"] == "code":
            return self._code(node["v"])
        if "c" not in node:
            return [node]
        inner = self.inline(node["c"], room)
        kind = "gap-mark" if is_gap(node) else node["t"]
        return [{**node, "t": kind, "c": inner}] if inner else []

    def _code(self, text: str) -> list[Any]:
        """Technical words; one with accents that the monospaced font cannot place is set in the sans font."""
        if any(combining(sign) for sign in normalize("NFC", text)):
            return [{"t": "formula", "c": breakable(printable(text, TEXT))}]
        pieces = breakable(printable(text, CODE))
        return [piece if isinstance(piece, dict) else code(piece) for piece in pieces]

    def _block(self, node: Node, *, top: bool) -> Node:
        match node["t"]:
            case "h":
                return self._heading(node, top=top)
            case "pre":
                return {**node, "v": _wrapped(printable(node["v"].expandtabs(4), CODE))}
            case "table":
                return self._table(node)
            case "diagram":
                return self._figure(node)
            case "row":
                return {**node, "c": [{**self._figure(part), "place": "text", "share": 1.0} for part in node["c"]]}
            case "facts":
                rows = [{"label": printable(row["label"]), "c": self.inline(row["c"])} for row in node["rows"]]
                return {**node, "rows": rows}
            case "p":
                return {**node, "lang": self._language(node), "c": self.inline(node["c"])}
            case "ul" | "ol":
                tight = all(child.get("tight") for item in node["c"] for child in item["c"] if child["t"] == "p")
                items = [{**item, "c": self.blocks(item["c"], top=False)} for item in node["c"]]
                return {**node, "tight": tight, "c": items}
            case "quote":
                return {**node, "c": self.blocks(node["c"], top=False)}
        return node

    def _language(self, node: Node) -> str:
        """The language whose hyphens a paragraph needs: that of most of its letters."""
        text = words(node["c"])
        cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
        if not cyrillic and not latin:
            return self.language
        return "ru" if cyrillic > latin else "en" if self.language == "ru" else self.language

    def _heading(self, node: Node, *, top: bool) -> Node:
        """Levels without a gap, as PDF/UA wants them; a heading inside a quote or a list is no part of the outline."""
        if not top:
            return {"t": "p", "lang": self.language, "c": [{"t": "b", "c": self.inline(node["c"])}]}
        self.level = max(1, min(node["level"] - 1, self.level + 1, 4))
        return {**node, "level": self.level, "c": self.inline(node["c"], HEADING) or ["–"]}

    def _table(self, node: Node) -> Node:
        head = [self.inline(cell) for cell in node["head"]]
        rows = [[_held(self.inline(cell)) for cell in row] for row in node["rows"]]
        shape = measured(head, rows)
        rooms = [
            (wide - PADDING) / shape["size"] if broken else 0.0
            for wide, broken in zip(shape["widths"], shape["hyphens"], strict=True)
        ]
        kept = [
            {
                "keep": sum(len(words(cell)) for cell in row) < TALL_ROW,
                "c": [narrow(cell, room) for cell, room in zip(row, rooms, strict=False)],
            }
            for row in rows
        ]
        whole = len(rows) <= WHOLE and all(row["keep"] for row in kept)
        heads = [narrow(cell) for cell in head]
        return {**node, "head": heads, "rows": kept, "whole": whole, **shape}

    def _figure(self, node: Node) -> Node:
        number = node["n"]
        caption = self.inline(node["caption"]) if "caption" in node else None
        drawn = self.diagrams[number] if number < len(self.diagrams) else ""
        made = figure(drawn, number + 1, caption, word=self.figure, compact=self.compact)
        return made or {"t": "pre", "lang": "", "v": _wrapped(printable(node["v"].rstrip("\n"), CODE))}


def _text(text: str, room: float) -> list[Any]:
    """Prose; a word with accents that the serif font cannot place, such as “x̂”, is set in the sans font."""
    if text.isascii() or not any(map(combining, text)):
        return with_whole_words(text, room)
    pieces = re.split(_ACCENTED, text)  # every second one is such a word
    return [
        part
        for number, piece in enumerate(pieces)
        for part in ([{"t": "formula", "c": breakable(piece, room)}] if number % 2 else with_whole_words(piece, room))
    ]


def _held(cell: list[Any]) -> list[Any]:
    """A short cell, such as “0.2 %” or “7 days”, stays on one line."""
    if len(words(cell)) > HELD:
        return cell
    return [part.replace(" ", "\u00a0") if isinstance(part, str) else part for part in cell]


def _wrapped(code: str, signs: int = 94) -> str:
    """Lines of code cut where the page ends."""
    return "\n".join(
        line[place : place + signs] for line in code.split("\n") for place in range(0, max(1, len(line)), signs)
    )
