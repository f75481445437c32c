"""Type-ahead search: which of the shown things a few typed letters mean."""

from __future__ import annotations

from collections.abc import Sequence

from mlsd.interview.prompt import Option

_LAYOUT = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбю",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.",
)


BEFORE_AN_ID = " ,:;>([="
"""Behind one of these a new word may begin."""


def matching(options: Sequence[Option], typed: str) -> list[int]:
    """Positions of the options that the typed text means, those that begin with it first; all where nothing is typed.

    Latin and Cyrillic alike, any case; a name typed with the other keyboard layout is found too, if nothing else is.
    """
    needle = _folded(typed)
    found = _positions(options, needle)
    return found or _positions(options, needle.translate(_LAYOUT))


def described(options: Sequence[Option], typed: str) -> list[int]:
    """Positions of the options whose hint holds the typed text: what it is, where nothing is called that."""
    needle = _folded(typed)
    return [at for at, option in enumerate(options) if needle in _folded(option.hint)]


def _positions(options: Sequence[Option], needle: str) -> list[int]:
    starting = [at for at, option in enumerate(options) if any(name.startswith(needle) for name in _names(option))]
    within = [at for at, option in enumerate(options) if any(needle in name for name in _names(option))]
    return starting + [at for at in within if at not in starting]


def _names(option: Option) -> tuple[str, str]:
    return _folded(option.title), _folded(option.value)


def _folded(text: str) -> str:
    return text.strip().casefold().replace("ё", "е")


def completed(text: str, cursor: int, names: Sequence[str]) -> list[str]:
    """The words that could stand where the one before the cursor is being typed, as Tab offers them."""
    word = word_before(text, cursor)
    if not word and text[:cursor] and text[cursor - 1] not in BEFORE_AN_ID:
        return []
    return [name for name in names if name.casefold().startswith(word.casefold()) and name != word]


def word_before(text: str, cursor: int) -> str:
    """The beginning of an id that ends at the cursor."""
    start = cursor
    while start and (text[start - 1].isalnum() or text[start - 1] in "_."):
        start -= 1
    return text[start:cursor]
