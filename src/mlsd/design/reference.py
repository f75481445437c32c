"""Who is declared, and who refers to whom: every ``→`` of the file format."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from mlsd.design.design import Design
from mlsd.design.node import Node
from mlsd.design.place import Path
from mlsd.design.types import Ref

RESERVED = frozenset({"request", "decision"})
"""Where a question enters the service, and where the action leaves it."""

_LISTS: tuple[tuple[str, tuple[str, str]], ...] = (
    ("metric", ("metrics", "business")),
    ("metric", ("metrics", "online")),
    ("metric", ("metrics", "offline")),
    ("constraint", ("problem", "constraints")),
    ("risk", ("problem", "risks")),
    ("entity", ("data", "entities")),
    ("source", ("data", "sources")),
    ("component", ("pipeline", "components")),
    ("store", ("deploy", "storage")),
    ("feature", ("model", "features")),
    ("candidate", ("model", "candidates")),
    ("monitor", ("deploy", "monitoring")),
)
_NAMESPACES = {"node": ("source", "component", "store"), "path": ()}


class Reference(NamedTuple):
    """One use of an id: where it stands, which list it should be in, and the id itself."""

    path: Path
    to: str
    id: str


def declared(design: Design) -> dict[str, dict[str, Path]]:
    """For each kind of thing the ids that are declared, each with its path; the first of two equal ids counts."""
    found: dict[str, dict[str, Path]] = {kind: {} for kind in (*dict(_LISTS), "attribute")}
    for kind, (stage, field) in _LISTS:
        for position, entry in enumerate(getattr(getattr(design, stage), field)):
            if entry.id:
                found[kind].setdefault(entry.id, (stage, field, position))
    for number, entity in enumerate(design.data.entities):
        for position, attribute in enumerate(entity.attributes):
            if entity.id and attribute.name:
                path = ("data", "entities", number, "attributes", position)
                found["attribute"].setdefault(f"{entity.id}.{attribute.name}", path)
    return found


def twice(design: Design) -> Iterator[tuple[str, Path, Path]]:
    """Ids that two entries of one namespace share: the id, the path of the first, the path of the later one."""
    shared = {kind: name for name, kinds in _NAMESPACES.items() for kind in kinds}
    first: dict[tuple[str, str], Path] = {}
    for kind, (stage, field) in _LISTS:
        for position, entry in enumerate(getattr(getattr(design, stage), field)):
            path = (stage, field, position)
            if entry.id and first.setdefault((shared.get(kind, kind), entry.id), path) != path:
                yield entry.id, first[shared.get(kind, kind), entry.id], path


def known(design: Design, to: str) -> dict[str, Path]:
    """The ids to which a reference of this kind may point, each with its path."""
    if to not in design.ids:
        design.ids[to] = among(declared(design), to)
    return design.ids[to]


def among(every: dict[str, dict[str, Path]], to: str) -> dict[str, Path]:
    """Of everything that is declared, the ids to which a reference of this kind may point."""
    if to == "any":
        return {name: path for kind in reversed(every.values()) for name, path in kind.items()}
    kinds = _NAMESPACES.get(to, (to,))
    return {name: path for kind in kinds for name, path in every.get(kind, {}).items()}


def references(design: Design) -> Iterator[Reference]:
    """Every reference of the design in the order of the file; paths (``→ path``) are not ids and left out."""
    for at, node in design.nodes:
        for name, to, key in _reference_fields(type(node)):
            if to == "path":
                continue
            value = getattr(node, name)
            for step, identifier in _ids(value):
                yield Reference((*at, key, *step), to, identifier)


def _ids(value: Any, at: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        for position, entry in enumerate(value):
            yield from _ids(entry, (*at, position))


@cache
def _reference_fields(node: type[Node]) -> tuple[tuple[str, str, str], ...]:
    """Name, target and key of every field of the class that holds references."""
    found = []
    for name, info in node.model_fields.items():
        marks = [mark for mark in info.metadata if isinstance(mark, Ref)] or list(_marks(info.annotation))
        if marks:
            found.append((name, marks[0].to, info.alias or name))
    return tuple(found)


def _marks(annotation: Any) -> Iterator[Ref]:
    for argument in get_args(annotation):
        if isinstance(argument, Ref):
            yield argument
        elif get_origin(argument) is not None:
            yield from _marks(argument)


def target_of(node: type[Node], field: str) -> str | None:
    """To what a field refers (``metric``, ``entity``, ``node`` …), or None if it holds no reference."""
    return next((to for name, to, _ in _reference_fields(node) if name == field), None)
