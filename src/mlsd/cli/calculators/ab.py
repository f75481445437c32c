"""``mlsd size ab``: how many units a test needs, what it can see, and with which power."""

from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mlsd.cli.calculators.ab_asked import Asked, Pace, effect, level, measured, pace, shares
from mlsd.cli.calculators.flags import Text, ends, flag, read
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.cli.speech import say, spoken
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.design.quantity_text import percent_text
from mlsd.errors import ExitCode, Message, UsageError
from mlsd.sizing.ab_test import AbTest
from mlsd.sizing.working import Input

if TYPE_CHECKING:
    from mlsd.sizing.ways_out import WaysOut

HELP = Message(
    "Sample, effect or power of an A/B test. Example: mlsd size ab --baseline-rate 5% --mde 10% --split 70/30 "
    "--daily 30k. A range draws a table and a curve: --mde 2%..20%, or --days 7..28 for power against days."
)
NAMES = {
    "sample": Message("units in all arms"),
    "mde": Message("smallest effect that is seen"),
    "power": Message("power"),
}
METHODS = {
    "pooled": Message("pooled z test of two rates, without continuity correction"),
    "unpooled": Message("unpooled z test of two rates"),
    "arcsine": Message("arcsine test of two rates (Cohen's h)"),
    "continuity": Message("pooled z test of two rates with continuity correction"),
    "z": Message("z test of two means"),
}
Correction = Literal["bonferroni", "sidak", "holm"]
Shape = Literal["obrien_fleming", "pocock"]
Method = Literal["pooled", "unpooled", "arcsine", "continuity"]


def ab(
    baseline_rate: Annotated[Text, flag("--baseline-rate", Message("Rate in control: 5%."))] = None,
    mde: Annotated[
        Text, flag("--mde", Message("Smallest effect: 10% is relative, 0.5pp absolute; it may fall."))
    ] = None,
    split: Annotated[str, typer.Option("--split", help=say(Message("Shares of the arms, control first.")))] = "50/50",
    alpha: Annotated[Text, flag("--alpha", Message("Significance level (5% unless given)."))] = None,
    power: Annotated[Text, flag("--power", Message("Power (80% unless given)."))] = None,
    total: Annotated[Text, flag("--total", Message("Units in all arms, if they are fixed."))] = None,
    daily: Annotated[Text, flag("--daily", Message("Units that meet it for the first time each day."))] = None,
    weekly: Annotated[Text, flag("--weekly", Message("Or: different units of a week, if they return."))] = None,
    returning: Annotated[
        Text, flag("--returning", Message("Share of a week's units that was there the week before."))
    ] = None,
    days: Annotated[Text, flag("--days", Message("Days there are, ramp and window included."))] = None,
    exposure: Annotated[Text, flag("--exposure", Message("Share of the daily units that enters."))] = None,
    ramp: Annotated[Text, flag("--ramp", Message("Days of ramp, in which nobody counts."))] = None,
    window: Annotated[Text, flag("--window", Message("Days until the metric of a unit is known."))] = None,
    mean: Annotated[Text, flag("--mean", Message("Mean in control, for two means."))] = None,
    sd: Annotated[Text, flag("--sd", Message("Deviation between units, for two means."))] = None,
    sd_treatment: Annotated[
        Text, flag("--sd-treatment", Message("Deviation in treatment, if it differs; gives the best split."))
    ] = None,
    ratio: Annotated[
        Text,
        flag(
            "--ratio",
            Message(
                "Or, for a ratio: mean and deviation above, mean and deviation below, correlation: 1.2,3,24,30,0.5."
            ),
        ),
    ] = None,
    cuped: Annotated[Text, flag("--cuped", Message("Correlation with a covariate from before the test."))] = None,
    sides: Annotated[int, typer.Option("--sides", min=1, max=2, help=say(Message("One-sided or two-sided.")))] = 2,
    method: Annotated[Method, typer.Option("--method", help=say(Message("How two rates are compared.")))] = "pooled",
    comparisons: Annotated[
        int, typer.Option("--comparisons", min=1, help=say(Message("Primary metrics times treatments that may win.")))
    ] = 1,
    correction: Annotated[
        Correction, typer.Option("--correction", help=say(Message("What several comparisons do to alpha.")))
    ] = "bonferroni",
    looks: Annotated[
        int, typer.Option("--looks", min=1, max=20, help=say(Message("Planned looks, evenly spaced.")))
    ] = 1,
    shape: Annotated[Shape, typer.Option("--shape", help=say(Message("Boundaries of the looks.")))] = "obrien_fleming",
    cluster_size: Annotated[Text, flag("--cluster-size", Message("Units in a cluster, if clusters are drawn."))] = None,
    icc: Annotated[Text, flag("--icc", Message("Correlation inside a cluster."))] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """Two of sample, effect and power give the third; daily units give the days."""
    ranges = {"--mde": mde, "--baseline-rate": baseline_rate, "--power": power, "--total": total, "--days": days}
    over = [flag for flag, text in ranges.items() if text and ends(text)]
    if len(over) > 1:
        raise UsageError(Message("A table goes over one range, not over {flags}.", flags=over))

    def first(flag: str) -> str | None:
        text = ranges[flag]
        return ends(text)[0] if text and flag in over else text  # type: ignore[index]

    level_, corrected = level(alpha, comparisons, correction)
    by = measured(baseline_rate, mean, sd, sd_treatment, ratio, cuped)
    wanted = first("--mde")
    size, relative = effect(wanted) if wanted is not None else (None, True)
    asked = Asked(
        rate=read("--baseline-rate", first("--baseline-rate"), quantity.share),
        mean=by.mean,
        sd=by.sd,
        sd_treatment=by.sd_treatment,
        effect=size,
        relative=relative,
        shares=shares(split),
        alpha=level_,
        power=read("--power", first("--power"), quantity.share),
        sides=sides,
        method=method,
        total=read("--total", first("--total"), quantity.count),
        decrease=False,
    )
    speed = pace(daily, exposure, ramp, window, weekly, returning)
    time = read("--days", first("--days"), quantity.in_days)
    if over:
        from mlsd.cli.calculators.ab_tables import answer

        show(answer(over[0], str(ranges[over[0]]), asked, speed), format)
    else:
        before = [Derived("", "", Message("what goes in"), working) for working in (corrected, *by.made) if working]
        found = _answer(asked, speed, time, before)
        if looks > 1 or cluster_size is not None or icc is not None:
            from mlsd.cli.calculators.ab_plans import with_design

            found = with_design(found, asked.answer_if_sized(), looks, shape, cluster_size, icc)
        if by.sd_treatment is not None:
            from mlsd.cli.calculators.ab_plans import with_best_split

            found = with_best_split(found, asked)
        show(found, format)
    return ExitCode.OK


def _answer(asked: Asked, pace: Pace, time: Input | None, before: list[Derived]) -> Answer:
    if asked.effect is None and asked.total is None and time is not None:
        asked = asked.with_total(pace.units(time).as_input(Message("units in the time there is")))
    if asked.effect is None and asked.total is None:
        raise UsageError(
            Message("Neither the effect nor the units are given."),
            Message("Give the effect to get the units (--mde 10%), or the units to get the effect (--total 100k)."),
        )
    test = asked.answer()
    rows = [*before, Derived(test.solved, "", NAMES[test.solved], test.working)]
    data, said = head(test), [*_said(test)]
    if test.total is not None and pace.known and test.solved == "sample":
        found = pace.time(test.working.as_input(Message("sample")))
        if found is not None:
            data |= {"days": found.least, "whole_weeks": found.whole_weeks}
            rows.append(Derived("days", "", Message("days, up to whole weeks"), found.working))
        if time is not None:
            rows += _in_time(asked, pace, time)
            ways = _ways_out(test, pace, time)
            data["ways_out"] = None if ways is None else ways._asdict()
            said += _fits(ways)
    return Answer(rows, data, None, said)


def _in_time(asked: Asked, pace: Pace, time: Input) -> Iterator[Derived]:
    """What can be seen in the time there is."""
    units = pace.units(time)
    yield Derived("units", "", Message("units in the time there is"), units)
    if (units.result or 0.0) >= 2:
        given = units.as_input(Message("units in the time there is"))
        decrease = asked.effect is not None and asked.effect.value < 0
        seen = asked._replace(effect=None, decrease=decrease).with_total(given).answer()
        yield Derived("mde", "", Message("smallest effect seen in that time"), seen.working)
        yield Derived("power", "", Message("power in that time"), asked.with_total(given).answer().working)


def _ways_out(test: AbTest, pace: Pace, time: Input) -> "WaysOut | None":
    from mlsd.sizing.ways_out import ways_out

    units, daily = pace.units(time).result or 0.0, pace.daily.value if pace.daily else 0.0
    if test.total is None or units >= test.total:
        return None
    entered = daily * (pace.exposure.value if pace.exposure else 1.0)
    ramp, window = (given.value if given else 0.0 for given in (pace.ramp, pace.window))
    ways = ways_out(test, units, units_day=entered, ramp_days=ramp, window_days=window)
    if ways is None or pace.weekly is None:
        return ways
    found = pace.time(test.working.as_input(Message("sample")))
    return ways._replace(days=ceil(found.least) if found and found.least is not None else None)


def _fits(ways: "WaysOut | None") -> Iterator[Message]:
    """What would make the test fit into the time; each way alone."""
    if ways is None:
        return
    yield Message("It does not fit into the time there is. Each of these alone would make it fit:")
    if ways.days is not None:
        yield Message("– at least {days} days", days=ways.days)
    if ways.effect_relative is not None:
        yield Message("– an effect of at least {effect}", effect=_percent(ways.effect_relative))
    elif ways.effect_absolute is not None:
        yield Message("– an effect of at least {effect}", effect=ways.effect_absolute)
    if ways.treatment_share is not None:
        yield Message("– a treatment share of at least {share}", share=_percent(ways.treatment_share))


def head(test: AbTest) -> dict[str, Any]:
    """What programs read first; arms are rounded up."""
    arms = {"control": test.control, "treatment": test.treatment, "total": test.total}
    return {
        "solved": test.solved,
        "method": test.method,
        "alpha": test.alpha,
        "power": test.power,
        "sides": test.sides,
        "baseline": test.baseline,
        "effect_absolute": test.effect_absolute,
        "effect_relative": test.effect_relative,
        **arms,
        "arms": list(test.arms),
        "shares": list(test.shares),
        "inflation": test.inflation,
        "note": say(test.note) if test.note else None,
    }


def _said(test: AbTest) -> Iterator[Message]:
    """The answer in sentences: the method, both effects, every arm, the price of the split."""
    sides = Message("two-sided") if test.sides == 2 else Message("one-sided")
    yield Message("Method: {method}, {sides}.", method=METHODS[test.method], sides=sides)
    if test.effect_absolute is not None:
        relative = Message("not known") if test.effect_relative is None else _percent(test.effect_relative)
        absolute = test.effect_absolute
        yield Message("Effect: {absolute} absolute, {relative} relative.", absolute=absolute, relative=relative)
    if test.arms:
        arms, whole = [float(units) for units in test.arms], float(test.total or 0)
        yield Message("Arms, control first: {arms}; {total} in all.", arms=arms, total=whole)
    if test.inflation is not None and test.inflation > 1.001:
        more = _percent(test.inflation - 1)
        yield Message("This split needs {more} more units than an even one.", more=more)


def _percent(value: float) -> str:
    return percent_text(value, spoken().code, digits=4)
