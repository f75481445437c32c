"""What a field can hold, read from its type: the values of an enum, what it refers to, how a written value is read."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from mlsd.design import Node, Path
from mlsd.design.path import field_of
from mlsd.design.reference import target_of
from mlsd.errors import Message, MlsdError, ValueRefused
from mlsd.storage.schema import model_at


def field(path: Path) -> tuple[type[Node], str]:
    """The class and the Python name of the field at a path."""
    node: Any = model_at(path[:-1])
    name = field_of(node, str(path[-1])) if node else None
    if name is None:
        raise KeyError(path)
    return node, name


def values(path: Path) -> tuple[str, ...]:
    """The values of the enum at the path; empty if any value may stand there."""
    node, name = field(path)
    return _literals(node.model_fields[name].annotation)


def target(path: Path) -> str | None:
    """To what the field at the path refers (metric, entity, node …); None if it holds no reference."""
    node, name = field(path)
    return target_of(node, name)


def is_list(path: Path) -> bool:
    """Whether several values may stand at the path."""
    node, name = field(path)
    return _listed(node.model_fields[name].annotation)


def annotation(path: Path) -> Any:
    """The annotated type of the field at the path."""
    node, name = field(path)
    info = node.model_fields[name]
    return info.annotation


def read(path: Path, text: str, currency: str | None = None) -> Any:
    """The value that a written text gives in this field, as plain data. Raises ValueRefused as `check` would."""
    node, name = field(path)
    key = node.model_fields[name].alias or name
    kinds = _literals(node.model_fields[name].annotation)
    value: Any = {"true": True, "false": False}.get(text.strip(), text.strip()) if _truth(node, name) else text.strip()
    if is_list(path):
        value = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    try:
        made = _adapter(node).validate_python({key: value}, context={"currency": currency})
    except ValidationError as error:
        raise refused(error, kinds) from None
    return made.filled().get(key)


def refused(error: ValidationError, kinds: tuple[str, ...] = ()) -> MlsdError:
    """The sentence for what pydantic refused."""
    first = error.errors(include_url=False)[0]
    context = first.get("ctx", {})
    if isinstance(context.get("message"), Message):
        return ValueRefused(context["message"], context.get("hint"))
    hint = Message("Choose one of: {known}.", known=list(kinds)) if kinds else None
    return ValueRefused(Message("“{text}” is not a value here.", text=str(first.get("input"))), hint)


@cache
def _adapter(node: type[Node]) -> TypeAdapter[Any]:
    return TypeAdapter(node)


def _truth(node: type[Node], name: str) -> bool:
    return bool in _flat(node.model_fields[name].annotation)


def _flat(annotation: Any) -> list[Any]:
    inside = get_args(annotation)
    return [annotation] if not inside else [leaf for part in inside for leaf in _flat(part)]


def _listed(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(_listed(part) for part in get_args(annotation) if get_origin(annotation) is not Literal)


def _literals(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation) if (found := _literals(part))), ())
