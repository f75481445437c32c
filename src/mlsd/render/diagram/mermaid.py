"""A graph as Mermaid text: ids are ours, every label is quoted and holds no sign that Mermaid or HTML reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import category

from mlsd.render.diagram.graph import Edge, Graph, Node

LONGEST = 120
"""Signs of one label; what is longer ends in an ellipsis."""

_SHAPES = {
    "terminal": ("([", "])"),
    "source": ("[/", "/]"),
    "store": ("[(", ")]"),
    "model": ("[[", "]]"),
    "missing": ("{{", "}}"),
}
_PLAIN = re.compile(r"[^\w .,:;!?+=/()%°·×≤≥≠≈→–—−…“”«»„‘’€£₽$№'*-]")


def mermaid(graph: Graph) -> str:
    """The flowchart, without its fence. Empty lanes are left out."""
    ids = {node.id: f"n{number}" for number, node in enumerate(graph.nodes, 1)}
    lines = ["flowchart LR"]
    for number, lane in enumerate(graph.lanes, 1):
        inside = [node for node in graph.nodes if node.lane == lane.id]
        if inside:
            lines.append(f'  subgraph l{number}["{quoted(lane.label)}"]')
            lines.append("    direction LR")
            lines += [f"    {_box(node, ids)}" for node in inside]
            lines.append("  end")
    lines += [f"  {_arrow(edge, ids)}" for edge in graph.joined()]
    return "\n".join(lines) + "\n"


def _box(node: Node, ids: Mapping[str, str]) -> str:
    left, right = _SHAPES.get(node.kind, ("[", "]"))
    label = quoted(node.label) + (f"<br/>{quoted(node.detail)}" if node.detail else "")
    return f'{ids[node.id]}{left}"{label}"{right}'


def _arrow(edge: Edge, ids: Mapping[str, str]) -> str:
    line = "-.->" if edge.dashed else "-->"
    label = f'|"{quoted(edge.label)}"|' if edge.label.strip() else ""
    return f"{ids[edge.source]} {line}{label} {ids[edge.target]}"


def quoted(text: str) -> str:
    """One line that may stand in quotes: every sign that Mermaid or HTML reads is written as its code."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        line = line[: LONGEST - 1].rstrip() + "…"
    return _PLAIN.sub(_entity, line) or " "


def _entity(match: re.Match[str]) -> str:
    sign = match.group()
    return "�" if category(sign).startswith("C") else f"#{ord(sign)};"
