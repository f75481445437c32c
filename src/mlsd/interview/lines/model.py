"""`ndcg_at_10 0.31`, `when the page opens, 1 d`, `cart_rate_7d: item, click_log, online`, `temporal 80/10/10`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlsd.content.registry import model
from mlsd.design.model import Candidate, Feature, Split
from mlsd.design.quantity import data_split, in_days, number
from mlsd.errors import Message
from mlsd.interview.lines.colon import colon_line
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.slots import (
    BY_NAME,
    Slot,
    choice,
    has,
    prose,
    quoted,
    references,
    split,
    unquoted,
    whole,
)
from mlsd.interview.lines.tongue import Tongue
from mlsd.interview.lines.words import NUMBER_AHEAD, choices, one_of, ref

_NOT_MEASURED = {"not measured", "не измерено", "не измерен", "не измеряли", "-"}
_MEASURE = re.compile(rf"(?P<metric>.+?)\s*[=:]?\s+{NUMBER_AHEAD}(?P<value>.+)")
_SPLIT = re.compile(r"(?P<strategy>[^\d/:]*?)[\s:,]*(?P<shares>[0-9].*)?")
_WHOSE = re.compile(r"(?P<entity>[^\W\d][\w ]*?)\s*:\s*(?P<rest>.*)")
_STRATEGY = dict.fromkeys(("time", "by time", "in time", "chronological", "по времени", "время"), "temporal")
_HOW = choice("strategy", Split)
_PARTS = ("train", "validation", "test")
_AHEAD = prose("predicted_at")


def _measure(text: str) -> dict[str, Any]:
    if text.lower() in _NOT_MEASURED:
        return {}
    found = _MEASURE.fullmatch(text)
    if not found:
        raise Misread
    return {"metric": ref(found["metric"]), "value": whole(number(found["value"]))}


def _measure_text(entry: Mapping[str, Any], language: Tongue) -> str:
    if has(entry, "metric") and has(entry, "value"):
        return f"{entry['metric']} {language.figure(entry['value'])}"
    return language.word("not measured")


def _timing(text: str) -> dict[str, Any]:
    whose = _WHOSE.fullmatch(text)
    if whose is None:
        return _moment(text)
    return {"entity": ref(whose["entity"])} | (_moment(whose["rest"]) if whose["rest"] else {})


def _moment(text: str) -> dict[str, Any]:
    *moment, last = split(text)
    if len(moment) > 1:
        raise Misread
    ahead = bool(re.match(r"[0-9]", last))
    if moment and not ahead:
        raise Misread
    when = moment[0] if moment else "" if ahead else last
    entry: dict[str, Any] = {"predicted_at": unquoted(when)} if when not in ("", "-") else {}
    if not (entry or ahead):
        raise Misread
    return entry | ({"horizon_days": whole(in_days(last))} if ahead else {})


def _timing_text(entry: Mapping[str, Any], language: Tongue) -> str:
    moment = str(entry.get("predicted_at") or "")
    misleading = (re.match(r"[0-9]", moment) or _WHOSE.fullmatch(moment)) and '"' not in moment
    safe = f'"{moment}"' if misleading else quoted(moment)
    horizon = language.days(entry["horizon_days"]) if has(entry, "horizon_days") else ""
    whose = f"{entry['entity']}:" if has(entry, "entity") else ""
    when = ", ".join(part for part in (safe, horizon) if part)
    return " ".join(part for part in (whose, when) if part)


def _family(text: str) -> str:
    """The family by its word, or of a model that people call by name: gbdt is one of trees."""
    words = choices(Candidate, "family")
    known = model(text)
    return known.family if known and text not in words else one_of(text, words, "family")


def _split(text: str) -> dict[str, Any]:
    found = _SPLIT.fullmatch(text)
    if not found or not text:
        raise Misread
    said = found["strategy"]
    known = _STRATEGY.get(said.lower()) or (said and _HOW.read(said))
    return ({"strategy": known} if known else {}) | (data_split(found["shares"]) if found["shares"] else {})


def _split_text(entry: Mapping[str, Any], language: Tongue) -> str:
    parts = language.shares([float(entry[part]) for part in _PARTS if has(entry, part)])
    strategy = _HOW.write(entry["strategy"], language) if has(entry, "strategy") else ""
    return " ".join(part for part in (strategy, parts) if part)


LINES = (
    line(
        "baseline_measure",
        Message("the measure of the baseline: the offline metric and its value, or “not measured”"),
        Message("ndcg_at_10 0.31"),
        _measure,
        _measure_text,
    ),
    line(
        "target_timing",
        Message("the entity, a colon, the moment of the prediction, how many days ahead it looks"),
        Message("user: when the page is requested, 1 d"),
        _timing,
        _timing_text,
    ),
    colon_line(
        "feature",
        Message("a feature: its name, a colon, its entity, its source (two with “+”), where serving gets it"),
        Message("cart_rate_7d: item, click_log, online"),
        BY_NAME,
        (references("entity"), references("source"), choice("available", Feature)),
    ),
    colon_line(
        "candidate",
        Message("a model to try: its name, a colon, its family"),
        Message("lambdamart: trees"),
        BY_NAME,
        (Slot("family", _family, choice("family", Candidate).write, picky=True),),
    ),
    line(
        "split",
        Message("the split of the data: the strategy, then the shares of train, validation and test"),
        Message("temporal 80/10/10"),
        _split,
        _split_text,
    ),
)
