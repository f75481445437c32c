"""The answers that decide a finding: without one of them the rule would be silent, or say something else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from mlsd.derived.what_if import replaced
from mlsd.design import Design, Node, Path
from mlsd.lint.diagnostic import Diagnostic, Maturity
from mlsd.lint.engine import check
from mlsd.lint.knowledge import Knowledge
from mlsd.lint.reads import Readers
from mlsd.lint.rule import Rule

BEFORE_RULES = frozenset({"template", "traits"})
"""What is known of a design before its rules are asked."""
NAMES = frozenset({"id"})
"""An id decides by what refers to it, and stands in every path."""

Said = frozenset[tuple[str, str]]
"""Place and sentence of every finding of one rule."""


class Deciders:
    """Which answers decide what one rule says of a design; what it says without one of them is asked once.

    Whole parts are taken out first, and only in those that matter one looks further. Where each of two answers would
    do alone neither decides, and the part around them is named.
    """

    def __init__(self, design: Design, rule: Rule, maturity: Maturity | None = None) -> None:
        self.design, self.rule = design, rule
        self.maturity = maturity or Maturity.of(design.maturity)
        self.known: dict[Path, Said] = {}

    @cached_property
    def read(self) -> Readers:
        """What the rule looks at."""
        return Readers(self.design, [self.rule], Knowledge.of(self.design), self.maturity)

    def of(self, diagnostic: Diagnostic) -> list[Path]:
        """The answers that decide this finding, in the order of the file."""
        finding = (diagnostic.path, str(diagnostic.message))
        return [path for path in self._inside(self.design, (), finding) if path]

    def _inside(self, value: Any, at: Path, finding: tuple[str, str]) -> list[Path]:
        """The answers below a part that matters; the part itself where none of them does alone."""
        found: list[Path] = []
        for here, entry, empty in _parts(value, at):
            if self._may_matter(here, entry) and finding not in self._said_without(here, empty):
                found += self._inside(entry, here, finding)
        return found or [at]

    def _may_matter(self, at: Path, value: Any) -> bool:
        return at[0] in BEFORE_RULES or _has_parts(value) or self.read.reads(self.rule, at)

    def _said_without(self, at: Path, empty: Any) -> Said:
        if at not in self.known:
            found = check(replaced(self.design, at, empty), rules=[self.rule], maturity=self.maturity).diagnostics
            self.known[at] = frozenset((entry.path, str(entry.message)) for entry in found)
        return self.known[at]


def _parts(value: Any, at: Path) -> Iterator[tuple[Path, Any, Any]]:
    """What an answer is made of: the place of each part, its value, and what stands there when it is empty."""
    if isinstance(value, Node):
        fields = {info.alias or name: info for name, info in type(value).model_fields.items()}
        for key, entry in value.children_and_values():
            if key not in NAMES:
                yield (*at, key), entry, fields[key].get_default(call_default_factory=True)
    elif isinstance(value, list) and _has_parts(value):
        for position, entry in enumerate(value):
            yield (*at, position), entry, type(entry)()


def _has_parts(value: Any) -> bool:
    return isinstance(value, Node) or (isinstance(value, list) and any(isinstance(entry, Node) for entry in value))
