"""Tests whose units come in groups: classes, stores, cities, or stretches of time (switchback)."""

from __future__ import annotations

from math import ceil, floor
from typing import NamedTuple

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.ab_plan import AbTest
from mlsd.sizing.working import Input, Value, Working

DONNER = "Donner, Klar: Design and Analysis of Cluster Randomization Trials, ch. 5"
ELDRIDGE = "Eldridge, Ashby, Kerry: Sample size for cluster randomized trials with unequal sizes (2006)"
BOJINOV = "Bojinov, Simchi-Levi, Zhao: Design and Analysis of Switchback Experiments (2023)"
FEW = 20
"""Clusters in an arm below which cluster-robust errors are not to be trusted."""


class Clustered(NamedTuple):
    """A test of whole clusters: design effect, units and clusters of each arm (control first), and their totals."""

    design_effect: float
    units: tuple[int, ...]
    clusters: tuple[int, ...]
    working: Working


def design_effect(cluster_size: Value, icc: Value, size_variation: Value | None = None) -> Working:
    """How much larger a clustered test must be: 1 + ((1 + CV²)·m − 1)·ρ.

    ``cluster_size`` m is the mean number of units in a cluster (1 or more), ``icc`` ρ the correlation inside a
    cluster (0 to 1), ``size_variation`` the coefficient of variation of the sizes (0 unless given).
    """
    size = domain.number(Message("units in a cluster"), cluster_size, at_least=1, at_most=domain.LARGEST)
    rho = domain.share(Message("correlation inside a cluster"), icc)
    spread = domain.number(Message("variation of cluster sizes"), size_variation, at_least=0, at_most=100, default=0.0)
    effect = 1 + ((1 + spread.value**2) * size.value - 1) * rho.value
    formula = "1 + ((1 + CV²)·m − 1)·ρ"
    return Working(formula, (size, rho, spread), effect, "", DONNER if spread.value == 0 else ELDRIDGE)


def clustered(test: AbTest, cluster_size: Value, icc: Value, size_variation: Value | None = None) -> Clustered | None:
    """The test as it must be if whole clusters are randomised; None where the test itself has no answer.

    Arguments and errors as in ``design_effect``.
    """
    effect = design_effect(cluster_size, icc, size_variation)
    if effect.result is None or not test.arms:
        return None
    size = effect.inputs[0].value
    units = tuple(ceil(arm * effect.result - 1e-9) for arm in test.arms)
    clusters = tuple(ceil(arm / size - 1e-9) for arm in units)
    fewest = min(clusters)
    note = None
    if fewest < FEW:
        note = Message(
            "{count} clusters in an arm: below {least} their errors cannot be estimated well; take more, smaller ones.",
            count=fewest,
            least=FEW,
        )
    inputs = (Input(Message("units without clusters"), float(sum(test.arms)), "units", origin="computed"),)
    formula = "clusters = ⌈units of the arm · design effect ÷ units in a cluster⌉,  design effect = " + effect.formula
    working = Working(formula, inputs + effect.inputs, float(sum(clusters)), "clusters", effect.source, note)
    return Clustered(effect.result, units, clusters, working)


def clusters_in_arm(clusters: Value, share: Value) -> Working:
    """Clusters that an arm of this share gets of all clusters; fewer than 20 draw a note."""
    count = domain.whole(Message("clusters"), clusters)
    part = domain.some_share(Message("share of the arm"), share)
    found = count.value * part.value
    note = None
    if found < FEW - 1e-9:
        note = Message("Below {least} clusters in an arm their errors cannot be estimated well.", least=FEW)
    return Working("clusters of the arm = clusters · share", (count, part), found, "clusters", DONNER, note)


def clusters_compared(clusters: Value, part: Value) -> Working:
    """Clusters in the arms that are compared: ``part`` of all, the rest being held out."""
    count = domain.whole(Message("clusters"), clusters)
    share = domain.some_share(Message("share of the units that are compared"), part)
    formula = "units = clusters · share of the units that are compared"
    return Working(formula, (count, share), count.value * share.value, "clusters", DONNER)


def clusters_needed(share: Value, each: Value = FEW) -> Working:
    """Clusters in all, so that an arm of this share gets ``each`` of them (20 unless given)."""
    part = domain.some_share(Message("share of the arm"), share)
    least = domain.whole(Message("clusters of the arm"), each)
    found = float(ceil(least.value / part.value - 1e-9))
    return Working("clusters = ⌈clusters of the arm ÷ share⌉", (least, part), found, "clusters", DONNER)


def switchback_periods(days: Value, period_hours: Value, regions: Value | None = None) -> Working:
    """Periods that a switchback test has: regions · ⌊hours ÷ hours of a period⌋. Each period is one randomised unit.

    Raises ValueRefused for a period of zero; fewer than 20 in an arm draws a note.
    """
    length = domain.positive(Message("duration"), days, "days")
    period = domain.positive(Message("length of a period"), period_hours, "h")
    places = (
        domain.whole(Message("regions"), regions)
        if regions is not None
        else Input(Message("regions"), 1.0, origin="default")
    )
    count = places.value * floor(length.value * 24 / period.value + 1e-9)
    note = None
    if count / 2 < FEW:
        note = Message("Fewer than {least} periods in an arm: take shorter periods or a longer test.", least=FEW)
    formula = "periods = regions · ⌊24 · days ÷ hours of a period⌋"
    return Working(formula, (length, period, places), float(count), "periods", BOJINOV, note)


def switchback_days(periods: Value, period_hours: Value, regions: Value | None = None) -> Working:
    """Days that so many periods take: ⌈⌈periods ÷ regions⌉ · hours of a period ÷ 24⌉; each region switches on its own.

    Raises ValueRefused for a value outside its range.
    """
    count = domain.positive(Message("periods"), periods, "periods")
    period = domain.positive(Message("length of a period"), period_hours, "h")
    places = domain.number(Message("regions"), regions, at_least=1, at_most=domain.LARGEST, default=1.0)
    days = ceil(ceil(count.value / places.value - 1e-9) * period.value / 24 - 1e-9)
    formula = "days = ⌈⌈periods ÷ regions⌉ · hours of a period ÷ 24⌉"
    return Working(formula, (count, places, period), float(days), "days", BOJINOV)


def switchback_sd(sd_between_periods: Value, carry_over_share: Value | None = None) -> Working:
    """Deviation of a period's mean when its start, still under the influence of the last one, is thrown away.

    ``sd_between_periods`` is the standard deviation of period means (use it in ``two_means`` with periods as
    units), ``carry_over_share`` the share of each period dropped (0 unless given): σ ÷ √(1 − share). This is the
    worst case, in which all the deviation comes from inside the periods.
    """
    plain = domain.positive(Message("deviation between periods"), sd_between_periods)
    dropped = domain.number(Message("share of a period dropped"), carry_over_share, at_least=0, below=1, default=0.0)
    return Working("σ ÷ √(1 − dropped)", (plain, dropped), plain.value / (1 - dropped.value) ** 0.5, "", BOJINOV)
