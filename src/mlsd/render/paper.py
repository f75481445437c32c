"""What the Typst template prints: the tree of a document, measured and made safe for paper, as JSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from typing import Any
from unicodedata import combining, normalize

from mlsd.content.language import language as language_of
from mlsd.errors import Message
from mlsd.render.alerts import alerts
from mlsd.render.breaks import LINE, breakable, code, narrow, with_whole_words
from mlsd.render.fitting import cut_at_word
from mlsd.render.fonts import REGULAR, font
from mlsd.render.glyphs import CODE, TEXT, printable
from mlsd.render.habits import is_gap
from mlsd.render.sheet import size, stands
from mlsd.render.tree import Node, title_apart, tree, words
from mlsd.render.units import glued
from mlsd.render.widths import PADDING, measured

RUNNING, RUNNING_WIDTH = 80, 46.0
"""Signs of the line at the head and at the foot of each page, at most; its width, in sizes of its type."""

WHOLE = 7
"""A table of at most so many short rows is kept on one page."""

TALL_ROW = 400
"""Signs of a table row that is short enough to be kept on one page."""

HELD = 11
"""A table cell of at most so many signs is never broken."""

ONE_COLUMN = 26
"""Lines of contents up to which one column is enough."""

TITLE, HEADING = 17.0, 28.0
"""Widths of a line of the title and of a heading, in sizes of their type."""

PORTRAIT = 620.0
"""Pictures up to this width in px stand in the text; wider ones get a landscape page of their own."""

_ACCENT = re.compile("[\u0300-\u036f]")
_ACCENTED = re.compile("(\\S*[\u0300-\u036f]\\S*)")
_CYRILLIC, _LATIN = re.compile("[А-Яа-яЁё]"), re.compile("[A-Za-z]")


def paper(
    markdown: str,
    *,
    title: str,
    authors: Sequence[str],
    language: str,
    diagrams: Sequence[str | Sequence[str]],
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
            "heading": printer.inline(shown, TITLE),
            "running": _running(printable(words(shown))),
            "byline": printer.inline([", ".join(missing)]),
            "foot": _running(printable(", ".join(authors))),
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
            (front if after_contents else waiting).extend(block["sheets"])
            text.append({"t": "see", "to": block["id"], "number": block["number"]})
        else:
            text.append(block)
    return front, text + waiting


class _Printer:
    """Nodes of the tree as the template wants them: printable signs, breakable words, measured columns."""

    def __init__(self, diagrams: Sequence[str | Sequence[str]], language: str, *, compact: bool) -> None:
        self.diagrams = diagrams
        self.language = language
        self.compact = compact
        self.level = 0

    def blocks(self, nodes: Sequence[Node], *, top: bool = True) -> list[Node]:
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

    def _diagram(self, node: Node) -> Node:
        """A picture in the text, or on a page of its own, or on several such."""
        number = node["n"]
        drawn = self.diagrams[number] if number < len(self.diagrams) else ""
        svgs = [drawn] if isinstance(drawn, str) else drawn
        if not (box := size(svgs[0])):
            return {"t": "pre", "lang": "", "v": _wrapped(printable(node["v"].rstrip("\n"), CODE))}
        name = f"figure-{number + 1}"
        first = {
            "t": "diagram",
            "id": name,
            "number": number + 1,
            **_picture(svgs[0]),
            "caption": self.inline([*(node.get("caption") or [_element(svgs[0], "title")])]),
            "numbered": "caption" not in node,
            "place": "text" if self.compact or box[0] <= PORTRAIT else "page",
            "share": min(1.0, box[0] / PORTRAIT),
        }
        if first["place"] == "text":
            return first
        return {**first, "sheets": [first] if len(svgs) == 1 else self._sheets(first, svgs)}

    def _sheets(self, first: Node, svgs: Sequence[str]) -> list[Node]:
        """A picture on several pages; each says which it is, and all but the first repeat its number."""
        named = f"{_words(self.language)['figure']} {first['number']}"
        shown = [{**first, "caption": [*first["caption"], f" {_element(svgs[0], 'title')}."]}]
        for number, svg in enumerate(svgs[1:], 2):
            caption = [f"{named}. {_element(svg, 'title')}."]
            shown.append(
                {**first, **_picture(svg), "id": f"{first['id']}-{number}", "numbered": False, "caption": caption}
            )
        return shown


def _picture(drawn: str) -> Node:
    svg = printable(drawn, REGULAR)
    wide, tall = size(svg) or (1.0, 1.0)
    alt = _element(svg, "desc") or _element(svg, "title")
    return {"svg": svg, "alt": alt, "slope": tall / wide, "upright": stands(svg)}


def _text(text: str, room: float) -> list[Any]:
    """Prose; a word with accents that the serif font cannot place, such as “x̂”, is set in the sans font."""
    if text.isascii() or not _ACCENT.search(text):
        return with_whole_words(text, room)
    pieces = _ACCENTED.split(text)  # every second one is such a word
    return [
        part
        for number, piece in enumerate(pieces)
        for part in ([{"t": "formula", "c": breakable(piece, room)}] if number % 2 else with_whole_words(piece, room))
    ]


def _running(text: str) -> str:
    """A line at the head or at the foot of each page: cut at a word, sooner where its letters are wide."""
    wide = font(REGULAR).width(text[:RUNNING], 1)
    return cut_at_word(text, RUNNING if wide < RUNNING_WIDTH else int(RUNNING * RUNNING_WIDTH / wide))


def _held(cell: list[Any]) -> list[Any]:
    """A short cell, such as “0.2 %” or “7 days”, stays on one line."""
    if len(words(cell)) > HELD:
        return cell
    return [part.replace(" ", "\u00a0") if isinstance(part, str) else part for part in cell]


def _element(svg: str, name: str) -> str:
    found = re.search(rf"<{name}>(.*?)</{name}>", svg, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def _wrapped(code: str, signs: int = 94) -> str:
    """Lines of code cut where the page ends."""
    return "\n".join(
        line[place : place + signs] for line in code.split("\n") for place in range(0, max(1, len(line)), signs)
    )
