"""The picture of a service: swim lanes as SVG for pages and PDF, and as Mermaid text for Markdown."""

from __future__ import annotations

from mlsd.render.diagram.graph import Edge, Graph, Lane, Node
from mlsd.render.diagram.mermaid import mermaid
from mlsd.render.diagram.of_design import graph_of
from mlsd.render.diagram.sheets import folded, sheets
from mlsd.render.diagram.svg import svg

__all__ = ["Edge", "Graph", "Lane", "Node", "folded", "graph_of", "mermaid", "sheets", "svg"]
