"""``mlsd stress``: how far each assumed number can move before a rule changes its mind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mlsd.cli.speech import say, spoken
from mlsd.errors import ExitCode, Message

if TYPE_CHECKING:
    from mlsd.cli.console import Console
    from mlsd.lint.stress import Edge, Stressed

HELP = Message("Say how far each assumed number can move before a rule changes its mind, most fragile first.")
DEFAULT = "design.yaml"
SCHEMA_VERSION = 1
Format = Literal["text", "json"]


def stress(
    file: Annotated[
        str, typer.Argument(help=say(Message("A design file, or a folder with a design.yaml.")), show_default=DEFAULT)
    ] = DEFAULT,
    everything: Annotated[
        bool, typer.Option("--all", help=say(Message("Every number of the design, not only the assumed ones.")))
    ] = False,
    format: Annotated[  # noqa: A002 - the name of the flag
        Format, typer.Option("--format", "-f", help=say(Message("What the table is written as.")))
    ] = "text",
) -> int:
    """Move each number alone, both ways, and check the design again."""
    from mlsd.cli.what_if import asked
    from mlsd.lint.stress import stress as stressed

    loaded, _ = asked(file, [])
    found = stressed(loaded.design, everything=everything)
    if format == "json":
        from mlsd.cli.json_text import json_text

        rows = [_data(entry) for entry in found]
        typer.echo(json_text({"schema_version": SCHEMA_VERSION, "file": loaded.file, "numbers": rows}))
    else:
        from mlsd.cli.console import product

        for line in _lines(found, product()):
            product().line(line)
    return ExitCode.OK


def _lines(found: Sequence[Stressed], out: Console) -> Iterator[str]:
    if not found:
        yield out.paint(say(Message("No number is assumed, so nothing is tried. Every number: mlsd stress --all")))
        return
    fragile = [entry for entry in found if isfinite(entry.room)]
    for entry in fragile:
        now = _number(entry.now)
        yield f"{out.paint(entry.path, 'bold')} = {out.paint(now)}"
        for text, edge in (
            (Message("if it falls to {value} (× {times})"), entry.below),
            (Message("if it rises to {value} (× {times})"), entry.above),
        ):
            if edge is not None:
                times = _number(edge.value / entry.now)
                shown = say(Message(text.text, value=_number(edge.value), times=times))
                yield "    " + out.paint(f"{shown}: {say(_change(edge))}")
    if fragile:
        yield ""
    firm = [entry.path for entry in found if not isfinite(entry.room)]
    if firm:
        yield out.paint(say(Message("No rule changes its mind, however these move: {paths}", paths=firm)), "dim")


def _change(edge: Edge) -> Message:
    """What happens at an edge."""
    if edge.speak and edge.silent:
        return Message("{speak} speaks, {silent} falls silent", speak=[*edge.speak], silent=[*edge.silent])
    if edge.speak:
        return Message("{speak} speaks", speak=[*edge.speak])
    if edge.silent:
        return Message("{silent} falls silent", silent=[*edge.silent])
    return Message("a finding moves to another place")


def _number(value: float, digits: int = 4) -> str:
    from mlsd.design.quantity_text import number_text

    return number_text(float(f"{value:.{digits}g}"), spoken().code)


def _data(entry: Stressed) -> dict[str, Any]:
    return {
        "path": entry.path,
        "now": entry.now,
        "below": _edge(entry.below, entry.now),
        "above": _edge(entry.above, entry.now),
        "room": entry.room if isfinite(entry.room) else None,
    }


def _edge(edge: Edge | None, now: float) -> dict[str, Any] | None:
    if edge is None:
        return None
    times = edge.value / now if now else None
    return {"value": edge.value, "times": times, "speak": [*edge.speak], "silent": [*edge.silent]}
