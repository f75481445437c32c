"""Numbers, inputs and origins in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlsd.content.language import Language
from mlsd.design.quantity_text import number_text, percent_text
from mlsd.errors import Counted, Message
from mlsd.sizing.working import Input

if TYPE_CHECKING:
    from mlsd.cli.sizes import Table

ORIGINS = {
    "given": Message("given"),
    "assumed": Message("assumed"),
    "computed": Message("computed"),
    "default": Message("default"),
    "missing": Message("missing"),
}

UNITS = {
    "1/day": Message("{number} a day"), "1/h": Message("{number} an hour"), "money/h": Message("{number} an hour"),
    "1/month": Message("{number} a month"), "1/s": Message("{number} a second"),
    "B": Message("{number} B"), "B/token": Message("{number} B/token"), "GB": Message("{number} GB"),
    "GPU h": Message("{number} GPU h"), "GPUs": Message("{number} GPUs"), "Mbit/s": Message("{number} Mbit/s"),
    "cases": Message("{number} cases"), "clusters": Message("{number} clusters"), "days": Message("{number} days"),
    "examples": Message("{number} examples"), "h": Message("{number} h"), "h/year": Message("{number} h/year"),
    "min/month": Message("{number} min/month"), "months": Message("{number} months"), "ms": Message("{number} ms"),
    "nodes": Message("{number} nodes"), "people": Message("{number} people"), "periods": Message("{number} periods"),
    "positives": Message("{number} positives"), "replicas": Message("{number} replicas"),
    "requests": Message("{number} requests"), "rps": Message("{number} rps"),
    "min": Message("{number} min"),
    "steps": Message("{number} steps"), "units": Message("{number} units"),
    "units/day": Message("{number} units/day"), "users": Message("{number} users"), "weeks": Message("{number} weeks"),
}  # fmt: skip
"""Unit of a working → the number with it; a unit that is not here (a currency) stands behind the number."""

COUNTED = {
    "tokens": Counted("{number} token", "{number} tokens", count=0),
    "tokens/parameter": Counted("{number} token a parameter", "{number} tokens a parameter", count=0),
    "rows": Counted("{number} row", "{number} rows", count=0),
}
"""The same of units whose word is written out, in the form that the number asks for."""
OF_A_FRACTION = 2
"""A number whose form a fraction takes: 2.5 rows."""

ONE = {
    "GPUs": Message("{number} GPU"), "days": Message("{number} day"), "months": Message("{number} month"),
    "nodes": Message("{number} node"), "periods": Message("{number} period"), "people": Message("{number} person"),
    "replicas": Message("{number} replica"), "steps": Message("{number} step"),
    "weeks": Message("{number} week"),
}  # fmt: skip
"""The same for one, of units that are counted and may be one."""


def amount(value: float, unit: str, language: Language, digits: int = 6) -> str:
    """A number with its unit; money without a currency is a bare number."""
    text = number_text(value, language.code, digits=digits)
    if unit == "money/month":
        return language.say(Message("{sum} a month", sum=text))
    if unit in COUNTED:
        form = COUNTED[unit]
        count = int(value) if float(value).is_integer() else OF_A_FRACTION
        return language.say(Counted(form.text, form.many, count=count, number=text))
    if unit in UNITS:
        known = ONE.get(unit, UNITS[unit]) if value == 1 else UNITS[unit]
        return language.say(Message(known.text, number=text))
    if unit.endswith("/month"):
        return language.say(Message("{sum} a month", sum=f"{text} {unit.removesuffix('/month')}"))
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
