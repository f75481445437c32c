"""The docstrings of fields: the question that fills a field, and what helps to answer it.

They are read from the source on demand (wizard, schema, reference), because reading them when a class is made would
cost every command a tenth of a second.
"""

from __future__ import annotations

import inspect
import re
import sys
from functools import cache
from typing import NamedTuple

from mlsd.design.node import Node

_OUTSIDE = re.compile(r"^\S", re.MULTILINE)
_FIELD = re.compile(
    r"""^[ ]{4}(?P<name>\w+):[ ].*\n        # an annotated name
    (?:[ ]{5,}.*\n | [ ]{4}[)\]}].*\n)*?   # the rest of its line, where that is folded
    [ ]{4}\"{3}(?P<text>(?s:.*?))\"{3}""",
    re.MULTILINE | re.VERBOSE,
)
"""Not with ``ast``, which takes ten times as long over a class as this does."""


class Doc(NamedTuple):
    """A field's docstring: its first paragraph, and the paragraphs after it."""

    question: str
    help: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The first of the paragraphs after the question; empty where there is none."""
        return self.help[0] if self.help else ""


@cache
def docs(node: type[Node]) -> dict[str, Doc]:
    """The Doc of every field of the class that has a docstring, inherited ones included, by Python name."""
    found: dict[str, Doc] = {}
    for base in reversed(node.__mro__):
        if issubclass(base, Node):
            found |= _class_docs(base)
    return {name: doc for name, doc in found.items() if name in node.model_fields}


@cache
def _class_docs(node: type[Node]) -> dict[str, Doc]:
    """Those of the class's own fields: of each, the string right below it."""
    source = _source(node.__module__)
    begin = source.index(f"\nclass {node.__name__}(") + 1
    end = _OUTSIDE.search(source, begin + 1)
    body = source[begin : end.start() if end else None]
    return {field["name"]: Doc(*split(field["text"])) for field in _FIELD.finditer(body)}


@cache
def _source(module: str) -> str:
    return inspect.getsource(sys.modules[module])


def split(docstring: str) -> tuple[str, tuple[str, ...]]:
    """First paragraph and the others, each on one line."""
    paragraphs = [" ".join(part.split()) for part in inspect.cleandoc(docstring).split("\n\n")]
    return paragraphs[0], tuple(paragraphs[1:])
