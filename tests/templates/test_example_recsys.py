"""The example that ships with mlsd agrees with itself, in both languages."""

from __future__ import annotations

import pytest

from mlsd.content.prose import prose
from mlsd.content.root import examples
from mlsd.design import Design
from mlsd.lint import Maturity, check
from mlsd.storage import read

FILES = ["design.yaml", "design.ru.yaml"]


def load(name: str) -> Design:
    return read(examples() / "recsys" / name).design


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("maturity", list(Maturity))
def test_no_rule_has_anything_to_say(name: str, maturity: Maturity) -> None:
    report = check(load(name), maturity=maturity)
    assert [(found.code, str(found.message)) for found in report.diagnostics] == []
    assert not report.broken


def test_the_russian_one_says_the_same_in_other_words() -> None:
    english, russian = load("design.yaml"), load("design.ru.yaml")
    words = {path for path, _ in prose(english)} | {("language",), ("authors", 0)}
    same = {path: value for path, value in english.leaves() if path not in words and path[0] != "glossary"}
    assert {path: value for path, value in russian.leaves() if path in same} == same
    assert [path for path, _ in prose(russian) if path[0] != "glossary"] == [
        path for path, _ in prose(english) if path[0] != "glossary"
    ]
    assert len(russian.glossary) == len(english.glossary)


def test_every_sentence_of_the_russian_one_is_russian() -> None:
    names = {"retrieval", "Spark", "1", "0", "70/30", "50/50"}
    assert [text for _, text in prose(load("design.ru.yaml")) if text.isascii() and text not in names] == []


def test_what_it_costs_and_earns() -> None:
    design = load("design.yaml")
    costs = sum(entry.month or (entry.unit_cost or 0) * (entry.volume_month or 0) for entry in design.deploy.costs)
    assert costs == 15_520
    assert design.problem.goal.worth_month == 180_000
