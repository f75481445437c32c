"""Why a finding fired, in labelled lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mlsd.cli.sizes.words import amount
from mlsd.cli.text import shorten
from mlsd.content.language import Language
from mlsd.design.quantity_text import number_text
from mlsd.errors import Message
from mlsd.lint.why import Read, Why

ORIGINS = {
    "given": Message("given"),
    "assumed": Message("assumed"),
    "computed": Message("computed"),
    "default": Message("a usual value"),
    "empty": Message("empty"),
}
WIDEST = 60
"""Characters of a value; a whole section is named, not printed again."""


def why_lines(why: Why, language: Language) -> Iterator[tuple[Message, str]]:
    """A label and a text for each value that was read, and the comparison; what the sentence says is not said again."""
    for entry in why.read:
        yield Message("read"), _read(entry, language)
    yield Message("fires when"), language.say(why.compared)
    note = Message("this rule shows no working: named are the answers that decide")
    if why.more:
        note = Message("this rule shows no working: named are answers that decide; others: {count}", count=why.more)
    if not why.certain:
        yield Message("note"), language.say(note)


def _read(entry: Read, language: Language) -> str:
    name, origin = entry.path or language.say(entry.name), language.say(ORIGINS[entry.origin])
    if entry.origin == "empty":
        return f"{name} ({origin})"
    value = amount(entry.value, entry.unit, language) if entry.unit else _value(entry.value, language)
    return f"{name} = {value} ({origin})"


def _value(value: Any, language: Language) -> str:
    if isinstance(value, Message):
        return shorten(language.say(value), WIDEST)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, int | float):
        return number_text(float(value), language.code, digits=6)
    if isinstance(value, list | tuple):
        return shorten(f"[{', '.join(_value(entry, language) for entry in value)}]", WIDEST)
    if isinstance(value, dict):
        return shorten(f"{{{', '.join(str(key) for key in value)}}}", WIDEST)
    return shorten(str(value), WIDEST)
