"""Markdown as a small tree of plain data, the one source of both HTML and PDF.

Only what is listed here can get into a page: a sign of HTML stays a sign, an image becomes its description, a link
leads to http, https, mailto or a heading of the same document. A node is a dict with its kind under ``t``:

    blocks   h {level, id, c} · p {c} · ul, ol {start, c: [li {check, c}]} · quote {kind, c} · pre {lang, v} · hr
             table {align, head, rows} (a cell is a list of inline nodes) · diagram {n} · see also ``habits``
    inline   str · b, i, s {c} · a {href, c} · ref {to, c} · code {v} · br
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mlsd.render.habits import as_facts, with_captions
from mlsd.render.parser import Inline, Node, blocks, words

__all__ = ["Inline", "Node", "headings", "title_apart", "tree", "words"]

_PUNCTUATION = re.compile(r"[^\w\- ]")


def tree(markdown: str) -> list[Node]:
    """The blocks of a Markdown text, headings with their ids, links to headings resolved."""
    found = with_captions(blocks(markdown))
    _name(found)
    return found


def title_apart(nodes: Sequence[Node]) -> tuple[Inline, list[Node], list[Node]]:
    """The document's title, what stands between it and the first section, and the sections.

    A list of links to headings before the first section is a contents list: pages make their own, so it is left out,
    with the heading above it.
    """
    rest = _without_contents(nodes)
    title: Inline = rest.pop(0)["c"] if rest and rest[0]["t"] == "h" and rest[0]["level"] == 1 else []
    first = next((place for place, block in enumerate(rest) if block["t"] == "h"), len(rest))
    return title, as_facts(rest[:first]), rest[first:]


def headings(nodes: Sequence[Node]) -> list[tuple[int, str, str]]:
    """Level, id and text of every heading that is not inside a quote or a list."""
    return [(block["level"], block["id"], words(block["c"])) for block in nodes if block["t"] == "h"]


def _without_contents(nodes: Sequence[Node]) -> list[Node]:
    sections = 0
    for place, block in enumerate(nodes):
        sections += block["t"] == "h" and block["level"] > 1
        if sections > 1:
            break
        if block["t"] in ("ul", "ol") and _is_contents(block):
            headed = place > 0 and nodes[place - 1]["t"] == "h" and nodes[place - 1]["level"] > 1
            return [*nodes[: place - headed], *nodes[place + 1 :]]
    return list(nodes)


def _is_contents(block: Node) -> bool:
    def only_link(item: Node) -> bool:
        first, *more = item["c"] or [{"t": ""}]
        inner = first.get("c") or []
        alone = first["t"] == "p" and len(inner) == 1 and isinstance(inner[0], dict) and inner[0]["t"] == "ref"
        return alone and all(node["t"] in ("ul", "ol") and _is_contents(node) for node in more)

    return bool(block["c"]) and all(only_link(item) for item in block["c"])


def _name(nodes: list[Node]) -> None:
    """Give headings the ids that GitHub gives them, and turn links to nowhere into plain words."""
    used: set[str] = set()
    every: list[Node] = []
    _gather(nodes, every)
    for heading in every:
        if heading.get("t") != "h":
            continue
        slug = _PUNCTUATION.sub("", words(heading["c"]).strip().lower()).replace(" ", "-") or "section"
        number, heading["id"] = 0, slug
        while heading["id"] in used:
            number += 1
            heading["id"] = f"{slug}-{number}"
        used.add(heading["id"])
    for reference in every:
        if reference.get("t") == "ref" and reference["to"] not in used:
            reference["t"] = "span"


def _gather(nodes: list[Any], found: list[Node]) -> None:
    """Every node at any depth, in the order of the text."""
    for node in nodes:
        if isinstance(node, dict):
            found.append(node)
            for key in ("c", "head", "rows", "caption"):
                if below := node.get(key):
                    _gather(below, found)
        elif isinstance(node, list):
            _gather(node, found)
