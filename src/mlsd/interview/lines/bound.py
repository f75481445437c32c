"""The number of a constraint, in the unit its kind fixes: ms for latency, min for freshness, EUR/month for cost."""

from __future__ import annotations

import re

from mlsd.design.periods import PERIODS, Period, Rate, rate
from mlsd.design.quantity import gigabytes, in_minutes, in_ms, number, share
from mlsd.design.units import CURRENCIES, TIMES_MS, amount
from mlsd.errors import Message, ValueRefused
from mlsd.interview.lines.line import Misread
from mlsd.interview.lines.slots import whole
from mlsd.interview.lines.tongue import Tongue

UNIT_OF = {"latency": "ms", "freshness": "min", "recovery": "min", "memory": "GB", "throughput": "rps"}
_READ = {"latency": in_ms, "freshness": in_minutes, "recovery": in_minutes, "memory": gigabytes, "availability": share}
_A_SECOND = re.compile(
    r"|[rq]ps|(?:(?:requests?|reqs?|запр(?:ос(?:а|ов)?)?\.?)\s?)?(?:/\s?|(?:a|per|в)\s)(?:s|sec|second|с|сек|секунду)",
    re.IGNORECASE,
)
_DOWNTIME: dict[tuple[str, Period | None], str] = {("3600000", "year"): "h/year", ("60000", "month"): "min/month"}
_PRICE = Message("Write it as 20k EUR/month or 0.02 EUR/request.")
_STOPPED = Message("Write it as 8.76 h/year or 43 min/month.")


def read_bound(kind: str, text: str, head: str) -> tuple[float, str]:
    """The number and the unit the file keeps for a constraint of this kind; no unit is an empty one."""
    if kind in _READ:
        return whole(_READ[kind](text)), UNIT_OF.get(kind, "")
    if kind == "cost":
        return _price(text)
    if kind == "downtime":
        return _stopped(text)
    read = amount(text, Message("Write a number with its unit."))
    unit = read.unit.rstrip(".")
    if kind == "throughput":
        if not _A_SECOND.fullmatch(unit):
            raise Misread
        return whole(float(read.value)), "rps"
    if kind == "hardware":
        return whole(float(read.value)), _machines(unit or head)
    if read.is_percent:
        return whole(number(text)), ""
    return whole(float(read.value)), unit


def write_bound(kind: str, value: float, unit: str, language: Tongue) -> str:
    """The number and its unit as `read_bound` reads them for a constraint of this kind."""
    if kind == "availability":
        return language.percent(value)
    unit = unit or UNIT_OF.get(kind, "")
    if kind in ("cost", "downtime"):
        what, by, period = unit.partition("/") if "/" in unit or unit not in PERIODS else ("", "/", unit)
        unit = language.word(what) + language.word(by + period)
    elif kind in UNIT_OF or kind == "hardware":
        return language.counted(value, unit)
    return f"{language.figure(value)} {unit}".rstrip()


def _machines(words: str) -> str:
    if re.search(r"node|machine|узл|узел|машин", words, re.IGNORECASE):
        return "nodes"
    if re.search(r"gpu|hardware|железо", words, re.IGNORECASE):
        return "GPU"
    raise Misread


def _price(text: str) -> tuple[float, str]:
    sign = re.match(r"(?P<sign>[€$£₽])\s*(?P<figure>[0-9][0-9.,_ ]*(?:[kKMB]\b)?)(?P<rest>.*)", text)
    read = amount(f"{sign['figure'].strip()} {sign['sign']}{sign['rest']}" if sign else text, _PRICE)
    if read.value < 0 or read.is_percent:
        raise ValueRefused(Message("“{text}” is not a price.", text=read.shown), _PRICE)
    found = rate(read.unit)
    currency = _currency(found.what if found else read.unit)
    period = _period(found) if found else ""
    return whole(float(read.value)), "/".join(part for part in (currency, period) if part)


def _currency(word: str) -> str:
    codes = CURRENCIES.get(word.lower().rstrip("."), frozenset())
    if word and not codes and not re.fullmatch(r"[A-Z]{3}", word):
        raise ValueRefused(Message("“{text}” is not a currency known here.", text=word), _PRICE)
    return "USD" if word == "$" else next(iter(codes)) if len(codes) == 1 else word


def _period(found: Rate) -> Period:
    if found.period is None:
        raise ValueRefused(Message("“{text}” is not a period known here.", text=found.word), _PRICE)
    return found.period


def _stopped(text: str) -> tuple[float, str]:
    read = amount(text, _STOPPED)
    found = rate(read.unit)
    time = TIMES_MS.get(found.what.lower().rstrip(".")) if found else None
    unit = _DOWNTIME.get((str(time), found.period)) if found else None
    if not unit or read.value < 0:
        raise ValueRefused(Message("“{text}” is not a downtime.", text=read.shown), _STOPPED)
    return whole(float(read.value)), unit
