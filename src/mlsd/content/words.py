"""Words that rules look for in what people write, in every language at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mlsd.content.root import templates
from mlsd.content.sections import Sections

_WORD = re.compile(r"[^\W_]+")
LIMIT = 20_000
"""Longer text is looked at only so far."""


class Words:
    """A list of words; one that ends in a star stands for every ending."""

    def __init__(self, words: Sequence[str]) -> None:
        self._whole = frozenset(word.casefold() for word in words if not word.endswith("*"))
        self._beginnings = tuple(word[:-1].casefold() for word in words if word.endswith("*"))

    def __contains__(self, word: str) -> bool:
        word = word.casefold()
        return word in self._whole or word.startswith(self._beginnings)

    def within(self, text: str) -> Iterator[str]:
        """The words of a text that are in the list, in its order; what an underscore joins are two words."""
        return (word for word in _WORD.findall(text[:LIMIT]) if word in self)


def vague() -> Words:
    """Words that praise or rank without a number: “fast”, «качественно»."""
    return _list("vague")


def groups() -> Words:
    """Names of attributes that tell groups of people or cases apart: “country”, «сегмент»."""
    return _list("groups")


def abbreviations() -> Words:
    """Capitals that need no explanation among engineers."""
    return _list("abbreviations")


@cache
def _list(name: str) -> Words:
    return Words(_file().get(name))


@cache
def _file() -> Sections:
    return Sections(templates() / "registries" / "words.yaml")
