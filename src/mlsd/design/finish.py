"""The schema by which pydantic-core reads a node, made straight from the node's fields and their marks.

Pydantic works out the same schema from the same fields, and takes longer for it than a whole check has.
"""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic_core import CoreSchema, SchemaSerializer, SchemaValidator, core_schema

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from mlsd.design.node import Node


def finish(node: type[Node]) -> None:
    """Give a node's class its validator and its serializer, as ``model_rebuild`` does."""
    node.__pydantic_core_schema__ = schema = node_schema(node)
    node.__pydantic_validator__ = SchemaValidator(schema, schema["config"])
    node.__pydantic_serializer__ = SchemaSerializer(schema, schema["config"])
    node.__pydantic_complete__ = True


def node_schema(node: type[Node]) -> core_schema.ModelSchema:
    """The schema of a node with everything below it."""
    fields: CoreSchema = core_schema.model_fields_schema(
        {name: _field(info) for name, info in node.model_fields.items()}, model_name=node.__name__
    )
    for validator in node.__pydantic_decorators__.model_validators.values():
        fields = core_schema.no_info_before_validator_function(validator.func, fields)
    config = core_schema.CoreConfig(
        title=node.__name__, extra_fields_behavior="forbid", validate_by_alias=True, validate_by_name=True
    )
    return core_schema.model_schema(node, fields, custom_init=False, root_model=False, config=config)


def _field(info: FieldInfo) -> core_schema.ModelField:
    schema = _marked(info.annotation, info.metadata)
    if info.default_factory is None:
        schema = core_schema.with_default_schema(schema, default=info.default)
    else:  # a part left out is read as an empty one, so that its class needs no validator of its own
        schema = core_schema.with_default_schema(schema, default=None, validate_default=True)
    return core_schema.model_field(schema, validation_alias=info.alias, serialization_alias=info.alias)


def _marked(kind: Any, marks: Any) -> CoreSchema:
    """The schema that a type's mark makes of it; one mark of a type makes a schema, others only tell about it."""
    for mark in marks:
        if hasattr(mark, "__get_pydantic_core_schema__"):
            made: CoreSchema = mark.__get_pydantic_core_schema__(kind, of_type)
            return made
    return of_type(kind)


def of_type(kind: Any) -> CoreSchema:
    """The schema of a type as it stands in an annotation."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _marked(inner[0], inner[1:])
    if origin is list:
        return core_schema.list_schema(of_type(inner[0]))
    if origin is dict:
        return core_schema.dict_schema(of_type(inner[0]), of_type(inner[1]))
    if origin is Literal:
        return core_schema.literal_schema(list(inner))
    if origin in (Union, UnionType):
        return core_schema.nullable_schema(of_type(inner[0]))
    return core_schema.str_schema() if kind is str else node_schema(kind)
