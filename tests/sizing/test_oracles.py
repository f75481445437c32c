"""The formulas against statsmodels, and the stated power against a simulation."""

from __future__ import annotations

import random
from math import sqrt

import pytest

from mlsd.sizing.ab_test import two_means, two_proportions
from mlsd.sizing.normal import critical

KAPPAS = (1.0, 3 / 7, 7 / 3)


@pytest.mark.parametrize("kappa", KAPPAS)
@pytest.mark.parametrize("power", [0.8, 0.9, 0.95])
@pytest.mark.parametrize(("rate", "lift"), [(0.05, 0.05), (0.004, 0.1), (0.5, 0.02), (0.2, -0.1)])
def test_pooled_power_against_statsmodels(rate: float, lift: float, power: float, kappa: float) -> None:
    """Sample 1 of statsmodels is prop2 + diff: the treatment's n is its nobs1."""
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason="statsmodels is the oracle here")
    shares = (1 / (1 + kappa), kappa / (1 + kappa))
    sample = two_proportions(rate, effect_relative=lift, power=power, shares=shares)
    assert sample.control is not None
    assert sample.treatment is not None
    found = proportion.power_proportions_2indep(
        rate * lift, rate, nobs1=sample.treatment, ratio=sample.control / sample.treatment, alpha=0.05
    )
    ours = two_proportions(
        rate,
        effect_relative=lift,
        total=sample.total,
        shares=(
            sample.control / (sample.control + sample.treatment),
            sample.treatment / (sample.control + sample.treatment),
        ),
    ).power
    assert ours == pytest.approx(found.power, rel=1e-5)


@pytest.mark.parametrize("kappa", KAPPAS)
@pytest.mark.parametrize("effect", [0.02, 0.1, 0.5])
def test_means_and_arcsine_against_statsmodels(effect: float, kappa: float) -> None:
    power = pytest.importorskip("statsmodels.stats.power", reason="statsmodels is the oracle here")
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason="statsmodels is the oracle here")
    shares = (1 / (1 + kappa), kappa / (1 + kappa))
    solved = power.NormalIndPower().solve_power(effect, alpha=0.05, power=0.8, ratio=kappa)
    assert two_means(1.0, effect_absolute=effect, shares=shares).control == pytest.approx(solved, rel=1e-5, abs=1.01)
    size = proportion.proportion_effectsize(0.3 * (1 + effect), 0.3)
    solved = power.NormalIndPower().solve_power(size, alpha=0.05, power=0.8, ratio=kappa)
    arcsine = two_proportions(0.3, effect_relative=effect, shares=shares, method="arcsine")
    assert arcsine.control == pytest.approx(solved, rel=1e-5, abs=1.01)


@pytest.mark.parametrize(("rate", "lift", "shares"), [(0.05, 0.2, (0.5, 0.5)), (0.3, 0.1, (0.7, 0.3))])
def test_stated_power_by_simulation(rate: float, lift: float, shares: tuple[float, float]) -> None:
    """200,000 tests: significant in 80 %, give or take half a point."""
    numpy = pytest.importorskip("numpy", reason="numpy draws the samples")
    test = two_proportions(rate, effect_relative=lift, shares=shares)
    assert test.note is None
    draw = numpy.random.default_rng(3)
    first = draw.binomial(test.control, rate, 200_000) / test.control
    second = draw.binomial(test.treatment, rate * (1 + lift), 200_000) / test.treatment
    pooled = (first * test.control + second * test.treatment) / test.total
    error = numpy.sqrt(pooled * (1 - pooled) * (1 / test.control + 1 / test.treatment))
    assert float(((second - first) / error > critical(0.05, 2)).mean()) == pytest.approx(0.8, abs=0.005)


def test_closed_form_written_again() -> None:
    """Fleiss' formula in other words, over 300 settings, before rounding."""
    from statistics import NormalDist

    from mlsd.sizing.comparison import proportions

    draw = random.Random(5)
    for _ in range(300):
        p1, lift, kappa = draw.uniform(0.001, 0.6), draw.uniform(0.01, 0.5), draw.uniform(0.1, 10)
        alpha, power = draw.uniform(0.001, 0.2), draw.uniform(0.6, 0.99)
        p2 = p1 * (1 + lift)
        za, zb = NormalDist().inv_cdf(1 - alpha / 2), NormalDist().inv_cdf(power)
        bar = (p1 + kappa * p2) / (1 + kappa)
        null, alternative = sqrt((kappa + 1) * bar * (1 - bar)), sqrt(kappa * p1 * (1 - p1) + p2 * (1 - p2))
        expected = (za * null + zb * alternative) ** 2 / (kappa * (p1 - p2) ** 2)
        a = critical(alpha, 2)
        assert proportions(p1, "pooled", False).size(p2 - p1, kappa, a, zb) == pytest.approx(expected, rel=1e-9)
