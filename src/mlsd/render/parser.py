"""From the Markdown parser's events to the nodes of the tree (see ``tree``), by a list of what may pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from pyromark.event import Event

Node = dict[str, Any]
Inline = list[Any]

DEPTH = 10
"""Levels of nesting kept among blocks, and among inline nodes; deeper ones are flattened."""

ALERTS = ("note", "tip", "important", "warning", "caution")
"""Kinds of callout: a quote that begins with ``[!NOTE]`` and so on, as GitHub prints them."""

_ALERT = re.compile(r"\[!(\w+)\]\s*")
_SCHEMES = ("http://", "https://", "mailto:")
_ADDRESS = "!#$%&'()*+,-./:;=?@[]_~"
"""Signs of an address that stay as they are; others, such as Cyrillic letters, are written as %D0%B0."""
_SPANS = {"Strong": "b", "Emphasis": "i", "Strikethrough": "s", "Link": "a", "Image": "image"}
_ALIGN = {"None": "left"}
_LINES = ("p", "h", "cell")
"""Blocks that hold words; the others hold blocks."""


def blocks(markdown: str) -> list[Node]:
    """The blocks of a Markdown text; headings have no id yet."""
    from pyromark import Options, events

    options = Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS
    return Builder().build(events(markdown.replace("\x00", "�"), options=options))


def words(nodes: Sequence[Any]) -> str:
    """The text of inline nodes without their markup."""
    return "".join(
        node if isinstance(node, str) else " " if node["t"] == "br" else node.get("v") or words(node.get("c", ()))
        for node in nodes
    )


class Builder:
    """Walks the parser's events and keeps a stack of open nodes; one too deep to be kept is its parent again."""

    def __init__(self) -> None:
        self.open: list[Node] = [{"t": "root", "c": []}]
        self.line = 0
        """How many nodes were open when the words of a paragraph, heading or cell began; 0 outside of one."""
        self.diagrams = 0

    def build(self, events: Iterable[Event]) -> list[Node]:
        """The nodes of all events."""
        what: Any
        for event in events:
            if isinstance(event, str):
                self._sign(event)
                continue
            for kind, what in event.items():  # there is one
                match kind:
                    case "Start":
                        self._enter(*((what, None) if isinstance(what, str) else next(iter(what.items()))))
                    case "End":
                        self._end_line()
                        self._leave(self.open.pop())
                    case "Text" | "InlineHtml":
                        self._text(what)
                    case "Html":
                        self._text(what.replace("\n", " "))
                    case "TaskListMarker":
                        self._check(what)
                    case "Code":
                        self._words().append({"t": "code", "v": what})
        nodes: list[Node] = self.open[0]["c"]
        return nodes

    def _sign(self, name: str) -> None:
        match name:
            case "SoftBreak":
                self._text(" ")
            case "HardBreak":
                self._words().append({"t": "br"})
            case "Rule":
                self._end_line()
                self.open[-1]["c"].append({"t": "hr"})

    def _check(self, done: bool) -> None:
        """A box before an item; one that is written ``\\[x]`` is text, so an answer cannot tick one."""
        item = self.open[-1] if self.open[-1]["t"] == "li" else self.open[-2]
        if item["t"] == "li":
            item["check"] = done

    def _text(self, text: str) -> None:
        if self.open[-1]["t"] in ("pre", "diagram"):
            self.open[-1]["v"] += text
            return
        nodes = self._words()
        if nodes and isinstance(nodes[-1], str):
            nodes[-1] += text
        elif text:
            nodes.append(text)

    def _words(self) -> Inline:
        """Where the next word goes. In a list without empty lines the parser names no paragraphs: one is begun."""
        if not self.line:
            self._block({"t": "p", "tight": True, "c": []})
        nodes: Inline = self.open[-1]["c"]
        return nodes

    def _end_line(self) -> None:
        """End a paragraph begun by ``_words``, if it is what stands open."""
        if len(self.open) == self.line and self.open[-1].get("tight"):
            self.open.pop()
            self.line = 0

    def _enter(self, name: str, about: Any) -> None:
        if name in _SPANS:
            self._span(_span(name, about))
            return
        self._end_line()
        match name:
            case "Table":
                self._block({"t": "table", "align": [_ALIGN.get(side, side.lower()) for side in about], "rows": []})
            case "TableHead" | "TableRow":
                self._row()
            case "TableCell":
                self._cell()
            case "CodeBlock":
                self._block(self._code("" if about == "Indented" else about["Fenced"]))
            case _:
                self._block(_block(name, about))

    def _block(self, node: Node) -> None:
        """Open a block. A list is kept where its items can be kept too."""
        holds_words = node["t"] in _LINES
        kept = holds_words or len(self.open) + (node["t"] in ("ul", "ol")) <= DEPTH
        if kept:
            self.open[-1]["c"].append(node)
        self.open.append(node if kept else self.open[-1])
        self.line = len(self.open) if holds_words else 0

    def _row(self) -> None:
        table = self.open[-1]
        if table["t"] == "table":
            table["rows"].append([])
        self.open.append(table)

    def _cell(self) -> None:
        """A cell of a table; of one that is too deep to be one, a paragraph."""
        if self.open[-1]["t"] != "table":
            self._block({"t": "p", "c": []})
            return
        cell: Node = {"t": "cell", "c": []}
        self.open[-1]["rows"][-1].append(cell["c"])
        self.open.append(cell)
        self.line = len(self.open)

    def _code(self, info: str) -> Node:
        if info.strip() == "mermaid":
            self.diagrams += 1
            return {"t": "diagram", "n": self.diagrams - 1, "v": ""}
        language = (info.split() or [""])[0][:20]
        return {"t": "pre", "lang": language if language.isalnum() else "", "v": ""}

    def _span(self, node: Node | None) -> None:
        nodes = self._words()
        if node is None or len(self.open) - self.line >= DEPTH:
            self.open.append(self.open[-1])
            return
        nodes.append(node)
        self.open.append(node)

    def _leave(self, node: Node) -> None:
        if len(self.open) < self.line:
            self.line = 0
        if node is self.open[-1]:
            return
        match node["t"]:
            case "quote":
                _mark(node)
            case "pre":
                node["v"] = node["v"].rstrip("\n")
            case "table":
                node["head"], *node["rows"] = node["rows"]


def _block(name: str, about: Any) -> Node:
    match name:
        case "Heading":
            return {"t": "h", "level": int(about["level"][1]), "id": "", "c": []}
        case "BlockQuote":
            return {"t": "quote", "kind": "", "c": []}
        case "List":
            return {"t": "ul", "c": []} if about is None else {"t": "ol", "start": about, "c": []}
        case "Item":
            return {"t": "li", "c": []}
    return {"t": "p", "c": []}


def _span(name: str, about: Any) -> Node | None:
    if name not in ("Link", "Image"):
        return {"t": _SPANS[name], "c": []}
    address = about["dest_url"]
    if name == "Image":
        return None
    if address.startswith("#"):
        return {"t": "ref", "to": unquote(address[1:]), "c": []}
    known = address.lower().startswith(_SCHEMES)
    return {"t": "a", "href": quote(address, safe=_ADDRESS), "c": []} if known else None


def _mark(node: Node) -> None:
    """Read ``[!NOTE]`` at the head of a quote."""
    first = node["c"][0] if node["c"] else None
    if not first or first["t"] != "p" or not first["c"] or not isinstance(first["c"][0], str):
        return
    found = _ALERT.match(first["c"][0])
    if not found or found[1].lower() not in ALERTS:
        return
    first["c"][0] = first["c"][0][found.end() :]
    node["kind"] = found[1].lower()
    if not words(first["c"]).strip():
        node["c"].pop(0)
