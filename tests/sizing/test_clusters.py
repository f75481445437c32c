"""Clusters and switchbacks."""

from __future__ import annotations

import pytest

from mlsd.errors import ValueRefused
from mlsd.sizing.ab_test import two_means, two_proportions
from mlsd.sizing.clusters import (
    clustered,
    clusters_in_arm,
    clusters_needed,
    design_effect,
    switchback_periods,
    switchback_sd,
)


def test_design_effect() -> None:
    assert design_effect(30, 0.05).result == pytest.approx(2.45)
    assert design_effect(30, 0.05, 0.5).result == pytest.approx(2.825)
    assert design_effect(1, 0.9).result == 1


def test_classes_of_thirty() -> None:
    test = two_means(1.0, effect_absolute=0.2)
    found = clustered(test, 30, 0.05)
    assert test.arms == (393, 393)
    assert found is not None
    assert (found.units, found.clusters, found.working.note) == ((963, 963), (33, 33), None)


def test_few_clusters_are_pointed_at() -> None:
    found = clustered(two_means(1.0, effect_absolute=0.2), 500, 0.01)
    assert found is not None
    assert found.clusters == (5, 5)
    text = "5 clusters in an arm: below 20 their errors cannot be estimated well; take more, smaller ones."
    assert str(found.working.note) == text


@pytest.mark.parametrize(("size", "clusters", "noted"), [(20, (20, 20), False), (21, (19, 19), True)])
def test_twenty_clusters_in_an_arm_are_enough(size: int, clusters: tuple[int, int], noted: bool) -> None:
    found = clustered(two_means(1.0, effect_absolute=0.2), size, 0)
    assert found is not None
    assert (found.clusters, found.working.note is not None) == (clusters, noted)


def test_no_answer_stays_no_answer() -> None:
    assert clustered(two_proportions(0.6, effect_relative=1), 30, 0.05) is None


def test_clusters_of_an_arm() -> None:
    """Half of 500 stores is plenty; 30 per cent of 66 cities is not."""
    assert (clusters_in_arm(500, 0.5).result, clusters_in_arm(500, 0.5).note) == (250, None)
    few = clusters_in_arm(66, 0.3)
    assert few.result == pytest.approx(19.8)
    assert str(few.note) == "Below 20 clusters in an arm their errors cannot be estimated well."
    assert clusters_needed(0.3).result == 67
    assert clusters_needed(0.5).result == 40


def test_switchback() -> None:
    """Two weeks, periods of four hours, three cities."""
    assert switchback_periods(14, 4, 3).result == 252
    short = switchback_periods(7, 12)
    assert short.result == 14
    assert str(short.note) == "Fewer than 20 periods in an arm: take shorter periods or a longer test."
    assert (switchback_periods(20, 12).result, switchback_periods(20, 12).note) == (40, None)
    assert switchback_periods(19.5, 12).note == short.note
    assert switchback_sd(1.0, 0.25).result == pytest.approx(1.1547, abs=1e-4)


def test_refused() -> None:
    with pytest.raises(ValueRefused, match="“units in a cluster” must be a number from 1 to"):
        design_effect(0.5, 0.1)
