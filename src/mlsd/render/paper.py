"""What the Typst template prints: the tree of a document, measured and made safe for paper, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mlsd.content.language import language as language_of
from mlsd.errors import Message
from mlsd.render.alerts import alerts
from mlsd.render.fitting import cut_at_word
from mlsd.render.fonts import REGULAR, font
from mlsd.render.glyphs import printable
from mlsd.render.printer import Printer
from mlsd.render.tree import Node, title_apart, tree, words

RUNNING, RUNNING_WIDTH = 80, 46.0
"""Signs of the line at the head and at the foot of each page, at most; its width, in sizes of its type."""

ONE_COLUMN = 26
"""Lines of contents up to which one column is enough."""

TITLE = 17.0
"""Width of a line of the title, in sizes of its type."""


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
    said = _labels(language)
    printer = Printer(diagrams, language, figure=said["figure"], compact=size is not None)
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
            "words": said,
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


def _labels(code: str) -> dict[str, str]:
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


def _running(text: str) -> str:
    """A line at the head or at the foot of each page: cut at a word, sooner where its letters are wide."""
    wide = font(REGULAR).width(text[:RUNNING], 1)
    return cut_at_word(text, RUNNING if wide < RUNNING_WIDTH else int(RUNNING * RUNNING_WIDTH / wide))
