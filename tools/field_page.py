"""The page of every field, made from the models and their docstrings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args, get_origin

from mlsd.design import quantity
from mlsd.design.design import Design
from mlsd.design.doc import docs, split
from mlsd.design.node import Node
from mlsd.design.types import Arms, Empty, Kind, Picks, Reads, ReadsMoney, Ref, Steps, words_of

INTRODUCTION = """\
Everything may be empty: empty means *not answered*, and a field that inherits then says from where. A list of one may
drop its brackets. Numbers may be written as people write them: `5%`, `1.2M`, `200 ms`, `70/30`. `[]` stands for an
entry of a list; in a path it is named by its id: `pipeline.components[ranker].p99_ms`."""

READ = {
    quantity.number: "a number",
    quantity.count: "a whole number from 0",
    quantity.share: "a share: 0 to 1, or in %",
    quantity.ratio: "a ratio from 0, where 1 is 100 %",
    quantity.percentile: "a percentile, 0 to 100",
    quantity.in_ms: "milliseconds",
    quantity.in_minutes: "minutes",
    quantity.in_hours: "hours",
    quantity.in_days: "days",
    quantity.gigabytes: "GB",
    quantity.tokens: "tokens",
    quantity.slug: "an id",
    quantity.iso_date: "a day: `2027-06-30`",
    quantity.duration: "a duration with its unit: `5 min`",
}


def page(made: str) -> str:
    """Every field of a design file: path, what it holds, its question and its help."""
    lines = ["# Every field of a design file", "", made, "", INTRODUCTION, ""]
    for node, paths in _parts().items():
        title = ", ".join(f"`{path}`" for path in paths if path) or "The head of the file, and its stages"
        lines += [f"## {title}", "", split(node.__doc__ or "")[0], "", "| field | holds | question |", "|---|---|---|"]
        lines += [_row(node, name, paths) for name in node.model_fields]
        lines.append("")
    return "\n".join(lines)


def _row(node: type[Node], name: str, paths: list[str]) -> str:
    info = node.model_fields[name]
    key = info.alias or name
    path = f"{paths[0]}.{key}" if len(paths) == 1 and paths[0] else key
    doc = docs(node)[name]
    said = " ".join((f"**{doc.question}**", *doc.help))
    return f"| `{path}` | {holds(info.annotation, info.metadata)} | {said} |".replace("\n", " ")


def _parts() -> dict[type[Node], list[str]]:
    """Every class with the paths at which it stands, in the order of the file."""
    found: dict[type[Node], list[str]] = {}
    for path, node in _standing(Design, ""):
        found.setdefault(node, []).append(path)
    return found


def _standing(node: type[Node], path: str) -> Iterator[tuple[str, type[Node]]]:
    yield path, node
    for name, info in node.model_fields.items():
        inner = part_of(info.annotation)
        if inner:
            key = f"{path}.{info.alias or name}".removeprefix(".")
            yield from _standing(inner, f"{key}[]" if get_origin(info.annotation) is list else key)


def part_of(annotation: Any) -> type[Node] | None:
    """The class of a part or of the entries of a list, if the field holds such."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, Node) else None
    return next((found for found in map(part_of, get_args(annotation)) if found), None)


def holds(annotation: Any, marks: list[Any]) -> str:
    """What a field holds, in words."""
    if part_of(annotation):
        return "entries" if get_origin(annotation) is list else "keys"
    if any(isinstance(mark, Picks) for mark in marks):
        return "one of " + _words(words_of(annotation))
    if any(isinstance(mark, Empty) for mark in marks):
        return holds(get_args(annotation)[0], [])
    origin = get_origin(annotation)
    if origin is Annotated:
        inside, *more = get_args(annotation)
        return holds(inside, more)
    known = next((said for said in map(_marked, sorted(marks, key=_weight)) if said), "")
    if known:
        return known
    if origin is list:
        entry = get_args(annotation)[0]
        if get_origin(entry) is Literal:
            return "some of " + _words(get_args(entry))
        return "a list, each " + holds(entry, [])
    return "terms, each with its text"


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _weight(mark: Any) -> int:
    """What says most comes first: a route is more than its ids, an id or a kind of text more than a text."""
    return 0 if isinstance(mark, Steps | Arms) else 2 if isinstance(mark, Reads) else 1


REFERENCES = {
    "path": "a path",
    "any": "an id of any kind",
    "node": "the id of a source, block or store",
    "entity": "the id of an entity",
    "attribute": "an attribute: `user.age`",
}


def _marked(mark: Any) -> str:
    match mark:
        case Steps():
            return "ids of components in order, parallel ones in an inner list"
        case Arms():
            return "the share of each arm: `70/30`"
        case Ref():
            return REFERENCES.get(mark.to, f"the id of a {mark.to}")
        case Kind():
            return "the name of a tool" if mark.name == "tool" else "text"
        case ReadsMoney():
            return "money"
        case Reads() if mark.written == ("boolean",):
            return "`true` or `false`"
        case Reads():
            return READ.get(mark.parse, "a word or a name")
    return ""
