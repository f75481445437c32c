"""Which rules are listened to: by their codes, by what codes begin with, and by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlsd.errors import Message, UsageError
from mlsd.lint.formats import FORMATS
from mlsd.lint.rule import Rule
from mlsd.lint.rules import by_code

UNREADABLE = "FMT"


def selection(select: Sequence[str], ignore: Sequence[str], rules: Sequence[Rule]) -> frozenset[str]:
    """The codes of the rules that may speak: the selected ones (none named: all) without the ignored ones.

    A word is a code, what codes begin with (``MET``), or a name; several may stand in one, with commas between. Raises
    UsageError with the nearest code for a word that means no rule, and for FMT codes among the ignored ones.
    """
    known = frozenset(rule.code for rule in rules)
    chosen, ignored = _codes(select, rules), _codes(ignore, rules)
    if unread := sorted(ignored & FORMATS.keys()):
        raise UsageError(
            Message("{code} cannot be ignored: nothing is known of a file that cannot be read.", code=unread[0]),
            Message("Leave the file out, or mend it."),
        )
    return (chosen & known if words(select) else known) - ignored


def words(texts: Iterable[str]) -> list[str]:
    """The words of options that may be repeated, and that may hold several with commas between."""
    return [word for text in texts for part in text.split(",") if (word := part.strip())]


def _codes(texts: Sequence[str], rules: Sequence[Rule]) -> frozenset[str]:
    return frozenset(code for word in words(texts) for code in _meant(word, rules))


def _meant(word: str, rules: Sequence[Rule]) -> Iterable[str]:
    start = word.upper().removesuffix("-")
    if start == UNREADABLE:
        return list(FORMATS)
    if start in FORMATS:
        return [start]
    begun = [rule.code for rule in rules if start.isalpha() and rule.code.startswith(start)]
    return begun or [by_code(word.removesuffix("-"), rules).code]
