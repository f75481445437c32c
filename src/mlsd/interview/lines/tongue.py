"""How lines are written in a language: its numbers, its units and the little words of the notations.

A line is what a person could have typed, so its spaces are ordinary ones. Whatever is written, both languages are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mlsd.design.units import TWO_WAYS
from mlsd.interview.lines.terms import TERMS

_SCALES = ((9, "billion", 9), (6, "million", 6), (3, "thousand", 4))
"""The power of a scale, its word, and the power from which it is used."""
_LONG = (("h", 3_600_000, 3_600_000), ("min", 60_000, 120_000), ("s", 1000, 10_000))
"""Units of long times, what one of them is in milliseconds, and from which time they are used."""
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True)
class Tongue:
    """One language of the lines."""

    words: Mapping[str, str]
    """By the English word, or sign, what stands in its place; three forms where it is counted: ``шаг|шага|шагов``."""
    point: str = "."
    gap: str = ""
    """Between a number and a sign or a short unit that English writes without a space: 5%, 30ms."""
    date: str = r"\1-\2-\3"
    limited: str = "{at} {kind}"
    """Where a percentile stands beside what is limited: p99 latency, задержка p99."""
    code: str = "en"
    terms: Mapping[str, str] = field(default_factory=dict)
    """By field and value, what a line calls the value of a closed list: the first word is written, all are read."""

    def word(self, english: str) -> str:
        """The word in this language; the English one where it has none of its own."""
        return self.words.get(english, english)

    def said(self, english: str, text: str) -> str:
        """The text behind its word; alone where this language needs none."""
        return f"{self.word(english)} {text}".lstrip()

    def figure(self, value: float) -> str:
        """A number as one types it: 3M, 20k, 1200, 0.31; 3 млн, 20 тыс., 1200, 0,31."""
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        for power, scale, least in _SCALES:
            scaled = exact.scaleb(-power).normalize()
            places = len(format(scaled, "f").partition(".")[2])
            if exact.copy_abs() >= 10**least and abs(scaled) < 1000 and places <= (power > 3):
                return self._decimal(scaled) + self.word(scale)
        return self._decimal(exact.normalize())

    def percent(self, value: float) -> str:
        """A share as one types it: 5%, 5 %."""
        return f"{self._hundredths(value)}{self.gap}%"

    def milliseconds(self, value: float) -> str:
        """A time of a path as one types it: 30ms, 30 мс; 20s and 2h where it is long."""
        unit, size = next(
            ((unit, size) for unit, size, least in _LONG if value >= least and value % size == 0), ("ms", 1)
        )
        return f"{self.figure(value) if size == 1 else int(value // size)}{self.gap}{self.word(unit)}"

    def days(self, value: float) -> str:
        """Days with their unit."""
        return f"{self.figure(value)} {self.word('d')}"

    def counted(self, value: float, english: str) -> str:
        """A number of things: 20 steps, 21 шаг."""
        forms = self.word(english).split("|")
        return f"{self.figure(value)} {forms[_form(value) if len(forms) > 1 else 0]}"

    def effect(self, value: float, kind: str) -> str:
        """A change and what it is measured by: 5% relative, 0,4 абсолютно."""
        return f"{self.percent(value) if kind == 'relative' else self.figure(value)} {self.word(kind)}"

    def shares(self, parts: list[float]) -> str:
        """Shares that make a whole: 70/30."""
        return "/".join(self._hundredths(part) for part in parts)

    def day(self, iso: str) -> str:
        """A date as one types it: 2027-06-30, 30.06.2027."""
        return _DAY.sub(self.date, iso)

    def _hundredths(self, value: float) -> str:
        return self._decimal(Decimal(repr(value)).scaleb(2).normalize())

    def _decimal(self, exact: Decimal) -> str:
        """The digits; with a point where three of them behind a comma could be thousands as well."""
        text = format(exact, "f")
        told = text.replace(".", self.point)
        return text if TWO_WAYS.fullmatch(told.lstrip("-")) else told


def _form(value: float) -> int:
    """Which of the three Russian forms follows a number: 21 шаг, 3 шага, 11 шагов."""
    if value % 1:
        return 1
    if 10 < value % 100 < 20:
        return 2
    return {1: 0, 2: 1, 3: 1, 4: 1}.get(int(value % 10), 2)


ENGLISH = Tongue({"thousand": "k", "million": "M", "billion": "B", "from": "", "every": "", "or on": "on"})
RUSSIAN = Tongue(
    {
        "thousand": " тыс.", "million": " млн", "billion": " млрд",
        "ms": "мс", "s": "с", "min": "мин", "h": "ч", "d": "дн.", "GB": "ГБ", "rps": "запросов/с",
        "steps": "шаг|шага|шагов", "days": "день|дня|дней", "nodes": "узел|узла|узлов",
        "/month": " в месяц", "/year": " в год", "/day": " в день", "/request": " за запрос",
        "up": "вверх", "down": "вниз", "from": "с", "to": "до", "by": "к", "at": "при", "margin": "запас",
        "relative": "относительно", "absolute": "абсолютно", "alpha": "альфа", "power": "мощность",
        "a day": "в день",
        "1 h": "раз в час", "1 d": "раз в день", "7 d": "раз в неделю", "30 d": "раз в месяц", "every": "раз в",
        "on": "если", "or on": "или если", "not measured": "не измерено", "no GPU": "без GPU",
        "users": "пользователей", "requests": "запросов", "peak": "пик", "items": "объектов", "volume": "решений",
        "latency": "задержка", "throughput": "пропускная способность", "availability": "доступность",
        "downtime": "простой", "recovery": "восстановление", "freshness": "свежесть", "memory": "память",
        "hardware": "железо", "cost": "стоимость", "privacy": "приватность", "law": "закон",
        "explainability": "объяснимость", "people": "люди", "other": "другое",
    },
    point=",",
    gap=" ",
    date=r"\3.\2.\1",
    limited="{kind} {at}",
    code="ru",
    terms=TERMS,
)  # fmt: skip

TONGUES = {"en": ENGLISH, "ru": RUSSIAN}


def tongue(code: str) -> Tongue:
    """The language with this code; English where the lines have none of that language."""
    return TONGUES.get(code, ENGLISH)
