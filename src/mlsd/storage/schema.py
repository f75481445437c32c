"""Which keys may stand where, in which order: read from the types of a design."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import GenericAlias
from typing import Any, get_args

from pydantic import BaseModel

from mlsd.design import Design, Path

Model = type[BaseModel]


def keys_at(path: Path) -> list[str]:
    """The keys that may stand at a path, in the order of the schema; empty where any key may stand, or none."""
    model = model_at(path)
    return written_keys(model) if model is not None else []


def model_at(path: Path) -> Model | None:
    """The class of the node at a path; None if plain values stand there."""
    model: Model | None = Design
    for step in path:
        if isinstance(step, str) and model is not None:
            model = model_below(model, step)
    return model


def written_keys(model: Model) -> list[str]:
    """The keys of a class as they stand in a file (``from``, not ``from_``)."""
    return [info.alias or name for name, info in model.model_fields.items()]


def model_below(model: Model, key: str) -> Model | None:
    """The class of the node, or of the entries of the list, that a key holds; None if it holds plain values."""
    for name, info in model.model_fields.items():
        if key in (info.alias, name):
            return next(_models(info.annotation), None)
    return None


@cache
def all_keys() -> dict[str, list[str]]:
    """The keys of every node of a design by the node's path, positions left out."""
    found: dict[str, list[str]] = {}
    waiting: list[tuple[str, Model]] = [("", Design)]
    while waiting:
        home, model = waiting.pop()
        found[home] = written_keys(model)
        for key in found[home]:
            below = model_below(model, key)
            if below is not None:
                waiting.append((f"{home}.{key}" if home else key, below))
    return found


def _models(annotation: Any) -> Iterator[Model]:
    if isinstance(annotation, type) and not isinstance(annotation, GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from _models(part)
