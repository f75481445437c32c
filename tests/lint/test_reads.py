"""Which rules look at which answer."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd.content.root import examples
from mlsd.derived.what_if import replaced
from mlsd.design import Design, Node
from mlsd.design.path import find
from mlsd.lint import check
from mlsd.lint.knowledge import Knowledge
from mlsd.lint.reads import Readers
from mlsd.lint.rules import every
from mlsd.lint.stress import numbers
from mlsd.storage import read

EXAMPLE = read(str(examples() / "recsys" / "design.yaml")).design
RULES = every()
READERS = Readers(EXAMPLE, RULES, Knowledge.of(EXAMPLE))
NUMBERS = list(numbers(EXAMPLE, everything=True))


def codes(written: str) -> set[str]:
    return {rule.code for rule in READERS.of(find(EXAMPLE, written))}


def said(design: Design) -> set[tuple[str, str]]:
    return {(found.code, found.path) for found in check(design, rules=RULES).diagnostics}


def test_a_rule_is_found_by_what_it_reads() -> None:
    assert "PIP-05" in codes("pipeline.components[ranker].p99_ms")
    assert "PIP-05" not in codes("ab_test.mde.value")
    assert "ABT-06" in codes("ab_test.eligible_units_day")


def test_what_is_computed_once_is_read_by_every_rule_that_asks() -> None:
    assert codes("problem.constraints[downtime].value") >= {"DEP-02", "DEP-03", "PIP-10"}
    assert codes("problem.constraints[latency].value") >= {"PIP-04", "PIP-05", "XST-01"}


def test_rules_that_wait_for_another_one_come_along() -> None:
    for path, _, _ in NUMBERS:
        found = {rule.code for rule in READERS.of(path)}
        assert all(found.issuperset(rule.requires) for rule in RULES if rule.code in found)


def test_nobody_listens_afterwards() -> None:
    assert "__getattribute__" not in vars(Node)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(NUMBERS), st.sampled_from([0.01, 0.4, 0.9, 1.2, 3.0, 200.0]))
def test_no_other_rule_changes_its_mind_when_a_number_moves(number: tuple[object, ...], times: float) -> None:
    path, value, whole = number
    moved = replaced(EXAMPLE, path, round(value * times) if whole else value * times)  # type: ignore[arg-type, operator]
    changed = {code for code, _ in said(moved) ^ said(EXAMPLE)}
    assert changed <= {rule.code for rule in READERS.of(path)}  # type: ignore[arg-type]
