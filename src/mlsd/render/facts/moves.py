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
    """The entries, each with the name of its thing as ``thing`` where the path hides it."""
    return [dict(entry) | {"thing": _thing(design, shown, str(entry["path"]))} for entry in entries]


def _thing(design: Design, shown: Facts, path: str) -> str | None:
    try:
        thing = thing_at(shown, find(design, path))
    except MlsdError:
        thing = None
    return thing if thing and thing.replace(" ", "_") not in path else None
