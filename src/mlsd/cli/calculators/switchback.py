"""``mlsd size switchback``: how many periods a test needs whose whole service switches between the arms."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from mlsd.cli.calculators.ab_asked import effect
from mlsd.cli.calculators.flags import Text, flag, read, want
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.cli.speech import say
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message
from mlsd.sizing.ab_test import AbTest, two_means
from mlsd.sizing.clusters import switchback_days, switchback_periods, switchback_sd
from mlsd.sizing.working import Input, Working

HELP = Message(
    "Periods and days of a switchback test. Each period is one randomised unit. Example: "
    "mlsd size switchback --period 4h --regions 3 --mean 38 --sd 5 --mde 2% --carry-over 20% --days 28"
)
ROUND = Message("Each period is one unit; all regions switch on their own.")


def switchback(
    period: Annotated[Text, flag("--period", Message("Length of a period: 4h."))] = None,
    mean: Annotated[Text, flag("--mean", Message("Mean of a period today."))] = None,
    sd: Annotated[Text, flag("--sd", Message("Deviation between the means of periods."))] = None,
    mde: Annotated[Text, flag("--mde", Message("Smallest effect: 2% is relative, 0.7 absolute is not."))] = None,
    regions: Annotated[Text, flag("--regions", Message("Places that switch on their own (1 unless given)."))] = None,
    carry_over: Annotated[Text, flag("--carry-over", Message("Share of each period dropped at its start."))] = None,
    days: Annotated[
        Text, flag("--days", Message("Days there are: gives the effect seen in them, and the power."))
    ] = None,
    alpha: Annotated[Text, flag("--alpha", Message("Significance level (5% unless given)."))] = None,
    power: Annotated[Text, flag("--power", Message("Power (80% unless given)."))] = None,
    sides: Annotated[int, typer.Option("--sides", min=1, max=2, help=say(Message("One-sided or two-sided.")))] = 2,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """The periods of an effect, and what the days there are can show."""
    length = want("--period", period, quantity.in_hours, "4h")
    kept = switchback_sd(want("--sd", sd, quantity.number, "5"), read("--carry-over", carry_over, quantity.share))
    places, time = read("--regions", regions, quantity.count), read("--days", days, quantity.in_days)
    rows = [Derived("period_sd", "", Message("deviation of a period that counts"), kept)]
    size, relative = effect(mde) if mde is not None else (None, True)
    asked: dict[str, Any] = {
        "sd": kept.as_input(Message("deviation of a period that counts")),
        "mean": read("--mean", mean, quantity.number),
        "alpha": read("--alpha", alpha, quantity.share),
        "sides": sides,
    }
    effects: dict[str, Any] = {"effect_relative": size} if relative else {"effect_absolute": size}
    sure = read("--power", power, quantity.share)
    if size is not None:
        test = two_means(**asked, **effects, power=sure)
        rows += _needed(test, length, places)
    elif time is None:
        want("--mde", mde, quantity.number, "2%")
    if time is not None:
        there = switchback_periods(time, length, places)
        rows.append(Derived("periods_there", "", Message("periods in the days there are"), there))
        rows += _seen(there, asked, effects if size is not None else {}, sure)
    show(Answer(rows, {row.id: row.result for row in rows}), format)
    return ExitCode.OK


def _needed(test: AbTest, length: Input, places: Input | None) -> Iterator[Derived]:
    """The periods of both arms, and the days they take."""
    yield Derived("periods", "", Message("periods in both arms"), test.working.with_note(test.note or ROUND))
    if test.total is None:
        return
    count = Input(Message("periods in both arms"), float(test.total), "periods", origin="computed")
    yield Derived("days", "", Message("days of the test"), switchback_days(count, length, places))


def _seen(there: Working, asked: dict[str, Any], effects: dict[str, Any], sure: Input | None) -> Iterator[Derived]:
    """The smallest effect in the periods there are, and the power of the effect asked for."""
    if (there.result or 0.0) < 2:
        return
    total = there.as_input(Message("periods there are"))
    seen = two_means(**asked, total=total, power=sure)
    yield Derived("mde", "", Message("smallest effect seen in that time"), seen.working)
    if effects:
        yield Derived("power", "", Message("power in that time"), two_means(**asked, **effects, total=total).working)
