"""`revenue_per_session 1.84 to 1.86 by 2027-06-30`: a business number, from what, to what, by when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from mlsd.design.quantity import iso_date, number
from mlsd.design.units import CURRENCIES, shown, tidy
from mlsd.errors import Message, ValueRefused
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.percents import refuse_bare
from mlsd.interview.lines.slots import has, whole
from mlsd.interview.lines.tongue import Tongue
from mlsd.interview.lines.words import BY, DOWN, FROM, NUMBER_AHEAD, TO, UP, ref

_DAY = f"{BY}|until|before"
_ARROW = f"{TO}|->|→"
_NAME = r"\s[^\W\d_]+\s+[0-9]"
"""A word with another number behind it: the first one belongs to the name, `week 2 retention 41%`."""
_GOAL = re.compile(
    rf"(?P<metric>.*?)(?:\s*\b(?:{FROM}))?"
    rf"(?:(?:^|\s+){NUMBER_AHEAD}(?P<baseline>(?:(?!\s(?:{_ARROW}|{_DAY})\s|{_NAME}).)+))?"
    rf"(?:(?:^|\s+)(?:{_ARROW})\s+{NUMBER_AHEAD}(?P<target>(?:(?!\s(?:{_DAY})\s).)+))?"
    rf"(?:(?:^|\s+)(?:{_DAY})\s+(?P<by>[0-9].*))?",
    re.IGNORECASE,
)
_LOST = re.compile(rf"(?=.*[0-9]).*\s(?:{FROM}|{_ARROW}|{_DAY})\s.*", re.IGNORECASE)
_LOST_DAY = re.compile(rf".*\s(?:{_DAY})\s+(?P<day>.+)", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+(?P<month>[^\W\d_]{3,})\.?|(?P<first>[^\W\d_]{3,})\.?\s+(?P<later>[0-9]{1,2}))"
    r",?\s+(?P<year>[0-9]{4})(?:\s*(?:года|г\.?))?"
)
_FROM_TO = Message("revenue_per_session 1.84 to 1.86")
_MONTHS = "jan|янв feb|фев mar|мар apr|апр may|ма[йя] jun|июн jul|июл aug|авг sep|сен oct|окт nov|ноя dec|дек"
_SIGNS = {word for word in CURRENCIES if not word.isalpha()}
_CHANGES = [[word] for word in (*UP, *DOWN, "by", "на")]


def _goal(text: str) -> dict[str, Any]:
    found = _GOAL.fullmatch(text)
    if not text or not found:
        raise Misread
    if _LOST.fullmatch(found["metric"]):
        day = _LOST_DAY.fullmatch(found["metric"])
        raise Misread if day is None else _not_a_date(day["day"])
    if change := _change(found):
        raise ValueRefused(
            Message("“{text}” says how much it changes, not from what to what.", text=shown(change)),
            Message("Write today's value and the target: {example}", example=_FROM_TO),
        )
    entry: dict[str, Any] = {"metric": ref(found["metric"])} if found["metric"] else {}
    entry |= {field: _value(found[field]) for field in ("baseline", "target") if found[field]}
    refuse_bare(found[field] for field in ("baseline", "target") if found[field])
    return entry | ({"by": _date(found["by"]).isoformat()} if found["by"] else {})


def _value(text: str) -> float:
    try:
        return whole(number(text))
    except ValueRefused:
        if not any(sign in text for sign in _SIGNS):
            raise
        raise ValueRefused(
            Message("“{text}” is in another currency than the design, or in one it does not name.", text=shown(text)),
            Message("Write the number alone: 1.2M. The field “currency” says once what money is counted in."),
        ) from None


def _change(found: re.Match[str]) -> str:
    """What says how much, and not from what to what: `+2%`, `up 2%`, `by 2%`; empty where nothing does."""
    baseline, day = found["baseline"] or "", found["by"] or ""
    if baseline.startswith("+"):
        return baseline
    if day.endswith("%"):
        return "" if baseline else day
    return baseline if not found["target"] and found["metric"].lower().split()[-1:] in _CHANGES else ""


def _date(words: str) -> date:
    """A date as the file writes it, with dots and the day first (30.06.2027), or in words (30 June 2027)."""
    if found := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", words.strip()):
        first, second = _turned(found), f"{found[3]}-{found[1]:0>2}-{found[2]:0>2}"
        if int(found[1]) > 12 or int(found[2]) > 12:
            return iso_date(first if int(found[1]) > 12 else second)
        raise ValueRefused(
            Message("“{text}” can be read two ways.", text=shown(words)),
            Message("Write {first} or {second}.", first=first, second=second),
        )
    if (found := _WRITTEN.fullmatch(words.strip())) and (month := _month(found["month"] or found["first"])):
        return iso_date(f"{found['year']}-{month:0>2}-{found['day'] or found['later']:0>2}")
    return iso_date(re.sub(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", _turned, words.strip()))


def _month(word: str) -> int:
    """The number of the month that is called so, in English or Russian, short or long; 0 if none is."""
    said = word.lower()
    return next((at for at, stem in enumerate(_MONTHS.split(), 1) if re.match(stem, said)), 0)


def _turned(found: re.Match[str]) -> str:
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"


def _not_a_date(words: str) -> Exception:
    """Why the words behind “by” are no date; a misreading if they are one after all."""
    try:
        _date(words)
    except ValueRefused as refused:
        return refused
    return Misread()


def goal_words(text: str) -> str:
    """What the metric is called in the line of a goal, as it was typed."""
    found = _GOAL.fullmatch(tidy(text))
    return found["metric"].strip() if found else ""


def without_currency(text: str, currency: str) -> str:
    """The line without this currency beside its numbers: ``30 to 31 EUR``, ``€30``."""
    for word, codes in CURRENCIES.items():
        if currency in codes and word in text.lower():
            sign = re.escape(word)
            before, behind = rf"(?<![\w-]){sign}\s?(?=[0-9])", rf"\s?{sign}(?:\.(?![0-9]))?(?!\w)"
            text = re.sub(rf"(?i){before}|(?<=[0-9])(\s?[kKMB])?{behind}", r"\1", text)
    return text


def _goal_text(entry: Mapping[str, Any], language: Tongue) -> str:
    parts = [str(entry["metric"])] if has(entry, "metric") else []
    keys = (("baseline", "from"), ("target", "to"))
    parts += [language.said(key, language.figure(entry[field])) for field, key in keys if has(entry, field)]
    parts += [language.said("by", language.day(str(entry["by"])))] if has(entry, "by") else []
    return " ".join(parts)


GOAL = line(
    "goal",
    Message("the goal: the business number, from what, “to” what, “by” which date"),
    Message("revenue_per_session 1.84 to 1.86 by 2027-06-30"),
    _goal,
    _goal_text,
)
