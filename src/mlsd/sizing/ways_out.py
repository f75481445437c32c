"""What would make a test fit: for each number involved, the value at which it does."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from mlsd.sizing.ab_plan import AbTest
from mlsd.sizing.normal import critical, quantile, root


class WaysOut(NamedTuple):
    """Each alone lets the test fit; None where no value does.

    ``units`` at least this many enrolled; ``days`` at least this long (ramp and window included);
    ``effect_absolute`` and ``effect_relative`` at least this large, of the effect's sign; ``treatment_share`` at
    least this much (two arms).
    """

    units: int
    days: int | None
    effect_absolute: float | None
    effect_relative: float | None
    treatment_share: float | None


def ways_out(
    test: AbTest,
    units: float,
    *,
    units_day: float | None = None,
    ramp_days: float = 0.0,
    window_days: float = 0.0,
) -> WaysOut | None:
    """What would let a test, solved for its sample, fit into the ``units`` there are.

    ``units_day`` are units enrolled a day (eligible · exposure). None where the test has no answer.
    The treatment's share is sought between its present value and one half.
    """
    if test.solved != "sample" or test.total is None or test.effect_absolute is None:
        return None
    effect, pair = test.effect_absolute, test.pair
    a, b = critical(test.alpha, test.sides), quantile(test.power or 0.8)
    first = test.shares[0]
    found = [pair.detectable(units * first, share / first, a, b) for share in test.shares[1:]] if units > 0 else [None]
    known = [value for value in found if value is not None]
    detectable = max(known, key=abs) if len(known) == len(found) else None
    days = None if not units_day else ceil(test.total / units_day - 1e-9) + ceil(ramp_days + window_days)
    relative = None if detectable is None or not test.baseline else detectable / abs(test.baseline)

    def needed(treatment: float) -> float:
        return pair.size(effect, treatment / (1 - treatment), a, b) / (1 - treatment)

    share = None
    if len(test.shares) == 2 and test.shares[1] < 0.5 and needed(0.5) <= units:
        share = root(lambda w: needed(w) > units, test.shares[1], 0.5)
    return WaysOut(test.total, days, detectable, relative, share)
