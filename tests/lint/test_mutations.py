"""Clean examples made wrong in one place at a time: the rule meant for it speaks, and no other error appears."""

from __future__ import annotations

import pytest
from mutations import Mutation, clean, mutations, outcome

from mlsd.lint import check
from mlsd.lint.rules import by_code

EVERY = mutations()


@pytest.mark.parametrize("example", sorted({mutation.example for mutation in EVERY}))
def test_the_example_is_clean(example: str) -> None:
    assert [entry.code for entry in check(clean(example).design).diagnostics] == []


@pytest.mark.parametrize("mutation", EVERY, ids=lambda mutation: mutation.id)
def test_a_defect_is_noticed_and_nothing_else_is_called_an_error(mutation: Mutation) -> None:
    found = outcome(mutation)
    assert found.found is not None, f"{mutation.rule} is silent"
    assert found.errors == []


@pytest.mark.parametrize("mutation", [entry for entry in EVERY if entry.causes], ids=lambda mutation: mutation.id)
def test_what_a_defect_is_said_to_cause_is_really_there(mutation: Mutation) -> None:
    every = outcome(mutation._replace(causes=()))
    assert set(mutation.causes) <= {*every.errors, *every.others}


def test_there_are_enough_kinds_of_defects_and_each_names_its_rule() -> None:
    assert len({mutation.defect for mutation in EVERY}) == len(EVERY) >= 60
    assert {by_code(mutation.rule).code for mutation in EVERY} == {mutation.rule for mutation in EVERY}
