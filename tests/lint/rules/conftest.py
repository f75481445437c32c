"""What one rule says of a few lines of a design."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mlsd.lint import Maturity, check
from mlsd.lint.rules import by_code, every
from mlsd.storage import load

Said = Callable[..., list[str]]


@pytest.fixture
def said() -> Said:
    """``said("MOD-07", yaml)``: severity and place of every finding of that rule, from the maturity it speaks at."""

    def ask(code: str, yaml: str, maturity: Maturity | None = None) -> list[str]:
        rule = by_code(code)
        rules = [entry for entry in every() if entry.code in (code, *rule.requires)]
        report = check(load(yaml, "design.yaml").design, rules=rules, maturity=maturity or rule.since)
        assert not report.broken
        return [f"{entry.severity.word} {entry.path}" for entry in report.diagnostics if entry.code == code]

    return ask
