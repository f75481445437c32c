"""The kinds of value a field can hold; each reads what people write (see quantity.py) or says why not.

The markers here hand pydantic a finished schema, because working the same schema out
from validators and unions takes several times as long, on every start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from pydantic_core.core_schema import ValidationInfo

from mlsd.design import quantity
from mlsd.design.units import PERCENT
from mlsd.errors import Message, ValueRefused

T = TypeVar("T")

Handler = Callable[[Any], CoreSchema]
"""Makes the schema of a type that a mark stands on."""


def refusal(error: ValueRefused) -> PydanticCustomError:
    """The same refusal in the form in which pydantic carries it to the reader, Message included."""
    text = str(error.message).replace("{", "(").replace("}", ")")
    return PydanticCustomError("refused", text, {"message": error.message, "hint": error.hint})


class Reads:
    """Marks a kind of value that a function reads; ``written`` names the JSON types in which it may be written."""

    def __init__(self, parse: Callable[[Any], Any], written: tuple[str, ...] = ("number", "string")) -> None:
        self.parse = parse
        self.written = written

    def __call__(self, value: Any) -> Any:
        """The value as read; pydantic gets the refusal in its own form."""
        try:
            return None if value is None else self.parse(value)
        except ValueRefused as error:
            raise refusal(error) from None

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self)


class ReadsMoney:
    """Marks an amount in the file's currency, which the reader passes along as context."""

    written = ("number", "string")

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(money)


class Picks:
    """Marks a choice among words."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        return core_schema.nullable_schema(core_schema.literal_schema(list(words_of(source))))


@dataclass(frozen=True)
class Kind:
    """Marks what a text is: ``prose`` that people read and templates translate, or the name of a ``tool``."""

    name: str


class Empty:
    """Marks a field that may be empty: its kind reads None as None."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        return handler(get_args(source)[0])


class Before:
    """Marks a type that first passes through a function."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.function, handler(source))


def words_of(choice: Any) -> tuple[str, ...]:
    """The words of ``Literal[…] | None``."""
    return tuple(word for part in get_args(choice) for word in get_args(part))


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
    hint = Message("Put it in quotes: it is text then.")
    if isinstance(value, bool):
        read = Message("the truth value {value}", value=str(value).lower())
    elif isinstance(value, int | float):
        read = Message("the number {value}", value=value)
    elif isinstance(value, list):
        read, hint = Message("a list"), Message("Write one text or id here, without brackets.")
    elif isinstance(value, dict):
        read = Message("keys and values")
    else:
        return value
    raise ValueRefused(Message("Text belongs here, but this reads as {read}.", read=read), hint)


def standing_in(value: Any) -> Any:
    """What stands in for a missing value: words, or a number as it is written."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else words(value)


def out_of_percent(value: Any, *counted: str) -> Any:
    """Keys and values in which ``14`` beside the unit ``%`` means 14 %: from then on it is a share of 1."""
    if not isinstance(value, dict) or str(value.get("unit")).strip() not in PERCENT:
        return value
    bare = {key: value[key] for key in counted if str(value.get(key)).strip()[-1:].isdecimal()}
    return value | {key: f"{number} %" for key, number in bare.items()} | {"unit": "share"}


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


_TEXT = Reads(words, ("string",))

Text = Annotated[str, _TEXT, Kind("prose")]
"""Prose that people read; in a template it is translated."""
StandIn = Annotated[str, Reads(standing_in), Kind("prose")]
"""Prose or a bare number."""
Term = Annotated[str, _TEXT]
"""A technical word or expression that is the same in every language."""
Slug = Annotated[str, Reads(quantity.slug, ("string",))]
ToolName = Annotated[str, _TEXT, Kind("tool")]
Number = Annotated[float, Reads(quantity.number)]
Count = Annotated[int, Reads(quantity.count)]
Share = Annotated[float, Reads(quantity.share)]
Ratio = Annotated[float, Reads(quantity.ratio)]
Percentile = Annotated[float, Reads(quantity.percentile)]
Ms = Annotated[float, Reads(quantity.in_ms)]
Minutes = Annotated[float, Reads(quantity.in_minutes)]
Hours = Annotated[float, Reads(quantity.in_hours)]
Days = Annotated[float, Reads(quantity.in_days)]
Gigabytes = Annotated[float, Reads(quantity.gigabytes)]
Tokens = Annotated[int, Reads(quantity.tokens)]
Money = Annotated[float, ReadsMoney()]
IsoDate = Annotated[date, Reads(quantity.iso_date, ("string",))]
Duration = Annotated[str, Reads(quantity.duration, ("string",))]
YesNo = Annotated[bool, Reads(truth, ("boolean",))]
Maybe = Annotated[T | None, Empty()]
"""A field that holds one of these kinds, or nothing yet."""
OneOf = Annotated[T | None, Picks()]
"""A field that holds one word of a Literal, or nothing yet."""

Level = OneOf[Literal["none", "weak", "strong"]]
Op = OneOf[Literal["<=", ">=", "="]]
Direction = OneOf[Literal["up", "down"]]
# fmt: off
Unit = OneOf[Literal[
    "impression", "request", "session", "device", "user", "account", "item", "store", "region", "time_slot", "other",
]]
Role = OneOf[Literal[
    "gateway", "retrieval", "ranking", "scoring", "llm", "policy", "guard", "cache", "tool",
    "feature_store", "online_store", "vector_index", "text_index", "database", "object_store", "warehouse", "log",
    "transport", "stream_compute", "batch_compute", "training", "orchestration", "registry", "monitoring",
    "experiment", "labelling", "human", "other",
]]
# fmt: on


@dataclass(frozen=True)
class Ref:
    """Marks a text field as a reference: the id of something declared in the named list."""

    to: str


MetricRef = Annotated[str, _TEXT, Ref("metric")]
EntityRef = Annotated[str, _TEXT, Ref("entity")]
AttributeRef = Annotated[str, _TEXT, Ref("attribute")]
SourceRef = Annotated[str, _TEXT, Ref("source")]
NodeRef = Annotated[str, _TEXT, Ref("node")]
ComponentRef = Annotated[str, _TEXT, Ref("component")]
ConstraintRef = Annotated[str, _TEXT, Ref("constraint")]
MonitorRef = Annotated[str, _TEXT, Ref("monitor")]
AnyRef = Annotated[str, _TEXT, Ref("any")]
PathRef = Annotated[str, _TEXT, Ref("path")]


def listed(value: Any) -> Any:
    """One thing as a list of one, nothing as an empty list; an empty entry is refused."""
    if value is None:
        return []
    entries = value if isinstance(value, list) else [value]
    if None in entries:
        raise refusal(ValueRefused(Message("An entry of this list is empty."), Message("Fill it, or take it out.")))
    return entries


Listed = Annotated[list[T], Before(listed)]
"""A list; a list of one may drop its brackets."""


def arms(value: Any) -> Any:
    """Share of each arm, from ``70/30`` or ``{control: 0.7, treatment: 0.3}``."""
    if value is None or isinstance(value, dict):
        return {str(arm): quantity.share(share) for arm, share in (value or {}).items()}
    return quantity.ab_split(value)


def route(value: Any) -> Any:
    """The steps of a request path: ids in order, an inner list runs in parallel."""
    steps = listed(value)
    for step in steps:
        for name in step if isinstance(step, list) else [step]:
            if not isinstance(name, str):
                raise ValueRefused(
                    Message("A request path names components; “{value}” is not a name.", value=name),
                    Message("Write ids in order, parallel ones in an inner list: [gateway, [a, b], ranker]"),
                )
    return steps


class Arms(Reads):
    """Reads a split of an experiment; empty is an empty one."""

    def __call__(self, value: Any) -> Any:
        """The share of each arm."""
        return super().__call__({} if value is None else value)


class Steps(Reads):
    """Reads a request path; empty is an empty one."""

    def __call__(self, value: Any) -> Any:
        """The steps."""
        return super().__call__([] if value is None else value)


AbSplit = Annotated[dict[str, float], Arms(arms, ("string", "object"))]
"""Share of each arm, control first."""
Route = Annotated[list[str | list[str]], Steps(route, ("string", "array")), Ref("component")]
"""The blocks of the request path in order."""
