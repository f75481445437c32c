"""The numbers of the example, as the reference of the format works them out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlsd.derived.every import every
from mlsd.storage import read

EXAMPLE = Path(__file__).parents[2] / "examples" / "recsys" / "design.yaml"


@pytest.fixture(scope="module")
def found() -> dict[str, float | None]:
    return {derived.id: derived.result for derived in every(read(EXAMPLE).design)}


@pytest.mark.parametrize(
    ("identifier", "result"),
    [
        ("load.average", 2_000_000 * 6 / 86_400),
        ("load.peak_factor", 900 / (2_000_000 * 6 / 86_400)),
        ("load.next_year", 900 * 1.3),
        ("load.in_flight", 900 * 0.130),
        ("load.replicas.ranker", 22),
        ("load.capacity.ranker", 24 * 60 * 0.7),
        ("labels.training", 540_000_000 * 0.8),
        ("labels.positives", 540_000_000 * 0.01),
        ("labels.test_positives", 540_000_000 * 0.1 * 0.01),
        ("latency.path_p99", 10 + 30 + 80 + 10),
        ("latency.left", 70),
        ("latency.timeout.ranker", 180),
        ("funnel.ranker", 500 * 0.12),
        ("memory.retrieval", 3_000_000 * (128 * 4 + 2 * 32 * 4) / 1e9),
        ("memory.nodes.retrieval", 1),
        ("cost.month", 15_520),
        ("cost.left", 4_480),
        ("cost.worth", 180_000 / 15_520),
        ("test.sample", 202_785 + 86_908),
        ("test.inflation", 289_693 / 244_248),
        ("test.days", 14),
        ("test.units", 300_000 * 0.3 * (14 - 2 - 7)),
    ],
)
def test_worked_out_by_hand(found: dict[str, float | None], identifier: str, result: float) -> None:
    assert found[identifier] == pytest.approx(result, rel=1e-9)


def test_availability_counts_what_answers_instead(found: dict[str, float | None]) -> None:
    ranker = retrieval = 1 - (1 - 0.999) * (1 - 0.9999)
    path = 0.9998 * retrieval * ranker * 0.9998
    assert found["availability.path"] == pytest.approx(path, rel=1e-12)
    assert found["availability.downtime"] == pytest.approx((1 - path) * 8760, rel=1e-9)


def test_what_the_time_there_is_can_show(found: dict[str, float | None]) -> None:
    effect, relative = found["test.detectable"], found["test.detectable_relative"]
    assert effect is not None
    assert 0.0019 < effect < 0.0021
    assert relative == pytest.approx(effect / 0.05)
    assert found["test.power"] is not None
    assert found["test.power"] > 0.8


def test_every_number_shows_its_working() -> None:
    for derived in every(read(EXAMPLE).design):
        if derived.working is None:
            assert derived.missing, derived.id
            continue
        assert derived.working.formula, derived.id
        assert derived.working.source, derived.id
        assert derived.working.inputs, derived.id
