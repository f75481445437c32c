"""`users 2M, requests 6, peak 900, items 3M`: the size of the task, each number with its word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from mlsd.design.quantity import count, number
from mlsd.design.units import amount, shown
from mlsd.errors import Message, ValueRefused
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.slots import has, split, whole
from mlsd.interview.lines.tongue import Tongue
from mlsd.interview.lines.words import NUMBER_AHEAD

_SCALE = Message("Write the numbers you know, each with its word: users 2M, requests 6, peak 900, items 3M, volume 5M.")
_SCALE_WORDS = {
    "daily_users": "daily_users users user dau people persons visitors customers clients "
    "пользователи пользователей пользователя посетителей посетители людей люди человек человека клиентов клиенты",
    "requests_per_user_day": "requests_per_user_day requests request req reqs visits visit "
    "запросы запросов запроса запр",
    "rps_peak": "rps_peak peak rps qps пик пике",
    "items": "items item things catalogue catalog products documents каталог документов "
    "вещи вещей товары товаров объекты объектов",
    "volume_day": "volume_day volume decisions объём объем решений решения",
}
_SCALE_FIELD = {word: field for field, words in _SCALE_WORDS.items() for word in words.split()}
_FILLERS = set("a an the per each every day daily at in of user's в на с день сутки каждый у от".split())  # noqa: SIM905
_A_DAY = re.compile(r"[\w.](?:/|\s(?:a|per|each|every|в|за)\s)(?:day|день|сутки)$", re.IGNORECASE)
_A_SECOND = re.compile(
    r"(?:/|(?<!\w)(?:a|per|each|every|в|за)\s)\s?(?:s|sec|second|с|сек|секунду)\.?(?!\w)|(?<!\w)[rq]ps(?!\w)",
    re.IGNORECASE,
)
_MORE_THAN_ONE_ASKS = 1000
"""Requests a day from which they are those of all users together."""
_SCALE_ORDER = (
    ("daily_users", "users"),
    ("requests_per_user_day", "requests"),
    ("rps_peak", "peak"),
    ("items", "items"),
    ("volume_day", "volume"),
)


def _scale(text: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for part in split(text):
        field, value = _size(part)
        if field in entry:
            raise Misread
        entry[field] = value
    return entry


def _size(part: str) -> tuple[str, float]:
    found = re.fullmatch(rf"(?P<word>[^0-9]*?)\s*[:=]?\s*(?P<figure>{NUMBER_AHEAD}.+)", part)
    if not found:
        raise Misread
    unit = amount(found["figure"], _SCALE).unit
    said = _A_SECOND.sub(" rps ", f"{found['word']} {unit}".lower())
    words = [word for word in re.split(r"[\s/.]+", said) if word and word not in _FILLERS]
    fields = {_field(word, found["word"] == "") for word in words}
    if fields == {"requests_per_user_day", "daily_users"} and words[0] in _SCALE_WORDS["requests_per_user_day"].split():
        fields = {"requests_per_user_day"}  # 6 requests per user
    if fields == {"requests_per_user_day", "rps_peak"}:
        fields = {"rps_peak"}  # 900 requests at peak
    if fields <= {"", "items"} and _A_DAY.search(part):
        fields = {"volume_day"}  # 10k tickets a day
    if "" in fields:
        strange = next(word for word in words if word not in _SCALE_FIELD)
        raise ValueRefused(Message("“{text}” is no word of the size of a task.", text=shown(strange)), _SCALE)
    if len(fields) != 1:
        raise Misread
    field = fields.pop()
    text = found["figure"].removesuffix(unit).strip()
    if field == "requests_per_user_day" and _A_DAY.search(part) and number(text) >= _MORE_THAN_ONE_ASKS:
        field = "volume_day"  # 5M requests a day
    return field, whole(number(text)) if field in ("requests_per_user_day", "rps_peak") else count(text)


def _field(word: str, behind: bool) -> str:
    """What a word measures; things of any name are items where they stand behind their number."""
    known = _SCALE_FIELD.get(word, "")
    strange = not known and behind and not get_close_matches(word, _SCALE_FIELD, n=1, cutoff=0.75)
    return "items" if strange else known


def _scale_text(entry: Mapping[str, Any], language: Tongue) -> str:
    held = [(word, entry[field]) for field, word in _SCALE_ORDER if has(entry, field)]
    return ", ".join(language.said(word, language.figure(value)) for word, value in held)


SCALE = line(
    "scale",
    Message("the size of the task: users, requests of each, peak a second, items, volume a day"),
    Message("users 2M, requests 6, peak 900, items 3M"),
    _scale,
    _scale_text,
)
