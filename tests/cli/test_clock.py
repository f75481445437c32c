from __future__ import annotations

import pytest

from mlsd.cli.clock import Clock, as_clock
from mlsd.cli.prompts.result import Tab

TABS = (
    Tab("problem", "Problem", "done"), Tab("metrics", "Metrics", "done"), Tab("data", "Data", "part"),
    Tab("pipeline", "Pipeline", "part"), Tab("model", "Model", "part"), Tab("deploy", "Deploy", "empty"),
    Tab("ab_test", "A/B test", "empty"),
)  # fmt: skip


class Time:
    """A clock on the wall, turned by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (65.9, "1:05"), (3599, "59:59"), (3600, "1:00:00"), (3725, "1:02:05"), (-1, "0:00")],
)
def test_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert as_clock(seconds) == shown


def test_elapsed_counts_earlier_sittings() -> None:
    time = Time()
    clock = Clock(None, before=120, now=time)
    time.seconds += 5
    assert clock.shown() == "2:05"
    assert clock.hurry(TABS, str) == ""


def test_a_stage_that_takes_more_than_its_share() -> None:
    time = Time()
    clock = Clock(45, now=time)
    clock.at("model")
    time.seconds += 8 * 60
    assert clock.hurry(TABS, str) == ""
    time.seconds += 4 * 60
    assert clock.shown() == "12:00 / 45:00"
    assert clock.hurry(TABS, str) == "12 of 9 minutes on Model, Deploy is empty"
    assert clock.hurry(tuple(tab for tab in TABS if tab.state != "empty"), str) == "12 of 10 minutes on Model"


def test_time_is_kept_by_stage() -> None:
    time = Time()
    clock = Clock(45, now=time)
    clock.at("problem")
    time.seconds += 60
    clock.at("metrics")
    time.seconds += 30
    clock.at("problem")
    time.seconds += 10
    assert (clock.spent("problem"), clock.spent("metrics")) == (70, 30)
