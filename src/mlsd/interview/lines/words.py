"""The little words of the lines, English and Russian, and the reading of ids and of one word among several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from mlsd.content.language import LANGUAGES, language
from mlsd.content.values import word as printed_word
from mlsd.design.quantity import slugify
from mlsd.design.units import shown
from mlsd.errors import Message, ValueRefused, Word
from mlsd.interview.lines.line import Misread
from mlsd.interview.lines.tongue import TONGUES, tongue

ARROW = re.compile(r"\s*(?:->|→|=>)\s*")
UP = "up higher вверх выше больше растёт растет рост ↑".split()  # noqa: SIM905
DOWN = "down lower вниз ниже меньше падает снижение ↓".split()  # noqa: SIM905
FROM = "from|с|от"
TO = "to|до"
BY = "by|к"
NUMBER_AHEAD = r"(?=[-+\u2212]?[€$£₽]?\s?\.?[0-9])"


_JOINS = re.compile(r"->|→|=>|[<>≤≥]=?")
"""Signs that join names or set a limit, and stand in no name."""


def named(text: str) -> dict[str, Any]:
    """The id made from what was typed, and the name where the two differ."""
    if sign := _JOINS.search(text):
        raise ValueRefused(
            Message("“{text}” is no name: it holds “{sign}”.", text=shown(text), sign=sign.group()),
            Message("Write one name alone here; a path, a limit and what a metric moves have places of their own."),
        )
    made = ref(text)
    return {"id": made} if made == text.strip() else {"id": made, "name": text.strip()}


def ref(text: str) -> str:
    """The id of something declared elsewhere."""
    if not text.strip():
        raise Misread
    return slugify(text.strip())


def refs(text: str) -> list[str]:
    """Ids joined by `+`."""
    return [ref(part) for part in text.split("+")]


def title(entry: Any) -> str:
    """What stands at the head of a line: the name where there is one, else the id."""
    return str(entry.get("name") or entry.get("id") or "")


def direction(word: str) -> str:
    """`up` or `down` from one of their synonyms."""
    return "up" if word.lower() in UP else "down"


def choices(model: type[BaseModel], field: str) -> tuple[str, ...]:
    """The words a field of the design may hold."""
    return tuple(_literals(model.model_fields[field].annotation))


def one_of(text: str, words: Sequence[str], field: str = "") -> str:
    """The word itself, however it is cased or joined, or what people call it; any other is refused."""
    word, known = _folded(text), _meanings(tuple(words), field)
    if word in words:
        return word
    if meant := known.get(word):
        return meant
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    there = [closed(value, words, field) for value in words]
    raise ValueRefused(
        Message("“{text}” is not one of the words this field knows.", text=shown(text)),
        Message(
            "Did you mean “{near}”? The words are: {words}.", near=closed(known[near[0]], words, field), words=there
        )
        if near
        else Message("The words are: {words}.", words=there),
    )


def closed(value: str, words: Sequence[str], field: str) -> Word:
    """A word of a closed list, to be said in the language of whoever reads."""
    return Word(value, {code: called(value, words, field, code) for code in LANGUAGES})


def said_of(field: str, value: str) -> Word:
    """What people call a value where nobody has to type it."""
    return Word(value, {code: next(iter(_names(value, field, code)), value) for code in TONGUES if code != "en"})


def called(value: str, words: Sequence[str], field: str, code: str) -> str:
    """The value as a line of a language has it: as the file has it in English, or where no other word is its own."""
    if code == "en":
        return value
    said = next(iter(_names(value, field, code)), value)
    return said if _meanings(tuple(words), field).get(_folded(said)) == value else value


@cache
def _meanings(words: tuple[str, ...], field: str) -> dict[str, str]:
    """By what people call them in any language: the values of a field, where no two of them are called the same."""
    said = [(_folded(name), value) for value in words for code in TONGUES for name in _names(value, field, code)]
    counted = Counter(name for name, _ in set(said))
    return {name: value for name, value in said if counted[name] == 1} | {_folded(value): value for value in words}


def _names(value: str, field: str, code: str) -> list[str]:
    """What a value is called in a language, in lines first; “поиск (retrieval)” is said without its parentheses too."""
    message = printed_word(field, value)
    printed = language(code).say(message) if message else ""
    terms = tongue(code).terms.get(f"{field}.{value}", "").split("|")
    return [name for name in (*terms, printed.partition("(")[0].strip(), printed) if name]


def _folded(text: str) -> str:
    return re.sub(r"[\s-]+", "_", text.strip().lower().replace("ё", "е"))


def _literals(annotation: Any) -> list[str]:
    found: list[str] = []
    for part in get_args(annotation):
        found += [part] if isinstance(part, str) else _literals(part)
    return found
