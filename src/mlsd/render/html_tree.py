"""The nodes of the tree as HTML; every word is escaped here, and no other tag is ever written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from mlsd.render.habits import is_gap
from mlsd.render.tree import Node, words
from mlsd.render.units import glued

_SPANS = {"b": "strong", "i": "em", "s": "s"}
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class Writer:
    """Writes blocks; it remembers the last heading, from which tables and pictures take their names."""

    def __init__(self, diagrams: Sequence[str | Sequence[str]], labels: Mapping[str, str], first: str) -> None:
        self.diagrams = diagrams
        self.labels = labels
        self.heading = first
        self.level = 1
        self.numbers: dict[str, int] = {}

    def blocks(self, nodes: Sequence[Node], *, top: bool = True) -> str:
        """The HTML of some blocks; a heading inside a quote or a list is bold text, outside the page's outline."""
        return "\n".join(self._block(node, top=top) for node in nodes)

    def inline(self, nodes: Sequence[Any], *, links: bool = True) -> str:
        """The HTML of inline nodes, with or without their links."""
        return "".join(self._span(node, links) for node in nodes)

    def _span(self, node: Any, links: bool) -> str:
        if isinstance(node, str):
            return escape(glued(node))
        if node["t"] == "code":
            return f"<code>{_jointed(escape(node['v']))}</code>"
        if node["t"] == "br":
            return "<br>"
        inner = self.inline(node["c"], links=links)
        if links and node["t"] == "a":
            return f'<a href="{escape(node["href"])}" rel="noopener noreferrer">{inner}</a>'
        if links and node["t"] == "ref":
            return f'<a href="#{escape(node["to"])}">{inner}</a>'
        if is_gap(node):
            return f'<em class="gap">{inner}</em>'
        tag = _SPANS.get(node["t"])
        return f"<{tag}>{inner}</{tag}>" if tag else inner

    def _block(self, node: Node, *, top: bool) -> str:
        match node["t"]:
            case "h":
                return self._heading(node, top=top)
            case "p":
                inner = self.inline(node["c"])
                return inner if node.get("tight") else f"<p>{inner}</p>"
            case "ul" | "ol":
                return self._list(node)
            case "quote":
                return self._quote(node)
            case "pre":
                return self._region("code", f"<pre><code>{escape(node['v'])}</code></pre>", "code")
            case "table":
                return self._region("table", self._table(node), "table")
            case "diagram":
                return self._diagram(node)
            case "row":
                return f'<div class="row">{"".join(map(self._diagram, node["c"]))}</div>'
            case "facts":
                return self._facts(node)
        return "<hr>"

    def _heading(self, node: Node, *, top: bool) -> str:
        text = self.inline(node["c"], links=False)
        if not top:
            return f"<p><strong>{text}</strong></p>"
        self.heading = words(node["c"])
        self.level = max(2, min(node["level"], self.level + 1))
        name = escape(node["id"])
        return f'<h{self.level} id="{name}"><a class="anchor" href="#{name}">{text}</a></h{self.level}>'

    def _list(self, node: Node) -> str:
        start = f' start="{node["start"]}"' if node.get("start", 1) != 1 else ""
        items = "".join(self._item(item) for item in node["c"])
        return f"<{node['t']}{start}>{items}</{node['t']}>"

    def _item(self, item: Node) -> str:
        inner = self.blocks(item["c"], top=False)
        if "check" not in item:
            return f"<li>{inner}</li>"
        sign, label = ("☑", self.labels["done"]) if item["check"] else ("☐", self.labels["open"])
        return f'<li class="check"><span role="img" aria-label="{escape(label)}">{sign}</span> {inner}</li>'

    def _quote(self, node: Node) -> str:
        inner = self.blocks(node["c"], top=False)
        if not node["kind"]:
            return f"<blockquote>{inner}</blockquote>"
        if node["kind"] == "open":
            return f'<div class="callout open" role="note">{inner}</div>'
        label = escape(self.labels[node["kind"]])
        return f'<div class="callout {node["kind"]}" role="note"><p class="kind">{label}</p>{inner}</div>'

    def _table(self, node: Node) -> str:
        looks = [_look(side, column) for side, column in zip(node["align"], _columns(node), strict=True)]
        head = "".join(
            f'<th scope="col"{look}>{self.inline(cell)}</th>' for look, cell in zip(looks, node["head"], strict=False)
        )
        rows = "".join(
            "<tr>"
            + "".join(f"<td{look}>{self.inline(cell)}</td>" for look, cell in zip(looks, row, strict=False))
            + "</tr>"
            for row in node["rows"]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _facts(self, node: Node) -> str:
        rows = (
            f"<div><dt>{escape(row['label'])}</dt><dd>{self.inline(row['c']).strip()}</dd></div>"
            for row in node["rows"]
        )
        return f'<dl class="facts">{"".join(rows)}</dl>'

    def _diagram(self, node: Node) -> str:
        if node["n"] >= len(self.diagrams) or not self.diagrams[node["n"]]:
            return self._region("code", f"<pre><code>{escape(node['v'])}</code></pre>", "code")
        drawn = self.diagrams[node["n"]]
        sheets = [drawn] if isinstance(drawn, str) else drawn
        titles = [found[1] if (found := _TITLE.search(sheet)) else "" for sheet in sheets]
        words_below = self.inline(node["caption"]) if "caption" in node else titles[0]
        caption = f"<figcaption>{words_below}</figcaption>" if words_below else ""
        shown = [self._region("figure", sheet, "picture") for sheet in sheets]
        if len(sheets) > 1:
            shown = [f'<p class="sheet">{title}</p>{region}' for title, region in zip(titles, shown, strict=True)]
        return f"<figure>{''.join(shown)}{caption}</figure>"

    def _region(self, label: str, inner: str, role: str) -> str:
        """A box that scrolls by itself, reachable by keyboard and with a name of its own."""
        number = self.numbers[label] = self.numbers.get(label, 0) + 1
        name = escape(f"{self.labels[label]} {number}: {self.heading}")
        return f'<div class="scroll {role}" role="region" aria-label="{name}" tabindex="0">{inner}</div>'


def _columns(node: Node) -> list[list[str]]:
    rows = [node["head"], *node["rows"]]
    return [[words(row[place]) for row in rows if place < len(row)] for place in range(len(node["head"]))]


def _look(align: str, texts: Sequence[str]) -> str:
    """Where a column's text stands, and how wide it is at least, on a phone too: by its longest cell."""
    longest = max(map(len, texts))
    names = [align] if align in ("right", "center") else []
    names += ["wide"] if longest > 50 else ["middling"] if longest > 18 else []
    return f' class="{" ".join(names)}"' if names else ""


def _jointed(text: str) -> str:
    """Places where a long technical word may break."""
    return re.sub(r"([_./\[])(?=[^\s;]{3})", r"\1<wbr>", text) if len(text) > 16 else text
