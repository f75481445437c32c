"""What the Typst template prints: the tree of a document, measured and made safe for paper, as JSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from unicodedata import combining, normalize

from mlsd.content.language import language as language_of
from mlsd.errors import Message
from mlsd.render.alerts import alerts
from mlsd.render.fitting import cut_at_word
from mlsd.render.fonts import REGULAR
from mlsd.render.glyphs import CODE, TEXT, printable
from mlsd.render.habits import is_gap
from mlsd.render.tree import Node, title_apart, tree, words
from mlsd.render.units import glued
from mlsd.render.widths import measured

LONG_WORD, PIECE = 40, 20
"""A word of more signs than this can be broken after every so many."""

LONG_CODE = 24
"""A technical word of more signs than this can be broken after its dots and slashes."""

RUNNING = 80
"""Signs of the line at the head and at the foot of each page, at most."""

WHOLE = 7
"""A table of at most so many short rows is kept on one page."""

TALL_ROW = 400
"""Signs of a table row that is short enough to be kept on one page."""

HELD = 11
"""A table cell of at most so many signs is never broken."""

ONE_COLUMN = 26
"""Lines of contents up to which one column is enough."""

PORTRAIT = 620.0
"""Pictures up to this width in px stand in the text; wider ones get a landscape page of their own."""

_LONG = re.compile(rf"\S{{{LONG_WORD},}}")
_WHOLE = re.compile(r"((?:A/B|А/Б|A/A)(?:-[^\W\d_]+)?)")
"""Words with a slash that no line may end at."""
_PARTS = re.compile(r"(?<=[_/])(?=.)")
_LONGISH = re.compile(r"\S{12,}")
_DOTS = re.compile(r"(?<=[.:\[\]])(?=\w)")
"""Where ``widths`` takes a word to end as well."""
_HUMPS = re.compile(r"(?<=[.:\[\]@-])(?=\w)|(?<=[^\W\d_A-ZА-ЯЁ])(?=[A-ZА-ЯЁ\d])|(?<=\d)(?=[^\W\d_])")
"""Between the parts of ``userCartRate7d`` and ``2026-11-27``."""
_CODE_PARTS = re.compile(r"[_./:\[\]]")
_CYRILLIC, _LATIN = re.compile("[А-Яа-яЁё]"), re.compile("[A-Za-z]")
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def paper(
    markdown: str,
    *,
    title: str,
    authors: Sequence[str],
    language: str,
    diagrams: Sequence[str],
    description: str,
    size: float | None,
) -> str:
    """The template's data; ``size`` in pt for a compact page, None for a full document."""
    heading, intro, body = title_apart(tree(markdown))
    printer = _Printer(diagrams, language, compact=size is not None)
    blocks = printer.blocks(body)
    contents = _contents(blocks) if size is None else []
    front, blocks = _landscape(blocks, after_contents=bool(contents))
    shown = heading or [title]
    before = " ".join(_said(block) for block in intro)
    missing = [] if any(name in before for name in authors) else authors
    return json.dumps(
        {
            "title": printable(title),
            "heading": printer.inline(shown),
            "running": cut_at_word(printable(words(shown)), RUNNING),
            "byline": printable(", ".join(missing)),
            "foot": cut_at_word(printable(", ".join(authors)), RUNNING),
            "authors": [printable(name) for name in authors],
            "description": printable(description),
            "lang": language,
            "words": _words(language),
            "compact": size is not None,
            "size": size or 0,
            "contents": contents,
            "intro": printer.blocks(intro),
            "front": front,
            "body": blocks,
        },
        ensure_ascii=False,
    )


def _contents(blocks: Sequence[Node]) -> list[list[Node]]:
    """Headings of the two upper levels, in two columns if they are many; the second begins with a section."""
    entries = [block for block in blocks if block["t"] == "h" and block["level"] <= 2]
    if len(entries) < 3:
        return []
    if len(entries) <= ONE_COLUMN:
        return [entries]
    middle = len(entries) / 2
    starts = [place for place, entry in enumerate(entries) if entry["level"] == 1 and place]
    half = min(starts, key=lambda place: abs(place - middle), default=round(middle))
    half = half if abs(half - middle) <= len(entries) / 5 else round(middle)
    return [entries[:half], entries[half:]]


def _words(code: str) -> dict[str, str]:
    say = language_of(code).say
    return {
        "contents": say(Message("Contents")),
        "figure": say(Message("Figure")),
        "page": say(Message("page")),
        **alerts(say),
    }


def _said(block: Node) -> str:
    rows = block.get("rows", ()) if block["t"] == "facts" else [block] if block["t"] == "p" else ()
    return " ".join(words(row["c"]) for row in rows)


def _landscape(blocks: Sequence[Node], *, after_contents: bool) -> tuple[list[Node], list[Node]]:
    """Landscape pages apart from the text, which refers to them: turned pages within it would leave others half empty.

    They stand right behind the contents, where a page ends anyway; without contents, at the end of their section.
    """
    front: list[Node] = []
    waiting: list[Node] = []
    text: list[Node] = []
    for block in blocks:
        if block["t"] == "h" and block["level"] == 1:
            text += waiting
            waiting = []
        if block["t"] == "diagram" and block["place"] == "page":
            (front if after_contents else waiting).append(block)
            text.append({"t": "see", "to": block["id"], "number": block["number"]})
        else:
            text.append(block)
    return front, text + waiting


class _Printer:
    """Nodes of the tree as the template wants them: printable signs, breakable words, measured columns."""

    def __init__(self, diagrams: Sequence[str], language: str, *, compact: bool) -> None:
        self.diagrams = diagrams
        self.language = language
        self.compact = compact
        self.level = 0

    def blocks(self, nodes: Sequence[Node], *, top: bool = True) -> list[Node]:
        return [self._block(node, top=top) for node in nodes]

    def inline(self, nodes: Sequence[Any]) -> list[Any]:
        return [part for node in nodes for part in self._span(node)]

    def _span(self, node: Any) -> list[Any]:
        if isinstance(node, str):
            return _with_whole_words(glued(printable(node, TEXT)))
        if node["t"] == "code":
            return self._code(node["v"])
        if "c" not in node:
            return [node]
        inner = self.inline(node["c"])
        kind = "gap-mark" if is_gap(node) else node["t"]
        return [{**node, "t": kind, "c": inner}] if inner else []

    def _code(self, text: str) -> list[Any]:
        """Technical words; one with accents that the monospaced font cannot place is set in the sans font."""
        if any(combining(sign) for sign in normalize("NFC", text)):
            return [{"t": "formula", "c": _breakable(printable(text, TEXT))}]
        pieces = _breakable(printable(text, CODE))
        return [piece if isinstance(piece, dict) else _code(piece, LONG_CODE) for piece in pieces]

    def _block(self, node: Node, *, top: bool) -> Node:
        match node["t"]:
            case "h":
                return self._heading(node, top=top)
            case "pre":
                return {**node, "v": _wrapped(printable(node["v"], CODE))}
            case "table":
                return self._table(node)
            case "diagram":
                return self._diagram(node)
            case "row":
                return {**node, "c": [{**self._diagram(part), "place": "text", "share": 1.0} for part in node["c"]]}
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
        return {**node, "level": self.level, "c": self.inline(node["c"]) or ["–"]}

    def _table(self, node: Node) -> Node:
        head = [self.inline(cell) for cell in node["head"]]
        rows = [[_held(self.inline(cell)) for cell in row] for row in node["rows"]]
        shape = measured(head, rows)
        kept = [
            {
                "keep": sum(len(words(cell)) for cell in row) < TALL_ROW,
                "c": [_narrow(cell, finer=finer) for cell, finer in zip(row, shape["hyphens"], strict=False)],
            }
            for row in rows
        ]
        whole = len(rows) <= WHOLE and all(row["keep"] for row in kept)
        heads = [_narrow(cell) for cell in head]
        return {**node, "head": heads, "rows": kept, "whole": whole, **shape}

    def _diagram(self, node: Node) -> Node:
        number = node["n"]
        if number >= len(self.diagrams) or not (size := _SIZE.search(self.diagrams[number])):
            return {"t": "pre", "lang": "", "v": _wrapped(printable(node["v"].rstrip("\n"), CODE))}
        svg = printable(self.diagrams[number], REGULAR)
        wide, tall = float(size[1]), float(size[2])
        return {
            "t": "diagram",
            "id": f"figure-{number + 1}",
            "number": number + 1,
            "svg": svg,
            "alt": _element(svg, "desc") or _element(svg, "title"),
            "caption": self.inline(node.get("caption") or [_element(svg, "title")]),
            "numbered": "caption" not in node,
            "place": "text" if self.compact or wide <= PORTRAIT else "page",
            "share": min(1.0, wide / PORTRAIT),
            "slope": tall / wide,
        }


def _held(cell: list[Any]) -> list[Any]:
    """A short cell, such as “0.2 %” or “7 days”, stays on one line."""
    if len(words(cell)) > HELD:
        return cell
    return [part.replace(" ", "\u00a0") if isinstance(part, str) else part for part in cell]


def _narrow(nodes: list[Any], *, finer: bool = False) -> list[Any]:
    """Words of a cell, which may be narrow: they can be broken after ``_`` and ``/``, long ones after dots too; in a
    column with a word that does not fit, ``finer`` breaks those that no hyphenation knows at humps and digits.
    """
    made: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            made += _between(_pieces(node, finer=finer))
        elif node["t"] == "code":
            made.append(_code(node["v"], 0))
        else:
            made.append({**node, "c": _narrow(node["c"], finer=finer)} if "c" in node else node)
    return made


def _pieces(text: str, *, finer: bool) -> list[str]:
    ends = [0]
    for word in _LONGISH.finditer(text):
        ends += [word.start() + found.start() for found in (_HUMPS if finer else _DOTS).finditer(word[0])]
    if "_" in text or "/" in text:
        ends += [found.start() for found in _PARTS.finditer(text)]
    ends = sorted({*ends, len(text)})
    return [text[start:end] for start, end in pairwise(ends)]


def _between(pieces: Sequence[str]) -> list[Any]:
    gaps = [part for piece in pieces for part in (piece, {"t": "gap"})]
    return gaps[:-1]


def _code(word: str, longest: int) -> Node:
    return {"t": "code", "v": word, "breaks": len(word) > longest and bool(_CODE_PARTS.search(word))}


def _with_whole_words(text: str) -> list[Any]:
    if "/" not in text:
        return _breakable(text)
    pieces = _WHOLE.split(text)  # every second one is such a word
    return [
        part
        for number, piece in enumerate(pieces)
        for part in ([{"t": "whole", "v": piece}] if number % 2 else _breakable(piece))
    ]


def _element(svg: str, name: str) -> str:
    found = re.search(rf"<{name}>(.*?)</{name}>", svg, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def _breakable(text: str) -> list[Any]:
    """The text with gaps of no width in words too long for a line."""
    if all(len(word) < LONG_WORD for word in text.split()):  # much quicker than to look for such a word at every sign
        return [text] if text else []
    parts: list[Any] = []
    end = 0
    for found in _LONG.finditer(text):
        parts += [text[end : found.start()]] if found.start() > end else []
        for place in range(found.start(), found.end(), PIECE):
            parts += [text[place : min(place + PIECE, found.end())], {"t": "gap"}]
        end = found.end()
    return [*parts, text[end:]] if end < len(text) else parts


def _wrapped(code: str, signs: int = 94) -> str:
    """Lines of code cut where the page ends."""
    return "\n".join(
        line[place : place + signs] for line in code.split("\n") for place in range(0, max(1, len(line)), signs)
    )
