"""Which rules look at which answer: a rule that never reads a number cannot change its mind when that number moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import Any

from mlsd.design import Design, Node, Path
from mlsd.design.path import field_of
from mlsd.lint.diagnostic import Maturity
from mlsd.lint.engine import check
from mlsd.lint.knowledge import Knowledge
from mlsd.lint.rule import Rule

Read = tuple[int, str]
"""A node, by its identity, and the name of an attribute."""
EVERYTHING = "__dict__"
"""Whoever takes this of a node may have read all of it."""


class Readers:
    """What each rule reads of one design as it stands.

    A rule is deterministic and has nothing but the design, so what it does not read on its way does not matter to it,
    and moving that changes neither its way nor its findings. Rules that wait for another one depend on it too.
    """

    def __init__(
        self, design: Design, rules: Sequence[Rule], knowledge: Knowledge, maturity: Maturity | None = None
    ) -> None:
        self.design, self.rules = design, rules
        self.read: dict[str, set[Read]] = {rule.code: set() for rule in rules}
        into: list[set[Read]] = []
        heard = [replace(rule, check=_heard(rule.check, self.read[rule.code], into)) for rule in rules]
        with _listening(into):
            check(design, rules=heard, knowledge=knowledge, maturity=maturity)

    def reads(self, rule: Rule, path: Path) -> bool:
        """Whether the rule looks at what stands there, or at an entry of a list that it looks at."""
        node, name = _holder(self.design, path)
        return bool({(id(node), name), (id(node), EVERYTHING)} & self.read[rule.code])

    def of(self, path: Path) -> list[Rule]:
        """Every rule whose findings can depend on the answer at a path, and those that these wait for."""
        codes = {rule.code for rule in self.rules if self.reads(rule, path)}
        while waiting := {rule.code for rule in self.rules if codes.intersection(rule.requires)} - codes:
            codes |= waiting
        while awaited := {code for rule in self.rules if rule.code in codes for code in rule.requires} - codes:
            codes |= awaited
        return [rule for rule in self.rules if rule.code in codes]


def _heard(rule: Callable[..., Iterator[Any]], read: set[Read], into: list[set[Read]]) -> Callable[..., Iterator[Any]]:
    """The rule, with whatever it reads written down."""

    @wraps(rule)
    def heard(*arguments: Any) -> Iterator[Any]:
        into.append(read)
        try:
            return iter(list(rule(*arguments)))
        finally:
            into.pop()

    return heard


@contextmanager
def _listening(into: list[set[Read]]) -> Iterator[None]:
    """Write down every attribute of every node that is read meanwhile, in the last of the sets if there is one."""
    plain = Node.__getattribute__

    def read(self: Node, name: str) -> Any:
        if name == "computed":
            return {}  # what one rule computed and keeps, the next one would not be seen to read
        if into:
            into[-1].add((id(self), name))
        return plain(self, name)

    Node.__getattribute__ = read  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del Node.__getattribute__


def _holder(design: Design, path: Path) -> tuple[Node, str]:
    """The last node on the way to an answer, and the field of it that holds the rest of the way."""
    value: Any = design
    node: Node = design
    name = ""
    for step in path:
        if isinstance(value, Node):
            node, name = value, field_of(value, str(step)) or str(step)
            value = getattr(value, name)
        else:
            value = value[step]
    return node, name
