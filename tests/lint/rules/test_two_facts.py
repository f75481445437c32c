"""A contradiction needs two facts: without either of them the rule that names both is silent."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from mlsd.design import Design, Path
from mlsd.design.path import find
from mlsd.lint import Diagnostic, Maturity, Rule, check
from mlsd.lint.rules import every
from mlsd.storage.reader import parse


def diagnostics(rule: Rule, data: dict[str, Any]) -> list[Diagnostic]:
    """What the rule finds in plain data, at the maturity from which it speaks."""
    design = Design.model_validate(data, context={"currency": data.get("currency")})
    rules = [other for other in every() if other.code in (rule.code, *rule.requires)]
    maturity = Maturity.of(design.maturity) if design.maturity else rule.since
    return [entry for entry in check(design, rules=rules, maturity=maturity).diagnostics if entry.code == rule.code]


def without(data: dict[str, Any], path: Path) -> dict[str, Any]:
    """The data with nothing at the path."""
    rest = copy.deepcopy(data)
    value: Any = rest
    for step in path[:-1]:
        value = value[step]
    del value[path[-1]]
    return rest


CASES = [
    (rule, example, entry.also_path)
    for rule in every()
    for example in rule.page.bad
    for entry in diagnostics(rule, parse(example, "example")[0])
    if entry.also_path
]


@pytest.mark.parametrize(("rule", "example", "other"), CASES, ids=[f"{rule.code} {other}" for rule, _, other in CASES])
def test_without_the_other_fact_the_rule_is_silent(rule: Rule, example: str, other: str) -> None:
    data = parse(example, "example")[0]
    design = Design.model_validate(data, context={"currency": data.get("currency")})
    assert diagnostics(rule, without(design.filled() | {"currency": "EUR"}, find(design, other))) == []
