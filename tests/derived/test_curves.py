"""What follows from a design over a range."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mlsd.content.root import examples
from mlsd.derived.curves import POINTS, path_in_time, power_over_days, sample_over_effect
from mlsd.derived.experiment import sample
from mlsd.derived.what_if import replaced
from mlsd.design import Design
from mlsd.storage import read

EXAMPLE = read(str(examples() / "recsys" / "design.yaml")).design


def test_power_rises_with_days_and_reaches_what_the_sample_promises() -> None:
    found = power_over_days(EXAMPLE)
    assert found
    assert found.level == 0.8
    assert found.marked
    assert found.marked[0] == 14
    days = [day for day, _ in found.points]
    assert days[0] == pytest.approx(9, abs=0.1)
    assert days[-1] == 21
    assert all(one[1] < other[1] for one, other in pairwise(found.points))
    least = 2 + 7 + sample(EXAMPLE).total / 90_000  # type: ignore[union-attr, operator]
    before, after = max(p for p in found.points if p[0] <= least), min(p for p in found.points if p[0] >= least)
    assert before[1] < 0.8 < after[1]


def test_the_sample_falls_with_the_square_of_the_effect() -> None:
    found = sample_over_effect(EXAMPLE)
    assert found
    assert len(found.points) == POINTS
    assert found.marked == (0.05, 289_693)
    assert found.level == 450_000
    assert (0.05, 289_693) in [(round(effect, 6), units) for effect, units in found.points]
    assert found.points[-1][1] == pytest.approx(289_693 / 4, rel=0.03)


def test_evenly_spaced_as_a_chart_needs_it() -> None:
    for found in (power_over_days(EXAMPLE), sample_over_effect(EXAMPLE)):
        assert found
        steps = [other[0] - one[0] for one, other in pairwise(found.points)]
        assert max(steps) == pytest.approx(min(steps), rel=0.02)


@pytest.mark.parametrize(
    ("path", "value"),
    [(("ab_test", "eligible_units_day"), None), (("ab_test", "design"), "before_after"), (("ab_test", "power"), 2.0)],
)
def test_without_a_number_there_is_no_curve(path: tuple[str, ...], value: object) -> None:
    assert power_over_days(replaced(EXAMPLE, path, value)) is None


def test_a_time_that_the_ramp_fills_gives_no_level() -> None:
    short = sample_over_effect(replaced(EXAMPLE, ("ab_test", "duration_days"), 7.0))
    assert short
    assert short.level is None


def test_a_tiny_test_still_has_its_day_on_the_curve() -> None:
    slow = power_over_days(replaced(EXAMPLE, ("ab_test", "eligible_units_day"), 40))
    assert slow
    assert slow.marked
    assert slow.marked[0] == 14
    assert slow.points[-1][0] == 280


def test_an_empty_design_has_nothing_to_draw() -> None:
    assert power_over_days(Design()) is None
    assert sample_over_effect(Design()) is None
    assert path_in_time(Design()) == ()
