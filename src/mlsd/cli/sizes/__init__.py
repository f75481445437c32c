"""Sizes in the forms in which they leave the program: text, JSON, Markdown, CSV. None of them needs a design."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import typer

from mlsd.cli.speech import say, spoken
from mlsd.derived.fact import Derived
from mlsd.errors import Message

Format = Literal["text", "json", "markdown", "csv"]
FORMAT = typer.Option("--format", "-f", help=say(Message("What the sizes are written as.")))


class Table(NamedTuple):
    """Rows over a range: ``columns`` is key and title of each, ``bar`` the column that is drawn beside them.

    Columns named in ``percent`` are shares that people read as percentages.
    """

    columns: Sequence[tuple[str, Message]]
    rows: Sequence[Sequence[float | str | None]]
    bar: str
    percent: Collection[str] = ()


class Answer(NamedTuple):
    """What one call computed: the numbers with their working, a table over a range, what programs read first."""

    derived: Sequence[Derived] = ()
    data: Mapping[str, Any] = MappingProxyType({})
    table: Table | None = None
    remarks: Sequence[Message] = ()
    file: str | None = None


def show(answer: Answer, form: Format) -> None:
    """Write the answer to stdout."""
    if form == "json":
        from mlsd.cli.sizes.data import text

        typer.echo(text(answer, spoken()))
    elif form == "csv":
        from mlsd.cli.sizes.sheet import text

        typer.echo(text(answer, spoken()), nl=False)
    elif form == "markdown":
        from mlsd.cli.sizes.markdown import text

        typer.echo(text(answer, spoken()))
    else:
        from mlsd.cli.console import product
        from mlsd.cli.sizes.terminal import write

        write(answer, product(), spoken())
