"""What a field can hold, read from its type: the values of an enum, what it refers to, how a written value is read."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import ValidationError

from mlsd.design import Node, Path
from mlsd.design.path import field_of
from mlsd.design.reference import target_of
from mlsd.design.types import Kind as Mark
from mlsd.errors import Message, MlsdError, ValueRefused
from mlsd.storage.commas import refuse_cut
from mlsd.storage.schema import model_at

_PROSE = Mark("prose")


class Kind(NamedTuple):
    """What is known of a field from its type."""

    node: type[Node]
    name: str
    """In Python; ``from_`` for ``from``."""
    values: tuple[str, ...]
    """Of an enum; empty if any value may stand there."""
    target: str | None
    """To what it refers: metric, entity, node …"""
    is_list: bool
    is_prose: bool
    """Words that people read, in one piece."""
    is_truth: bool
    below: type[Node] | None
    """The class of the node, or of the entries of the list, that it holds."""


def kind(path: Path) -> Kind:
    """The kind of the field at a path. Raises KeyError if no design has such a field."""
    return _kind(tuple(step for step in path if isinstance(step, str)))


@cache
def _kind(keys: tuple[str, ...]) -> Kind:
    node: Any = model_at(keys[:-1])
    name = field_of(node, keys[-1]) if node else None
    if name is None:
        raise KeyError(keys)
    info = node.model_fields[name]
    listed = _listed(info.annotation)
    prose = not listed and any(mark == _PROSE for mark in (*info.metadata, *_marks(info.annotation)))
    truth = bool in _flat(info.annotation)
    below: Any = model_at(keys)
    return Kind(node, name, _literals(info.annotation), target_of(node, name), listed, prose, truth, below)


def keys_below(path: Path) -> tuple[str, ...]:
    """The keys of the node, or of the entries of the list, at a path."""
    below = kind(path).below
    return tuple(info.alias or name for name, info in below.model_fields.items()) if below else ()


def values(path: Path) -> tuple[str, ...]:
    """The values of the enum at the path; empty if any value may stand there."""
    return kind(path).values


def target(path: Path) -> str | None:
    """To what the field at the path refers (metric, entity, node …); None if it holds no reference."""
    return kind(path).target


def is_list(path: Path) -> bool:
    """Whether several values may stand at the path."""
    return kind(path).is_list


def read(path: Path, text: str, currency: str | None = None) -> Any:
    """The value that a written text gives in this field, as plain data. Raises ValueRefused as `check` would."""
    known = kind(path)
    key = known.node.model_fields[known.name].alias or known.name
    value: Any = {"true": True, "false": False}.get(text.strip(), text.strip()) if known.is_truth else text.strip()
    if known.is_list:
        refuse_cut(text)
        value = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    try:
        made = known.node.model_validate({key: value}, context={"currency": currency})
    except ValidationError as error:
        raise refused(error, known.values) from None
    return made.filled().get(key)


def refused(error: ValidationError, kinds: tuple[str, ...] = ()) -> MlsdError:
    """The sentence for what pydantic refused."""
    first = error.errors(include_url=False)[0]
    context = first.get("ctx", {})
    if isinstance(context.get("message"), Message):
        return ValueRefused(context["message"], context.get("hint"))
    hint = Message("Choose one of: {known}.", known=list(kinds)) if kinds else None
    return ValueRefused(Message("“{text}” is not a value here.", text=str(first.get("input"))), hint)


def _marks(annotation: Any) -> list[Any]:
    own = list(getattr(annotation, "__metadata__", ()))
    return own + [mark for part in get_args(annotation) for mark in _marks(part)]


def _flat(annotation: Any) -> list[Any]:
    inside = get_args(annotation)
    return [annotation] if not inside else [leaf for part in inside for leaf in _flat(part)]


def _listed(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(
        _listed(part) for part in get_args(annotation) if get_origin(annotation) is not Literal
    )


def _literals(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation) if (found := _literals(part))), ())
