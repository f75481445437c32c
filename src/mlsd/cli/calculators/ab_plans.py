"""What planned looks, whole clusters and unequal deviations do to the size of a test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mlsd.cli.calculators.ab_asked import Asked
from mlsd.cli.calculators.flags import want
from mlsd.cli.sizes import Answer
from mlsd.cli.speech import spoken
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.design.quantity_text import percent_text
from mlsd.errors import Message, UsageError
from mlsd.sizing.ab_test import AbTest


def with_design(
    answer: Answer, test: AbTest | None, looks: int, shape: str, cluster_size: str | None, icc: str | None
) -> Answer:
    """The answer with the largest sample of a test of several looks, and with the clusters of a clustered one."""
    if test is None or test.total is None:
        raise UsageError(
            Message("Looks and clusters change the size of a test, and no size is asked here."),
            Message("Give the effect and leave out --total: --mde 10%"),
        )
    rows, data = list(answer.derived), dict(answer.data)
    if looks > 1:
        rows += _looks(test, looks, shape, data)
    if cluster_size is not None or icc is not None:
        rows += _clusters(test, cluster_size, icc, data)
    return answer._replace(derived=rows, data=data)


def with_best_split(answer: Answer, asked: Asked) -> Answer:
    """The answer with the split that needs the fewest units, where the deviations of the arms differ (Neyman)."""
    from mlsd.sizing.variance import optimal_split

    if asked.sd is None or asked.sd_treatment is None:
        return answer
    best = optimal_split([asked.sd, *[asked.sd_treatment] * (len(asked.shares) - 1)])
    row = Derived("best_split", "", Message("units at equal shares against the best split"), best.working)
    shares = [percent_text(share, spoken().code, digits=3) for share in best.shares]
    remark = Message("The split that needs the fewest units, control first: {shares}.", shares=shares)
    data = dict(answer.data) | {"best_split": list(best.shares)}
    return answer._replace(derived=[*answer.derived, row], data=data, remarks=[*answer.remarks, remark])


def _looks(test: AbTest, looks: int, shape: str, data: dict[str, Any]) -> Iterator[Derived]:
    from mlsd.sizing.sequential import boundaries

    found = boundaries(looks, shape, test.alpha, test.power, test.sides)
    largest = found.largest(test.total or 0)
    data["looks"] = {"shape": shape, "z": list(found.z), "p": list(found.p), "inflation": found.inflation}
    data["largest_total"] = largest
    yield Derived("looks", "", Message("largest sample with looks, against one look"), found.working)


def _clusters(test: AbTest, cluster_size: str | None, icc: str | None, data: dict[str, Any]) -> Iterator[Derived]:
    from mlsd.sizing.clusters import clustered

    size = want("--cluster-size", cluster_size, quantity.number, "50")
    found = clustered(test, size, want("--icc", icc, quantity.number, "0.02"))
    if found is not None:
        data["clusters"] = list(found.clusters)
        data["design_effect"] = found.design_effect
        yield Derived("clusters", "", Message("clusters in all arms"), found.working)
