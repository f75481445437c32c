"""Why a finding fired: which values were read, where they come from, and which comparison was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from mlsd.derived.read import origin_of
from mlsd.design import Design, Node
from mlsd.design.path import find, show, value_at
from mlsd.errors import Message, ValueRefused
from mlsd.lint.decisive import Deciders
from mlsd.lint.diagnostic import Diagnostic, Sentence
from mlsd.lint.rule import Rule

PLACES = 6
"""So many places are named of a rule that shows no working."""


class Read(NamedTuple):
    """One value that was read: ``path`` is empty for a number that was computed or is a habit of the trade."""

    path: str
    name: Message | str
    value: Any
    unit: str
    origin: str
    """``given``, ``assumed``, ``computed``, ``default``, or ``empty`` where nothing stands."""


class Why(NamedTuple):
    """The values that were read, those that the sentence carries, and what the rule compares.

    ``certain`` is false where the rule shows no working: then the answers are named that decide what it says, up to
    ``PLACES``, and ``more`` counts the others.
    """

    read: tuple[Read, ...]
    carried: tuple[tuple[str, Any], ...]
    compared: Message
    certain: bool
    more: int = 0


def why(design: Design, diagnostic: Diagnostic, rule: Rule, deciders: Deciders | None = None) -> Why:
    """What led to this finding; pass the ``deciders`` of its rule where several findings of it are explained."""
    inputs = diagnostic.working.inputs if diagnostic.working else ()
    read = [Read(part.path or "", part.name, part.value, part.unit, part.origin) for part in inputs]
    seen = {part.path for part in read}
    read += [fact for fact in _places(design, diagnostic) if fact.path not in seen]
    certain = diagnostic.working is not None
    if not certain:
        named = {fact.path for fact in read}
        deciding = [(show(design, path), path) for path in (deciders or Deciders(design, rule)).of(diagnostic)]
        read += [_fact(design, text, value_at(design, path)) for text, path in deciding if text not in named]
    carried = tuple(diagnostic.message.values.items())
    most = len(read) if certain else PLACES
    return Why(tuple(read[:most]), carried, Sentence(rule.page.summary), certain, len(read[most:]))


def _places(design: Design, diagnostic: Diagnostic) -> Iterator[Read]:
    """What stands where the finding points to, and where its other fact stands."""
    if diagnostic.at:
        yield _fact(design, diagnostic.path, value_at(design, diagnostic.at))
    if diagnostic.also_path:
        try:
            yield _fact(design, diagnostic.also_path, value_at(design, find(design, diagnostic.also_path)))
        except ValueRefused:
            yield _fact(design, diagnostic.also_path, None)


def _fact(design: Design, path: str, value: Any) -> Read:
    plain = _plain(value)
    origin = "empty" if plain in (None, [], {}) else origin_of(design, path)
    return Read(path, path, plain, "", origin)


def _plain(value: Any) -> Any:
    """The value as plain data."""
    if isinstance(value, Node):
        return value.filled()
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value if value is None or isinstance(value, bool | int | float | str | dict) else str(value)
