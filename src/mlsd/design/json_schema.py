"""The JSON Schema of a design file, for editors: types from the models, descriptions from the field docstrings."""

from __future__ import annotations

from typing import Any

from mlsd.design import FORMAT_VERSION
from mlsd.design.design import Design
from mlsd.design.doc import docs, split
from mlsd.design.node import Node

FILE_NAME = f"mlsd-{FORMAT_VERSION}.schema.json"
"""The name of the file in which an editor finds it, beside the design."""

WRITTEN_SHORT = ("Attribute", "Effect", "Split")
"""Parts that may also be written as one text: ``age``, ``5% relative``, ``80/10/10``."""


def json_schema() -> dict[str, Any]:
    """The whole schema, draft 2020-12, complete in itself."""
    schema = Design.model_json_schema(by_alias=True)
    _describe(schema, Design)
    for node in _every(Node):
        definition = schema["$defs"].get(node.__name__)
        if definition:
            _describe(definition, node)
    for name in WRITTEN_SHORT:
        schema["$defs"][name] = {"anyOf": [schema["$defs"][name], {"type": "string"}]}
    schema |= {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"mlsd design, format {FORMAT_VERSION}",
    }
    return _ordered(schema)


def _describe(definition: dict[str, Any], node: type[Node]) -> None:
    """Put each field's docstring where editors show it; drop what only pydantic needs."""
    definition.pop("title", None)
    definition["description"] = split(node.__doc__ or "")[0]
    known = docs(node)
    for name, info in node.model_fields.items():
        field = definition["properties"][info.alias or name]
        field.pop("title", None)
        field.pop("default", None)
        if "$ref" in field:
            definition["properties"][info.alias or name] = field = {"anyOf": [field, {"type": "null"}]}
        if name in known:
            field["description"] = " ".join((known[name].question, *known[name].help))


def _every(node: type[Node]) -> list[type[Node]]:
    found = []
    for child in node.__subclasses__():
        found += [child, *_every(child)]
    return found


def _ordered(schema: dict[str, Any]) -> dict[str, Any]:
    """What a reader looks for first, then the rest, the definitions last."""
    rest = sorted(schema, key=lambda key: key == "$defs")
    return {key: schema[key] for key in dict.fromkeys(["$schema", "title", "description", "type", *rest])}
