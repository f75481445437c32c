"""The sentences of a template that are translated: prose of its designs, and everything people read beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_origin

from mlsd.content.template import Template
from mlsd.design import Design, Node, Path
from mlsd.design.types import Kind

_PROSE = Kind("prose")


def design_texts(template: Template) -> Iterator[tuple[Path, str]]:
    """Path and text of each prose answer of the suggestion, then of the further entries; no terms, no ids."""
    for section, design in (("design", template.design), ("also", template.also)):
        for at, text in prose(design):
            yield (section, *at), text


def texts(template: Template) -> Iterator[tuple[Path, str]]:
    """Path in the template's file and text of every sentence of a template that is translated."""
    yield ("title",), template.summary.title
    yield ("summary",), template.summary.summary
    yield ("guardrails", "text"), template.guardrails.text
    yield ("simple_fallback",), template.simple_fallback
    yield from design_texts(template)
    for number, why in template.why.items():
        yield ("questions", number, "why"), why
    for section, stages in (("follow_ups", template.follow_ups), ("checklist", template.checklist)):
        for stage, lines in stages.items():
            for position, line in enumerate(lines):
                yield (section, stage, position), line
    for position, pitfall in enumerate(template.pitfalls):
        yield ("pitfalls", position, "text"), pitfall.text


def prose(design: Design) -> Iterator[tuple[Path, str]]:
    """Path and text of every answer of a design that is prose, in the order of the schema."""
    for at, node in design.walk():
        for name, key in _prose_fields(type(node)):
            value = getattr(node, name)
            if isinstance(value, str):
                yield (*at, key), value
            elif isinstance(value, dict):
                yield from (((*at, key, term), text) for term, text in value.items())
            elif isinstance(value, list):
                yield from (((*at, key, position), text) for position, text in enumerate(value))


@cache
def _prose_fields(node: type[Node]) -> tuple[tuple[str, str], ...]:
    """Python name and key of every field of the class that holds prose."""
    return tuple(
        (name, info.alias or name)
        for name, info in node.model_fields.items()
        if _PROSE in info.metadata or _is_prose(info.annotation)
    )


def _is_prose(annotation: Any) -> bool:
    for argument in get_args(annotation):
        if argument == _PROSE or (get_origin(argument) is not None and _is_prose(argument)):
            return True
    return False
