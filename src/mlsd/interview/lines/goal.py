"""`revenue_per_session 1.84 to 1.86 by 2027-06-30`: a business number, from what, to what, by when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlsd.design.units import CURRENCIES, PERCENT, Amount, Percentage, amount, shown, tidy, time_word
from mlsd.errors import Message, ValueRefused
from mlsd.interview.lines.day import DAY_AHEAD, day
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
    rf"(?:(?:^|\s+)(?:{_DAY})\s+(?P<by>{DAY_AHEAD}.*))?",
    re.IGNORECASE,
)
_LOST = re.compile(rf"(?=.*[0-9]).*\s(?:{FROM}|{_ARROW}|{_DAY})\s.*", re.IGNORECASE)
_LOST_DAY = re.compile(rf".*\s(?:{_DAY})\s+(?P<day>.+)", re.IGNORECASE)
_NUMBER = Message("Write it as 1200, 1.2M, 300k, 0.5 or 5 %.")
_FROM_TO = Message("revenue_per_session 1.84 to 1.86")
_SIGNS = {word for word in CURRENCIES if not word.isalpha()}
_CHANGES = [[word] for word in (*UP, *DOWN, "by", "на")]


def _goal(text: str) -> dict[str, Any]:
    found = _GOAL.fullmatch(text)
    if not text or not found:
        raise Misread
    if _LOST.fullmatch(found["metric"]):
        lost = _LOST_DAY.fullmatch(found["metric"])
        raise Misread if lost is None else _not_a_date(lost["day"])
    if change := _change(found):
        raise ValueRefused(
            Message("“{text}” says how much it changes, not from what to what.", text=shown(change)),
            Message("Write today's value and the target: {example}", example=_FROM_TO),
        )
    entry: dict[str, Any] = {"metric": ref(found["metric"])} if found["metric"] else {}
    typed = {field: found[field] for field in ("baseline", "target") if found[field]}
    read = {field: _amount(text) for field, text in typed.items()}
    entry |= {field: _number(one) for field, one in read.items()}
    refuse_bare(typed.values())
    return entry | _unit(list(read.values())) | ({"by": day(found["by"]).isoformat()} if found["by"] else {})


def _number(read: Amount) -> float:
    """The number; a percentage stays one, so that it is written as it was typed."""
    return Percentage(float(read.number)) if read.is_percent else whole(float(read.number))


def _amount(text: str) -> Amount:
    """The number with the unit of time beside it, or its per cent sign; any other word is refused."""
    foreign = any(sign in text for sign in _SIGNS)
    read = None if foreign else amount(text, _NUMBER)
    if read and (not read.unit or read.is_percent or time_word(read.unit)):
        return read
    if read is None:
        raise ValueRefused(
            Message("“{text}” is in another currency than the design, or in one it does not name.", text=shown(text)),
            Message("Write the number alone: 1.2M. The field “currency” says once what money is counted in."),
        )
    raise ValueRefused(
        Message(
            "“{text}” has a word beside the number that is not known here: “{unit}”.", text=read.shown, unit=read.unit
        ),
        Message("Leave the unit out: the metric keeps it. Only %, ms, s, min, h and d may stand here."),
    )


def _unit(read: list[Amount]) -> dict[str, str]:
    """The unit that the metric keeps; of per cents the sign, for the line to be shown with it."""
    units = {time_word(one.unit) or "%" for one in read if one.unit}
    if len(units) > 1:
        raise ValueRefused(
            Message("“{text}” and “{other}” have two units.", text=read[0].shown, other=read[1].shown),
            Message("Write both in the same unit."),
        )
    return {"unit": units.pop()} if units else {}


def _change(found: re.Match[str]) -> str:
    """What says how much, and not from what to what: `+2%`, `up 2%`, `by 2%`; empty where nothing does."""
    baseline, by = found["baseline"] or "", found["by"] or ""
    if baseline.startswith("+"):
        return baseline
    if by.endswith("%"):
        return "" if baseline else by
    return baseline if not found["target"] and found["metric"].lower().split()[-1:] in _CHANGES else ""


def _not_a_date(words: str) -> Exception:
    """Why the words behind “by” are no date; a misreading if they are one after all."""
    try:
        day(words)
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
    unit = str(entry.get("unit") or "")
    parts += [language.said(key, _said(entry[field], unit, language)) for field, key in keys if has(entry, field)]
    parts += [language.said("by", language.day(str(entry["by"])))] if has(entry, "by") else []
    return " ".join(parts)


def _said(value: float, unit: str, language: Tongue) -> str:
    if unit in PERCENT or isinstance(value, Percentage):
        return language.percent(value)
    return f"{language.figure(value)} {language.word(unit)}".rstrip()


GOAL = line(
    "goal",
    Message("the goal: the business number, from what, “to” what, “by” which date"),
    Message("revenue_per_session 1.84 to 1.86 by 2027-06-30"),
    _goal,
    _goal_text,
)
