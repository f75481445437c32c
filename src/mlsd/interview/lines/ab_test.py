"""`5% relative, alpha 5%, power 80%`, `300k a day, 14 days`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlsd.design.quantity import count, effect, in_days, share
from mlsd.design.units import TIMES_MS, amount, shown
from mlsd.errors import Message, ValueRefused
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.slots import has, split, whole
from mlsd.interview.lines.tongue import Tongue

_SURE = re.compile(r"(?:(?P<alpha>alpha|альфа|α)|(?P<power>power|мощность))\s*=?\s*(?P<share>.+)", re.IGNORECASE)
_A_DAY = re.compile(r"(?:[^\W\d_]+\s?)?(?:(?<!\w)(?:a|per|в)\s|/\s?)(?:day|день|сутки)", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:for|в течение|на протяжении|на)\s+(?=[0-9])", re.IGNORECASE)
_MDE = Message("Write the smallest change that is worth a launch: 5% relative.")
_EXPOSURE = Message("Write the units a day and the days: 300k a day, 14 days.")


def _size(text: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for part in split(text):
        sure = _SURE.fullmatch(part)
        field = str(sure.lastgroup and ("alpha" if sure["alpha"] else "power")) if sure else "mde"
        if field in entry:
            raise Misread
        entry[field] = whole(share(sure["share"])) if sure else _effect(part)
    _refuse_odds(entry)
    return entry


def _refuse_odds(entry: Mapping[str, Any]) -> None:
    """Refuse an effect, an alpha and a power with which no size can be computed."""
    alpha, power = entry.get("alpha"), entry.get("power")
    if not entry.get("mde", {}).get("value", 1):
        raise ValueRefused(Message("An effect of 0 cannot be seen by any experiment."), _MDE)
    if alpha is not None and not 1e-9 <= alpha < 0.5:
        raise ValueRefused(
            Message("Alpha lies above 0 and below 50 %; it is {share} %.", share=whole(100 * alpha)),
            Message("5 % is usual: alpha 5%."),
        )
    if power is not None and not (0.5 <= power < 1):
        raise ValueRefused(
            Message("The power lies from 50 % to below 100 %; it is {share} %.", share=whole(100 * power)),
            Message("80 % is usual: power 80%."),
        )


def _effect(part: str) -> dict[str, Any]:
    read = effect(part)
    return read | {"value": whole(read["value"])}


def _size_text(entry: Mapping[str, Any], language: Tongue) -> str:
    mde = entry.get("mde") or {}
    parts = [language.effect(float(mde["value"]), mde.get("kind") or "relative")] if "value" in mde else []
    parts += [language.said(field, language.percent(entry[field])) for field in ("alpha", "power") if has(entry, field)]
    return ", ".join(parts)


def _exposure(text: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for part in (piece for one in split(text) for piece in _FOR.split(one)):
        unit = amount(part, _EXPOSURE).unit
        if unit.lower().rstrip(".") in TIMES_MS:
            field, value = "duration_days", whole(in_days(part))
        elif not unit or _A_DAY.fullmatch(unit):
            field, value = "eligible_units_day", count(part.removesuffix(unit))
        else:
            raise Misread
        if field in entry:
            raise Misread
        if not value:
            raise ValueRefused(Message("“{text}”: nothing can be learnt from 0.", text=shown(part)), _EXPOSURE)
        entry[field] = value
    return entry


def _exposure_text(entry: Mapping[str, Any], language: Tongue) -> str:
    parts = [language.counted(entry["eligible_units_day"], "a day")] if has(entry, "eligible_units_day") else []
    parts += [language.counted(entry["duration_days"], "days")] if has(entry, "duration_days") else []
    return ", ".join(parts)


LINES = (
    line(
        "experiment_size",
        Message("the size of an experiment: the smallest effect worth seeing, then alpha and power"),
        Message("5% relative, alpha 5%, power 80%"),
        _size,
        _size_text,
    ),
    line(
        "exposure",
        Message("the traffic of an experiment: how many units a day, for how many days"),
        Message("300k a day, 14 days"),
        _exposure,
        _exposure_text,
    ),
)
