"""The words that stand beside a number (k, млн, ms, GB, EUR) and the reading of a number with such words.

Exact on purpose: decimals, not floats, until the last step, so that `1.1M` is 1100000 and `0,1 %` is 0.001.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import NamedTuple

from mlsd.errors import Message, ValueRefused

_LETTER_SCALES = {"k": 3, "K": 3, "к": 3, "К": 3, "M": 6, "М": 6, "B": 9, "T": 12}
_WORD_SCALES = {
    3: "тыс тысяча тысячи тысяч thousand",
    6: "mln млн million millions миллион миллиона миллионов",
    9: "bn млрд billion billions миллиард миллиарда миллиардов",
    12: "trn трлн trillion trillions триллион триллиона триллионов",
}
_TIMES_MS = {
    "0.001": "us µs μs мкс",
    "1": "ms msec millisecond milliseconds мс миллисекунда миллисекунды миллисекунд",
    "1000": "s sec secs second seconds с сек секунда секунды секунд секунду",
    "60000": "min mins minute minutes мин минута минуты минут минуту",
    "3600000": "h hr hrs hour hours ч час часа часов",
    "86400000": "d day days д дн день дня дней сут сутки суток",
    "604800000": "w wk wks week weeks н нед неделя недели недель",
    "2592000000": "mo mos month months мес месяц месяца месяцев",
    "31536000000": "y yr yrs year years г год года лет",
}
_BYTES_GB = {
    "1e-6": "kb кб",
    "1e-3": "mb мб",
    "1": "gb гб",
    "1e3": "tb тб",
    "1e6": "pb пб",
    "1.048576e-3": "mib",
    "1.073741824": "gib",
    "1099.511627776": "tib",
}
_CURRENCIES = {
    "EUR": "€ eur euro euros евро",
    "USD AUD CAD NZD SGD HKD": "$",
    "USD": "usd dollar dollars доллар доллара долларов",
    "GBP": "£ gbp pound pounds",
    "RUB": "₽ rub руб р рубль рубля рублей",
    "JPY CNY": "¥",
    "INR": "₹ inr",
    "KZT": "₸ kzt тенге",
    "UAH": "₴ uah",
    "TRY": "₺ try",
    "KRW": "₩ krw",
}


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, words in table.items() for word in words.split()}


WORD_SCALES = {word: power for power, words in _WORD_SCALES.items() for word in words.split()}
TIMES_MS = {word: Decimal(factor) for word, factor in _by_word(_TIMES_MS).items()}
BYTES_GB = {word: Decimal(factor) for word, factor in _by_word(_BYTES_GB).items()}
CURRENCIES = {word: frozenset(codes.split()) for word, codes in _by_word(_CURRENCIES).items()}
PERCENT = frozenset({"%", "percent", "процент", "процента", "процентов"})
PERCENT_POINTS = frozenset(
    {"pp", "p.p", "percentagepoint", "percentagepoints", "пп", "п.п"}
    | {"процентныйпункт", "процентныхпункта", "процентныхпунктов"}
)
"""Words for a difference of two percentages, without their spaces and last stop."""

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u200a\u202f]+")
_NUMBER = re.compile(
    r"""(?P<sign>[+-]?)\s?
        (?P<digits> [0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9,])(?:\.[0-9]+)?    # 1,200,000.5
                  | [0-9]{1,3},[0-9]{3}\.[0-9]+                           # 1,200.5
                  | [0-9]{1,3}(?:[ ][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?    # 1 200 000,5
                  | [0-9]+(?:_[0-9]+)*(?:[.,][0-9]+)?                     # 1_200_000.5
                  | [.][0-9]+ )
        (?P<power>[eE][+-]?[0-9]{1,3}(?![0-9]))?""",
    re.VERBOSE,
)
TWO_WAYS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_WORD = re.compile(r"[^\s/]*")
_PER = re.compile(r"/\s?[^\W\d_]")
"""By what a number counts: `400/s`."""
_LONGEST_SHOWN = 40


class Percentage(float):
    """A number that was written as a percentage, or as percentage points: to compute with it is 0.05, in print 5 %."""


class Amount(NamedTuple):
    """A number as it was written: `180k EUR` is value 180000, scale `k`, unit `EUR`."""

    value: Decimal
    unit: str
    scale: str
    shown: str

    @property
    def is_percent(self) -> bool:
        """Whether a percent sign or word stands beside it."""
        return self.unit in PERCENT

    @property
    def is_points(self) -> bool:
        """Whether it is a difference of two percentages."""
        return self.unit.lower().replace(" ", "").rstrip(".") in PERCENT_POINTS

    @property
    def number(self) -> Decimal:
        """The value, a percentage taken as its share."""
        return self.value / 100 if self.is_percent else self.value


def tidy(text: str) -> str:
    """One ordinary space for every run of spaces (thin, no-break …), an ordinary minus, no spaces around."""
    return _SPACES.sub(" ", text).strip().replace("\u2212", "-")


def shown(value: object) -> str:
    """The value as a message quotes it: short, yes and no as YAML writes them."""
    text = str(value).lower() if isinstance(value, bool) else tidy(str(value))
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def amount(value: object, hint: Message) -> Amount:
    """Read a number with the words beside it. `hint` is what a refusal advises.

    Raises:
        ValueRefused: not a number, a number that is not finite, or one that can be read two ways (`1,200`).
    """
    if isinstance(value, bool):
        raise ValueRefused(Message("“{text}” is a yes or a no, not a number.", text=shown(value)), hint)
    if isinstance(value, int | float):
        exact = _whole(value, hint) if isinstance(value, int) else Decimal(repr(finite(value, value, hint)))
        return Amount(exact, "", "", shown(value))
    if isinstance(value, str):
        return _read(value, hint)
    raise ValueRefused(Message("A number belongs here, not a list, a group of fields or a date."), hint)


def finite(number: float, value: object, hint: Message) -> float:
    """The number itself, unless it is `nan`, `inf` or beyond what can be computed with."""
    if not math.isfinite(number):
        raise ValueRefused(Message("“{text}” is not a finite number.", text=shown(value)), hint)
    return number


def plain(value: Decimal) -> float:
    """The number as a sentence holds it, to be written in the language of whoever reads: whole ones are whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _whole(value: int, hint: Message) -> Decimal:
    if value.bit_length() > 1023:
        raise ValueRefused(Message("The number is too large to compute with."), hint)
    return Decimal(value)


def _read(text: str, hint: Message) -> Amount:
    written = tidy(text)
    if written.lower().lstrip("+-.") in {"nan", "inf", "infinity"}:
        raise ValueRefused(Message("“{text}” is not a finite number.", text=shown(text)), hint)
    found = _NUMBER.match(written)
    rest = written[found.end() :].strip() if found else ""
    if not found or (rest and (rest[0].isdecimal() or rest[0] in ",._+-*/") and not _PER.match(rest)):
        raise ValueRefused(Message("“{text}” is not a number that can be read here.", text=shown(text)), hint)
    digits = found["digits"]
    if TWO_WAYS.fullmatch(digits):
        raise ValueRefused(
            Message("“{text}” can be read two ways.", text=shown(text)),
            Message(
                "Write {whole} or {decimal}.", whole=digits.replace(",", ""), decimal=_plain(digits.replace(",", "."))
            ),
        )
    scale, unit = _scale(rest)
    value = Decimal(found["sign"] + _plain_digits(digits) + (found["power"] or "")).scaleb(scale_power(scale))
    finite(float(value), text, hint)
    return Amount(value, unit, scale, shown(text))


def _plain(decimal: str) -> str:
    return format(Decimal(decimal).normalize(), "f")


def _plain_digits(digits: str) -> str:
    digits = digits.replace(" ", "").replace("_", "")
    if "," in digits and ("." in digits or digits.count(",") > 1):
        return digits.replace(",", "")
    return digits.replace(",", ".")


def _scale(rest: str) -> tuple[str, str]:
    """The scale word a rest such as `k EUR`, `тыс. руб.` or `%` begins with (or nothing), and the unit after it."""
    word = _WORD.match(rest)[0]  # type: ignore[index]
    if scale_power(word.rstrip(".")):
        return word.rstrip("."), rest[len(word) :].strip()
    if word[:1] in _LETTER_SCALES and word[1:].lower() in CURRENCIES:
        return word[0], rest[1:].strip()
    return "", rest


def time_word(unit: str) -> str:
    """The short word of a unit of time (`days` is `d`); empty for what is none."""
    factor = TIMES_MS.get(unit.lower().rstrip("."))
    return next((word for word, known in TIMES_MS.items() if known == factor), "") if factor is not None else ""


def scale_power(word: str) -> int:
    """The power of ten a scale word stands for; 0 for a word that is none (`m` is none: milli or million?)."""
    return _LETTER_SCALES.get(word) or WORD_SCALES.get(word.lower(), 0)
