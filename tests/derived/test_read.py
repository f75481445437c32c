"""Numbers with their paths: given, assumed, or standing in the one place that is their home."""

from __future__ import annotations

from typing import Any

import pytest

from mlsd.derived import experiment, home, promised
from mlsd.derived.every import every
from mlsd.derived.read import given, needs
from mlsd.design import Design
from mlsd.sizing.working import Input


def design(**stages: Any) -> Design:
    return Design.model_validate(stages)


def test_a_number_remembers_where_it_stands() -> None:
    made = design(problem={"scale": {"rps_peak": 900}}, assumed=["problem.scale.rps_peak"])
    path = "problem.scale.rps_peak"
    assert given(made, path) == Input(path, 900.0, "", path, "assumed")


@pytest.mark.parametrize("assumed", ["pipeline", "pipeline.components", "pipeline.components[ranker]"])
def test_what_is_above_assumes_what_is_below(assumed: str) -> None:
    made = design(pipeline={"components": [{"id": "ranker", "p99_ms": 80}]}, assumed=[assumed])
    found = given(made, "pipeline.components[ranker].p99_ms")
    assert found is not None
    assert found.origin == "assumed"


def test_a_like_name_assumes_nothing() -> None:
    made = design(problem={"scale": {"items": 5}}, assumed=["problem.scale.it"])
    found = given(made, "problem.scale.items")
    assert found is not None
    assert found.origin == "given"


def test_the_first_path_that_has_a_number_counts() -> None:
    made = design(problem={"scale": {"items": 5}})
    found = given(made, "problem.scale.volume_day", "no.such.path", "problem.scale.items")
    assert found is not None
    assert found.path == "problem.scale.items"


def test_neither_words_nor_flags_are_numbers() -> None:
    made = design(title="7", problem={"decision": {"reversible": True}})
    assert given(made, "title") is None
    assert given(made, "problem.decision.reversible") is None
    assert needs(made, "title") == {"title": None}


def test_the_goals_number_is_its_metrics_number() -> None:
    made = design(
        problem={"goal": {"metric": "revenue", "baseline": 1.84}},
        metrics={"business": [{"id": "revenue"}, {"id": "margin"}]},
    )
    found = home.baseline_of(made, "revenue")
    assert found is not None
    assert (found.value, found.path) == (1.84, "problem.goal.baseline")
    assert home.baseline_of(made, "margin") is None


def test_the_quality_of_the_baseline_is_its_metrics_number() -> None:
    made = design(metrics={"offline": [{"id": "auc"}]}, model={"baseline": {"metric": "auc", "value": 0.7}})
    found = home.baseline_of(made, "auc")
    assert found is not None
    assert found.path == "model.baseline.value"


def test_a_rate_of_its_own_wins_over_the_metrics() -> None:
    metrics = {"online": [{"id": "ctr", "baseline": 0.05}]}
    for own, path in ((None, "metrics.online[ctr].baseline"), (0.02, "ab_test.baseline_rate")):
        found = home.baseline_rate(design(metrics=metrics, ab_test={"primary": "ctr", "baseline_rate": own}))
        assert found is not None
        assert found.path == path


def test_a_metric_that_should_fall_asks_for_a_decrease() -> None:
    made = design(
        metrics={"online": [{"id": "churn", "direction": "down", "baseline": 0.05}]},
        ab_test={"primary": "churn", "mde": "10% relative"},
    )
    found = experiment.sample(made)
    assert found is not None
    assert found.effect_absolute == pytest.approx(-0.005)


def test_a_promise_in_seconds_is_compared_in_milliseconds() -> None:
    made = design(problem={"constraints": [{"kind": "latency", "op": "<=", "value": 1.5, "unit": "s"}]})
    found = promised.promised(made, "latency")
    assert found is not None
    assert (found.value, found.unit, found.path) == (1500, "ms", "problem.constraints[0].value")


def test_a_promise_for_one_block_is_none_for_the_service() -> None:
    made = design(problem={"constraints": [{"kind": "latency", "value": 50, "unit": "ms", "applies_to": "ranker"}]})
    assert promised.promised(made, "latency") is None


LATENCY = {"kind": "latency", "op": "<="}
QUICK, SLOW = LATENCY | {"value": 200, "percentile": 50}, LATENCY | {"value": 500, "percentile": 99}


@pytest.mark.parametrize(
    ("limits", "median", "tail"),
    [
        ([SLOW, QUICK], 200, 500),
        ([QUICK, SLOW], 200, 500),
        ([QUICK], 200, None),
        ([SLOW, LATENCY | {"value": 300}], 300, 300),
        ([SLOW, LATENCY | {"value": 400, "percentile": 99.9}], 400, 400),
        ([LATENCY | {"value": 100, "percentile": 90}, LATENCY | {"value": 150, "percentile": 95}], 100, 150),
        ([SLOW, LATENCY | {"value": 2, "unit": "frames", "percentile": 99}], 500, 500),
        ([SLOW, LATENCY | {"value": 0, "percentile": 99}], 500, 500),
    ],
)
def test_a_time_is_held_against_the_shortest_promise_that_speaks_of_its_percentile(
    limits: list[Any], median: float, tail: float | None
) -> None:
    made = design(problem={"constraints": limits})
    found = [promised.promised(made, "latency", percentile) for percentile in (promised.MEDIAN, promised.TAIL)]
    assert [entry and entry.value for entry in found] == [median, tail]


@pytest.mark.parametrize("shares", [(0.99, 0.9995), (0.9995, 0.99)])
def test_of_two_promised_availabilities_the_higher_one_is_kept(shares: tuple[float, float]) -> None:
    limits = [{"kind": "availability", "value": share} for share in shares]
    found = promised.promised(design(problem={"constraints": limits}), "availability")
    assert found is not None
    assert found.value == 0.9995


@pytest.mark.parametrize(
    ("unit", "month"),
    [
        ("EUR/month", 900), ("EUR/Month", 900), ("EUR per month", 900), ("руб./мес.", 900),
        ("EUR/year", 75), ("руб. в год", 75), ("EUR / day", 27_000),
        ("EUR/request", None), ("EUR/sprint", None), ("EUR", None), (None, None),
    ],
)  # fmt: skip
def test_a_budget_is_read_by_its_period(unit: str | None, month: float | None) -> None:
    made = design(problem={"constraints": [{"kind": "cost", "value": 900, "unit": unit}]})
    found = promised.promised(made, "cost")
    assert (found and found.value) == month


@pytest.mark.parametrize(
    ("limit", "lacks"),
    [
        ({"kind": "cost", "value": 900, "unit": "EUR/sprint"}, "problem.constraints[0].unit"),
        ({"kind": "cost", "value": 900, "unit": "EUR/sprint", "id": "purse"}, "problem.constraints[purse].unit"),
        ({"kind": "cost", "unit": "EUR/month"}, "problem.constraints[cost].value"),
        ({"kind": "cost", "value": 900, "unit": "EUR/request"}, "problem.constraints[cost].value"),
    ],
)
def test_what_a_budget_lacks_is_named(limit: dict[str, Any], lacks: str) -> None:
    made = design(problem={"constraints": [limit]}, deploy={"costs": [{"item": "ranker", "month": 2280}]})
    assert {entry.id: entry.missing for entry in every(made)}["cost.left"] == (lacks,)


def test_the_first_token_is_held_against_a_median_where_nothing_else_is_promised() -> None:
    llm = {"serving": {"ttft_ms": 300, "streaming": True}}
    for limits, left in (([QUICK], -100), ([QUICK, SLOW], 200)):
        made = design(problem={"constraints": limits}, model={"llm": llm})
        assert {entry.id: entry.result for entry in every(made)}["latency.left"] == left
