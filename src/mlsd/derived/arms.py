"""What the arms of an experiment ask for: how many comparisons there are, and how many clusters each arm gets."""

from __future__ import annotations

from typing import NamedTuple

from mlsd.derived.experiment import EVEN
from mlsd.derived.fact import attempt
from mlsd.derived.read import given
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.sizing.ab_test import ALPHA
from mlsd.sizing.clusters import clusters_in_arm, clusters_needed
from mlsd.sizing.corrections import bonferroni, familywise
from mlsd.sizing.working import Input, Working

HELD = "hold"
"""How the name of an arm begins that is left alone: ``hold_out``, ``holdout``."""


class FalseAlarm(NamedTuple):
    """Chance that a comparison wins by luck, and the alpha of each that keeps the whole at alpha.

    Every primary metric is compared in every arm but control.
    """

    primaries: int
    arms: int
    chance: Working
    each: Working | None

    @property
    def comparisons(self) -> int:
        """How many there are."""
        return self.primaries * (self.arms - 1)


def false_alarm(design: Design) -> FalseAlarm | None:
    """What several metrics and arms do to the chance of a false win; None where a number is out of its range.

    An arm held out is compared with nothing and not counted.
    """
    primaries = max(1, len(set(design.ab_test.primary)))
    arms = max(2, sum(not arm.casefold().startswith(HELD) for arm in design.ab_test.split))
    count = Input(Message("comparisons"), float(primaries * (arms - 1)), origin="computed")
    level = given(design, "ab_test.alpha") or Input(Message("alpha"), ALPHA, origin="default")
    chance = attempt(lambda: familywise(level, count))
    return FalseAlarm(primaries, arms, chance, attempt(lambda: bonferroni(level, count))) if chance else None


def fewest_clusters(design: Design) -> tuple[Working, Working] | None:
    """Clusters of the smallest arm, and clusters in all that would give it enough; None where they are not known."""
    clusters = given(design, "ab_test.clusters")
    smallest = min(design.ab_test.split.values() or EVEN)
    there = attempt(lambda: clusters_in_arm(clusters, smallest)) if clusters else None
    wanted = attempt(lambda: clusters_needed(smallest)) if there else None
    return (there, wanted) if there and wanted else None
