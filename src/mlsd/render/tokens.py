"""From the Markdown parser's tokens to the nodes of the tree (see ``tree``), by a list of what may pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Node = dict[str, Any]
Inline = list[Any]

DEPTH = 10
"""Levels of nesting kept among blocks, and among inline nodes; deeper ones are flattened."""

ALERTS = ("note", "tip", "important", "warning", "caution")
"""Kinds of callout: a quote that begins with ``[!NOTE]`` and so on, as GitHub prints them."""

_ALERT = re.compile(r"\[!(\w+)\]\s*")
_CHECK = re.compile(r"\[([ xX])\]\s+")
_SCHEMES = ("http://", "https://", "mailto:")
_INLINE = {"strong_open": "b", "em_open": "i", "s_open": "s"}
_BLOCKS = {"paragraph_open": "p", "bullet_list_open": "ul", "ordered_list_open": "ol", "list_item_open": "li"}


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False, "maxNesting": 60})


def blocks(markdown: str) -> list[Node]:
    """The blocks of a Markdown text; headings have no id yet."""
    return Builder().build(_parser().parse(markdown.replace("\x00", "�")))


def words(nodes: Sequence[Any]) -> str:
    """The text of inline nodes without their markup."""
    return "".join(
        node if isinstance(node, str) else " " if node["t"] == "br" else node.get("v") or words(node.get("c", ()))
        for node in nodes
    )


class Builder:
    """Walks the parser's flat list of tokens and keeps a stack of open nodes."""

    def __init__(self) -> None:
        self.root: list[Node] = []
        self.open: list[Node] = [{"t": "root", "c": self.root}]
        self.skipped: list[bool] = []
        self.diagrams = 0

    def build(self, tokens: Sequence[Token]) -> list[Node]:
        """The nodes of all tokens."""
        rest = iter(tokens)
        for token in rest:
            if token.type == "table_open":
                self._add(self._table(rest)) if len(self.open) <= DEPTH else self._flat(rest)
            elif token.nesting == 1:
                self._enter(token)
            elif token.nesting == -1:
                self._leave()
            else:
                self._leaf(token)
        return self.root

    def _add(self, node: Node) -> None:
        self.open[-1]["c"].append(node)

    def _enter(self, token: Token) -> None:
        node = self._node(token)
        deep = len(self.open) > DEPTH and node["t"] != "p"
        self.skipped.append(deep)
        if not deep:
            self._add(node)
            self.open.append(node)

    def _leave(self) -> None:
        if not self.skipped.pop():
            node = self.open.pop()
            if node["t"] in ("quote", "li"):
                _mark(node)

    def _node(self, token: Token) -> Node:
        if token.type == "heading_open":
            return {"t": "h", "level": int(token.tag[1]), "id": "", "c": []}
        if token.type == "blockquote_open":
            return {"t": "quote", "kind": "", "c": []}
        node: Node = {"t": _BLOCKS.get(token.type, "p"), "c": []}
        if node["t"] == "ol":
            node["start"] = int(token.attrGet("start") or 1)
        if node["t"] == "p" and token.hidden:
            node["tight"] = True
        return node

    def _leaf(self, token: Token) -> None:
        if token.type == "inline":
            self.open[-1]["c"] += inline(token.children or [])
        elif token.type == "hr":
            self._add({"t": "hr"})
        elif token.type == "fence" and token.info.strip() == "mermaid":
            self._add({"t": "diagram", "n": self.diagrams, "v": token.content})
            self.diagrams += 1
        else:
            language = (token.info.split() or [""])[0][:20]
            self._add({"t": "pre", "lang": language if language.isalnum() else "", "v": token.content.rstrip("\n")})

    def _table(self, rest: Iterator[Token]) -> Node:
        rows: list[list[Inline]] = []
        align: list[str] = []
        for token in rest:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append([])
                if token.type == "th_open":
                    align.append(str(token.attrGet("style") or "").removeprefix("text-align:") or "left")
            elif token.type == "inline":
                rows[-1][-1] += inline(token.children or [])
        return {"t": "table", "align": align, "head": rows[0], "rows": rows[1:]}

    def _flat(self, rest: Iterator[Token]) -> None:
        """A table too deep to be one: a paragraph for each cell."""
        for cells in [self._table(rest)]:
            for cell in (*cells["head"], *(cell for row in cells["rows"] for cell in row)):
                self._add({"t": "p", "c": cell})


def inline(tokens: Sequence[Token]) -> Inline:
    """The nodes of one paragraph, heading or cell."""
    root: Inline = []
    stack = [root]
    for token in tokens:
        if token.nesting == 1:
            node = _span(token)
            if node is None or len(stack) > DEPTH:
                stack.append(stack[-1])
            else:
                stack[-1].append(node)
                stack.append(node["c"])
        elif token.nesting == -1:
            stack.pop()
        elif token.type == "code_inline":
            stack[-1].append({"t": "code", "v": token.content})
        elif token.type == "hardbreak":
            stack[-1].append({"t": "br"})
        else:
            _text(stack[-1], " " if token.type == "softbreak" else token.content)
    return root


def _text(nodes: Inline, text: str) -> None:
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] += text
    elif text:
        nodes.append(text)


def _span(token: Token) -> Node | None:
    if token.type in _INLINE:
        return {"t": _INLINE[token.type], "c": []}
    if token.type != "link_open":
        return None
    address = str(token.attrGet("href") or "")
    if address.startswith("#"):
        return {"t": "ref", "to": unquote(address[1:]), "c": []}
    return {"t": "a", "href": address, "c": []} if address.lower().startswith(_SCHEMES) else None


def _mark(node: Node) -> None:
    """Read ``[!NOTE]`` at the head of a quote, and ``[ ]`` at the head of an item."""
    first = node["c"][0] if node["c"] else None
    if not first or first["t"] != "p" or not first["c"] or not isinstance(first["c"][0], str):
        return
    pattern = _ALERT if node["t"] == "quote" else _CHECK
    found = pattern.match(first["c"][0])
    if not found or (pattern is _ALERT and found[1].lower() not in ALERTS):
        return
    first["c"][0] = first["c"][0][found.end() :]
    if pattern is _CHECK:
        node["check"] = found[1] != " "
        return
    node["kind"] = found[1].lower()
    if not words(first["c"]).strip():
        node["c"].pop(0)
