"""A number against another one as a curve: as SVG, and as a Mermaid chart."""

from __future__ import annotations

from itertools import pairwise
from math import floor, log10
from typing import NamedTuple

from mlsd.render.chart.scale import Scale, Tick, plain, spaced
from mlsd.render.diagram.mermaid import quoted
from mlsd.render.diagram.words import ARROW, shown, width
from mlsd.render.ink import EDGE, INK, PAPER, SOFT, length, line_of, opening

WIDTH, HEIGHT = 300.0, 212.0
TOP, BOTTOM, RIGHT = 26.0, 40.0, 12.0
GRID, TRACE, WASH = "#e3e8ef", "#2b6cb0", "#e6f0fb"

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in px."""


class CurveChart(NamedTuple):
    """Points from left to right, what the axes are called, one point with words, one level with words.

    ``factors`` are what a Mermaid chart multiplies both numbers by: 100 for a percentage.
    """

    title: str
    description: str
    points: tuple[Point, ...]
    x_name: str
    y_name: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    x_ends: Point
    y_ends: Point
    marked: Point | None
    marked_words: str
    level: float | None
    level_words: str
    factors: Point

    @property
    def rises(self) -> bool:
        """Whether it goes up from left to right."""
        return self.points[-1][1] > self.points[0][1]


def mermaid(chart: CurveChart) -> str:
    """The same as an xychart: the curve, and the level as a second line.

    Mermaid spreads the points evenly over its axis, so the axis goes from the first of them to the last, wherever that
    of the picture begins.
    """
    (across, up), start, end = chart.factors, _first(chart), chart.points[-1][0]
    lines = ["xychart-beta", f'  title "{quoted(chart.title)}"']
    lines.append(f'  x-axis "{_named(chart.x_name, across)}" {plain(start * across)} --> {plain(end * across)}')
    lines.append(f'  y-axis "{_named(chart.y_name, up)}" 0 --> {plain(chart.y_ends[1] * up)}')
    lines.append(f"  line [{spaced([y * up for _, y in chart.points])}]")
    if chart.level is not None and chart.level <= chart.y_ends[1]:
        lines.append(f"  line [{spaced([chart.level * up] * len(chart.points))}]")
    return "\n".join(lines) + "\n"


def _first(chart: CurveChart) -> float:
    """Where the first point stands, as exactly as the steps between the points need it."""
    start, step = chart.points[0][0], chart.points[1][0] - chart.points[0][0]
    return round(start, 1 - floor(log10(step))) if step > 0 else start


def _named(name: str, factor: float) -> str:
    return quoted(f"{name}, %" if factor == 100 else name)


def svg(chart: CurveChart) -> str:
    """The picture as text. The same chart gives the same bytes."""
    margin = max(width(words, ARROW) for _, words in chart.y_ticks) + 9
    across = Scale(*chart.x_ends, margin, WIDTH - RIGHT)
    up = Scale(*chart.y_ends, HEIGHT - BOTTOM, TOP)
    trace = [(across(x), up(y)) for x, y in chart.points]
    parts = [opening("chart", WIDTH, HEIGHT, ARROW, shown(chart.title), shown(chart.description))]
    parts += _axes(chart, across, up)
    parts.append(_area(trace, up.start))
    if chart.level is not None and chart.level <= chart.y_ends[1]:
        parts.append(_dashed("level", margin, up(chart.level), f"H{length(WIDTH - RIGHT)}"))
    line = "M" + "L".join(f"{length(x)} {length(y)}" for x, y in trace)
    parts.append(
        f'<path class="trace" d="{line}" fill="none" stroke="{TRACE}" stroke-width="2" stroke-linejoin="round" '
        'stroke-linecap="round"/>'
    )
    parts += _words(chart, across, up)
    return "\n".join((*parts, "</svg>")) + "\n"


def _axes(chart: CurveChart, across: Scale, up: Scale) -> list[str]:
    left, right, floor = across.start, across.end, up.start
    soft = f'font-size="{length(ARROW)}" fill="{SOFT}"'
    parts = []
    for value, words in chart.y_ticks:
        y = up(value)
        parts.append(f'<path class="grid" d="M{length(left)} {length(y)}H{length(right)}" stroke="{GRID}"/>')
        parts.append(line_of("detail", left - 6, y + 3.5, words, f'text-anchor="end" {soft}'))
    for value, words in chart.x_ticks:
        x = across(value)
        parts.append(f'<path class="edge" d="M{length(x)} {length(floor)}v4" stroke="{EDGE}"/>')
        anchor = "end" if x + width(words, ARROW) / 2 > WIDTH else "middle"
        place = WIDTH if anchor == "end" else x
        parts.append(line_of("detail", place, floor + 15, words, f'text-anchor="{anchor}" {soft}'))
    parts.append(f'<path class="edge" d="M{length(left)} {length(floor)}H{length(right)}" stroke="{EDGE}"/>')
    named = f'font-size="{length(ARROW)}" font-weight="600" fill="{INK}"'
    parts.append(line_of("name", 0, 11, chart.y_name, named))
    parts.append(line_of("name", right, HEIGHT - 6, chart.x_name, f'text-anchor="end" {named}'))
    return parts


def _area(trace: list[Point], floor: float) -> str:
    over = "L".join(f"{length(x)} {length(y)}" for x, y in trace)
    around = f"M{length(trace[0][0])} {length(floor)}L{over}L{length(trace[-1][0])} {length(floor)}z"
    return f'<path class="area" d="{around}" fill="{WASH}" fill-opacity=".7"/>'


def _dashed(role: str, x: float, y: float, way: str) -> str:
    start = f"M{length(x)} {length(y)}{way}"
    return (
        f'<path class="edge {role}" d="{start}" fill="none" stroke="{EDGE}" stroke-width="1.2" stroke-dasharray="4 3"/>'
    )


def _words(chart: CurveChart, across: Scale, up: Scale) -> list[str]:
    """The marked point with its words where the curve is not, and the words of the level clear of them."""
    parts, taken = [], None
    trace = [(across(x), up(y)) for x, y in chart.points]
    if chart.marked is not None:
        x, y = across(chart.marked[0]), up(chart.marked[1])
        parts.append(_dashed("drop", x, y, f"V{length(up.start)}"))
        parts.append(
            f'<circle class="mark" cx="{length(x)}" cy="{length(y)}" r="4" fill="{PAPER}" stroke="{TRACE}" '
            'stroke-width="2.2"/>'
        )
        level = up(chart.level) if chart.level is not None else None
        wide = width(chart.marked_words, ARROW, bold=True)
        left, baseline = _beside((x, y), wide, chart.rises, trace, level, (across.start, TOP, WIDTH, up.start))
        taken = (left, baseline - 10, left + wide, baseline + 3)
        parts.append(_halo(left, baseline, chart.marked_words, bold=True))
    if chart.level is not None and chart.level <= chart.y_ends[1] and chart.level_words:
        parts.append(_level(chart, across, up(chart.level), trace, taken))
    return parts


def _beside(at: Point, wide: float, rises: bool, trace: list[Point], level: float | None, within: Box) -> Point:
    """Where words that belong to a point begin: beside it, clear of curve and level, first where the curve is far."""
    x, y = at
    right, left = x + 7, x - 7 - wide
    edge = min(right, WIDTH - wide)
    away = (
        [(right, y + 17), (left, y - 8), (edge, y + 17)] if rises else [(right, y - 8), (left, y + 17), (edge, y - 8)]
    )
    further = [(start, base + step) for step in (13, -13, 26, -26) for start, base in away]
    inside = (within[0] + 4, within[1] - 2, within[2], within[3] - 4)
    for start, base in (*away, *further):
        box = (start, base - 10, start + wide, base + 3)
        clear = level is None or not box[1] < level < box[3]
        if _holds(inside, box) and clear and not _crossed(box, trace):
            return start, base
    return max(inside[0], edge), max(TOP + 8, y - 8)


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _level(chart: CurveChart, across: Scale, y: float, trace: list[Point], taken: Box | None) -> str:
    """The words of the level above the line or below it, at the end where the curve is far, else at the other one."""
    wide = width(chart.level_words, ARROW)
    first, last = across.start + 6, across.end - wide - 2
    near, far = (first, last) if chart.rises else (last, first)
    places = [(near, y - 5), (near, y + 13), (far, y + 13), (far, y - 5)]
    for left, baseline in places:
        box = (left, baseline - 10, left + wide, baseline + 3)
        free = taken is None or not _meet(box, taken)
        if baseline > TOP + 4 and free and not _crossed(box, trace):
            return _halo(left, baseline, chart.level_words, bold=False)
    left, baseline = places[1]
    return _halo(left, baseline, chart.level_words, bold=False)


def _crossed(box: Box, trace: list[Point]) -> bool:
    """Whether the curve runs through the box, looked at in eight places between two points."""
    steps = [
        (x + (to_x - x) * step / 8, y + (to_y - y) * step / 8)
        for (x, y), (to_x, to_y) in pairwise(trace)
        for step in range(9)
    ]
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in steps)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _halo(x: float, y: float, words: str, *, bold: bool) -> str:
    weight, ink = (' font-weight="600"', INK) if bold else ("", SOFT)
    role = "name halo" if bold else "detail halo"
    look = (
        f'font-size="{length(ARROW)}"{weight} fill="{ink}" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" '
        'paint-order="stroke"'
    )
    return line_of(role, x, y, words, look)
