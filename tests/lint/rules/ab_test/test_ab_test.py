"""The A/B test: what the pages cannot show."""

from __future__ import annotations

import pytest

RATE = "metrics: {online: [{id: rate, baseline: 0.05, window_days: 7, of: user}]}\nab_test: {primary: rate, %s}"
"""An effect of 5 % relative takes 244,248 people at 50/50."""


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("duration_days: 14, eligible_units_day: 34893", []),
        ("duration_days: 14, eligible_units_day: 34892", ["warning ab_test.duration_days"]),
        ("duration_days: 14, eligible_units_day: 29078", ["warning ab_test.duration_days"]),
        ("duration_days: 14, eligible_units_day: 29077", ["error ab_test.duration_days"]),
        ("duration_days: 14, eligible_units_day: 34893, exposure: 50%", ["error ab_test.duration_days"]),
        ("duration_days: 14, eligible_units_day: 34893, ramp_days: 1", ["warning ab_test.duration_days"]),
        ("duration_days: 14", []),
        ("eligible_units_day: 10", []),
        ("duration_days: 14, eligible_units_day: 10, design: interleaving", []),
    ],
)
def test_only_days_on_which_a_unit_can_mature_count(said, test, expected):
    assert said("ABT-06", RATE % f"mde: 5% relative, {test}") == expected


def test_a_mean_needs_its_deviation(said):
    mean = "metrics: {online: [{id: basket, baseline: 40}]}\nab_test: {primary: basket, mde: 1%% relative, %s}\n"
    days = "duration_days: 7, eligible_units_day: 100"
    assert said("ABT-06", mean % days) == []
    assert said("ABT-06", mean % f"sd: 60, {days}") == ["error ab_test.duration_days"]


@pytest.mark.parametrize(
    ("days", "found"), [(6, True), (7, False), (8, False), (9, True), (13, False), (56, False), (57, True)]
)
def test_whole_weeks_give_or_take_a_day(said, days, found):
    expected = ["warning ab_test.duration_days"] if found else []
    assert said("ABT-08", f"ab_test: {{duration_days: {days}}}\n") == expected
    assert said("ABT-08", f"ab_test: {{duration_days: {days}, design: switchback}}\n") == []


@pytest.mark.parametrize(
    ("of", "test", "expected"),
    [
        ("user", "unit: session", ["error ab_test.unit"]),
        ("user", "unit: session, variance: cluster_robust", []),
        ("user", "unit: account", []),
        ("impression", "variance: plain", ["warning ab_test.variance"]),
        ("impression", "variance: delta_method", []),
        ("impression", "unit: session", []),
        ("user", "unit: region", []),
    ],
)
def test_units(said, of, test, expected):
    split = f"metrics: {{online: [{{id: m, of: {of}}}]}}\nab_test: {{primary: m, {test}}}\n"
    assert said("ABT-10", split) == expected


@pytest.mark.parametrize("test", ["design: switchback", "unit: region", "design: cluster"])
def test_what_is_kept_apart_does_not_interfere(said, test):
    assert said("ABT-11", f"traits: {{interference: strong}}\nab_test: {{primary: trips, {test}}}\n") == []


@pytest.mark.parametrize(
    ("split", "found"), [("70/30", False), ("75/25", False), ("79/21", True), ("80/20", True), ("34/33/33", False)]
)
def test_from_half_as_many_again_on_an_uneven_split_is_a_remark(said, split, found):
    assert said("ABT-13", f"ab_test: {{split: {split}}}\n") == (["info ab_test.split"] if found else [])


def test_a_reason_settles_an_uneven_split(said):
    decided = "decisions: [{about: ab_test.split, choice: 90/10, because: a wrong price costs a lot}]\n"
    assert said("ABT-13", f"ab_test: {{split: 90/10}}\n{decided}") == []


@pytest.mark.parametrize(
    ("mde", "hoped", "found"),
    [
        ("5% relative", "5% relative", False),
        ("5% relative", "0.25 pp", False),
        ("5% relative", "0.24 pp", True),
        ("0.25 pp", "4% relative", True),
    ],
)
def test_relative_and_absolute_effects_are_compared_at_todays_rate(said, mde, hoped, found):
    expected = ["error ab_test.expected_effect"] if found else []
    assert said("ABT-17", RATE % f"mde: {mde}, expected_effect: {hoped}") == expected


def test_without_todays_rate_they_are_not_compared(said):
    test = "metrics: {online: [{id: m}]}\nab_test: {primary: m, mde: 5% relative, expected_effect: 0.1 pp}\n"
    assert said("ABT-17", test) == []
