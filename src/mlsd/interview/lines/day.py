"""The day a line speaks of: 2027-06-30, 30.06.2027, June 30, 2027, the end of Q2 2027, к концу июня 2027 года."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from mlsd.design.quantity import iso_date
from mlsd.design.units import shown
from mlsd.errors import Message, ValueRefused

_MONTHS = "jan|янв feb|фев mar|мар apr|апр may|ма[йюея] jun|июн jul|июл aug|авг sep|сен oct|окт nov|ноя dec|дек"
_MONTH = rf"(?:{'|'.join(_MONTHS.split())})[^\W\d_]*\.?"
_QUARTERS = "(?:1|i|first|перв) (?:2|ii|second|втор) (?:3|iii|third|трет) (?:4|iv|fourth|четв)"
_YEAR = r"(?:\s+of)?[\s,]+(?P<year>[0-9]{4})(?:\s*(?:года|году|год|г\.?))?"
_END = r"(?:(?:the\s+)?end\s+(?:of\s+)?(?:the\s+)?|конц[ауе]\s+)"
_WHICH = r"(?P<which>[1-4]|i{1,3}|iv|first|second|third|fourth|(?:перв|втор|трет|четв)[^\W\d_]*)"
_QUARTER = re.compile(
    rf"{_END}?(?:q\s?(?P<short>[1-4])|{_WHICH}(?:-?(?:го|й|ый|ому|му|st|nd|rd|th))?\s*(?:quarter|кв(?:артал[ауе]?)?\.?)){_YEAR}",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(rf"{_END}?(?P<month>{_MONTH}){_YEAR}", re.IGNORECASE)
_OF_YEAR = re.compile(rf"{_END}(?P<year>[0-9]{{4}})(?:\s*(?:года|г\.?))?", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+(?P<month>[^\W\d_]{3,})\.?|(?P<first>[^\W\d_]{3,})\.?\s+(?P<later>[0-9]{1,2}))"
    r",?\s+(?P<year>[0-9]{4})(?:\s*(?:года|г\.?))?"
)
DAY_AHEAD = (
    rf"(?=[0-9]|{_END}(?:[0-9]|q\s?[1-4]|{_MONTH}|[^\W\d_]+\s+(?:quarter|кв))"
    rf"|q\s?[1-4]\b|(?:{_MONTH})\s+[0-9]|[^\W\d_]+\s+(?:quarter|кв))"
)
"""What may begin a day."""


def day(words: str) -> date:
    """A day as the file writes it, with dots and the day first, in words, or the last one of a quarter or month."""
    words = words.strip()
    if found := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", words):
        return _with_slashes(found, words)
    if last := _last_day(words):
        return last
    if (found := _WRITTEN.fullmatch(words)) and (month := _month(found["month"] or found["first"])):
        return iso_date(f"{found['year']}-{month:0>2}-{found['day'] or found['later']:0>2}")
    return iso_date(re.sub(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", _turned, words))


def _last_day(words: str) -> date | None:
    """The last day of the quarter, month or year that is named; None where none is."""
    if found := _QUARTER.fullmatch(words):
        month = 3 * (int(found["short"] or 0) or _number(_QUARTERS, found["which"]))
    elif found := _OF_MONTH.fullmatch(words):
        month = _month(found["month"])
    elif found := _OF_YEAR.fullmatch(words):
        month = 12
    else:
        return None
    year = int(found["year"])
    return date(year, month, monthrange(year, month)[1]) if year else None


def _with_slashes(found: re.Match[str], words: str) -> date:
    first, second = _turned(found), f"{found[3]}-{found[1]:0>2}-{found[2]:0>2}"
    if int(found[1]) > 12 or int(found[2]) > 12:
        return iso_date(first if int(found[1]) > 12 else second)
    raise ValueRefused(
        Message("“{text}” can be read two ways.", text=shown(words)),
        Message("Write {first} or {second}.", first=first, second=second),
    )


def _month(word: str) -> int:
    """The number of the month that is called so, in English or Russian, short or long; 0 if none is."""
    return _number(_MONTHS, word)


def _number(table: str, word: str) -> int:
    """The place of the longest stem with which the word begins; 0 if it begins with none."""
    said = word.lower()
    found = [(len(stem[0]), at) for at, stems in enumerate(table.split(), 1) if (stem := re.match(stems, said))]
    return max(found)[1] if found else 0


def _turned(found: re.Match[str]) -> str:
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
