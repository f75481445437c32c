"""`margin up`, `cart_users up 5% to 5.4% -> revenue`, `hide_users down, margin 0.05%`, `ndcg_at_10 up to 0.34`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from mlsd.content.registry import metric
from mlsd.design.quantity import count
from mlsd.design.units import PERCENT, amount, shown
from mlsd.errors import Message, ValueRefused
from mlsd.interview.lines.line import Line, Misread, line
from mlsd.interview.lines.percents import refuse_bare
from mlsd.interview.lines.slots import has, parentheses, whole
from mlsd.interview.lines.tongue import RUSSIAN, Tongue
from mlsd.interview.lines.words import ARROW, DOWN, FROM, NUMBER_AHEAD, TO, UP, direction, named, refs, title

_VALUE = Message("Write a number, with its unit where it has one: 5%, 0.34 or 120 ms.")
_DIRECTED = re.compile(rf"(?P<name>.+?)\s+(?P<way>{'|'.join(UP + DOWN)})(?![^\W_])(?P<rest>.*)", re.IGNORECASE)
_UNDIRECTED = re.compile(
    rf"(?P<name>[^\d].*?)(?P<rest>(?:[\s,;]+(?:(?:{FROM}|{TO}|margin|запас|at|при)\s+)?{NUMBER_AHEAD}.*)?)",
    re.IGNORECASE,
)
_KEYS = {"baseline": FROM, "target": TO, "margin": "margin|запас", "at": "at|при", "k": "k"}
_KEY = re.compile(
    rf"(?:^|[\s,;]+)(?:{'|'.join(f'(?P<{key}>{words})' for key, words in _KEYS.items())})\s+{NUMBER_AHEAD}",
    re.IGNORECASE,
)
_NUMBER = re.compile(NUMBER_AHEAD)
_AT_K = re.compile(r"(?P<metric>.+)_at_(?P<k>[0-9]+)")
_ORDER = (("baseline", "from"), ("target", "to"), ("at", "at"), ("k", "k"), ("margin", "margin"))
_TIMES = ("ms", "s", "min", "h", "d")
_FILED = {RUSSIAN.word(unit): unit for unit in _TIMES}
"""Units of time as the file has them, by their Russian words."""
_BEHIND_COMMA = ("k", "margin")
_IN_UNITS = ("baseline", "target", "margin")


def _metric_line(name: str, shape: Message, example: Message, role: str | None, knows: str) -> Line:
    known = set(knows.split())

    def read(text: str) -> dict[str, Any]:
        head, *links = ARROW.split(text)
        if links and _NUMBER.match(links[0]):  # 5% -> 5.4%: from today's value to the target
            head = f"{head} to {links.pop(0)}"
        if len(links) > 1 or (links and "links_to" not in known):
            raise Misread
        directed = _DIRECTED.fullmatch(head)
        found = directed or _UNDIRECTED.fullmatch(head)
        if not found:
            raise Misread
        entry, fields = _identity(found["name"], role, "k" in known), _values(found["rest"])
        entry["direction"] = direction(directed["way"]) if directed else _implied(entry, fields)
        if set(fields) - known - {"unit"}:
            raise Misread
        return entry | fields | ({"links_to": refs(links[0])} if links else {})

    def write(entry: Mapping[str, Any], language: Tongue) -> str:
        kept = {
            field: value
            for field, value in entry.items()
            if field in known | {"id", "name", "metric", "unit", "direction"}
        }
        return _written(kept, language, percent_below_one=role is not None)

    return line(name, shape, example, read, write)


def _implied(entry: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    """The better way where the line does not say it: from today to the target, else as the registry knows it."""
    today, target = fields.get("baseline"), fields.get("target")
    if today is not None and target is not None and today != target:
        return "up" if target > today else "down"
    known = metric(entry.get("metric") or entry["id"])
    if known is None:
        raise Misread
    return known.direction


def _identity(words: str, role: str | None, offline: bool) -> dict[str, Any]:
    name, kind = parentheses(words)
    entry = named(name) | ({"role": role} if role else {})
    at = _AT_K.fullmatch(entry["id"]) if offline else None
    if at:
        entry |= {"metric": at["metric"], "k": int(at["k"])}
    return entry | ({"metric": kind} if kind else {})


def _values(rest: str) -> dict[str, Any]:
    """`5% to 5.4%, margin 0.1%` as its fields; what stands before the first key is the baseline."""
    keys = list(_KEY.finditer(rest))
    texts = [("baseline", rest[: keys[0].start()] if keys else rest)]
    ends = [*(key.start() for key in keys[1:]), len(rest)]
    texts += [(str(key.lastgroup), rest[key.end() : end]) for key, end in zip(keys, ends, strict=False)]
    filled = [(field, text.strip(" ,;")) for field, text in texts if text.strip(" ,;")]
    fields = dict(filled)
    if len(fields) != len(filled):
        raise Misread
    units: set[str] = set()
    read = {field: count(text) if field == "k" else _value(field, text, units) for field, text in fields.items()}
    refuse_bare(text for field, text in fields.items() if field in _IN_UNITS)
    if len(units) > 1:
        raise ValueRefused(
            Message("“{text}” has two units: {units}.", text=shown(rest), units=", ".join(sorted(units))), _VALUE
        )
    return read | ({"unit": units.pop()} if units else {})


def _value(field: str, text: str, units: set[str]) -> float:
    read = amount(text, _VALUE)
    if read.is_points and field == "margin":  # that of a share, which is written in per cent
        return whole(float(read.value / 100))
    if read.unit and not read.is_percent:
        if not re.fullmatch(r"[^\W\d_][\w/.]*|[€$£₽]", read.unit):
            raise Misread
        units.add(_FILED.get(read.unit, read.unit))
    return whole(float(read.number))


def _written(entry: Mapping[str, Any], language: Tongue, *, percent_below_one: bool) -> str:
    def plain(value: float) -> str:
        return language.percent(value) if 0 < abs(value) < 1 else language.figure(value)

    unit = str(entry["unit"]) if has(entry, "unit") and entry["unit"] not in PERCENT else ""
    unit = language.word(unit) if unit in _TIMES else unit
    below_one = all(abs(entry[field]) <= 1 for field in _IN_UNITS if has(entry, field))
    in_units: Callable[[float], str] = plain if percent_below_one and below_one and not unit else language.figure
    at = _AT_K.fullmatch(str(entry.get("id")))
    inferred = {"metric": at["metric"], "k": int(at["k"])} if at else {}
    text = title(entry)
    if has(entry, "metric") and entry["metric"] != inferred.get("metric"):
        text += f" ({entry['metric']})"
    text += f" {language.word(entry['direction'])}" if has(entry, "direction") else ""
    for field, key in _ORDER:
        if has(entry, field) and not (field == "k" and entry[field] == inferred.get("k")):
            number = in_units(entry[field]) if field in _IN_UNITS else language.figure(entry[field])
            text += ", " if field in _BEHIND_COMMA else " "
            text += language.said(key, f"{number} {unit}" if unit and field in _IN_UNITS else number)
    links = entry.get("links_to") or []
    return f"{text} -> {' + '.join([links] if isinstance(links, str) else links)}" if links else text


LINES = (
    _metric_line(
        "business_metric",
        Message("a business metric: its name, and up or down for the better way"),
        Message("margin up"),
        None,
        "baseline target",
    ),
    _metric_line(
        "online_metric",
        Message(
            "an online metric: its name, up or down, today's value, “to” and the target, “->” and the metric it moves"
        ),
        Message("cart_users up 5% to 5.4% -> revenue_per_session"),
        "success",
        "baseline target links_to",
    ),
    _metric_line(
        "guardrail",
        Message("a guardrail: its name, up or down for the better way, and “margin” with how much worse it may get"),
        Message("hide_users down, margin 0.05%"),
        "guardrail",
        "baseline target margin links_to",
    ),
    _metric_line(
        "offline_metric",
        Message("an offline metric: its name, up or down, “to” and the target, “->” and the online metric it moves"),
        Message("ndcg_at_10 up to 0.34 -> cart_users"),
        None,
        "baseline target at k links_to",
    ),
)
