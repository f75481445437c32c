"""The docstrings of fields: the question that fills a field, and what helps to answer it.

They are read from the source on demand (wizard, schema, reference), because reading them when a class is made would
cost every command a tenth of a second.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from functools import cache
from itertools import pairwise
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
            found |= _class_docs(base)
    return {name: doc for name, doc in found.items() if name in node.model_fields}


@cache
def _class_docs(node: type[Node]) -> dict[str, Doc]:
    """Those of the class's own fields; no other class of its module is parsed."""
    source = _source(node.__module__)
    begin = source.index(f"\nclass {node.__name__}(") + 1
    end = re.compile(r"^\S", re.MULTILINE).search(source, begin + 1)
    tree = ast.parse(source[begin : end.start() if end else None])
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found = {}
    for field, text in pairwise(body):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str):
            found[field.target.id] = Doc(*split(text.value.value))
    return found


@cache
def _source(module: str) -> str:
    return inspect.getsource(sys.modules[module])


def split(docstring: str) -> tuple[str, tuple[str, ...]]:
    """First paragraph and the others, each on one line."""
    paragraphs = [" ".join(part.split()) for part in inspect.cleandoc(docstring).split("\n\n")]
    return paragraphs[0], tuple(paragraphs[1:])
