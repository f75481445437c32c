"""Numbers written for people, in English and Russian.

`quantity` reads them again, but for three digits behind a Russian comma (`1,536`): typed, that could be 1536 as well.
"""

from __future__ import annotations

from decimal import Decimal

_NARROW = "\u202f"
_NO_BREAK = "\u00a0"
_SCALES = ((9, "B", "млрд"), (6, "M", "млн"))


def number_text(value: float, language: str = "en", digits: int | None = None) -> str:
    """A number for people: 1200000 is `1.2M` or `1,2 млн`, 289693 is `289 693`, 0.05 stays `0.05` or `0,05`.

    Args:
        value: finite.
        language: `en` or `ru`.
        digits: how many significant digits to keep; whole digits before the point are never cut. None keeps all.
    """
    exact = _exact(value, digits)
    for power, letter, word in _SCALES:
        scaled = exact.scaleb(-power).normalize()
        if 1 <= abs(scaled) < 1000 and _decimals(scaled) <= 2:
            figure = _point(format(scaled, "f"), language)
            return f"{figure}{_NO_BREAK}{word}" if language == "ru" else f"{figure}{letter}"
    if exact and not Decimal("1e-6") <= abs(exact) < Decimal("1e15"):
        return _point(str(exact.normalize()).replace("E+", "e").replace("E", "e"), language)
    return _point(_grouped(exact), language)


def signed(text: str) -> str:
    """A written number with a minus sign instead of a hyphen before it."""
    return f"\u2212{text[1:]}" if text.startswith("-") else text


def percent_text(value: float, language: str = "en", digits: int | None = None) -> str:
    """A share as its percentage, with a no-break space: 0.05 is `5 %`, 0.005 is `0.5 %` or `0,5 %`."""
    percent = _exact(value, None).scaleb(2)
    return _point(_grouped(_exact(float(percent), digits) if digits else percent), language) + f"{_NO_BREAK}%"


def _exact(value: float, digits: int | None) -> Decimal:
    exact = Decimal(repr(value))
    if not exact:
        return Decimal(0)
    if digits is None or not _decimals(exact):
        return exact
    last = min(0, exact.adjusted() - digits + 1)
    return round(exact, -last)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _grouped(value: Decimal) -> str:
    whole, _, fraction = format(value.normalize(), "f").partition(".")
    if len(whole.lstrip("-")) > 4:
        whole = f"{int(whole):,}".replace(",", _NARROW)
    return f"{whole}.{fraction}" if fraction else whole


def _point(text: str, language: str) -> str:
    if language != "ru":
        return text
    whole, _, fraction = text.partition(".")
    return f"{whole},{fraction}" if fraction else whole
