"""Every picture of a document, in the order of its text: as Mermaid for the text, as SVG for pages and PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mlsd.design import Design
from mlsd.errors import Message
from mlsd.render.chart import curve, of_design, waterfall
from mlsd.render.chart.curve import CurveChart
from mlsd.render.chart.waterfall import Waterfall
from mlsd.render.diagram import Graph, folded, sheets
from mlsd.render.diagram import mermaid as graph_text
from mlsd.render.diagram import svg as graph_svg
from mlsd.render.sheet import best
from mlsd.render.view.figures import Figures
from mlsd.render.view.names import Names

ROWS = 8
"""Rows that a long path is folded to at most."""

Picture = Graph | Waterfall | CurveChart


class Pictures(NamedTuple):
    """The pictures of a design, each None where there is nothing to draw; the fields stand in the order of the text."""

    service: Graph | None
    path: Waterfall | None
    power: CurveChart | None
    sample: CurveChart | None

    def drawn(self) -> list[Picture]:
        """Those that there are."""
        return [picture for picture in self if picture is not None]

    def fences(self) -> dict[str, dict[str, str] | None]:
        """For each name the number of the figure and its Mermaid text, or None."""
        numbers = iter(range(1, len(self) + 1))
        return {
            name: None if picture is None else {"number": str(next(numbers)), "text": mermaid(picture).rstrip("\n")}
            for name, picture in zip(self._fields, self, strict=True)
        }


def pictures(design: Design, graph: Graph | None, figures: Figures, names: Names) -> Pictures:
    """Everything that can be drawn of a design whose service has this graph."""
    kinds = {node.id: node.kind for node in graph.nodes} if graph else {}
    return Pictures(
        graph,
        of_design.path_chart(design, figures, names, kinds),
        of_design.power_chart(design, figures),
        of_design.sample_chart(design, figures),
    )


def mermaid(picture: Picture) -> str:
    """The picture as Mermaid text, without its fence."""
    if isinstance(picture, Graph):
        return graph_text(picture)
    return waterfall.mermaid(picture) if isinstance(picture, Waterfall) else curve.mermaid(picture)


def respelled(picture: Picture, spell: Callable[[str], str]) -> Picture:
    """The picture with a person's words in other signs, so that boxes fit what is printed in them."""
    if isinstance(picture, Graph):
        nodes = tuple(node._replace(label=spell(node.label), detail=spell(node.detail)) for node in picture.nodes)
        return picture._replace(
            nodes=nodes, edges=tuple(edge._replace(label=spell(edge.label)) for edge in picture.edges)
        )
    if isinstance(picture, Waterfall):
        return picture._replace(bars=tuple(bar._replace(label=spell(bar.label)) for bar in picture.bars))
    return picture


def parts(picture: Picture, say: Callable[[Message], str], legible: Callable[[str], bool]) -> list[str]:
    """The picture as SVG, in two parts where it would be too small as one to be legible."""
    whole = svg(picture)
    if not isinstance(picture, Graph) or legible(whole):
        return [whole]
    made = [_in_rows(part, legible) for part in sheets(picture, say)]
    return made if min(map(best, made)) > best(whole) else [whole]


def _in_rows(part: Graph, legible: Callable[[str], bool]) -> str:
    """The part in as few rows as make it legible."""
    drawn = graph_svg(part)
    for rows in range(2, ROWS + 1 if len(part.lanes) == 1 else 0):
        if legible(drawn):
            break
        drawn = max(drawn, graph_svg(folded(part, rows)), key=best)
    return drawn


def svg(picture: Picture) -> str:
    """The picture as SVG."""
    if isinstance(picture, Graph):
        return graph_svg(picture)
    return waterfall.svg(picture) if isinstance(picture, Waterfall) else curve.svg(picture)
