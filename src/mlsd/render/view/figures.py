"""Quantities in words: 200 ms, 5 %, 20 000 EUR, 30 June 2027."""

from __future__ import annotations

from datetime import date

from mlsd.content.language import Language
from mlsd.design.quantity import in_minutes, number_text, percent_text
from mlsd.design.quantity_text import signed
from mlsd.errors import Counted, Message, ValueRefused

_MONTHS = (
    Message("{day} January {year}"),
    Message("{day} February {year}"),
    Message("{day} March {year}"),
    Message("{day} April {year}"),
    Message("{day} May {year}"),
    Message("{day} June {year}"),
    Message("{day} July {year}"),
    Message("{day} August {year}"),
    Message("{day} September {year}"),
    Message("{day} October {year}"),
    Message("{day} November {year}"),
    Message("{day} December {year}"),
)
_PERIODS = {
    "month": Message("{amount} a month"),
    "year": Message("{amount} a year"),
    "day": Message("{amount} a day"),
    "hour": Message("{amount} an hour"),
    "request": Message("{amount} a request"),
    "s": Message("{amount} a second"),
}
_UNITS = {
    "ms": Message("{number} ms"),
    "s": Message("{number} s"),
    "min": Message("{number} min"),
    "h": Message("{number} h"),
    "gb": Message("{number} GB"),
    "tb": Message("{number} TB"),
    "rps": Message("{number} requests a second"),
    "gpu": Message("{number} GPU"),
    "gpus": Message("{number} GPU"),
    "tokens": Message("{number} tokens"),
    "nodes": Message("{number} nodes"),
    "people": Message("{number} people"),
}


class Figures:
    """Writes quantities in one language and one currency."""

    def __init__(self, language: Language, currency: str | None) -> None:
        self.code = language.code
        self.say = language.say
        self.currency = currency

    def number(self, value: float, digits: int | None = None) -> str:
        """A number for people: 1.2M, 289 693, 0.05."""
        return signed(number_text(_plain(value), self.code, digits))

    def percent(self, value: float, digits: int | None = None) -> str:
        """A share as its percentage."""
        return signed(percent_text(_plain(value), self.code, digits))

    def ms(self, value: float) -> str:
        """A time of milliseconds; whole seconds from ten seconds on."""
        return self.unit(value, "ms")

    def minutes(self, value: float) -> str:
        """A time of minutes, in hours or days where it divides; less than one in seconds."""
        if 0 < value < 1:
            return self.unit(round(60 * value, 3), "s")
        if value >= 1440 and value % 1440 == 0:
            return self.days(value / 1440)
        if value >= 60 and value % 60 == 0:
            return self.unit(value / 60, "h")
        return self.unit(value, "min")

    def hours(self, value: float) -> str:
        """A time of hours, in days where it divides."""
        if value > 24 and value % 24 == 0:
            return self.days(value / 24)
        return self.unit(value, "h")

    def days(self, value: float) -> str:
        """A time of days; a long one of whole years in years, less than half a one in hours, minutes or seconds."""
        if 0 < value < 0.5:
            return self.minutes(round(1440 * value, 3))
        if value >= 730 and value % 365 == 0:
            years = int(value // 365)
            return self.say(Counted("{count}\u00a0year", "{count}\u00a0years", count=years))
        if float(value).is_integer() and value < 10_000:
            return self.say(Counted("{count}\u00a0day", "{count}\u00a0days", count=int(value)))
        return self.say(Message("{number}\u00a0days", number=self.number(value)))

    def duration(self, text: str) -> str:
        """A time with its unit as the file has it: `1 d` is 1 day; what cannot be read stays as it was written."""
        try:
            return self.minutes(in_minutes(text))
        except ValueRefused:
            return text

    def every(self, hours: float) -> str:
        """A cadence: every day, every 6 hours, every week."""
        named = {1: Message("every hour"), 24: Message("every day"), 168: Message("every week")}
        if hours in named:
            return self.say(named[hours])  # type: ignore[index]
        if hours > 24 and hours % 24 == 0:
            return self.say(Counted("every {count} day", "every {count} days", count=int(hours // 24)))
        return self.say(Message("every {time}", time=self.hours(hours)))

    def gigabytes(self, value: float) -> str:
        """Memory, in TB from a thousand GB on."""
        return self.unit(value / 1000, "tb") if value >= 1000 and value % 100 == 0 else self.unit(value, "gb")

    def money(self, value: float, currency: str | None = None) -> str:
        """An amount with its currency."""
        figure = self.number(value)
        unit = currency or self.currency
        return f"{figure}\u00a0{unit}" if unit else figure

    def percentile(self, value: float) -> str:
        """The name of a percentile: p99."""
        return "p" + self.number(value)

    def date(self, value: date) -> str:
        """A day written out: 30 June 2027."""
        message = _MONTHS[value.month - 1]
        return self.say(Message(message.text, day=value.day, year=value.year)).replace(" ", "\u00a0")

    def unit(self, value: float, unit: str, digits: int | None = None) -> str:
        """A number with its unit; a unit that is not known stands behind the number as it was written.

        Ten thousand milliseconds are ten seconds and 2880 minutes two days, wherever they stand.
        """
        unit = unit.strip()
        if unit == "min" and value >= 120 and value % 60 == 0:
            return self.minutes(value)
        if unit == "ms" and value >= 10_000 and value % 1000 == 0:
            value, unit = value / 1000, "s"
        if unit in ("%", "share"):
            return self.percent(value, digits)
        amount, _, period = unit.partition("/")
        if period in _PERIODS:
            return self.say(Message(_PERIODS[period].text, amount=self.unit(value, amount)))
        figure = self.number(value, digits)
        known = _UNITS.get(unit.lower())
        if known:
            return self.say(Message(known.text, number=figure)).replace(" ", "\u00a0", 1)
        return f"{figure}\u00a0{unit}" if unit else figure


def _plain(value: float) -> float:
    """The number without what binary fractions add to it: 0.35000000000000003 is 0.35."""
    return float(f"{value:.12g}") if isinstance(value, float) else value
