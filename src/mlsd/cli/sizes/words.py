"""Numbers, inputs and origins in words."""

from __future__ import annotations

from collections.abc import Sequence

from mlsd.cli.sizes import Table
from mlsd.content.language import Language
from mlsd.design.quantity_text import number_text, percent_text
from mlsd.errors import Message
from mlsd.sizing.working import Input

ORIGINS = {
    "given": Message("given"),
    "assumed": Message("assumed"),
    "computed": Message("computed"),
    "default": Message("default"),
    "missing": Message("missing"),
}


def amount(value: float, unit: str, language: Language, digits: int = 6) -> str:
    """A number with its unit; money without a currency is a bare number."""
    text = number_text(value, language.code, digits=digits)
    if unit == "money/month":
        return language.say(Message("{sum} a month", sum=text))
    return f"{text} {unit}" if unit and unit != "money" else text


def cell(value: float | str | None, language: Language, *, percent: bool = False) -> str:
    """A cell of a table."""
    if value is None or isinstance(value, str):
        return value or "–"
    return (percent_text if percent else number_text)(float(value), language.code, digits=4)


def entry(given: Input, language: Language) -> str:
    """An input: its name, value, origin and path."""
    name = language.say(given.name)
    origin = language.say(ORIGINS[given.origin])
    where = f"{origin}, {given.path}" if given.path and given.path != name else origin
    return f"{name} = {amount(given.value, given.unit, language)} ({where})"


def cells_of(table: Table, row: Sequence[float | str | None], language: Language) -> list[str]:
    """The cells of one row of a table."""
    keys = [key for key, _ in table.columns]
    return [cell(value, language, percent=key in table.percent) for key, value in zip(keys, row, strict=True)]
