"""``mlsd size holm``: which of several results hold after Holm's correction."""

from typing import Annotated

import typer

from mlsd.cli.calculators.flags import Text, flag, listed, read
from mlsd.cli.sizes import FORMAT, Answer, Format, Table, show
from mlsd.cli.speech import say, spoken
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.design.quantity_text import percent_text
from mlsd.errors import ExitCode, Message
from mlsd.sizing.ab_test import ALPHA
from mlsd.sizing.corrections import familywise
from mlsd.sizing.corrections import holm as corrected
from mlsd.sizing.working import Input

HELP = Message("Which results of several comparisons hold, by Holm. Example: mlsd size holm --p 0.01,0.04,0.03")


def holm(
    p: Annotated[str, typer.Option("--p", help=say(Message("p-values, one of each comparison: 0.01,0.04,0.03.")))],
    alpha: Annotated[Text, flag("--alpha", Message("Significance level of all together (5% unless given)."))] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """Adjusted p-values in the order given, and what no correction would risk."""
    values = listed("--p", p, quantity.share)
    level = read("--alpha", alpha, quantity.share) or Input(Message("alpha"), ALPHA, origin="default")
    found, risk = corrected(values, level), familywise(level, max(1, len(values)))
    rows = [
        Derived("rejected", "", Message("comparisons that hold"), found.working._replace(unit="")),
        Derived("familywise", "", Message("chance of a false alarm without correction"), risk),
    ]
    lines = list(zip(values, found.adjusted, found.rejected, strict=True))
    if format == "csv":
        columns = [("p", Message("p")), ("adjusted", Message("adjusted p")), ("holds", Message("holds"))]
        rows_of: list[list[float | str | None]] = [[value, other, float(held)] for value, other, held in lines]
        show(Answer(table=Table(columns, rows_of, "adjusted")), format)
        return ExitCode.OK
    holds, fails = (
        Message("p = {p}: adjusted {adjusted}, holds."),
        Message("p = {p}: adjusted {adjusted}, does not hold."),
    )
    remarks = [
        Message((holds if held else fails).text, p=_short(value), adjusted=_short(other))
        for value, other, held in lines
    ]
    share = percent_text(risk.result or 0.0, spoken().code, digits=3)
    remarks.append(Message("Uncorrected, at least one would be a false alarm with a chance of {share}.", share=share))
    data = {"adjusted": list(found.adjusted), "rejected": list(found.rejected), "familywise": risk.result}
    show(Answer(rows, data, None, remarks), format)
    return ExitCode.OK


def _short(value: float) -> float:
    return float(f"{value:.4g}")
