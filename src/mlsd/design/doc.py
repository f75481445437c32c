"""The docstrings of fields: the question that fills a field, and what helps to answer it.

They are read from the source on demand (wizard, schema, reference), because reading them when a class is made would
cost every command a tenth of a second.
"""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from typing import NamedTuple

from mlsd.design.node import Node


class Doc(NamedTuple):
    """A field's docstring: its first paragraph, and the paragraphs after it."""

    question: str
    help: tuple[str, ...] = ()


@cache
def docs(node: type[Node]) -> dict[str, Doc]:
    """The Doc of every field of the class that has a docstring, inherited ones included, by Python name."""
    found: dict[str, Doc] = {}
    for base in reversed(node.__mro__):
        if issubclass(base, Node):
            found |= _module_docs(base.__module__).get(base.__name__, {})
    return {name: doc for name, doc in found.items() if name in node.model_fields}


@cache
def _module_docs(module: str) -> dict[str, dict[str, Doc]]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {item.name: _class_docs(item) for item in tree.body if isinstance(item, ast.ClassDef)}


def _class_docs(item: ast.ClassDef) -> dict[str, Doc]:
    found = {}
    for field, text in zip(item.body, item.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str):
            found[field.target.id] = Doc(*split(text.value.value))
    return found


def split(docstring: str) -> tuple[str, tuple[str, ...]]:
    """First paragraph and the others, each on one line."""
    paragraphs = [" ".join(part.split()) for part in inspect.cleandoc(docstring).split("\n\n")]
    return paragraphs[0], tuple(paragraphs[1:])
