"""What a rule says follows from facts, not from ids, from the order of a list, or from the language."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import Mutation, clean, mutated, mutations, outcome

from mlsd.content.root import examples
from mlsd.design import Design, Path
from mlsd.design.reference import declared, references
from mlsd.lint import Maturity, check

EVERY = mutations()
CALLED = [entry for entry in EVERY if entry.rule != "XST-02"]  # which is about what things are called
TRANSLATED = [entry for entry in EVERY if (examples() / entry.example / "design.ru.yaml").is_file()]

NAMED = ("entity", "source", "component", "store", "feature", "candidate", "monitor", "constraint", "risk")
"""What may be called anything; a metric's id is its standard name where it gives no other."""

UNORDERED: tuple[Path, ...] = (
    ("problem", "constraints"), ("problem", "risks"), ("problem", "clarifications"), ("data", "entities"),
    ("data", "sources"), ("pipeline", "components"), ("pipeline", "flows"), ("model", "features"),
    ("deploy", "storage"), ("deploy", "monitoring"), ("deploy", "costs"), ("decisions",),
)  # fmt: skip
"""Lists whose order says nothing."""


def said(design: Design, maturity: str | None) -> Counter[tuple[str, str]]:
    """Code and severity of every finding, counted."""
    report = check(design, maturity=Maturity.of(maturity) if maturity else None)
    assert not report.broken
    return Counter((entry.code, entry.severity.word) for entry in report.diagnostics)


def design_of(data: dict[str, Any]) -> Design:
    return Design.model_validate(data, context={"currency": data.get("currency")})


def value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else data[step]
        if data is None:
            return None
    return data


def renamed(design: Design) -> Design:
    """Every entry called otherwise in the file, and still by its old name among people."""
    data = deepcopy(design.filled())
    new: dict[str, str] = {}
    for kind, ids in declared(design).items():
        if kind in NAMED:
            for number, (old, path) in enumerate(ids.items()):
                new[old] = f"{kind}_{number}"
                entry = value_at(data, path)
                entry["id"] = new[old]
                entry.setdefault("name", old)
    for reference in references(design):
        if reference.id in new and reference.to != "metric":
            parent = value_at(data, reference.path[:-1])
            parent[reference.path[-1]] = new[reference.id]
        elif reference.to == "attribute" and reference.id.partition(".")[0] in new:
            entity, _, attribute = reference.id.partition(".")
            value_at(data, reference.path[:-1])[reference.path[-1]] = f"{new[entity]}.{attribute}"
    if design.deploy.fallback in new:
        data["deploy"]["fallback"] = new[design.deploy.fallback]
    for old, name in new.items():
        for written in (data.get("decisions", []), data.get("waivers", [])):
            for entry in written:
                for key in ("about", "at"):
                    if key in entry:
                        entry[key] = re.sub(rf"\[{old}\]", f"[{name}]", entry[key])
        data["assumed"] = [re.sub(rf"\[{old}\]", f"[{name}]", path) for path in data.get("assumed", [])]
    return design_of(data)


def shuffled(design: Design, chance: Random) -> Design:
    """The same entries in another order, wherever order says nothing."""
    data = deepcopy(design.filled())
    for path in UNORDERED:
        entries = value_at(data, path)
        if entries:
            chance.shuffle(entries)
    return design_of(data | {"assumed": []})  # written paths of entries without an id go by position


@pytest.mark.parametrize("mutation", CALLED, ids=lambda mutation: mutation.id)
def test_another_id_changes_no_finding(mutation: Mutation) -> None:
    design = mutated(mutation)
    assert said(renamed(design), mutation.maturity) == said(design, mutation.maturity)


@settings(max_examples=60)
@given(mutation=st.sampled_from(EVERY), chance=st.randoms(use_true_random=False))
def test_another_order_changes_no_finding(mutation: Mutation, chance: Random) -> None:
    design = mutated(mutation)
    assert said(shuffled(design, chance), mutation.maturity) == said(
        design_of(design.filled() | {"assumed": []}), mutation.maturity
    )


@pytest.mark.parametrize("mutation", TRANSLATED, ids=lambda mutation: mutation.id)
def test_another_language_changes_no_finding(mutation: Mutation) -> None:
    english, russian = outcome(mutation), outcome(mutation, "design.ru.yaml")
    assert russian == english


@pytest.mark.parametrize("example", sorted({mutation.example for mutation in EVERY}))
def test_an_example_called_otherwise_is_still_clean(example: str) -> None:
    assert said(renamed(clean(example).design), None) == Counter()
