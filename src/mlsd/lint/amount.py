"""A number with its unit, as the reader's language says it."""

from __future__ import annotations

from collections.abc import Callable

from mlsd.design.metrics import Effect
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import short

_KNOWN = {
    "ms": Sentence("{number} ms"),
    "min": Sentence("{number} min"),
    "h/year": Sentence("{number} h/year"),
    "min/month": Sentence("{number} min/month"),
}


def amount(number: float | None, unit: str | None) -> Sentence:
    """``8.76 h/year``, ``15 000 EUR/month``; a unit that is not known here stands as it was written."""
    if unit in _KNOWN:
        return Sentence(_KNOWN[unit].text, number=number)
    currency, _, period = (unit or "").partition("/")
    if period == "month":
        return Sentence("{number} {currency}/month", number=number, currency=currency)
    return Sentence("{value} {unit}", value=number, unit=unit or "")


def days(number: float) -> Sentence:
    """``1 day``, ``14 days``."""
    return Sentence("1 day") if number == 1 else Sentence("{number} days", number=short(number))


def hours(number: float) -> Sentence:
    """``1 hour``, ``30 hours``."""
    return Sentence("1 hour") if number == 1 else Sentence("{number} hours", number=short(number))


def effect(change: Effect, rounded: Callable[[float], float] = short) -> Sentence:
    """``5 % relative``, ``0.02 absolute``, without its sign."""
    value = abs(change.value or 0.0)
    if change.kind == "absolute":
        return Sentence("{value} absolute", value=rounded(value))
    return Sentence("{value} % relative", value=rounded(100 * value))
