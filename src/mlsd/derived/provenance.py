"""Where a number comes from: given, assumed, or computed from what by which formula."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from mlsd.derived.every import every
from mlsd.derived.fact import Derived
from mlsd.derived.read import origin_of
from mlsd.design import Design
from mlsd.design.path import find, show, value_at
from mlsd.errors import Message, ValueRefused
from mlsd.sizing.working import Input, Working

DEEPEST = 12


class Source(NamedTuple):
    """One number and what it was made from.

    ``origin`` is given, assumed, computed, default, or ``missing`` where nothing is written. ``sources`` are the
    inputs of a computed one; ``uses`` are ids of what is computed from it (of the number asked for only).
    """

    name: Message | str
    path: str | None
    value: object
    unit: str
    origin: str
    working: Working | None = None
    missing: tuple[str, ...] = ()
    refused: Message | None = None
    sources: tuple[Source, ...] = ()
    uses: tuple[str, ...] = ()


def explain(design: Design, text: str) -> Source:
    """The provenance of the number with this id or at this written path. ValueRefused for one that is neither."""
    known = {derived.id: derived for derived in every(design)}
    if text in known:
        return _derived(known[text], known)._replace(uses=_uses(text, known))
    try:
        path = find(design, text)
    except ValueRefused as error:
        near = get_close_matches(text, known, 1)
        subjects = {identifier.partition(".")[0] for identifier in known}
        if near and (error.hint is None or text.partition(".")[0] in subjects):
            raise ValueRefused(error.message, Message("Did you mean {near}?", near=near[0])) from None
        raise
    written = show(design, path)
    value = value_at(design, path)
    uses = _uses(written, known)
    if value is None:
        return Source(written, written, None, "", "missing", uses=uses)
    return Source(written, written, value, "", origin_of(design, written), uses=uses)


def _derived(derived: Derived, known: Mapping[str, Derived], depth: int = 0) -> Source:
    working = derived.working
    inputs = working.inputs if working and depth < DEEPEST else ()
    return Source(
        derived.name,
        derived.id,
        working.result if working else None,
        working.unit if working else "",
        "computed" if working else "missing",
        working,
        derived.missing,
        derived.refused,
        tuple(_source(entry, known, depth + 1) for entry in inputs),
    )


def _source(entry: Input, known: Mapping[str, Derived], depth: int) -> Source:
    made = known.get(entry.path or "")
    if made and made.working:
        return _derived(made, known, depth)._replace(name=entry.name)
    return Source(entry.name, entry.path, entry.value, entry.unit, entry.origin)


def _uses(path: str, known: Mapping[str, Derived]) -> tuple[str, ...]:
    """Ids of what is computed from it directly."""
    return tuple(
        identifier
        for identifier, derived in known.items()
        if path in derived.missing or (derived.working and any(entry.path == path for entry in derived.working.inputs))
    )
