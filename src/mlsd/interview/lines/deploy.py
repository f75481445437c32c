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
from mlsd.interview.lines.slots import BY_NAME, Slot, choice, figure, has, joined, prose, quoted, split, unquoted, whole
from mlsd.interview.lines.words import choices, one_of, ref

_PATH = re.compile(r"[a-z][a-z0-9_]*(?:[.\[][\w.\[\]]*)?")
_MONITOR = re.compile(r"(?P<target>.+?)(?:\s+\[(?P<kind>[^\]]*)\])?\s*:\s*(?P<threshold>.+)")
_CADENCE = re.compile(r"(?:(?:every|каждый|каждые|каждую|раз в)\s+)?(?P<time>[0-9].*)", re.IGNORECASE)
_SIGNAL = re.compile(r"(?:on|when|при|по|если)\s+(?P<signal>.+)", re.IGNORECASE)


def _kept(text: str) -> list[str]:
    return [part.strip() for part in text.split("+") if part.strip()]


def _retraining(text: str) -> dict[str, Any]:
    parts = split(text)
    entry: dict[str, Any] = {}
    if cadence := _CADENCE.fullmatch(parts[0]):
        entry["cadence_hours"] = whole(in_hours(cadence["time"]))
        parts = parts[1:]
    if parts and (signal := _SIGNAL.fullmatch(unquoted(parts[0]))):
        entry["trigger"] = signal["signal"]
        parts = parts[1:]
    if len(parts) > 1 or not (entry or parts):
        raise Misread
    if parts and parts[0] not in ("", "-"):
        entry["tool"] = unquoted(parts[0])
    if not entry or (set(entry) == {"tool"} and " " in entry["tool"]):
        raise Misread
    return entry


def _retraining_text(entry: Mapping[str, Any]) -> str:
    parts = []
    if has(entry, "cadence_hours"):
        hours = entry["cadence_hours"]
        parts.append(f"{figure(whole(hours / 24))} d" if hours % 24 == 0 else f"{figure(hours)} h")
    if has(entry, "trigger"):
        parts.append(quoted(f"on {entry['trigger']}"))
    if has(entry, "tool"):
        parts.append(quoted(entry["tool"]))
    return ", ".join(parts)


def _monitor(text: str) -> dict[str, Any]:
    found = _MONITOR.fullmatch(text)
    if not found:
        raise Misread
    target = found["target"] if _PATH.fullmatch(found["target"]) else ref(found["target"])
    kind = {"kind": one_of(found["kind"], choices(Monitor, "kind"))} if found["kind"] else {}
    return {"target": target, **kind, "threshold": found["threshold"]}


def _monitor_text(entry: Mapping[str, Any]) -> str:
    kind = f" [{entry['kind']}]" if has(entry, "kind") else ""
    return joined(f"{entry.get('target') or ''}{kind}", str(entry.get("threshold") or ""))


LINES = (
    colon_line(
        "storage",
        Message("a store: its name, a colon, what it is built on, its role, what it keeps (several with “+”)"),
        "lake: s3, object_store, events + models",
        BY_NAME,
        (prose("tool"), choice("role", Storage), Slot("keeps", _kept, lambda kept: " + ".join(kept))),
    ),
    line(
        "retraining",
        Message("retraining: how often, or “on” and the signal, then the tool that runs it"),
        "1 d, airflow",
        _retraining,
        _retraining_text,
    ),
    line(
        "monitor",
        Message("a monitor: what is watched, its kind in brackets if you like, a colon, the number at which it rings"),
        "hide_users: over 0.3 %",
        _monitor,
        _monitor_text,
    ),
)
