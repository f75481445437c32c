"""Numbers that come in parts: `70/30`, `80/10/10`, `5% relative`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mlsd.design.units import PERCENT_POINTS, Percentage, amount, plain, shown, tidy
from mlsd.errors import Message, ValueRefused

_SHARES = Message("Write shares that make 100, such as 70/30 or 80/10/10.")
_EFFECT = Message("Write it as 5% relative, 0.25 pp or 0.4 absolute.")
_KINDS = {
    "relative": "relative rel relatively относительно относительный относительных отн",
    "absolute": "absolute abs absolutely абсолютно абсолютный абсолютных абс",
    "points": "pt pts point points пункт пункта пунктов",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()} | dict.fromkeys(
    PERCENT_POINTS, "points"
)


def shares(value: object) -> list[float]:
    """Two or more shares above 0 that make 1 (or 100): `70/30`, `60/20/20`, `0.7/0.3`, `70%/30%`."""
    parts = [part.strip() for part in re.split("[/:]", tidy(value))] if isinstance(value, str) else []
    if len(parts) < 2:
        raise ValueRefused(Message("“{text}” is not a split.", text=shown(value)), _SHARES)
    numbers = [_part(part) for part in parts]
    total = sum(numbers, Decimal(0))
    if total not in (1, 100):
        figure = format(total.normalize(), "f")
        raise ValueRefused(
            Message("The parts of “{text}” make {total}, not 100.", text=shown(value), total=figure), _SHARES
        )
    return [float(number / total) for number in numbers]


def ab_split(value: object) -> dict[str, float]:
    """The shares of an experiment, control first: `70/30` is control 0.7 and treatment 0.3; with more, treatment_1 …

    Arms that have their names already (a mapping) are left as they are.
    """
    if isinstance(value, Mapping):
        return dict(value)
    parts = shares(value)
    names = ["treatment"] if len(parts) == 2 else [f"treatment_{number}" for number in range(1, len(parts))]
    return dict(zip(["control", *names], parts, strict=True))


def data_split(value: object) -> dict[str, float]:
    """The shares of the data: `80/10/10` is train, validation and test; `80/20` is train and test."""
    parts = shares(value)
    names = {2: ("train", "test"), 3: ("train", "validation", "test")}.get(len(parts))
    if names is None:
        raise ValueRefused(
            Message(
                "“{text}” has {parts} parts; data has train, validation and test.", text=shown(value), parts=len(parts)
            ),
            Message("Write 80/10/10, or 80/20 for train and test."),
        )
    return dict(zip(names, parts, strict=True))


def effect(value: object) -> dict[str, Any]:
    """A change and what it is measured by: `5% relative`, `0.25 pp`, `0.4 absolute`; `5%` alone is relative.

    Gives `{"value": number, "kind": "relative" or "absolute"}`; a bare number is refused.
    """
    read = amount(value, _EFFECT)
    percent, word = _effect_unit(read.unit)
    kind = "relative" if percent and not word else _KIND.get(word)
    if kind is None and not read.unit:
        raise ValueRefused(
            Message("“{text}” can be read two ways: relative to today, or in points.", text=read.shown),
            Message("Write {number} % or {number} pp.", number=plain(read.value)),
        )
    if kind is None or (percent and kind == "points"):
        raise ValueRefused(Message("“{text}” is not an effect.", text=read.shown), _EFFECT)
    if kind == "relative" and not percent and abs(read.value) > 1:
        raise ValueRefused(
            Message("“{text}” is more than the whole.", text=read.shown),
            Message("Write {number}% relative.", number=plain(read.value)),
        )
    size = read.value / 100 if percent or kind == "points" else read.value
    if kind == "points":
        return {"value": Percentage(size), "kind": "absolute"}
    return {"value": float(size), "kind": kind}


def _part(text: str) -> Decimal:
    read = amount(text, _SHARES)
    if read.scale or (read.unit and not read.is_percent) or read.value <= 0:
        raise ValueRefused(Message("“{text}” is not a share of a split.", text=read.shown), _SHARES)
    return read.value


def _effect_unit(unit: str) -> tuple[bool, str]:
    found = re.match(r"%|(?:percent|процент(?:а|ов)?)(?![^\W\d_]| p)", unit.lower())
    rest = unit.lower()[found.end() :] if found else unit.lower()
    return bool(found), rest.replace(" ", "").strip("().,")
