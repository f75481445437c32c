"""An A/B question over a range: a row for each value, the size or the power as a curve."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mlsd.cli.calculators.ab_asked import Asked, Pace, effect
from mlsd.cli.calculators.flags import ends, read, spread
from mlsd.cli.sizes import Answer, Table
from mlsd.design import quantity
from mlsd.errors import Message, UsageError
from mlsd.sizing.working import Input

MOST_DAYS = 31
PARSE: dict[str, Callable[[object], float]] = {
    "--baseline-rate": quantity.share,
    "--power": quantity.share,
    "--total": quantity.count,
    "--days": quantity.in_days,
}
Rows = list[list[float | str | None]]


def answer(flag: str, text: str, asked: Asked, pace: Pace) -> Answer:
    """The table over the range behind a flag."""
    values = _values(flag, text)
    table = _over_days(values, asked, pace) if flag == "--days" else _over(flag, values, asked, pace)
    return Answer(table=table, data={"method": "z" if asked.sd else asked.method, "over": flag.removeprefix("--")})


def _values(flag: str, text: str) -> Sequence[float]:
    low, high = ends(text) or ("", "")
    if flag == "--mde":
        (first, kind), (last, other) = effect(low), effect(high)
        if kind != other:
            raise UsageError(
                Message("One end of {range} is relative, the other absolute.", range=text),
                Message("Write both the same way: 2%..20%, or 0.2pp..2pp."),
            )
        return _rising(flag, text, first, last)
    one, two = read(flag, low, PARSE[flag]), read(flag, high, PARSE[flag])
    assert one is not None
    assert two is not None
    return _rising(flag, text, one, two, whole=flag in ("--total", "--days"))


def _rising(flag: str, text: str, first: Input, last: Input, *, whole: bool = False) -> Sequence[float]:
    if first.value == last.value:
        raise UsageError(Message("{flag}: both ends of {range} are the same.", flag=flag, range=text))
    if flag == "--days" and abs(last.value - first.value) < MOST_DAYS:
        return spread(first.value, last.value, int(abs(last.value - first.value)) + 1, whole=True)
    return spread(first.value, last.value, whole=whole)


def _over(flag: str, values: Sequence[float], asked: Asked, pace: Pace) -> Table:
    """Size (or, with the units fixed, effect or power) and days for every value."""
    rows: Rows = []
    for value in values:
        test = _varied(flag, value, asked).answer()
        time = pace.time(test.total) if test.total is not None else None
        answers: list[float | str | None] = [test.effect_relative, test.effect_absolute, test.total, test.power]
        rows.append([value, *answers, time.least if time else None])
    key = flag.removeprefix("--").replace("-", "_")
    first = {"mde": Message("effect"), "baseline_rate": Message("rate"), "power": Message("power wanted")}
    columns = [
        (key, first.get(key, Message("units given"))),
        ("effect_relative", Message("relative")),
        ("effect_absolute", Message("absolute")),
        ("total", Message("units")),
        ("power", Message("power")),
        ("days", Message("days")),
    ]
    bar = "total"
    if asked.total is not None or flag == "--total":
        bar = "power" if asked.effect is not None else "effect_absolute"
    shown = [n for n, (name, _) in enumerate(columns) if name != key or n == 0]
    if not pace.known:
        shown.remove(5)
    percent = {"baseline_rate", "power", "effect_relative"} | ({"mde"} if asked.relative else set())
    return Table([columns[n] for n in shown], [[row[n] for n in shown] for row in rows], bar, percent)


def _varied(flag: str, value: float, asked: Asked) -> Asked:
    given = Input(flag, value, "", flag)
    if flag == "--mde":
        return asked._replace(effect=given)
    if flag == "--baseline-rate":
        return asked._replace(rate=given)
    return asked.with_total(given) if flag == "--total" else asked._replace(power=given)


def _over_days(values: Sequence[float], asked: Asked, pace: Pace) -> Table:
    """What a number of days shows: the power of the effect asked for, or the smallest effect that is seen."""
    rows: Rows = []
    for value in values:
        units = pace.units(Input("--days", value, "days", "--days"))
        count = units.result or 0.0
        if count < 2:
            rows.append([value, count, None, None])
            continue
        test = asked.with_total(units.as_input(Message("units"))).answer()
        rows.append([value, count, test.power, test.effect_relative])
    columns = [
        ("days", Message("days")),
        ("units", Message("units")),
        ("power", Message("power")),
        ("effect_relative", Message("relative effect")),
    ]
    bar = "power" if asked.effect is not None else "effect_relative"
    return Table(columns, rows, bar, {"power", "effect_relative"})
