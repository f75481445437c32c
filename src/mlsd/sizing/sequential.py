"""Planned interim looks at a test: boundaries that keep alpha, and what they cost (group-sequential designs).

Between looks the test statistic is a Brownian motion B(t), t being the share of the sample seen. The probability of
staying inside the boundaries is carried from look to look by Gauss–Legendre quadrature.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, cos, exp, pi, sqrt
from typing import NamedTuple

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.ab_plan import ALPHA, POWER
from mlsd.sizing.normal import cdf, critical, crossing, quantile
from mlsd.sizing.working import Input, Value, Working

SOURCE = "Jennison, Turnbull: Group Sequential Methods with Applications to Clinical Trials, ch. 2 and 19"
SHAPES = ("obrien_fleming", "pocock")
MOST_LOOKS = 20
ALWAYS_VALID = Message(
    "To look whenever you like, use an always-valid test instead: mixture SPRT, or confidence sequences."
)


class Boundaries(NamedTuple):
    """A plan of looks. ``z``: the statistic that stops the test at each; ``fractions``: the share of the sample seen.

    ``p`` are the nominal p-values of ``z``. ``inflation``: largest sample ÷ the sample of a test with one look.
    """

    shape: str
    fractions: tuple[float, ...]
    z: tuple[float, ...]
    p: tuple[float, ...]
    inflation: float
    working: Working

    def largest(self, fixed_total: int) -> int:
        """Units of the last look, if a test with one look needs ``fixed_total``."""
        return ceil(fixed_total * self.inflation - 1e-9)


def boundaries(
    looks: Value | Sequence[float],
    shape: str = "obrien_fleming",
    alpha: Value | None = None,
    power: Value | None = None,
    sides: int = 2,
) -> Boundaries:
    """Boundaries for a number of evenly spaced looks (1 to 20), or at these shares of the sample.

    ``pocock`` has one z for all looks, ``obrien_fleming`` z = C ÷ √t: strict at first, nearly the usual value at
    the end. ``alpha`` .05 and ``power`` .8 unless given. The note names the always-valid alternative. Raises
    ValueRefused for an unknown shape, looks that do not rise to 1, more than 20 of them. Source: Jennison,
    Turnbull, ch. 2 and 19.
    """
    if shape not in SHAPES:
        known = ", ".join(SHAPES)
        raise ValueRefused(Message("“{shape}” is not a boundary here; these are: {known}.", shape=shape, known=known))
    if sides not in (1, 2):
        raise ValueRefused(Message("A test has 1 or 2 sides; it is {sides}.", sides=sides))
    fractions = _fractions(looks)
    level = domain.number(Message("alpha"), alpha, at_least=1e-6, at_most=0.4, default=ALPHA)
    sure = domain.number(Message("power"), power, at_least=0.5, at_most=0.9999, default=POWER)
    count = domain.number(Message("looks"), len(fractions), at_least=1)
    forms = [1.0 if shape == "pocock" else 1 / sqrt(t) for t in fractions]
    single = critical(level.value, sides)
    constant = crossing(
        lambda c: _exit([c * f for f in forms], fractions, 0.0, sides) - level.value, single * 0.999, 2 * single + 3
    )
    z = tuple(constant * f for f in forms)
    usual = single + quantile(sure.value)
    drift = crossing(lambda d: _exit(z, fractions, d, sides) - sure.value, usual * 0.99, usual * 2)
    p = tuple(sides * cdf(-bound) for bound in z)
    formula = "P(|Z(t)| ≥ C for some look) = α" if shape == "pocock" else "P(|Z(t)| ≥ C ÷ √t for some look) = α"
    working = Working(formula, (count, level, sure), (drift / usual) ** 2, "", SOURCE, ALWAYS_VALID)
    return Boundaries(shape, fractions, z, p, max(1.0, (drift / usual) ** 2), working)


def _fractions(looks: Value | Sequence[float]) -> tuple[float, ...]:
    if isinstance(looks, int | float | Input):
        count = domain.whole(Message("looks"), looks)
        if count.value > MOST_LOOKS:
            raise ValueRefused(
                Message(
                    "At most {most} looks can be planned here; it is {count}.", most=MOST_LOOKS, count=int(count.value)
                )
            )
        return tuple((n + 1) / count.value for n in range(int(count.value)))
    found = tuple(domain.some_share(Message("share of the sample at a look"), t).value for t in looks)
    rising = all(later - earlier >= 0.01 for earlier, later in zip((0.0, *found), found, strict=False))
    if not found or len(found) > MOST_LOOKS or not rising or abs(found[-1] - 1) > 1e-9:
        raise ValueRefused(Message("Looks are shares of the sample that rise, by .01 or more, to 1; at most 20."))
    return found


def _exit(z: Sequence[float], fractions: Sequence[float], drift: float, sides: int) -> float:
    """Probability that B(t) + drift·t leaves the boundaries at some look; with a drift only upwards counts."""
    crossed, before = 0.0, 0.0
    points: list[tuple[float, float]] = [(0.0, 1.0)]
    for bound, t in zip(z, fractions, strict=True):
        step = t - before
        spread, mean = sqrt(step), drift * step
        high = bound * sqrt(t)
        low = -high if sides == 2 else min(drift * t, 0.0) - 9 * sqrt(t)
        crossed += sum(mass * cdf((x + mean - high) / spread) for x, mass in points)
        if sides == 2 and drift == 0:
            crossed += sum(mass * cdf((low - x) / spread) for x, mass in points)
        half, middle = (high - low) / 2, (high + low) / 2
        nodes, weights = _legendre(8 * ceil((high - low) / spread / 4 + 2))
        scale = half / (spread * sqrt(2 * pi))
        inside = []
        for node, weight in zip(nodes, weights, strict=True):
            y = middle + half * node
            density = sum(mass * exp(-(((y - x - mean) / spread) ** 2) / 2) for x, mass in points)
            inside.append((y, weight * scale * density))
        points, before = inside, t
    return crossed


@lru_cache(maxsize=64)
def _legendre(count: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Nodes and weights of Gauss–Legendre quadrature on −1 … 1."""
    nodes, weights = [], []
    for i in range(count):
        x = cos(pi * (i + 0.75) / (count + 0.5))
        for _ in range(50):
            last, value = 1.0, x
            for n in range(2, count + 1):
                last, value = value, ((2 * n - 1) * x * value - (n - 1) * last) / n
            slope = count * (x * value - last) / (x * x - 1)
            x, moved = x - value / slope, value / slope
            if abs(moved) < 1e-15:
                break
        nodes.append(x)
        weights.append(2 / ((1 - x * x) * slope * slope))
    return tuple(nodes), tuple(weights)
