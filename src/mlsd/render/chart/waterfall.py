"""Blocks of a path in time, one below the other, against what was promised: as SVG, and as a Mermaid gantt."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import NamedTuple

from mlsd.render.chart.scale import Scale, Tick
from mlsd.render.diagram.mermaid import quoted
from mlsd.render.diagram.words import ARROW, LABEL, shown, width, wrap
from mlsd.render.ink import BAND, COLOURS, EDGE, INK, MAIN, SOFT, length, line_of, opening

WIDTH = 620.0
ROW, THICK, HEAD, FOOT = 25.0, 13.0, 26.0, 22.0
"""Height of a row and of its bar; room above and below the rows."""
WIDEST, GAP = 176.0, 16.0
"""The widest name, and the air between columns."""
FINE = 20.0
"""A path of fewer milliseconds is drawn in microseconds where only whole numbers can be."""
GRID = "#e3e8ef"
_UNTOLD = str.maketrans({":": "∶", ";": ",", "\u00a0": " ", "\u202f": " "})
LEFT, OVER = ("#effaf2", "#15803d"), ("#fef1f1", "#b91c1c")


class Bar(NamedTuple):
    """One block: its name, kind (as in the picture of the service), times in ms, and two columns of words.

    ``until``: when the slowest block beside it is done. ``step``: its number on the path; ``beside``: it shares that
    step with others.
    """

    label: str
    kind: str
    start: float
    end: float
    until: float
    step: int
    beside: bool
    time: str
    share: str


class Waterfall(NamedTuple):
    """A whole path. ``rest`` is what is left of the promise, or what is over it (``too_long``)."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    whole: Bar
    rest: Bar | None
    too_long: bool
    ticks: tuple[Tick, ...]
    unit: str
    last: float
    promise: float | None
    promised: str
    heads: tuple[str, str]
    legend: str

    @property
    def rows(self) -> tuple[Bar, ...]:
        """Everything that has a row."""
        return (*self.bars, self.whole, *((self.rest,) if self.rest else ()))


def mermaid(chart: Waterfall) -> str:
    """The same as a gantt whose days are milliseconds; the words carry the numbers, and blocks of a step its number.

    A gantt knows whole milliseconds only, so those of a short path are microseconds.
    """
    fine = chart.last < FINE
    times = partial(_times, factor=1000 if fine else 1)
    title = f"{chart.title} (µs)" if fine else chart.title
    lines = ["gantt", f"  title {_told(title)}", "  dateFormat x", "  axisFormat %Q"]
    lines += [f"  {bar.step}. {_task(bar)} :{times(bar)}" for bar in chart.bars]
    lines.append(f"  {_task(chart.whole)} :crit, {times(chart.whole)}")
    if chart.rest:
        lines.append(f"  {_task(chart.rest)} :done, {times(chart.rest)}")
    return "\n".join(lines) + "\n"


def _task(bar: Bar) -> str:
    return _told(f"{bar.label} – {bar.time}" + (f" ({bar.share})" if bar.share else ""))


def _told(text: str) -> str:
    """Words of a gantt: a colon would end them, a semicolon the line."""
    return quoted(text.translate(_UNTOLD))


def _times(bar: Bar, factor: int) -> str:
    """Start and end in whole milliseconds times the factor; the shortest block is one wide."""
    start, end = round(bar.start * factor), round(bar.end * factor)
    return f"{start}, {max(start + 1, end)}"


def svg(chart: Waterfall) -> str:
    """The picture as text. The same chart gives the same bytes."""
    names = [wrap(bar.label, WIDEST, LABEL, 1, bold=True) or ("",) for bar in chart.rows]
    named = max(width(name[0], LABEL, bold=True) for name in names)
    columns = [max(width(text, LABEL) for text in column) for column in _columns(chart)]
    inset = 12.0 if any(bar.beside for bar in chart.bars) else 0.0
    right = WIDTH - sum(columns) - GAP * (1 + (columns[1] > 0)) - 4
    scale = Scale(0.0, chart.last, inset + named + GAP, right)
    bottom = HEAD + ROW * len(chart.rows) + 8
    tall = bottom + FOOT + (18 if inset and chart.legend else 0)
    parts = [opening("chart wide", WIDTH, tall, LABEL, shown(chart.title), shown(chart.description))]
    parts += _bands(chart)
    parts += _axis(chart, scale, bottom)
    parts += _headings(chart, columns)
    for number, (bar, name) in enumerate(zip(chart.rows, names, strict=True)):
        y = _top(chart, number)
        parts.append(_row(chart, bar, name[0], scale, y, inset))
        parts += _numbers(bar, columns, y, bold=number >= len(chart.bars))
    if chart.promise is not None:
        parts.append(_promise(chart, scale, bottom))
    if inset and chart.legend:
        look = f'font-size="{length(ARROW)}" fill="{SOFT}"'
        parts.append(f'<path class="edge" d="{_bracket(0, tall - 15, 12)}" fill="none" stroke="{EDGE}"/>')
        parts.append(line_of("detail", 12, tall - 5.5, shown(chart.legend), look))
    return "\n".join((*parts, "</svg>")) + "\n"


def _columns(chart: Waterfall) -> tuple[list[str], list[str]]:
    rows = chart.rows
    return [chart.heads[0], *(bar.time for bar in rows)], [chart.heads[1], *(bar.share for bar in rows)]


def _top(chart: Waterfall, number: int) -> float:
    """Where a row begins; the sums stand a little apart."""
    return HEAD + ROW * number + (6 if number >= len(chart.bars) else 0)


def _bands(chart: Waterfall) -> list[str]:
    """A band and a bracket behind blocks that run at the same time."""
    parts = []
    for (_, beside), group in groupby(enumerate(chart.bars), key=lambda entry: (entry[1].step, entry[1].beside)):
        places = [number for number, _ in group]
        if not beside:
            continue
        y, tall = HEAD + ROW * places[0], ROW * len(places)
        parts.append(
            f'<rect class="band" x="0" y="{length(y)}" width="{length(WIDTH)}" height="{length(tall)}" rx="6" '
            f'fill="{BAND}"/><path class="edge" d="{_bracket(2, y + 5, tall - 10)}" fill="none" stroke="{EDGE}"/>'
        )
    return parts


def _bracket(x: float, y: float, tall: float) -> str:
    return f"M{length(x + 5)} {length(y)}h-4v{length(tall)}h4"


def _axis(chart: Waterfall, scale: Scale, bottom: float) -> list[str]:
    look = f'text-anchor="middle" font-size="{length(ARROW)}" fill="{SOFT}"'
    parts = []
    for value, written in chart.ticks:
        x = scale(value)
        parts.append(f'<path class="grid" d="M{length(x)} {length(HEAD)}V{length(bottom)}" stroke="{GRID}"/>')
        parts.append(line_of("detail", x, bottom + 14, written, look))
    unit = f'text-anchor="start" font-size="{length(ARROW)}" fill="{SOFT}"'
    last, written = chart.ticks[-1]
    parts.append(line_of("detail", scale(last) + width(written, ARROW) / 2 + 3, bottom + 14, chart.unit, unit))
    rule = _top(chart, len(chart.bars)) - 3
    parts.append(f'<path class="edge" d="M0 {length(rule)}H{length(WIDTH)}" stroke="{EDGE}" stroke-width=".8"/>')
    return parts


def _headings(chart: Waterfall, columns: list[float]) -> list[str]:
    look = f'text-anchor="end" font-size="{length(ARROW)}" fill="{SOFT}"'
    places = (WIDTH - 4 - (columns[1] + GAP if columns[1] else 0), WIDTH - 4)
    return [line_of("detail", x, HEAD - 9, words, look) for x, words in zip(places, chart.heads, strict=True) if words]


def _numbers(bar: Bar, columns: list[float], y: float, *, bold: bool) -> list[str]:
    weight = ' font-weight="600"' if bold else ""
    places = (WIDTH - 4 - (columns[1] + GAP if columns[1] else 0), WIDTH - 4)
    return [
        line_of("name", x, y + ROW / 2 + 4.2, words, f'text-anchor="end" fill="{INK}"{weight}')
        for x, words in zip(places, (bar.time, bar.share), strict=True)
        if words
    ]


def _row(chart: Waterfall, bar: Bar, name: str, scale: Scale, y: float, inset: float) -> str:
    middle = y + ROW / 2
    label = line_of("name", inset, middle + 4.2, name, f'font-weight="600" fill="{INK}"')
    left, wide = scale(bar.start), max(1.5, scale(bar.end) - scale(bar.start))
    box = f'x="{length(left)}" y="{length(middle - THICK / 2)}" width="{length(wide)}" height="{length(THICK)}" rx="2"'
    if bar is chart.whole:
        return f'{label}<rect class="whole" {box} fill="{MAIN}"/>'
    if bar is chart.rest:
        role, (fill, line) = ("over", OVER) if chart.too_long else ("left", LEFT)
        strokes = _hatched(left, middle - THICK / 2, wide, THICK)
        return (
            f'{label}<g class="{role}"><rect class="shape" {box} fill="{fill}" stroke="{line}" stroke-width="1.2"/>'
            f'<path class="hatch" d="{strokes}" fill="none" stroke="{line}" stroke-opacity=".55"/></g>'
        )
    fill, line = COLOURS.get(bar.kind, COLOURS["service"])
    dash = ' stroke-dasharray="3 2"' if bar.kind == "missing" else ""
    shape = f'<rect class="shape" {box} fill="{fill}" stroke="{line}" stroke-width="1.3"{dash}/>'
    waits = ""
    if scale(bar.until) - scale(bar.end) > 3:
        way = f"M{length(scale(bar.end))} {length(middle)}H{length(scale(bar.until))}"
        waits = f'<path class="edge" d="{way}" fill="none" stroke="{EDGE}" stroke-width="1.3" stroke-dasharray="2 3"/>'
    return f'{label}<g class="box {bar.kind}">{waits}{shape}</g>'


def _hatched(x: float, y: float, wide: float, tall: float) -> str:
    """Slanting strokes inside a box."""
    strokes = ""
    step = max(6.0, wide / 80)
    at = step / 2
    while at < wide + tall:
        low, high = max(0.0, at - wide), min(tall, at)
        if high - low > 0.5:
            strokes += f"M{length(x + at - low)} {length(y + low)}L{length(x + at - high)} {length(y + high)}"
        at += step
    return strokes


def _promise(chart: Waterfall, scale: Scale, bottom: float) -> str:
    """The line of the promise; its words end at it, or begin there if the line stands far to the left."""
    x = scale(chart.promise or 0.0)
    anchor = "end" if x - width(chart.promised, ARROW, bold=True) >= scale.start else "start"
    look = f'text-anchor="{anchor}" font-size="{length(ARROW)}" font-weight="600" fill="{INK}"'
    label = line_of("name", x + (1 if anchor == "end" else -1), HEAD - 9, chart.promised, look)
    way = f"M{length(x)} {length(HEAD - 5)}V{length(bottom)}"
    return f'<path class="main" d="{way}" fill="none" stroke="{MAIN}" stroke-width="1.5"/>{label}'
