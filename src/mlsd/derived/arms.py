"""The arms of an experiment: which are compared, what several of them ask for, and how many clusters each gets."""

from __future__ import annotations

from typing import NamedTuple

from mlsd.derived.fact import attempt
from mlsd.derived.read import given
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.sizing.ab_test import ALPHA, EVEN
from mlsd.sizing.clusters import clusters_in_arm, clusters_needed
from mlsd.sizing.corrections import bonferroni, familywise
from mlsd.sizing.working import Input, Working

HELD = "hold"
"""How the name of an arm begins that is left alone: ``hold_out``, ``holdout``."""


class Arms(NamedTuple):
    """The arms that are compared, control first; an arm held out is compared with nothing and is none of them."""

    names: tuple[str, ...]
    shares: tuple[float, ...]
    """Their shares of the units that are compared."""
    part: float
    """Which part of the units in the test those are."""

    @property
    def treatments(self) -> int:
        """How many are compared with control."""
        return max(1, len(self.shares) - 1)


def arms(design: Design) -> Arms:
    """The arms that are compared; two of one size where the design names none."""
    split = design.ab_test.split
    if not split:
        return Arms(("control", "treatment"), EVEN, 1.0)
    compared = {name: share for name, share in split.items() if not name.casefold().startswith(HELD)}
    together = sum(compared.values())
    if len(compared) in (0, 1, len(split)) or not together:
        return Arms(tuple(split), tuple(split.values()), 1.0)
    return Arms(tuple(compared), tuple(share / together for share in compared.values()), together / sum(split.values()))


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
    """What several metrics and arms do to the chance of a false win; None where a number is out of its range."""
    primaries, treatments = max(1, len(set(design.ab_test.primary))), arms(design).treatments
    count = Input(Message("comparisons"), float(primaries * treatments), origin="computed")
    level = given(design, "ab_test.alpha") or Input(Message("alpha"), ALPHA, origin="default")
    chance = attempt(lambda: familywise(level, count))
    each = attempt(lambda: bonferroni(level, count))
    return FalseAlarm(primaries, treatments + 1, chance, each) if chance else None


def fewest_clusters(design: Design) -> tuple[Working, Working] | None:
    """Clusters of the smallest arm, and clusters in all that would give it enough; None where they are not known."""
    clusters, compared = given(design, "ab_test.clusters"), arms(design)
    smallest = min(compared.shares) * compared.part
    there = attempt(lambda: clusters_in_arm(clusters, smallest)) if clusters else None
    wanted = attempt(lambda: clusters_needed(smallest)) if there else None
    return (there, wanted) if there and wanted else None
