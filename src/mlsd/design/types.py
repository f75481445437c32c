"""The kinds of value a field can hold; each reads what people write (see quantity.py) or says why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BeforeValidator,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from mlsd.design import quantity
from mlsd.errors import Message, ValueRefused

T = TypeVar("T")


def refusal(error: ValueRefused) -> PydanticCustomError:
    """The same refusal in the form in which pydantic carries it to the reader, Message included."""
    text = str(error.message).replace("{", "(").replace("}", ")")
    return PydanticCustomError("refused", text, {"message": error.message, "hint": error.hint})  # type: ignore[arg-type]


def reads(parse: Callable[[Any], Any]) -> BeforeValidator:
    """A validator that lets a function of quantity.py read the value."""

    def validate(value: Any) -> Any:
        if value is None:
            return None
        try:
            return parse(value)
        except ValueRefused as error:
            raise refusal(error) from None

    return BeforeValidator(validate)


def read(parse: Callable[[Any], Any], value: Any) -> Any:
    """What a function of quantity.py makes of a bare value where keys and values may also stand."""
    if value is None or isinstance(value, dict):
        return value or {}
    try:
        return parse(value)
    except ValueRefused as error:
        raise refusal(error) from None


def words(value: Any) -> Any:
    """Text as it is; a number or a truth value where text belongs is refused and shown as it was read."""
    if isinstance(value, bool):
        read = Message("the truth value {value}", value=str(value).lower())
    elif isinstance(value, int | float):
        read = Message("the number {value}", value=value)
    elif isinstance(value, list):
        read = Message("a list")
    elif isinstance(value, dict):
        read = Message("keys and values")
    else:
        return value
    raise ValueRefused(
        Message("Text belongs here, but this reads as {read}.", read=read),
        Message("Put it in quotes: it is text then."),
    )


def truth(value: Any) -> Any:
    """``true`` or ``false`` and nothing else; YAML 1.1's yes and no are told what to write."""
    if isinstance(value, bool):
        return value
    raise ValueRefused(
        Message("“{value}” is neither true nor false.", value=value),
        Message("Write true or false."),
    )


def money(value: Any, info: ValidationInfo) -> Any:
    """An amount in the file's currency, which the reader passes along as context."""
    currency = info.context.get("currency") if info.context else None
    try:
        return None if value is None else quantity.money(value, currency)
    except ValueRefused as error:
        raise refusal(error) from None


_WRITTEN = WithJsonSchema({"type": ["number", "string"]})
_TEXT = WithJsonSchema({"type": "string"})

Text = Annotated[str, reads(words), _TEXT]
"""Prose that people read; in a template it is translated."""
Term = Annotated[str, reads(words), _TEXT]
"""A technical word or expression that is the same in every language."""
Slug = Annotated[
    str,
    reads(quantity.slug),
    WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}),
]
ToolName = Annotated[str, reads(words), _TEXT]
Number = Annotated[float, reads(quantity.number), _WRITTEN]
Count = Annotated[int, reads(quantity.count), _WRITTEN]
Share = Annotated[float, reads(quantity.share), _WRITTEN]
Ratio = Annotated[float, reads(quantity.ratio), _WRITTEN]
Percentile = Annotated[float, reads(quantity.percentile), _WRITTEN]
Ms = Annotated[float, reads(quantity.in_ms), _WRITTEN]
Minutes = Annotated[float, reads(quantity.in_minutes), _WRITTEN]
Hours = Annotated[float, reads(quantity.in_hours), _WRITTEN]
Days = Annotated[float, reads(quantity.in_days), _WRITTEN]
Gigabytes = Annotated[float, reads(quantity.gigabytes), _WRITTEN]
Tokens = Annotated[int, reads(quantity.tokens), _WRITTEN]
Money = Annotated[float, BeforeValidator(money), _WRITTEN]
IsoDate = Annotated[
    date,
    reads(quantity.iso_date),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Duration = Annotated[str, reads(quantity.duration), _TEXT]
YesNo = Annotated[bool, reads(truth), WithJsonSchema({"type": "boolean"})]

Level = Literal["none", "weak", "strong"]
Op = Literal["<=", ">=", "="]
Direction = Literal["up", "down"]
# fmt: off
Unit = Literal[
    "impression", "request", "session", "device", "user", "account", "item", "store", "region", "time_slot", "other",
]
Role = Literal[
    "gateway", "retrieval", "ranking", "scoring", "llm", "policy", "guard", "cache", "tool",
    "feature_store", "online_store", "vector_index", "text_index", "database", "object_store", "warehouse", "log",
    "transport", "stream_compute", "batch_compute", "training", "orchestration", "registry", "monitoring",
    "experiment", "labelling", "human", "other",
]
# fmt: on


@dataclass(frozen=True)
class Ref:
    """Marks a text field as a reference: the id of something declared in the named list."""

    to: str


MetricRef = Annotated[str, Ref("metric"), reads(words), _TEXT]
EntityRef = Annotated[str, Ref("entity"), reads(words), _TEXT]
AttributeRef = Annotated[str, Ref("attribute"), reads(words), _TEXT]
SourceRef = Annotated[str, Ref("source"), reads(words), _TEXT]
NodeRef = Annotated[str, Ref("node"), reads(words), _TEXT]
ComponentRef = Annotated[str, Ref("component"), reads(words), _TEXT]
ConstraintRef = Annotated[str, Ref("constraint"), reads(words), _TEXT]
MonitorRef = Annotated[str, Ref("monitor"), reads(words), _TEXT]
AnyRef = Annotated[str, Ref("any"), reads(words), _TEXT]
PathRef = Annotated[str, Ref("path"), reads(words), _TEXT]


class ListOrOne:
    """A list of one may drop its brackets."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        listed = handler(schema)
        return {"anyOf": [listed, listed["items"]]}


def listed(value: Any) -> Any:
    """One thing as a list of one, nothing as an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


Listed = Annotated[list[T], BeforeValidator(listed), ListOrOne()]

AbSplit = Annotated[
    dict[str, Share],
    reads(quantity.ab_split),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "additionalProperties": {"type": ["number", "string"]},
                },
            ]
        }
    ),
]
"""Share of each arm, control first: ``70/30`` or ``{control: 0.7, treatment: 0.3}``."""


def route(value: Any) -> Any:
    """The steps of a request path: ids in order, an inner list runs in parallel; ``[a]`` inside is ``a``."""
    steps = listed(value)
    for step in steps:
        for name in step if isinstance(step, list) else [step]:
            if not isinstance(name, str):
                raise ValueRefused(
                    Message(
                        "A request path names components; “{value}” is not a name.",
                        value=name,
                    ),
                    Message(
                        "Write ids in order, parallel ones in an inner list: [gateway, [retrieval, features], ranker]"
                    ),
                )
    return steps


_ROUTE_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "array",
            "items": {
                "anyOf": [
                    {"type": "string"},
                    {"type": "array", "items": {"type": "string"}},
                ]
            },
        },
    ]
}
Route = Annotated[
    list[str | list[str]],
    Ref("component"),
    BeforeValidator(listed),
    reads(route),
    WithJsonSchema(_ROUTE_SCHEMA),
]
