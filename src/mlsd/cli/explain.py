"""``mlsd explain``: where a number comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mlsd.cli.speech import say, spoken
from mlsd.content import formula
from mlsd.design import FILE_NAME
from mlsd.errors import ExitCode, Message

if TYPE_CHECKING:
    from mlsd.cli.console import Console
    from mlsd.derived.provenance import Source

HELP = Message("Show where a number comes from: given, assumed or computed. With its formula and what went into it.")
SCHEMA_VERSION = 1
Format = Literal["text", "json"]


def explain(
    path: Annotated[
        str,
        typer.Argument(
            help=say(Message("A path such as ab_test.mde.value, or an id that mlsd size shows, such as test.days.")),
            show_default=False,
        ),
    ],
    file: Annotated[
        str, typer.Argument(help=say(Message("A design file, or a folder with a design.yaml.")), show_default=FILE_NAME)
    ] = FILE_NAME,
    format: Annotated[  # noqa: A002 - the name of the flag
        Format, typer.Option("--format", "-f", help=say(Message("What the tree is written as.")))
    ] = "text",
) -> int:
    """The tree of everything a number was made from."""
    from mlsd.cli.what_if import asked
    from mlsd.derived.provenance import explain as explained

    loaded, _ = asked(file, [])
    found = explained(loaded.design, path)
    if format == "json":
        from mlsd.cli.json_text import json_text

        typer.echo(json_text({"schema_version": SCHEMA_VERSION, "file": loaded.file, **_data(found)}))
    else:
        from mlsd.cli.console import product

        for line in _tree(found, product()):
            product().line(line)
    return ExitCode.OK


def _tree(source: Source, out: Console, depth: int = 0) -> Iterator[str]:
    """The number, then what it was made from, each level further in."""
    from mlsd.cli.sizes.words import ORIGINS

    lead = "  " * (depth - 1) + out.symbol("branch") + " " if depth else ""
    below = "  " * depth + ("  " if depth else "")
    name, origin = say(source.name), say(ORIGINS[source.origin])
    where = f"{origin}, {source.path}" if source.path and source.path != name else origin
    style = "yellow" if source.origin in ("assumed", "missing") else "dim"
    yield f"{lead}{out.paint(name)} = {out.paint(_value(source), 'bold')} {out.paint(f'({where})', style)}"
    if source.working is not None:
        yield below + out.paint(formula.said(source.working.formula, spoken()), "cyan")
        yield below + out.paint(
            say(Message("source: {source}", source=formula.source(source.working.source, spoken()))), "dim"
        )
        if source.working.note:
            yield below + out.paint(say(source.working.note), "dim")
    if source.refused:
        yield below + out.paint(say(source.refused), "yellow")
    for path in source.missing:
        yield below + out.paint(say(Message("{path} is empty", path=path)), "yellow")
    for part in source.sources:
        yield from _tree(part, out, depth + 1)
    if source.uses:
        yield out.paint(say(Message("used for: {uses}", uses=[*source.uses])), "dim")


def _value(source: Source) -> str:
    from mlsd.cli.sizes.words import amount

    if source.value is None:
        return "–"
    if isinstance(source.value, int | float) and not isinstance(source.value, bool):
        return amount(float(source.value), source.unit, spoken())
    return _named(source.value)


def _named(value: Any) -> str:
    """Of a group of answers the keys it holds, of a list its entries by what they are called."""
    from mlsd.design import Node
    from mlsd.interview.recap import called

    if isinstance(value, list):
        return ", ".join(called(entry) if isinstance(entry, Node) else _named(entry) for entry in value)
    if isinstance(value, Node):
        return ", ".join(value.filled())
    if isinstance(value, dict):
        return ", ".join(f"{key}: {share}" for key, share in value.items())
    return str(_plain(value))


def _plain(value: Any) -> Any:
    """A value of the design as plain data."""
    from mlsd.design import Node

    if isinstance(value, Node):
        return value.filled()
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value if value is None or isinstance(value, bool | int | float | str | dict) else str(value)


def _data(source: Source) -> dict[str, Any]:
    working = source.working
    return {
        "name": say(source.name),
        "path": source.path,
        "value": _plain(source.value),
        "unit": source.unit,
        "origin": source.origin,
        "formula": working.formula if working else None,
        "source": working.source if working else None,
        "note": say(working.note) if working and working.note else None,
        "missing": list(source.missing),
        "refused": say(source.refused) if source.refused else None,
        "inputs": [_data(part) for part in source.sources],
        "used_for": list(source.uses),
    }
