"""The schema made by hand is the one that pydantic works out from the same fields."""

from collections.abc import Iterator
from typing import Any

import pytest

from mlsd.design.design import Design
from mlsd.design.finish import finish, node_schema
from mlsd.design.node import Node

TOLD_ONLY = {"ref", "metadata", "default_factory_takes_data"}
"""What is told about a schema and changes nothing in how it reads."""


def nodes(below: type[Node] = Node) -> Iterator[type[Node]]:
    for node in below.__subclasses__():
        yield node
        yield from nodes(node)


def by_pydantic(node: type[Node]) -> Any:
    super(Node, node).model_rebuild(force=True)
    schema: Any = node.__pydantic_core_schema__
    finish(node)
    return schema


def plain(schema: Any, shared: dict[str, Any]) -> Any:
    """The schema with shared parts in their places, and every factory of a part as a default that is read."""
    if isinstance(schema, list):
        return [plain(entry, shared) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "definitions":
        return plain(schema["schema"], {entry["ref"]: entry for entry in schema["definitions"]})
    if schema.get("type") == "definition-ref":
        return plain(shared[schema["schema_ref"]], shared)
    kept = {key: plain(value, shared) for key, value in schema.items() if key not in TOLD_ONLY and value != []}
    if issubclass(kept.pop("default_factory", object), Node):
        kept |= {"default": None, "validate_default": True}
    if schema.get("default") == []:
        kept["default"] = []
    return kept


@pytest.mark.parametrize("node", list(nodes()), ids=lambda node: node.__name__)
def test_a_node_reads_as_pydantic_would_read_it(node: type[Node]) -> None:
    assert plain(node_schema(node), {}) == plain(by_pydantic(node), {})


def test_a_part_left_out_is_an_empty_part() -> None:
    assert Design() == Design.model_validate({"problem": None, "ab_test": {"mde": {}}})
    assert Design().problem.is_empty
