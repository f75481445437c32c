"""A finding needs the facts that it names: without either of them its sentence is not said."""

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


ASKS_FOR_MORE = frozenset(
    {"ABT-09", "ABT-11", "AGT-03", "AGT-05", "AGT-09", "DAT-05", "DAT-06", "DEP-12", "DEP-13", "DEP-17",
     "DOC-05", "ETH-04", "MOD-11", "MOD-24", "PRB-07"}
)  # fmt: skip
"""Rules of completeness whose Bad shows half an answer, or the one that an empty place stands for."""


def stands(data: dict[str, Any], path: Path) -> bool:
    """Whether the data say anything at the path."""
    value: Any = data
    try:
        for step in path:
            value = value[step]
    except (KeyError, IndexError):
        return False
    return bool(path)


def filled(example: str) -> dict[str, Any]:
    """What an example says, in its plain form."""
    data = parse(example, "example")[0]
    return Design.model_validate(data, context={"currency": data.get("currency")}).filled() | {"currency": "EUR"}


OWN = [
    (rule, example, entry)
    for rule in every()
    for example in rule.page.bad
    for entry in diagnostics(rule, filled(example))
    if stands(filled(example), entry.at)
]


@pytest.mark.parametrize(("rule", "example", "own"), OWN, ids=[f"{rule.code} {own.path}" for rule, _, own in OWN])
def test_without_its_own_fact_the_sentence_is_not_said(rule: Rule, example: str, own: Diagnostic) -> None:
    left = diagnostics(rule, without(filled(example), own.at))
    again = [entry for entry in left if (entry.path, entry.message.text) == (own.path, own.message.text)]
    assert bool(again) == (rule.code in ASKS_FOR_MORE)
