"""``mlsd stress``: how far each assumed number can move before a rule changes its mind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mlsd.cli.edges import change, figure, moved, reached
from mlsd.cli.speech import say, spoken
from mlsd.cli.text import wrap
from mlsd.design import FILE_NAME
from mlsd.errors import ExitCode, Message

if TYPE_CHECKING:
    from mlsd.cli.console import Console
    from mlsd.lint.stress import Edge, Stressed

HELP = Message("Say how far each assumed number can move before a rule flips. The most fragile come first.")
SCHEMA_VERSION = 1
Format = Literal["text", "json"]


def stress(
    file: Annotated[
        str, typer.Argument(help=say(Message("A design file, or a folder with a design.yaml.")), show_default=FILE_NAME)
    ] = FILE_NAME,
    everything: Annotated[
        bool, typer.Option("--all", help=say(Message("Every number of the design, not only the assumed ones.")))
    ] = False,
    format: Annotated[  # noqa: A002 - the name of the flag
        Format, typer.Option("--format", "-f", help=say(Message("What the table is written as.")))
    ] = "text",
) -> int:
    """Move each number alone, both ways, and check the design again."""
    from mlsd.cli.checks.job import job_here
    from mlsd.cli.what_if import asked
    from mlsd.lint.stress import stress as stressed

    loaded, _ = asked(file, [])
    job = job_here()
    found = stressed(loaded.design, everything=everything, rules=job.rules(), maturity=job.maturity, only=job.only)
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
    fragile = [entry for entry in found if moved(entry)]
    for entry in fragile:
        yield f"{out.paint(entry.path, 'bold')} = {out.paint(figure(entry.now, spoken()))}"
        for text, edge in (
            (Message("if it falls to {value}"), entry.below),
            (Message("if it rises to {value}"), entry.above),
        ):
            if edge is not None:
                shown = say(Message(text.text, value=reached(edge, entry.now, spoken())))
                yield "    " + out.paint(f"{shown}: {say(change(edge))}")
    if fragile:
        yield ""
    firm = [entry.path for entry in found if not moved(entry)]
    if firm:
        said = say(Message("No rule changes its mind, however these move: {paths}", paths=firm))
        yield from (out.paint(line, "dim") for line in wrap(out.letters(said), out.width))


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
