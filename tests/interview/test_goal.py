"""The unit beside the numbers of the goal is kept by its metric."""

from __future__ import annotations

from pathlib import Path

import pytest
from sitting import begun, go_to, session


@pytest.mark.parametrize(
    ("typed", "goal", "unit"),
    [
        ("time to hire 30 days to 25 days by end of Q2 2027", (30, 25, "2027-06-30"), "d"),
        ("checkout 900 ms to 600 ms", (900, 600, "None"), "ms"),
        ("churn 5% to 4%", (0.05, 0.04, "None"), None),
    ],
)
def test_a_new_metric_takes_the_unit(tmp_path: Path, typed: str, goal: tuple[object, ...], unit: str | None) -> None:
    sitting = session(begun(tmp_path))
    go_to(sitting, "3")
    sitting.answer(typed)
    held = sitting.design.problem.goal
    assert (held.baseline, held.target, str(held.by)) == goal
    assert [metric.unit for metric in sitting.design.metrics.business if metric.id == held.metric] == [unit]


def test_a_metric_without_a_unit_is_given_it(tmp_path: Path) -> None:
    sitting = session(begun(tmp_path))
    go_to(sitting, "3")
    sitting.answer("wait 30 to 25")
    sitting.walk.position = "3"
    sitting.answer("wait 30 min to 25 min")
    assert [(metric.id, metric.unit) for metric in sitting.design.metrics.business] == [("wait", "min")]


def test_a_word_that_is_no_unit_is_to_be_left_out(tmp_path: Path) -> None:
    prompt = go_to(session(begun(tmp_path)), "3")
    refused = prompt.understand("backlog 300 tickets to 200").error
    assert refused is not None
    assert "Leave the unit out" in str(refused.hint)
