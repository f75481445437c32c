"""``mlsd size srm``: do the arms hold the shares they should?"""

from typing import Annotated

import typer

from mlsd.cli.calculators.ab_asked import shares
from mlsd.cli.calculators.flags import Text, flag, listed, read
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.cli.speech import say
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message
from mlsd.sizing.srm import srm_check

HELP = Message("Sample-ratio mismatch of observed counts. Example: mlsd size srm --observed 10200,4300 --split 70/30")


def srm(
    observed: Annotated[
        str, typer.Option("--observed", help=say(Message("Units observed in each arm, control first: 5100,4900.")))
    ],
    split: Annotated[str, typer.Option("--split", help=say(Message("Shares that were planned.")))] = "50/50",
    alarm: Annotated[
        Text, flag("--alarm", Message("p-value below which it is a mismatch (0.001 unless given)."))
    ] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """The χ² test of the counts."""
    counts = listed("--observed", observed, quantity.count)
    found = srm_check(counts, shares(split), read("--alarm", alarm, quantity.share))
    remarks = []
    if found.mismatch is not None:
        p = float(f"{found.p:.3g}")
        text = Message("Sample-ratio mismatch: p = {p}. Look for its cause before you read any result.", p=p)
        fine = Message("The shares are as planned: p = {p}.", p=p)
        remarks = [text if found.mismatch else fine]
    data = {"chi2": found.chi2, "p": found.p, "mismatch": found.mismatch, "expected": list(found.expected)}
    show(Answer([Derived("srm", "", Message("χ² of the counts"), found.working)], data, None, remarks), format)
    return ExitCode.OK
