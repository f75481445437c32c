"""A graph as one SVG picture, in the light colours of print; a page restyles it through the classes."""

from __future__ import annotations

from html import escape

from mlsd.render.diagram.graph import Graph
from mlsd.render.diagram.grid import ARROW_LINE, DETAIL_LINE, LABEL_LINE, Cell
from mlsd.render.diagram.layout import MARGIN, STRIP, Drawing, Line, Point, layout
from mlsd.render.diagram.words import ARROW, DETAIL, LABEL, shown
from mlsd.render.ink import BAND, COLOURS, EDGE, INK, MAIN, PAPER, SOFT, STRIP_FILL, length, line_of, opening


def svg(graph: Graph) -> str:
    """The picture as text; empty for a graph without nodes. The same graph gives the same bytes."""
    if not graph.nodes:
        return ""
    drawing = layout(graph)
    tall = drawing.height + (24 if _broken(graph) else 0)
    parts = [
        opening("lanes", drawing.width, tall, LABEL, shown(graph.title), shown(graph.description)),
        *_bands(graph, drawing),
        *(_path(line) for line in sorted(drawing.lines, key=lambda line: line.edge.main)),
        *(_box(cell, drawing.xs[cell.column]) for cell in drawing.cells),
        *(_label(line) for line in drawing.lines if line.label),
        _legend(graph, drawing) if _broken(graph) else "",
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _broken(graph: Graph) -> bool:
    return bool(graph.dashed) and any(edge.dashed for edge in graph.joined())


def _bands(graph: Graph, drawing: Drawing) -> list[str]:
    parts: list[str] = []
    for lane, band in zip(graph.lanes, drawing.bands, strict=True):
        wide = drawing.width - 2 * MARGIN
        x, y, tall = MARGIN, band.top, band.height
        middle = (x + STRIP / 2 + 4, y + tall / 2)
        turned = f"translate({length(middle[0])} {length(middle[1])}) rotate(-90)"
        parts += [
            f'<rect class="band" x="{length(x)}" y="{length(y)}" width="{length(wide)}" height="{length(tall)}" '
            f'rx="8" fill="{BAND}"/>',
            f'<path class="strip" d="M{length(x + STRIP)} {length(y)}V{length(y + tall)}H{length(x + 8)}'
            f'q-8 0 -8 -8V{length(y + 8)}q0 -8 8 -8z" fill="{STRIP_FILL}"/>',
            f'<text class="lane" transform="{turned}" text-anchor="middle" font-weight="600" fill="{SOFT}">'
            f"{escape(shown(lane.label))}</text>",
        ]
    return parts


def _path(line: Line) -> str:
    (x, y), before = line.points[-1], line.points[-2]
    dx, dy = _sign(x - before[0]), _sign(y - before[1])
    tail = f"M{length(x)} {length(y)}l{length(-8 * dx - 4 * dy)} {length(-8 * dy - 4 * dx)}"
    head = f"{tail}l{length(8 * dy)} {length(8 * dx)}z"
    dash = ' stroke-dasharray="5 4"' if line.edge.dashed else ""
    trace = _rounded((*line.points[:-1], (x - 6 * dx, y - 6 * dy)))
    role, ink, stroke = ("main", MAIN, "1.9") if line.edge.main else ("edge", EDGE, "1.3")
    return (
        f'<path class="{role}" d="{trace}" fill="none" stroke="{ink}" stroke-width="{stroke}"{dash}/>'
        f'<path class="{role} head" d="{head}" fill="{ink}"/>'
    )


def _sign(value: float) -> int:
    return (value > 0.01) - (value < -0.01)


def _rounded(points: tuple[Point, ...]) -> str:
    """A path through the points whose corners are rounded off."""
    trace = f"M{length(points[0][0])} {length(points[0][1])}"
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        sides = [abs(here[0] - other[0]) + abs(here[1] - other[1]) for other in (before, after)]
        radius = min(7.0, sides[0] / 2, sides[1] / 2)
        start, end = (
            tuple(h - radius * _sign(h - o) for h, o in zip(here, other, strict=True)) for other in (before, after)
        )
        trace += f"L{length(start[0])} {length(start[1])}"
        trace += f"Q{length(here[0])} {length(here[1])} {length(end[0])} {length(end[1])}"
    return trace + f"L{length(points[-1][0])} {length(points[-1][1])}"


def _box(cell: Cell, x: float) -> str:
    assert cell.node is not None
    kind = cell.node.kind if cell.node.kind in COLOURS else "service"
    fill, line = COLOURS[kind]
    left, top = x - cell.width / 2, cell.y - cell.height / 2
    dash = ' stroke-dasharray="4 3"' if kind == "missing" else ""
    paint = f'fill="{fill}" stroke="{line}" stroke-width="1.3"{dash}'
    shape = _shape(kind, left, top, cell.width, cell.height, paint)
    return f'<g class="box {kind}">{shape}{_words(cell, x, kind)}</g>'


def _shape(kind: str, left: float, top: float, wide: float, tall: float, paint: str) -> str:
    if kind == "store":
        bow, back = f"c0 8 {length(wide)} 8 {length(wide)} 0", f"c0 -8 {length(-wide)} -8 {length(-wide)} 0"
        body = f"M{length(left)} {length(top + 6)}v{length(tall - 12)}{bow}v{length(12 - tall)}{back}{bow}"
        return f'<path class="shape" d="{body}" {paint}/>'
    if kind == "source":
        slant = f"M{length(left + 8)} {length(top)}h{length(wide - 8)}l-8 {length(tall)}h{length(8 - wide)}z"
        return f'<path class="shape" d="{slant}" stroke-linejoin="round" {paint}/>'
    radius = length(tall / 2 if kind == "terminal" else 10 if kind == "model" else 4)
    size = f'x="{length(left)}" y="{length(top)}" width="{length(wide)}" height="{length(tall)}" rx="{radius}"'
    inner = ""
    if kind == "model":
        inner = (
            f'<rect class="inner" x="{length(left + 3)}" y="{length(top + 3)}" width="{length(wide - 6)}" '
            f'height="{length(tall - 6)}" rx="7" fill="none" stroke="{COLOURS[kind][1]}" stroke-opacity=".45"/>'
        )
    return f'<rect class="shape" {size} {paint}/>{inner}'


def _words(cell: Cell, x: float, kind: str) -> str:
    tall = len(cell.label) * LABEL_LINE + len(cell.detail) * DETAIL_LINE
    y = cell.y - tall / 2 + (3 if kind == "store" else 0) - 3.5
    parts = []
    for text in cell.label:
        y += LABEL_LINE
        ink = PAPER if kind == "terminal" else INK
        parts.append(line_of("name", x, y, text, f'text-anchor="middle" font-weight="600" fill="{ink}"'))
    y -= 1
    for text in cell.detail:
        y += DETAIL_LINE
        parts.append(line_of("detail", x, y, text, f'text-anchor="middle" font-size="{length(DETAIL)}" fill="{SOFT}"'))
    return "".join(parts)


def _label(line: Line) -> str:
    x, y = line.label_at
    look = (
        f'font-size="{length(ARROW)}" fill="{SOFT}" stroke="{BAND}" stroke-width="3" stroke-linejoin="round" '
        'paint-order="stroke"'
    )
    return "".join(line_of("label", x, y + row * ARROW_LINE, text, look) for row, text in enumerate(line.label))


def _legend(graph: Graph, drawing: Drawing) -> str:
    y = drawing.height + 10
    line = f'd="M{length(MARGIN)} {length(y)}h34" fill="none" stroke="{EDGE}" stroke-width="1.3"'
    text = line_of("label", MARGIN + 42, y + 3.5, shown(graph.dashed), f'font-size="{length(ARROW)}" fill="{SOFT}"')
    return f'<path class="edge" {line} stroke-dasharray="5 4"/>{text}'
