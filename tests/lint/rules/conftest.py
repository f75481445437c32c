"""What one rule says of a few lines of a design."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mlsd.lint import Diagnostic, Maturity, check
from mlsd.lint.rules import by_code, every
from mlsd.storage import load

Said = Callable[..., list[str]]
Named = Callable[..., list[tuple[str, str]]]


def diagnostics(code: str, yaml: str, maturity: Maturity | None) -> list[Diagnostic]:
    """What the rule finds, at a maturity or at the one from which it speaks."""
    rule = by_code(code)
    rules = [entry for entry in every() if entry.code in (code, *rule.requires)]
    report = check(load(yaml, "design.yaml").design, rules=rules, maturity=maturity or rule.since)
    assert not report.broken
    return [entry for entry in report.diagnostics if entry.code == code]


@pytest.fixture
def said() -> Said:
    """``said("MOD-07", yaml)``: severity and place of every finding of that rule, from the maturity it speaks at."""

    def ask(code: str, yaml: str, maturity: Maturity | None = None) -> list[str]:
        return [f"{entry.severity.word} {entry.path}" for entry in diagnostics(code, yaml, maturity)]

    return ask


@pytest.fixture
def named() -> Named:
    """``named("MOD-07", yaml)``: the place of every finding of that rule, and that of its other fact."""

    def ask(code: str, yaml: str, maturity: Maturity | None = None) -> list[tuple[str, str]]:
        return [(entry.path, entry.also_path) for entry in diagnostics(code, yaml, maturity)]

    return ask


@pytest.fixture
def found() -> Callable[[str, str], list[Diagnostic]]:
    """``found("MOD-07", yaml)``: every finding of that rule, from the maturity it speaks at."""
    return lambda code, yaml: diagnostics(code, yaml, None)
