"""How far a number can move before a rule changes its mind."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from mlsd.design import Design
from mlsd.lint import check
from mlsd.lint.rules import by_code
from mlsd.lint.stress import Edge, Stressed, stress

RULES = [by_code("PIP-05")]


def design(**changes: Any) -> Design:
    return Design.model_validate(
        {
            "maturity": "design",
            "problem": {
                "constraints": [{"id": "latency", "kind": "latency", "op": "<=", "value": 100, "unit": "ms"}],
                "scale": {"rps_peak": 900},
            },
            "pipeline": {
                "components": [{"id": "retrieval", "p99_ms": 30}, {"id": "ranker", "p99_ms": 60}],
                "request_path": ["retrieval", "ranker"],
            },
            "assumed": ["pipeline.components", "problem.scale.rps_peak"],
        }
        | changes
    )


def test_the_most_fragile_comes_first() -> None:
    ranker, retrieval, peak = stress(design(), rules=RULES)
    assert ranker == Stressed(
        "pipeline.components[ranker].p99_ms", 60.0, None, Edge(70.01, ("PIP-05",), ()), pytest.approx(10.01 / 60)
    )
    assert retrieval == Stressed(
        "pipeline.components[retrieval].p99_ms", 30.0, None, Edge(40.01, ("PIP-05",), ()), pytest.approx(10.01 / 30)
    )
    assert peak == Stressed("problem.scale.rps_peak", 900.0, None, None, inf)


def test_only_what_is_assumed_unless_everything_is_asked() -> None:
    assert stress(design(assumed=[]), rules=RULES) == []
    paths = {found.path for found in stress(design(assumed=[]), rules=RULES, everything=True)}
    assert paths == {
        "pipeline.components[retrieval].p99_ms",
        "pipeline.components[ranker].p99_ms",
        "problem.constraints[latency].value",
        "problem.scale.rps_peak",
    }


def test_a_finding_that_falls_silent() -> None:
    slow = {"components": [{"id": "ranker", "p99_ms": 150}], "request_path": ["ranker"]}
    [found] = stress(design(pipeline=slow, assumed=["pipeline.components[ranker]"]), rules=RULES)
    assert found.below == Edge(100.0, (), ("PIP-05",))
    assert found.above is None


def test_an_edge_applied_changes_the_verdict() -> None:
    base = design()
    found = stress(base, rules=RULES)[0]
    assert found.above is not None
    components = [{"id": "retrieval", "p99_ms": 30}, {"id": "ranker", "p99_ms": found.above.value}]
    over = design(pipeline={"components": components, "request_path": ["retrieval", "ranker"]})
    assert [entry.code for entry in check(base, rules=RULES).diagnostics] == []
    assert [entry.code for entry in check(over, rules=RULES).diagnostics] == ["PIP-05"]
