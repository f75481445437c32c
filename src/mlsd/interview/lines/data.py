"""`user (user_id): country, tenure`, `user 20k: neighbours`, `click_log: interaction, logs, granted`, labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlsd.design.data import Labels, Source
from mlsd.design.quantity import count, in_days, share
from mlsd.errors import Message
from mlsd.interview.lines.colon import colon_line, comma_line
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.slots import (
    BY_NAME,
    amount_of,
    choice,
    has,
    head_and_rest,
    joined,
    name_and,
    plain,
    quoted,
    reference,
    references,
    split,
    unquoted,
)
from mlsd.interview.lines.tongue import Tongue
from mlsd.interview.lines.words import NUMBER_AHEAD, ref

_KEYED = name_and(plain("key"))


def _entity(text: str) -> dict[str, Any]:
    head, rest = head_and_rest(text)
    names = [unquoted(part) for part in split(rest) if part] if rest else []
    return _KEYED.read(head) | ({"attributes": [{"name": name} for name in names]} if names else {})


def _entity_text(entry: Mapping[str, Any], language: Tongue) -> str:
    attributes = entry.get("attributes") or []
    names = [attribute if isinstance(attribute, str) else attribute["name"] for attribute in attributes]
    return joined(_KEYED.write(entry, language), ", ".join(quoted(name) for name in names))


def _arrivals(text: str) -> dict[str, Any]:
    head, rest = head_and_rest(text)
    found = re.fullmatch(rf"(?P<name>.+?)(?:\s+{NUMBER_AHEAD}(?P<new>.+))?", head)
    if not found or not (found["new"] or rest):
        raise Misread
    number = re.sub(r"\s*(?:a|per|в|/)\s*(?:day|день|сутки)$", "", found["new"] or "")
    entry: dict[str, Any] = {"id": ref(found["name"])}
    entry |= {"new_per_day": count(number)} if number else {}
    return entry | ({"cold_start": rest} if rest else {})


def _arrivals_text(entry: Mapping[str, Any], language: Tongue) -> str:
    number = f" {language.figure(entry['new_per_day'])}" if has(entry, "new_per_day") else ""
    return joined(f"{entry.get('id') or ''}{number}", str(entry.get("cold_start") or ""))


LINES = (
    line(
        "entity",
        Message("an entity: its name, its key in parentheses, a colon, its attributes"),
        Message("user (user_id): country, tenure, age"),
        _entity,
        _entity_text,
    ),
    line(
        "arrivals",
        Message("an entity: its id, how many new ones a day, a colon, what they get before they have history"),
        Message("user 20k: neighbours of the open item"),
        _arrivals,
        _arrivals_text,
    ),
    colon_line(
        "source",
        Message("a source: its name, a colon, its entity (two with “+”), how it is collected, whether we may use it"),
        Message("click_log: interaction, logs, granted"),
        BY_NAME,
        (references("entity"), choice("collection", Source), choice("access", Source)),
    ),
    comma_line(
        "labels",
        Message("the labels: their source, their origin, after how many days they are known, the share of positives"),
        Message("click_log, natural, 2 d, 1%"),
        (
            reference("source"),
            choice("origin", Labels),
            amount_of("delay_days", in_days, Tongue.days),
            amount_of("positive_rate", share, Tongue.percent),
        ),
    ),
)
