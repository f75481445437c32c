"""How far each assumed number can move, its paths in the words of the design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd.design import Design
from mlsd.design.path import find
from mlsd.errors import MlsdError
from mlsd.render.facts import Facts
from mlsd.render.facts.assumptions import thing_at


def moves(design: Design, shown: Facts, entries: Sequence[Mapping[str, Any]]) -> list[Facts]:
    """The entries, each with the number's path as ``number``, led by the name of its thing where the path hides it."""
    return [dict(entry) | {"number": _named(design, shown, str(entry["path"]))} for entry in entries]


def _named(design: Design, shown: Facts, path: str) -> str:
    try:
        thing = thing_at(shown, find(design, path))
    except MlsdError:
        thing = None
    hidden = thing and thing.replace(" ", "_") not in path
    return f"{thing}: {path}" if hidden else path
