"""What a plain word of YAML means: the core schema of YAML 1.2, narrowed to what every reader agrees on."""

from __future__ import annotations

import re
from typing import Final

Scalar = str | int | float | bool | None

MOST_DIGITS: Final = 18
SPECIAL: Final = frozenset("-+.0123456789~nNtTfF")
"""The first characters of words that may mean something else than their text."""

_WORDS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_TOO_LARGE: Final = float("inf")


def meaning(word: str) -> Scalar:
    """The value of a plain (unquoted) scalar.

    ``null`` ``~`` and nothing are None, ``true`` and ``false`` are bool, decimal numbers are int or float. All else is
    text: dates, ``no``, ``on``, ``12:30``, ``0755``, ``0x1F``, ``.inf``, ``1_000``, numbers of more than 18 digits.
    """
    if word in _WORDS:
        return _WORDS[word]
    if word[0] not in SPECIAL or len(word) > 2 * MOST_DIGITS:
        return word
    if _INTEGER.match(word):
        return int(word) if len(word.lstrip("+-")) <= MOST_DIGITS else word
    if _FLOAT.match(word) and len(_significant(word)) <= MOST_DIGITS:
        number = float(word)
        return word if abs(number) == _TOO_LARGE else number
    return word


def _significant(number: str) -> str:
    return number.lower().partition("e")[0].replace(".", "").lstrip("+-0")
