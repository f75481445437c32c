"""Numbers as people write them: `5%`, `1.2M`, `1,2 млн`, `200 ms`, `180k EUR`, `p99.9`, `2027-06-30`.

Every function takes the value as the YAML reader delivers it and gives a plain number, or raises `ValueRefused` with a
sentence that says what was read and a hint that shows a right example. A number without a unit is in the field's unit.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from mlsd.design.quantity_parts import ab_split, data_split, effect, shares
from mlsd.design.quantity_text import number_text, percent_text
from mlsd.design.slug import slug, slugify
from mlsd.design.units import BYTES_GB, CURRENCIES, TIMES_MS, Amount, Percentage, amount, plain, shown, tidy
from mlsd.errors import Message, ValueRefused

__all__ = [
    "Percentage",
    "ab_split",
    "count",
    "data_split",
    "duration",
    "effect",
    "gigabytes",
    "in_days",
    "in_hours",
    "in_minutes",
    "in_ms",
    "iso_date",
    "money",
    "number",
    "number_text",
    "percent_text",
    "percentile",
    "ratio",
    "share",
    "shares",
    "slug",
    "slugify",
    "tokens",
]

_NUMBER = Message("Write it as 1200, 1.2M, 300k, 0.5 or 5 %.")
_COUNT = Message("Write a whole number from 0: 1200, 300k or 1.2M.")
_SHARE = Message("Write a share from 0 to 1, or its percentage: 0.05 or 5 %.")
_RATIO = Message("Write a number from 0, where 1 is 100 %: 0.3 or 30 %.")
_PERCENTILE = Message("Write it as p99, p99.9 or 99.")
_TIME = Message("Write it as 200 ms, 1.5 s, 15 min, 6 h, 3 d, 2 w, 6 mo or 1 y.")
_MEMORY = Message("Write it as 512 MB, 24 GB or 1.5 TB; a bare number is in GB.")
_MONEY = Message("Write it as 300, 180k or 1.2M, with the file's currency or without one.")
_DATE = Message("Write year, month and day: 2027-06-30.")
_DURATION = Message("Write a number with its unit: 5 min, 1 h or 7 d.")


def number(value: object) -> float:
    """Any finite number; `5 %` is 0.05, and remembers how it was written."""
    if isinstance(value, Percentage):
        return value
    read = amount(value, _NUMBER)
    found = float(_plain(read, _NUMBER))
    return Percentage(found) if read.is_percent else found


def count(value: object) -> int:
    """A whole number from 0: `1.2M`, `300 тыс.`, `3_000_000`."""
    return _count(value, _COUNT)


def tokens(value: object) -> int:
    """A whole number of tokens from 0: `8k` is 8000, and `8k tokens` too."""
    if isinstance(value, str):
        value = re.sub(r"\s*(tokens?|токен(а|ов)?)$", "", tidy(value), flags=re.IGNORECASE)
    return _count(value, Message("Write a whole number of tokens from 0: 800, 8k or 1.2M."))


def share(value: object) -> float:
    """A share from 0 to 1: `0.05`, `5%`, `0,5 %`. A bare `5` is refused: five percent, or a slip?"""
    read = amount(value, _SHARE)
    part = _from_zero(_plain(read, _SHARE), read, _SHARE)
    if part <= 1:
        return float(part)
    if not read.is_percent and part <= 100:
        raise ValueRefused(
            Message("“{text}” is more than the whole: a share goes from 0 to 1.", text=read.shown),
            Message("Write {percent} % or {decimal}.", percent=plain(read.value), decimal=plain(read.value / 100)),
        )
    raise ValueRefused(
        Message("“{text}” is more than the whole: a share goes from 0 to 100 %.", text=read.shown), _SHARE
    )


def ratio(value: object) -> float:
    """A number from 0 where 1 is 100 %: `30%`, `1.5`, `250 %`."""
    read = amount(value, _RATIO)
    return float(_from_zero(_plain(read, _RATIO), read, _RATIO))


def percentile(value: object) -> float:
    """A percentile from 1 to 100: `p99`, `p99.9`, `99`."""
    figure = re.sub(r"^[pPрР]\s?(?=[0-9])", "", tidy(value)) if isinstance(value, str) else value
    read = amount(figure, _PERCENTILE)
    if read.unit or read.scale or not 1 <= read.value <= 100:
        raise ValueRefused(Message("“{text}” is not a percentile.", text=shown(value)), _PERCENTILE)
    return float(read.value)


def in_ms(value: object) -> float:
    """A time in milliseconds, from 0; a bare number is in milliseconds already."""
    return _time(value, "ms")


def in_minutes(value: object) -> float:
    """A time in minutes, from 0; a bare number is in minutes already."""
    return _time(value, "min")


def in_hours(value: object) -> float:
    """A time in hours, from 0; a bare number is in hours already."""
    return _time(value, "h")


def in_days(value: object) -> float:
    """A time in days, from 0; a month is 30 days, a year 365; a bare number is in days already."""
    return _time(value, "d")


def duration(value: object) -> str:
    """A time that keeps its unit, as it was written: `5 min`. A bare number is refused, since no unit is known."""
    read = amount(value, _DURATION)
    if not read.unit:
        raise ValueRefused(Message("“{text}” has no unit: minutes, hours, days?", text=read.shown), _DURATION)
    _from_zero(_milliseconds(read), read, _DURATION)
    return str(value).strip()


def gigabytes(value: object) -> float:
    """Memory in GB of 10⁹ bytes, from 0: `512 MB` is 0.512; a bare number is in GB already."""
    read = amount(value, _MEMORY)
    factor = _factor(read, BYTES_GB)
    if factor is None or (read.scale and not read.unit):
        raise ValueRefused(Message("“{text}” is not an amount of memory.", text=read.shown), _MEMORY)
    return float(_from_zero(read.value * factor, read, _MEMORY))


def money(value: object, currency: str | None) -> float:
    """An amount of money from 0 in the file's currency: `300`, `€300`, `180k EUR`, `1,2 млн руб.`.

    With `currency` None any currency is taken.
    """
    ordered = _currency_last(tidy(value)) if isinstance(value, str) else value
    read = amount(ordered, _MONEY)._replace(shown=shown(value))
    codes = _codes(read.unit) if read.unit else frozenset()
    if read.unit and not codes:
        raise ValueRefused(Message("“{text}” is not an amount of money.", text=read.shown), _MONEY)
    if read.unit and currency and not codes & (_codes(currency) or {currency.upper()}):
        raise ValueRefused(
            Message("“{text}” is not in {currency}, the currency of this file.", text=read.shown, currency=currency),
            Message("Convert it, and write the number alone: all money of a file is in one currency."),
        )
    return float(_from_zero(read.value, read, _MONEY))


def iso_date(value: object) -> dt.date:
    """A full date, `2027-06-30`; a year or a month alone is refused."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    text = tidy(value) if isinstance(value, str) else ""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ValueRefused(Message("“{text}” is not a day of the calendar.", text=text), _DATE) from None
    raise ValueRefused(Message("“{text}” is not a full date.", text=shown(value)), _DATE)


def _count(value: object, hint: Message) -> int:
    read = amount(value, hint)
    whole = _from_zero(_plain(read, hint), read, hint)
    if whole != whole.to_integral_value():
        raise ValueRefused(Message("“{text}” is not a whole number.", text=read.shown), hint)
    return int(whole)


def _plain(read: Amount, hint: Message) -> Decimal:
    if read.unit and not read.is_percent:
        raise ValueRefused(
            Message(
                "“{text}” has a word beside the number that is not known here: “{unit}”.",
                text=read.shown,
                unit=shown(read.unit),
            ),
            hint,
        )
    return read.number


def _from_zero(result: Decimal, read: Amount, hint: Message) -> Decimal:
    if result < 0:
        raise ValueRefused(Message("“{text}” is below zero.", text=read.shown), hint)
    return abs(result)


def _factor(read: Amount, factors: Mapping[str, Decimal]) -> Decimal | None:
    return factors.get(read.unit.lower().rstrip(".")) if read.unit else Decimal(1)


def _milliseconds(read: Amount) -> Decimal:
    if read.unit.lower() in {"m", "м"} or (read.scale in {"M", "М"} and not read.unit):
        figure = format((read.value.scaleb(-6) if read.scale else read.value).normalize(), "f")
        raise ValueRefused(
            Message("“{text}” can be read two ways: minutes or months.", text=read.shown),
            Message("Write {number} min or {number} mo.", number=figure),
        )
    factor = _factor(read, TIMES_MS)
    if factor is None:
        raise ValueRefused(Message("“{text}” is not a time.", text=read.shown), _TIME)
    return read.value * factor


def _time(value: object, unit: str) -> float:
    read = amount(value, _TIME)
    result = _milliseconds(read) / TIMES_MS[unit] if read.unit or read.scale in {"M", "М"} else read.value
    return float(_from_zero(result, read, _TIME))


def _currency_last(text: str) -> str:
    """`€300` and `EUR 300` as `300 €` and `300 EUR`."""
    found = re.match(r"(?P<sign>-?)(?P<unit>[^\W\d_]+\.?|[€$£₽¥₹₸₴₺₩])\s?(?P<rest>[0-9.].*)$", text)
    return f"{found['sign']}{found['rest']} {found['unit']}" if found and _codes(found["unit"]) else text


def _codes(unit: str) -> frozenset[str]:
    """The currencies a word or sign may stand for; an unknown code of three capitals stands for itself."""
    word = unit.rstrip(".")
    return CURRENCIES.get(word.lower()) or (frozenset({word}) if re.fullmatch(r"[A-Z]{3}", word) else frozenset())
