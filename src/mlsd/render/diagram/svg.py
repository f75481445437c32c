"""A graph as one SVG picture, in the light colours of print; a page restyles it through the classes."""

from __future__ import annotations

from html import escape

from mlsd.render.diagram.graph import Graph
from mlsd.render.diagram.grid import ARROW_LINE, DETAIL_LINE, LABEL_LINE, Cell
from mlsd.render.diagram.layout import MARGIN, STRIP, Drawing, Line, Point, layout
from mlsd.render.diagram.words import ARROW, DETAIL, LABEL, shown

FONTS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
INK, SOFT, PAPER = "#0f172a", "#475569", "#ffffff"
MAIN, EDGE, BAND, STRIP_FILL = "#1e293b", "#64748b", "#f4f6f9", "#e3e8ef"

COLOURS = {
    "terminal": ("#1e293b", "#1e293b"),
    "source": ("#e7f5ee", "#2f855a"),
    "store": ("#fdf3dc", "#b7791f"),
    "model": ("#ece9fc", "#5b4bc4"),
    "service": ("#e6f0fb", "#2b6cb0"),
    "job": ("#eef1f5", "#64748b"),
    "missing": ("#ffffff", "#c2410c"),
}
"""Fill and outline of each kind of box, told apart by their shapes as well."""


def svg(graph: Graph) -> str:
    """The picture as text; empty for a graph without nodes. The same graph gives the same bytes."""
    if not graph.nodes:
        return ""
    drawing = layout(graph)
    wide, tall = _number(drawing.width), _number(drawing.height + (24 if _broken(graph) else 0))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lanes" role="img" width="{wide}" height="{tall}" '
        f'viewBox="0 0 {wide} {tall}" font-family="{FONTS}" font-size="{_number(LABEL)}">',
        f"<title>{escape(shown(graph.title))}</title>",
        f"<desc>{escape(shown(graph.description))}</desc>" if graph.description else "",
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


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _bands(graph: Graph, drawing: Drawing) -> list[str]:
    parts: list[str] = []
    for lane, band in zip(graph.lanes, drawing.bands, strict=True):
        wide = drawing.width - 2 * MARGIN
        x, y, tall = MARGIN, band.top, band.height
        middle = (x + STRIP / 2 + 4, y + tall / 2)
        turned = f"translate({_number(middle[0])} {_number(middle[1])}) rotate(-90)"
        parts += [
            f'<rect class="band" x="{_number(x)}" y="{_number(y)}" width="{_number(wide)}" height="{_number(tall)}" '
            f'rx="8" fill="{BAND}"/>',
            f'<path class="strip" d="M{_number(x + STRIP)} {_number(y)}V{_number(y + tall)}H{_number(x + 8)}'
            f'q-8 0 -8 -8V{_number(y + 8)}q0 -8 8 -8z" fill="{STRIP_FILL}"/>',
            f'<text class="lane" transform="{turned}" text-anchor="middle" font-weight="600" fill="{SOFT}">'
            f"{escape(shown(lane.label))}</text>",
        ]
    return parts


def _path(line: Line) -> str:
    (x, y), before = line.points[-1], line.points[-2]
    dx, dy = _sign(x - before[0]), _sign(y - before[1])
    tail = f"M{_number(x)} {_number(y)}l{_number(-8 * dx - 4 * dy)} {_number(-8 * dy - 4 * dx)}"
    head = f"{tail}l{_number(8 * dy)} {_number(8 * dx)}z"
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
    trace = f"M{_number(points[0][0])} {_number(points[0][1])}"
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        sides = [abs(here[0] - other[0]) + abs(here[1] - other[1]) for other in (before, after)]
        radius = min(7.0, sides[0] / 2, sides[1] / 2)
        start, end = (
            tuple(h - radius * _sign(h - o) for h, o in zip(here, other, strict=True)) for other in (before, after)
        )
        trace += f"L{_number(start[0])} {_number(start[1])}"
        trace += f"Q{_number(here[0])} {_number(here[1])} {_number(end[0])} {_number(end[1])}"
    return trace + f"L{_number(points[-1][0])} {_number(points[-1][1])}"


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
        bow, back = f"c0 8 {_number(wide)} 8 {_number(wide)} 0", f"c0 -8 {_number(-wide)} -8 {_number(-wide)} 0"
        body = f"M{_number(left)} {_number(top + 6)}v{_number(tall - 12)}{bow}v{_number(12 - tall)}{back}{bow}"
        return f'<path class="shape" d="{body}" {paint}/>'
    if kind == "source":
        slant = f"M{_number(left + 8)} {_number(top)}h{_number(wide - 8)}l-8 {_number(tall)}h{_number(8 - wide)}z"
        return f'<path class="shape" d="{slant}" stroke-linejoin="round" {paint}/>'
    radius = _number(tall / 2 if kind == "terminal" else 10 if kind == "model" else 4)
    size = f'x="{_number(left)}" y="{_number(top)}" width="{_number(wide)}" height="{_number(tall)}" rx="{radius}"'
    inner = ""
    if kind == "model":
        inner = (
            f'<rect class="inner" x="{_number(left + 3)}" y="{_number(top + 3)}" width="{_number(wide - 6)}" '
            f'height="{_number(tall - 6)}" rx="7" fill="none" stroke="{COLOURS[kind][1]}" stroke-opacity=".45"/>'
        )
    return f'<rect class="shape" {size} {paint}/>{inner}'


def _words(cell: Cell, x: float, kind: str) -> str:
    tall = len(cell.label) * LABEL_LINE + len(cell.detail) * DETAIL_LINE
    y = cell.y - tall / 2 + (3 if kind == "store" else 0) - 3.5
    parts = []
    for text in cell.label:
        y += LABEL_LINE
        ink = PAPER if kind == "terminal" else INK
        parts.append(_text("name", x, y, text, f'text-anchor="middle" font-weight="600" fill="{ink}"'))
    y -= 1
    for text in cell.detail:
        y += DETAIL_LINE
        parts.append(_text("detail", x, y, text, f'text-anchor="middle" font-size="{_number(DETAIL)}" fill="{SOFT}"'))
    return "".join(parts)


def _label(line: Line) -> str:
    x, y = line.label_at
    look = (
        f'font-size="{_number(ARROW)}" fill="{SOFT}" stroke="{BAND}" stroke-width="3" stroke-linejoin="round" '
        'paint-order="stroke"'
    )
    return "".join(_text("label", x, y + row * ARROW_LINE, text, look) for row, text in enumerate(line.label))


def _legend(graph: Graph, drawing: Drawing) -> str:
    y = drawing.height + 10
    line = f'd="M{_number(MARGIN)} {_number(y)}h34" fill="none" stroke="{EDGE}" stroke-width="1.3"'
    text = _text("label", MARGIN + 42, y + 3.5, shown(graph.dashed), f'font-size="{_number(ARROW)}" fill="{SOFT}"')
    return f'<path class="edge" {line} stroke-dasharray="5 4"/>{text}'


def _text(role: str, x: float, y: float, text: str, look: str) -> str:
    return f'<text class="{role}" x="{_number(x)}" y="{_number(y)}" {look}>{escape(text)}</text>'
