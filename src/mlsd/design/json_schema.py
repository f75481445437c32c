"""The JSON Schema of a design file, for editors: types from the models, descriptions from the field docstrings.

Written by hand over the models, because the file may hold more than pydantic's own schema says: ``5%`` where a number
stands, one thing where a list does, nothing anywhere.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args, get_origin

from mlsd.design import FORMAT_VERSION
from mlsd.design.design import Design
from mlsd.design.doc import docs, split
from mlsd.design.node import Node
from mlsd.design.types import Empty, Picks, Reads, ReadsMoney, words_of

WRITTEN_SHORT = ("Attribute", "Effect", "Split")
"""Parts that may also be written as one text: ``age``, ``5% relative``, ``80/10/10``."""

Schema = dict[str, Any]


def json_schema() -> Schema:
    """The whole schema, draft 2020-12, complete in itself."""
    definitions: dict[str, Schema] = {}
    root = _object(Design, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"mlsd design, format {FORMAT_VERSION}",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(node: type[Node], definitions: dict[str, Schema]) -> Schema:
    known = docs(node)
    properties = {}
    for name, info in node.model_fields.items():
        field = _nullable(_value(info.annotation, info.metadata, definitions))
        if name in known:
            field["description"] = "\n\n".join((known[name].question, *known[name].help))
        properties[info.alias or name] = field
    return {
        "type": "object",
        "description": split(node.__doc__ or "")[0],
        "properties": properties,
        "additionalProperties": False,
    }


def _value(annotation: Any, marks: list[Any], definitions: dict[str, Schema]) -> Schema:
    for mark in marks:
        if isinstance(mark, Reads | ReadsMoney):
            return {"type": list(mark.written)}
        if isinstance(mark, Empty):
            return _value(get_args(annotation)[0], [], definitions)
        if isinstance(mark, Picks):
            return {"enum": list(words_of(annotation))}
    if get_origin(annotation) is Literal:
        return {"enum": list(get_args(annotation))}
    if get_origin(annotation) is Annotated:
        inside, *more = get_args(annotation)
        return _value(inside, more, definitions)
    if get_origin(annotation) is list:
        entry = _value(get_args(annotation)[0], [], definitions)
        return {"anyOf": [{"type": "array", "items": entry}, entry]}
    if get_origin(annotation) is dict:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    return _reference(next(part for part in (annotation, *get_args(annotation)) if isinstance(part, type)), definitions)


def _reference(node: type[Node], definitions: dict[str, Schema]) -> Schema:
    name = node.__name__
    if name not in definitions:
        definitions[name] = {}
        whole = _object(node, definitions)
        definitions[name] = {"anyOf": [whole, {"type": "string"}]} if name in WRITTEN_SHORT else whole
    return {"$ref": f"#/$defs/{name}"}


def _nullable(schema: Schema) -> Schema:
    """The same, or nothing: a key may stand there empty."""
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return schema | {"type": [*kinds, "null"]}
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return {"anyOf": [*schema.get("anyOf", [schema]), {"type": "null"}]}
