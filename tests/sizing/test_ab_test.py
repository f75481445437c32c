"""How large an A/B test must be: the tables that the project's documents quote, and what always holds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing.ab_test import METHODS, two_means, two_proportions
from mlsd.sizing.comparison import proportions
from mlsd.sizing.normal import critical, quantile
from mlsd.sizing.working import Input

SEVENTY_THIRTY = (0.7, 0.3)


@pytest.mark.parametrize(
    ("rate", "lift", "even", "control", "treatment"),
    [
        (0.05, 0.05, 244_248, 202_785, 86_908),
        (0.05, 0.10, 62_468, 51_678, 22_148),
        (0.02, 0.05, 630_412, 523_330, 224_284),
        (0.10, 0.02, 712_670, 593_055, 254_167),
        (0.004, 0.10, 820_670, 678_661, 290_855),
        (0.50, 0.02, 78_480, 65_401, 28_029),
    ],
)
def test_pooled_table(rate: float, lift: float, even: int, control: int, treatment: int) -> None:
    """The default method, each arm rounded up."""
    assert two_proportions(rate, effect_relative=lift).total == even
    uneven = two_proportions(rate, effect_relative=lift, shares=SEVENTY_THIRTY)
    assert (uneven.arms, uneven.method) == ((control, treatment), "pooled")
    assert uneven.inflation == (control + treatment) / even


@pytest.mark.parametrize(
    ("rate", "lift", "even", "uneven"),
    [
        (0.05, 0.05, 244_242, 293_448),
        (0.05, 0.02, 1_505_400, 1_798_863),
        (0.02, 0.05, 630_407, 757_653),
        (0.01, 0.05, 1_274_015, 1_531_328),
        (0.10, 0.02, 712_663, 851_391),
        (0.30, 0.01, 734_640, 875_560),
        (0.004, 0.10, 820_664, 995_511),
        (0.50, 0.02, 78_474, 93_413),
    ],
)
def test_unpooled_table(rate: float, lift: float, even: int, uneven: int) -> None:
    """The formula of the rule catalogue, total rounded up once."""
    pair = proportions(rate, "unpooled", decrease=False)
    a, b = critical(0.05, 2), quantile(0.8)
    assert math.ceil(2 * pair.size(rate * lift, 1.0, a, b) - 1e-6) == even
    assert math.ceil(pair.size(rate * lift, 3 / 7, a, b) * 10 / 7 - 1e-6) == uneven


def test_everything_about_one_test() -> None:
    """5 % of people today, five per cent more of them, seventy to thirty."""
    found = two_proportions(Input("rate", 0.05, path="metrics.online.cart_users.baseline"), effect_relative=0.05)
    assert (found.solved, found.alpha, found.power, found.sides) == ("sample", 0.05, 0.8, 2)
    assert (found.effect_absolute, found.effect_relative) == (0.0025, 0.05)
    assert (found.control, found.treatment, found.total, found.inflation) == (122_124, 122_124, 244_248, 1.0)
    assert found.note is None
    assert [(str(i.name), i.origin, i.path) for i in found.working.inputs] == [
        ("baseline rate", "given", "metrics.online.cart_users.baseline"),
        ("relative effect", "given", None),
        ("effect", "computed", None),
        ("alpha", "default", None),
        ("power", "default", None),
    ]


def test_mean_of_the_catalogue() -> None:
    """σ = .15, Δ = .01: 3,532 in each arm."""
    assert two_means(0.15, effect_absolute=0.01).arms == (3532, 3532)
    assert two_means(0.15, mean=0.5, effect_relative=0.02).arms == (3532, 3532)
    assert two_means(0.15, mean=0.5, effect_relative=0.02).effect_absolute == pytest.approx(0.01)


def test_what_a_sample_detects_and_with_which_power() -> None:
    sample = two_proportions(0.05, effect_relative=0.05, shares=SEVENTY_THIRTY)
    mde = two_proportions(0.05, total=sample.total, shares=SEVENTY_THIRTY)
    assert (mde.solved, mde.effect_relative) == ("mde", pytest.approx(0.05, rel=1e-5))
    power = two_proportions(0.05, total=sample.total, effect_relative=0.05, shares=SEVENTY_THIRTY)
    assert (power.solved, power.power) == ("power", pytest.approx(0.8, abs=1e-5))
    assert power.inflation == pytest.approx(1.186, abs=1e-3)
    downward = two_proportions(0.05, total=sample.total, decrease=True)
    assert downward.effect_absolute is not None
    assert downward.effect_absolute < 0


def test_many_arms_are_each_compared_with_control() -> None:
    """The smallest treatment decides; equal treatments need what a pair with the same ratio needs."""
    three = two_proportions(0.05, effect_relative=0.1, shares=(0.5, 0.25, 0.25))
    pair = two_proportions(0.05, effect_relative=0.1, shares=(2 / 3, 1 / 3))
    assert three.arms == (pair.control, pair.treatment, pair.treatment)


def test_a_rate_above_one_has_no_answer() -> None:
    found = two_proportions(0.6, effect_relative=1)
    assert (found.total, found.arms, found.inflation, found.working.result) == (None, (), None, None)
    assert str(found.note) == "The rate would be 1.2, and a rate lies between 0 and 1."
    below = two_proportions(0.0105, effect_absolute=-0.1)
    assert str(below.note) == "The rate would be -0.0895, and a rate lies between 0 and 1."
    assert two_proportions(0.6, effect_absolute=-0.7).total is None
    assert two_proportions(0.6, effect_absolute=0.4, total=1000).power is None


def test_too_few_units_detect_nothing() -> None:
    found = two_proportions(0.5, total=4)
    assert found.effect_absolute is None
    assert str(found.note) == "No rate between 0 and 1 differs enough to be found with so few units."


def test_few_conversions_are_called_weak() -> None:
    found = two_proportions(0.01, effect_relative=1)
    assert found.total == 4638
    text = "An arm expects about 23 conversions; below 150 the normal approximation is weak."
    assert str(found.note) == text
    assert str(two_proportions(0.99, effect_absolute=-0.01).note) == text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"baseline_rate": -0.1}, "“baseline rate” must be a number from 1e-12 to 0.999999999999; it is -0.1."),
        ({"baseline_rate": math.nan}, "“baseline rate” must be a number from 1e-12 to 0.999999999999; it is nan."),
        ({"effect_relative": math.inf}, "“effect” must be a number from -1000000000.0 to 1000000000.0; it is inf."),
        ({"effect_relative": 1e308}, "“effect” must be a number from -1000000000.0 to 1000000000.0; it is 1e+308."),
        ({"effect_relative": 0}, "“effect” must not be zero: no test is large enough to find nothing."),
        ({"shares": (0.5, 0.497)}, "The shares of the split sum to 0.997; they must sum to 1."),
        ({"shares": (0.7, 0.2)}, "The shares of the split sum to 0.9; they must sum to 1."),
        ({"shares": (1.3, -0.3)}, "“share of an arm” must be a number from 1e-12 to 0.999999999999; it is 1.3."),
        ({"shares": (0.5,)}, "A split needs at least two shares: control first, then each treatment."),
        ({"alpha": 0}, "“alpha” must be a number from 1e-09 to 0.5; it is 0."),
        ({"power": 1}, "“power” must be a number from 0.5 to below 1.0; it is 1."),
        ({"power": "high"}, "“power” must be a number from 0.5 to below 1.0; it is high."),
        ({"sides": 3}, "A test has 1 or 2 sides; it is 3."),
        ({"method": "bayes"}, "“bayes” is not a method here; these are: pooled, unpooled, arcsine, continuity."),
        ({"effect_absolute": 0.01}, "The effect is given twice, relative and absolute; give one of them."),
        ({"effect_relative": None}, "Give the effect to get the sample, or the sample to get the effect."),
        ({"total": 10, "power": 0.8}, "Effect, sample and power are all given; leave out the one to compute."),
        ({"baseline_rate": 10**400}, "“baseline rate” must be a number from 1e-12 to 0.999999999999; it is 1"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        two_proportions(**({"baseline_rate": 0.05, "effect_relative": 0.05} | arguments))  # type: ignore[arg-type]
    assert str(refused.value).startswith(sentence)


def test_a_refusal_names_the_path_it_came_from() -> None:
    with pytest.raises(ValueRefused, match=r"“ab_test.alpha” must be a number"):
        two_proportions(0.05, effect_relative=0.05, alpha=Input("alpha", 2.0, path="ab_test.alpha"))


def test_a_relative_effect_needs_a_mean() -> None:
    with pytest.raises(ValueRefused, match=r"A relative effect needs a mean"):
        two_means(1.0, effect_relative=0.05)


rates = st.floats(0.001, 0.9)
lifts = st.floats(0.005, 0.1)
controls = st.floats(0.05, 0.95)
methods = st.sampled_from(METHODS)


@given(rates, lifts, controls, methods)
@settings(max_examples=60)
def test_more_is_needed_for_less(rate: float, lift: float, control: float, method: str) -> None:
    """Smaller effect, higher power, smaller alpha: never a smaller sample."""

    def total(effect: float = lift, power: float = 0.8, alpha: float = 0.05) -> int:
        shares = (control, 1 - control)
        found = two_proportions(
            rate, effect_relative=effect, power=power, alpha=alpha, shares=shares, method=method
        ).total
        assert found is not None
        return found

    plain = total()
    assert total(effect=lift * 0.9) >= plain
    assert total(power=0.9) >= plain
    assert total(alpha=0.01) >= plain


@given(rates, lifts, methods)
@settings(max_examples=60)
def test_failures_count_like_successes(rate: float, lift: float, method: str) -> None:
    """Turning every success into a failure turns nothing else."""
    effect = rate * lift
    one = two_proportions(rate, effect_absolute=effect, method=method)
    other = two_proportions(1 - rate, effect_absolute=-effect, method=method)
    assert one.total is not None
    assert other.total == pytest.approx(one.total, abs=2, rel=1e-9)


@given(rates, lifts, controls, methods)
@settings(max_examples=60)
def test_size_effect_and_power_agree(rate: float, lift: float, control: float, method: str) -> None:
    """Each, given back, yields the others."""
    shares = (control, 1 - control)
    total = two_proportions(rate, effect_relative=lift, shares=shares, method=method).total
    power = two_proportions(rate, effect_relative=lift, total=total, shares=shares, method=method).power
    mde = two_proportions(rate, total=total, shares=shares, method=method).effect_relative
    assert power is not None
    assert 0.8 - 1e-9 <= power < 0.85
    assert mde is not None
    assert mde <= lift * (1 + 1e-9)


@given(st.floats(1e-3, 1e3), st.floats(0.01, 1), controls, st.floats(1e-3, 1e3))
@settings(max_examples=60)
def test_a_mean_has_no_unit(sd: float, effect: float, control: float, scale: float) -> None:
    """Euros or cents: the sample is the same."""
    shares = (control, 1 - control)
    plain = two_means(sd, effect_absolute=effect * sd, shares=shares).total
    scaled = two_means(sd * scale, effect_absolute=effect * sd * scale, shares=shares).total
    assert plain is not None
    assert scaled == pytest.approx(plain, abs=2)


@given(rates, lifts, controls)
@settings(max_examples=60)
def test_an_even_split_of_equal_variances_is_the_cheapest(rate: float, lift: float, control: float) -> None:
    found = two_means(1.0, effect_absolute=lift, shares=(control, 1 - control))
    assert found.inflation is not None
    assert found.inflation >= 1 - 1e-3
    assert found.inflation == pytest.approx((1 / control + 1 / (1 - control)) / 4, rel=1e-2)
