"""``mlsd size guardrail``: how many units show that a guardrail is not hurt by more than its margin."""

from typing import Annotated

import typer

from mlsd.cli.calculators.ab_asked import shares
from mlsd.cli.calculators.flags import Text, flag, read
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.cli.speech import say
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message, UsageError
from mlsd.sizing.non_inferiority import non_inferior_mean, non_inferior_rate

HELP = Message(
    "Units for the margin of a guardrail, or the margin for units. Example: "
    "mlsd size guardrail --baseline-rate 0.2% --margin 0.05% --split 70/30"
)


def guardrail(
    baseline_rate: Annotated[Text, flag("--baseline-rate", Message("Rate in control: 0.2%."))] = None,
    sd: Annotated[Text, flag("--sd", Message("Or, for a mean: its deviation between units."))] = None,
    margin: Annotated[Text, flag("--margin", Message("How much worse it may get, in its own unit."))] = None,
    total: Annotated[Text, flag("--total", Message("Or: units in all arms, to get the margin."))] = None,
    harm: Annotated[Text, flag("--expected-harm", Message("How much worse you reckon it really gets (0)."))] = None,
    lower_is_better: Annotated[
        bool, typer.Option("--lower-is-better", help=say(Message("The metric should fall, like an error rate.")))
    ] = False,
    split: Annotated[str, typer.Option("--split", help=say(Message("Shares of the arms, control first.")))] = "50/50",
    alpha: Annotated[Text, flag("--alpha", Message("One-sided significance level (5% unless given)."))] = None,
    power: Annotated[Text, flag("--power", Message("Power (80% unless given)."))] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """The sample of a margin, or the margin of a sample."""
    rate, deviation = read("--baseline-rate", baseline_rate, quantity.share), read("--sd", sd, quantity.number)
    limit, units = read("--margin", margin, quantity.number), read("--total", total, quantity.count)
    level, sure = read("--alpha", alpha, quantity.share), read("--power", power, quantity.share)
    worse, arms = read("--expected-harm", harm, quantity.number), shares(split)
    if deviation is not None:
        found = non_inferior_mean(
            deviation, margin=limit, total=units, expected_harm=worse, alpha=level, power=sure, shares=arms
        )
    elif rate is not None:
        found = non_inferior_rate(
            rate, margin=limit, total=units, expected_harm=worse, lower_is_better=lower_is_better,
            alpha=level, power=sure, shares=arms,
        )  # fmt: skip
    else:
        raise UsageError(
            Message("This cannot be computed without the number today."),
            Message("Give a rate (--baseline-rate 0.2%), or the deviation of a mean (--sd 12)."),
        )
    names = {"sample": Message("units in all arms"), "margin": Message("margin that can be excluded")}
    data = {"solved": found.solved, "arms": list(found.arms), "total": found.total, "margin": found.margin}
    show(Answer([Derived(found.solved, "", names[found.solved], found.working)], data), format)
    return ExitCode.OK
