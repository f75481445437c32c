"""`refund: financial, lead, 50 EUR`, `20 steps, 5 min, 2 EUR`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlsd.design.agent import Tool
from mlsd.design.quantity import count, in_minutes, money
from mlsd.design.units import TIMES_MS, amount
from mlsd.errors import Message
from mlsd.interview.lines.colon import colon_line
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.slots import BY_NAME, choice, has, prose, split, whole
from mlsd.interview.lines.tongue import Tongue

_LIMIT = Message("Write it with its unit: 20 steps, 5 min, 2 EUR.")
_COST = re.compile(r"(?:cost|стоимость|деньги)\s+(?P<money>.+)", re.IGNORECASE)
_STEPS = {"step", "steps", "шаг", "шага", "шагов"}


def _limits(text: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for part in split(text):
        field, value = _limit(part)
        if field in entry:
            raise Misread
        entry[field] = value
    return entry


def _limit(part: str) -> tuple[str, float]:
    cost = _COST.fullmatch(part)
    if cost or not part[:1].isdigit():
        return "cost", whole(money(cost["money"] if cost else part, None))
    read = amount(part, _LIMIT)
    unit = read.unit.lower().rstrip(".")
    if unit in _STEPS:
        return "steps", count(int(read.value) if read.value == int(read.value) else float(read.value))
    if unit in TIMES_MS:
        return "minutes", whole(in_minutes(part))
    if not unit:
        raise Misread
    return "cost", whole(money(part, None))


def _limits_text(entry: Mapping[str, Any], language: Tongue) -> str:
    parts = [language.counted(entry["steps"], "steps")] if has(entry, "steps") else []
    parts += [language.counted(entry["minutes"], "min")] if has(entry, "minutes") else []
    parts += [language.said("cost", language.figure(entry["cost"]))] if has(entry, "cost") else []
    return ", ".join(parts)


LINES = (
    colon_line(
        "tool",
        Message("a tool: its name, a colon, the worst it can do, who approves a call, the hard limit"),
        Message("refund: financial, lead, 50 EUR"),
        BY_NAME,
        (choice("effect", Tool), prose("approval"), prose("limit")),
    ),
    line(
        "limits",
        Message("the agent's limits: steps, time and money, each with its unit"),
        Message("20 steps, 5 min, 2 EUR"),
        _limits,
        _limits_text,
    ),
)
