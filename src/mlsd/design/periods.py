"""The period by which a limit counts: `EUR/month`, `руб. в год`, `h/year`, `EUR per request`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal, NamedTuple

Period = Literal["month", "year", "day", "request"]

_WORDS: dict[Period, str] = {
    "month": "month mo months мес месяц",
    "year": "year y yr г год",
    "request": "request req call запрос вызов",
    "day": "day d день сутки",
}
PERIODS: dict[str, Period] = {word: period for period, words in _WORDS.items() for word in words.split()}
_PER = re.compile(r"(?P<what>.*?)\s*(?:/|\b(?:a|per|each|в|за|на)\s)\s*(?P<word>[^\W\d_]+)\.?")

DAYS_A_MONTH = 30
A_MONTH: dict[Period | None, Fraction] = {"month": Fraction(1), "year": Fraction(1, 12), "day": Fraction(DAYS_A_MONTH)}
"""How much of what is counted by a period falls on a month; a request falls on none."""


class Rate(NamedTuple):
    """What a unit counts, and the word of its period as it is written."""

    what: str
    word: str

    @property
    def period(self) -> Period | None:
        """The period that the word stands for; None for a word that is not known here."""
        return PERIODS.get(self.word.lower())


def rate(unit: str) -> Rate | None:
    """`EUR per month` as `EUR` and `month`; None where the unit counts by nothing."""
    found = _PER.fullmatch(unit)
    return Rate(found["what"], found["word"]) if found else None


def period_of(unit: str | None) -> Period | None:
    """The period by which the unit counts; None where it says none, or none that is known here."""
    found = rate((unit or "").strip())
    return found.period if found else None
