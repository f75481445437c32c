"""Habits of our Markdown that deserve a form of their own on a page: facts, captions, open questions, gaps.

All are recognised by structure alone, in whatever language the document is. The tree gains:

    facts {rows: [{label, c}]}     a list whose every item begins with bold words and a colon, before the first section
    diagram {caption}              the emphasised paragraph that follows a picture
    row {c: [diagram, diagram]}    two pictures with nothing between them but the caption of the first
    quote {kind: "open"}           a quote that begins with bold words and a colon: a question nobody answered yet
    p {sticky}                     a paragraph that ends in a colon and belongs to what follows
    i {gap}                        ⟨emphasised words in angle brackets⟩: an answer that is missing in a sentence
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlsd.render.parser import Inline, Node, words

FOLLOWED = ("table", "ul", "ol", "pre", "diagram")


def with_captions(nodes: Sequence[Node]) -> list[Node]:
    """Pictures with their captions and side by side, and introductions tied to what they introduce."""
    kept: list[Node] = []
    for node in nodes:
        before: Node = kept[-1] if kept else {"t": ""}
        picture = before["c"][1] if before["t"] == "row" else before
        if picture["t"] == "diagram" and "caption" not in picture and _all_emphasised(node):
            picture["caption"] = node["c"][0]["c"]
            continue
        if node["t"] == before["t"] == "diagram" and "caption" in before:
            kept[-1] = {"t": "row", "c": [before, node]}
            continue
        if node["t"] in FOLLOWED and before["t"] == "p" and words(before["c"]).rstrip().endswith(":"):
            before["sticky"] = True
        if node["t"] == "quote" and not node["kind"] and _labelled(node["c"][:1]):
            node["kind"] = "open"
        kept.append(node)
    return kept


def as_facts(nodes: Sequence[Node]) -> list[Node]:
    """The blocks of a title, its list of facts as rows."""
    return [_facts(node) if _is_facts(node) else node for node in nodes]


def is_gap(node: Node) -> bool:
    """Whether an emphasis marks a missing answer."""
    text = words(node["c"])
    return node["t"] == "i" and text.startswith("⟨") and text.endswith("⟩")


def _all_emphasised(node: Node) -> bool:
    inner = node["c"] if node["t"] == "p" else []
    return len(inner) == 1 and isinstance(inner[0], dict) and inner[0]["t"] == "i" and not is_gap(inner[0])


def _labelled(blocks: Sequence[Node]) -> bool:
    """Whether a block begins with bold words that end in a colon."""
    inner: Inline = [part for block in blocks if block["t"] == "p" for part in block["c"] if part != ""]
    first: Any = inner[0] if inner else ""
    return isinstance(first, dict) and first["t"] == "b" and words(first["c"]).rstrip().endswith(":")


def _is_facts(node: Node) -> bool:
    return node["t"] == "ul" and all(len(item["c"]) == 1 and _labelled(item["c"]) for item in node["c"])


def _facts(node: Node) -> Node:
    rows = []
    for item in node["c"]:
        label, *rest = [part for part in item["c"][0]["c"] if part != ""]
        if rest and isinstance(rest[0], str):
            rest[0] = rest[0].lstrip(" ")
        rows.append({"label": words(label["c"]).rstrip().removesuffix(":"), "c": rest})
    return {"t": "facts", "rows": rows}
