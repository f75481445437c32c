"""The standard normal distribution, and a search for the point where a function changes its sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import erfc, exp, log, pi, sqrt


def cdf(x: float) -> float:
    """Probability that a standard normal value is at most x."""
    return 0.5 * erfc(-x / sqrt(2))


def density(x: float) -> float:
    """Density of the standard normal distribution at x."""
    return exp(-x * x / 2) / sqrt(2 * pi)


@lru_cache(maxsize=256)
def quantile(p: float) -> float:
    """The value below which a standard normal value lies with probability p, 0 < p < 1.

    Source: Wichura, Algorithm AS 241 (1988), to about sixteen digits. The standard library has it too, in a module
    that takes longer to load than a whole test takes to size.
    """
    middle = p - 0.5
    if abs(middle) <= 0.425:
        return middle * _ratio(0.180625 - middle * middle, *_CENTRE)
    tail = sqrt(-log(min(p, 1 - p)))
    value = _ratio(tail - 1.6, *_SHOULDER) if tail <= 5 else _ratio(tail - 5, *_FAR)
    return value if middle > 0 else -value


def _ratio(x: float, above: Sequence[float], below: Sequence[float]) -> float:
    """One polynomial over another, coefficients from the highest power down."""
    top = bottom = 0.0
    for a, b in zip(above, below, strict=True):
        top, bottom = top * x + a, bottom * x + b
    return top / bottom


_CENTRE = (
    (2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
     1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0),
    (5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
     5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0),
)  # fmt: skip
_SHOULDER = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
     3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0),
)  # fmt: skip
_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0),
)  # fmt: skip


def critical(alpha: float, sides: float) -> float:
    """The z value that a test at level alpha must exceed; two-sided with ``sides`` 2."""
    return -quantile(alpha / sides)


def root(below_zero: Callable[[float], bool], low: float, high: float, tolerance: float = 1e-13) -> float:
    """The point between low and high where ``below_zero`` turns from true to false, by bisection."""
    for _ in range(200):
        middle = (low + high) / 2
        if below_zero(middle):
            low = middle
        else:
            high = middle
        if high - low <= tolerance * max(abs(low), abs(high)):
            break
    return high


def crossing(f: Callable[[float], float], low: float, high: float, tolerance: float = 1e-10) -> float:
    """The zero of a smooth function with different signs at low and high, by regula falsi (Illinois variant)."""
    left, right = f(low), f(high)
    for _ in range(100):
        middle = high - right * (high - low) / (right - left)
        value = f(middle)
        if value * right < 0:
            low, left = high, right
        else:
            left /= 2
        high, right = middle, value
        if abs(high - low) <= tolerance or abs(value) <= tolerance / 100:
            break
    return high
