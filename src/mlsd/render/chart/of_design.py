"""The charts of a design: its request path in time, the power of its test against days, its size against the effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mlsd.derived.curves import Curve, path_in_time, power_over_days, sample_over_effect
from mlsd.derived.promised import promised
from mlsd.derived.question import question
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.render.chart.curve import CurveChart
from mlsd.render.chart.scale import ticks, weeks
from mlsd.render.chart.waterfall import Bar, Waterfall
from mlsd.render.view.figures import Figures
from mlsd.render.view.measures import measure, points
from mlsd.render.view.names import Names
from mlsd.sizing.spans import Span

Write = Callable[[float], str]

MOST_BLOCKS = 24
"""Rows of a path in time; a longer path is told in words alone."""


def path_chart(design: Design, figures: Figures, names: Names, kinds: Mapping[str, str]) -> Waterfall | None:
    """The request path in time against what was promised; ``kinds`` of its blocks as in the picture of the service.

    None without a time, and for a path too long to draw.
    """
    spans = path_in_time(design)
    whole = max((span.until for span in spans), default=0.0)
    if whole <= 0 or len(spans) > MOST_BLOCKS:
        return None
    say, budget = figures.say, promised(design, "latency")
    promise = budget.value if budget and budget.value > 0 else None
    against = promise or whole
    bars = tuple(_bar(span, figures, names, kinds, against) for span in spans)
    last = max(whole, promise or 0.0)
    rest, too_long = None, promise is not None and whole > promise
    if promise is not None and whole != promise:
        low, high = sorted((whole, promise))
        label = say(Message("over the promise")) if too_long else say(Message("left"))
        rest = _sum(label, low, high, figures, against)
    return Waterfall(
        title=say(Message("The request path in time, each block at its p99")),
        description=" ".join(_told(bar, figures) for bar in (*bars, _whole(whole, figures, against))),
        bars=bars,
        whole=_whole(whole, figures, against),
        rest=rest,
        too_long=too_long,
        ticks=ticks(0.0, last, 7, figures.number),
        unit=say(Message("ms")),
        last=last,
        promise=promise,
        promised="" if promise is None else say(Message("promised {time}", time=figures.ms(promise))),
        heads=("p99", say(Message("of the promise")) if promise else say(Message("of the path"))),
        legend=say(Message("run at the same time; the slowest decides, the others wait (dotted)")),
    )


def _bar(span: Span, figures: Figures, names: Names, kinds: Mapping[str, str], against: float) -> Bar:
    known = span.ms is not None
    return Bar(
        label=names.of(span.block),
        kind=kinds.get(span.block, "service") if known else "missing",
        start=span.start,
        end=span.end,
        until=span.until if span.parallel else span.end,
        step=span.step + 1,
        beside=span.parallel,
        time=figures.ms(_short(span.ms)) if span.ms is not None else figures.say(Message("open")),
        share=figures.percent(span.ms / against, 2) if span.ms is not None else "",
    )


def _whole(whole: float, figures: Figures, against: float) -> Bar:
    return _sum(figures.say(Message("whole path")), 0.0, whole, figures, against)


def _sum(label: str, start: float, end: float, figures: Figures, against: float) -> Bar:
    time, share = figures.ms(_short(end - start)), figures.percent((end - start) / against, 2)
    return Bar(label, "job", start, end, end, 0, beside=False, time=time, share=share)


def _told(bar: Bar, figures: Figures) -> str:
    start = figures.ms(_short(bar.start))
    return figures.say(
        Message("{block} starts at {start} and takes {time}.", block=bar.label, start=start, time=bar.time)
    )


def _short(value: float, figures: int = 6) -> float:
    return float(f"{value:.{figures}g}")


def power_chart(design: Design, figures: Figures) -> CurveChart | None:
    """Power against days."""
    found = power_over_days(design)
    if found is None:
        return None
    say, last = figures.say, found.points[-1][0]
    level = found.level if found.level is not None else 0.0
    return CurveChart(
        title=say(Message("Power against days")),
        description=_walked(
            found, lambda days: figures.days(_short(days, 3)), lambda power: figures.percent(power, 2), figures
        ),
        points=found.points,
        x_name=say(Message("days from its start")),
        y_name=say(Message("power")),
        x_ticks=weeks(0.0, last, 6, figures.number),
        y_ticks=ticks(0.0, 1.0, 6, figures.percent),
        x_ends=(0.0, last),
        y_ends=(0.0, 1.0),
        marked=found.marked,
        marked_words=_pair(figures.days(found.marked[0]), figures.percent(found.marked[1], 2)) if found.marked else "",
        level=found.level,
        level_words=say(Message("wanted {power}", power=figures.percent(level))),
        factors=(1.0, 100.0),
    )


def sample_chart(design: Design, figures: Figures) -> CurveChart | None:
    """Units against the smallest effect worth seeing."""
    found = sample_over_effect(design)
    if found is None:
        return None
    say, relative = figures.say, question(design).relative
    metric = measure(design, design.ab_test.primary[0] if design.ab_test.primary else None)

    def effect(value: float) -> str:
        return figures.percent(value, 3) if relative else points(design, figures, metric, _short(value))

    def units(value: float) -> str:
        return figures.number(float(f"{value:.3g}"))

    first, last = found.points[0], found.points[-1]
    y_ticks = ticks(0.0, _above(first[1]), 6, units)
    days = figures.days(design.ab_test.duration_days) if design.ab_test.duration_days else ""
    return CurveChart(
        title=say(Message("Sample size against the smallest effect")),
        description=_walked(found, effect, units, figures),
        points=found.points,
        x_name=say(Message("smallest effect seen, relative")) if relative else say(Message("smallest effect seen")),
        y_name=say(Message("units in all arms")),
        x_ticks=ticks(first[0], last[0], 6, effect),
        y_ticks=y_ticks,
        x_ends=(first[0], last[0]),
        y_ends=(0.0, max(y_ticks[-1][0], first[1])),
        marked=found.marked,
        marked_words=_pair(effect(found.marked[0]), units(found.marked[1])) if found.marked else "",
        level=found.level,
        level_words=say(Message("{days} give {units}", days=days, units=units(found.level))) if found.level else "",
        factors=(100.0 if relative else 1.0, 1.0),
    )


def _above(value: float) -> float:
    """A little more than the value, so that the last tick stands above it."""
    return value * 1.15


def _pair(one: str, other: str) -> str:
    return f"{one}: {other}"


def _walked(curve: Curve, across: Write, up: Write, figures: Figures) -> str:
    """A few points of the curve in words, for those who hear the picture."""
    every = curve.points[:: max(1, (len(curve.points) - 1) // 4)]
    told = "; ".join(_pair(across(_short(x)), up(y)) for x, y in every)
    if curve.marked is None:
        return told
    marked = _pair(across(curve.marked[0]), up(curve.marked[1]))
    return figures.say(Message("{points}. Marked: {point}.", points=told, point=marked))
