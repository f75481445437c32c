"""`lake: s3, object_store, events + models`, `1 d, airflow`, `hide_users: over 0.3 %`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlsd.design.deploy import Monitor, Storage
from mlsd.design.quantity import in_hours
from mlsd.errors import Message
from mlsd.interview.lines.colon import colon_line
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.slots import BY_NAME, Slot, choice, has, joined, prose, quoted, split, unquoted, whole
from mlsd.interview.lines.tongue import Tongue
from mlsd.interview.lines.words import ref

_KIND = choice("kind", Monitor)
_PATH = re.compile(r"[a-z][a-z0-9_]*(?:[.\[][\w.\[\]]*)?")
_MONITOR = re.compile(r"(?P<target>.+?)(?:\s+\[(?P<kind>[^\]]*)\])?\s*:\s*(?P<threshold>.+)")
_OVER = re.compile(
    r"(?P<target>[^\s:]+)\s+(?P<threshold>(?:[<>≤≥]=?|over|under|above|below|(?:more|less) than|"
    r"выше|ниже|больше|меньше|более|менее)\s*[-+]?[0-9].*)",
    re.IGNORECASE,
)
_CADENCE = re.compile(r"(?:(?:every|каждый|каждые|каждую|раз в)\s+)?(?P<time>[0-9].*)", re.IGNORECASE)
_HOURS = {
    "hourly": 1, "every hour": 1, "каждый час": 1, "раз в час": 1,
    "daily": 24, "every day": 24, "every night": 24, "nightly": 24, "once a day": 24,
    "ежедневно": 24, "каждый день": 24, "каждую ночь": 24, "раз в день": 24, "раз в сутки": 24,
    "weekly": 168, "every week": 168, "once a week": 168,
    "еженедельно": 168, "каждую неделю": 168, "раз в неделю": 168,
    "monthly": 720, "every month": 720, "once a month": 720,
    "ежемесячно": 720, "каждый месяц": 720, "раз в месяц": 720,
}  # fmt: skip
"""Cadences that people say without a number."""
_OR = re.compile(r"\s+(?:or|and|или|и)\s+(?=(?:on|when|при|по|если)\s)", re.IGNORECASE)
_SIGNAL = re.compile(r"(?:(?:or|and|или|и)\s+)?(?:on|when|при|по|если)\s+(?P<signal>.+)", re.IGNORECASE)


def _kept(text: str) -> list[str]:
    return [part.strip() for part in text.split("+") if part.strip()]


def _retraining(text: str) -> dict[str, Any]:
    first, *rest = split(text)
    cadence, *signal = _OR.split(first, maxsplit=1)
    hours = _hours(cadence)
    entry: dict[str, Any] = {} if hours is None else {"cadence_hours": hours}
    parts = [first, *rest] if hours is None else [*signal, *rest]
    if parts and (said := _SIGNAL.fullmatch(unquoted(parts[0]))):
        entry["trigger"] = said["signal"]
        parts = parts[1:]
    if len(parts) > 1 or not (entry or parts):
        raise Misread
    if parts and parts[0] not in ("", "-"):
        entry["tool"] = unquoted(parts[0])
    if not entry or (set(entry) == {"tool"} and " " in entry["tool"]):
        raise Misread
    return entry


def _hours(text: str) -> float | None:
    cadence = _CADENCE.fullmatch(text)
    return whole(in_hours(cadence["time"])) if cadence else _HOURS.get(text.lower())


def _retraining_text(entry: Mapping[str, Any], language: Tongue) -> str:
    parts = [_cadence(entry["cadence_hours"], language)] if has(entry, "cadence_hours") else []
    if has(entry, "trigger"):
        parts.append(quoted(language.said("or on" if parts else "on", str(entry["trigger"]))))
    if has(entry, "tool"):
        parts.append(quoted(entry["tool"]))
    return ", ".join(parts)


def _cadence(hours: float, language: Tongue) -> str:
    count, unit = (whole(hours / 24), "d") if hours % 24 == 0 else (hours, "h")
    usual = language.words.get(f"{count} {unit}")
    return usual or language.said("every", language.counted(count, unit))


def _monitor(text: str) -> dict[str, Any]:
    over = _OVER.fullmatch(text)
    found = _MONITOR.fullmatch(f"{over['target']}: {over['threshold']}" if over else text)
    if not found:
        raise Misread
    target = found["target"] if _PATH.fullmatch(found["target"]) else ref(found["target"])
    kind = {"kind": _KIND.read(found["kind"])} if found["kind"] else {}
    return {"target": target, **kind, "threshold": found["threshold"]}


def _monitor_text(entry: Mapping[str, Any], language: Tongue) -> str:
    kind = f" [{_KIND.write(entry['kind'], language)}]" if has(entry, "kind") else ""
    return joined(f"{entry.get('target') or ''}{kind}", str(entry.get("threshold") or ""))


LINES = (
    colon_line(
        "storage",
        Message("a store: its name, a colon, what it is built on, its role, what it keeps (several with “+”)"),
        Message("lake: s3, object_store, events + models"),
        BY_NAME,
        (prose("tool"), choice("role", Storage), Slot("keeps", _kept, lambda kept, _: " + ".join(kept))),
    ),
    line(
        "retraining",
        Message("retraining: how often, or “on” and the signal, then the tool that runs it"),
        Message("1 d, airflow"),
        _retraining,
        _retraining_text,
    ),
    line(
        "monitor",
        Message("a monitor: what is watched, its kind in brackets if you like, a colon, the number at which it rings"),
        Message("hide_users: over 0.3 %"),
        _monitor,
        _monitor_text,
    ),
)
