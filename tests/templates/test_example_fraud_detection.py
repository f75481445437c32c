"""The fraud design that ships with mlsd agrees with itself: what its head says, worked out by hand."""

from __future__ import annotations

import pytest

from mlsd.content.root import examples
from mlsd.derived.every import every
from mlsd.derived.service import times
from mlsd.design import Design
from mlsd.design.metrics import Metric
from mlsd.lint import Maturity, check
from mlsd.storage import read

PAYMENTS = 8_640_000
RATE, FALSE_ALARMS = 0.002, 0.002
TODAY, PROMISED = 0.70, 0.76
"""Share of the fraud that is found at this share of false alarms: by the rules, and by the model."""
MEAN_PAYMENT, MEAN_FRAUD = 35, 60


@pytest.fixture(scope="module")
def design() -> Design:
    return read(examples() / "fraud-detection" / "design.yaml").design


@pytest.fixture(scope="module")
def found(design: Design) -> dict[str, float | None]:
    return {derived.id: derived.result for derived in every(design)}


def metric(design: Design, name: str) -> Metric:
    every_one = (*design.metrics.business, *design.metrics.online, *design.metrics.offline)
    return next(entry for entry in every_one if entry.id == name)


@pytest.mark.parametrize("maturity", list(Maturity))
def test_no_rule_has_anything_to_say(design: Design, maturity: Maturity) -> None:
    report = check(design, maturity=maturity)
    assert [(found.code, str(found.message)) for found in report.diagnostics] == []
    assert not report.broken


def test_nothing_is_left_to_the_template(design: Design) -> None:
    assert design.maturity == "production"
    assert design.assumed == []
    assert design.waivers == []


@pytest.mark.parametrize(
    ("identifier", "result"),
    [
        ("load.average", PAYMENTS / 86_400),
        ("load.peak_factor", 10),
        ("load.next_year", 1300),
        ("load.capacity.scorer", 8 * 250 * 0.7),
        ("labels.threshold", 10 / (10 + 90)),
        ("labels.queue", PAYMENTS * 0.0005),
        ("labels.reviewed", 60 * 80),
        ("labels.test", 15 * PAYMENTS),
        ("labels.test_positives", 15 * PAYMENTS * RATE),
        ("latency.path_p99", 8 + 15 + 35 + 10),
        ("latency.timeout.scorer", 8 + 15 + 60 + 15 + 10),
        ("memory.velocity", (60_000_000 * 48 + 90_000_000 * 24) * 4 / 1e9),
        ("memory.nodes.velocity", 2),
        ("memory.rings", 40_000_000 * 16 * 4 / 1e9),
        ("availability.path", 0.9999**2 * (1 - 0.001 * 0.0001)),
        ("cost.month", 294_000 + 91_700 + 35_560),
        ("cost.left", 28_740),
        ("cost.worth", 1_540_000 / 421_260),
        ("test.days", 49),
        ("test.units", 1_000_000 * (49 - 3 - 21)),
    ],
)
def test_worked_out_by_hand(found: dict[str, float | None], identifier: str, result: float) -> None:
    assert found[identifier] == pytest.approx(result, rel=1e-9)


def test_the_model_is_measured_where_the_goal_comes_from(design: Design) -> None:
    recall = metric(design, "recall_at_fpr")
    assert (recall.at, recall.target, design.model.baseline.value) == (FALSE_ALARMS, PROMISED, TODAY)
    assert design.data.labels.positive_rate == RATE
    assert max(entry.value or 0 for entry in design.model.candidates) >= PROMISED


def test_the_goal_is_five_sixths_of_what_the_model_gains(design: Design) -> None:
    basis_points = RATE * MEAN_FRAUD / MEAN_PAYMENT * 10_000
    today, gain = (1 - TODAY) * basis_points, (PROMISED - TODAY) * basis_points
    goal = design.problem.goal
    assert goal.baseline == round(today, 1)
    assert goal.target == round(today - gain * 5 / 6, 1)
    turnover = PAYMENTS * MEAN_PAYMENT * 30
    assert goal.worth_month == pytest.approx((goal.baseline - goal.target) / 10_000 * turnover, rel=0.005)


def test_the_cost_of_mistakes_follows_from_recall_false_alarms_and_prices(design: Design) -> None:
    prices, cost = design.problem.error_costs, metric(design, "expected_cost")

    def expected(recall: float) -> float:
        missed, alarms = (1 - recall) * RATE, FALSE_ALARMS * (1 - RATE)
        return missed * (prices.false_negative or 0) + alarms * (prices.false_positive or 0)

    assert cost.baseline == round(expected(TODAY), 3)
    assert cost.target == round(expected(PROMISED), 3)
    assert cost.at == design.model.operating_point.value == 0.10


def test_the_analysts_can_take_the_queue_at_the_margin_too(design: Design, found: dict[str, float | None]) -> None:
    held, oversight = metric(design, "held_share"), design.problem.decision.oversight
    assert held.baseline == oversight.flag_rate
    at_margin = PAYMENTS * ((held.baseline or 0) + (held.margin or 0))
    assert round(at_margin) == 4752
    assert at_margin <= (found["labels.reviewed"] or 0)


def test_the_hold_out_costs_what_its_arithmetic_says(design: Design) -> None:
    flagged = PROMISED * RATE + FALSE_ALARMS * (1 - RATE)
    blocked = PAYMENTS * (flagged - (design.problem.decision.oversight.flag_rate or 0))
    let_through = blocked * 0.7 * 0.005  # seven of ten are of 100 EUR at most, half a per cent of these pass
    fraud = PROMISED * RATE * PAYMENTS - (metric(design, "precision_at_budget").target or 0) * PAYMENTS * 0.0005
    assert design.data.labels.audit_per_day == pytest.approx(let_through, rel=0.01)
    item = next(entry for entry in design.deploy.costs if "hold-out" in (entry.item or ""))
    assert item.volume_month == pytest.approx(let_through * 30 * fraud / blocked, rel=0.01)


def test_the_path_holds_its_promise_when_velocity_and_scorer_are_late(design: Design) -> None:
    p99 = {block: given.value for block, given in times(design).items() if given}
    late = {block: given.value for block, given in times(design, "timeout_ms").items() if given}
    worst = p99["gateway"] + late["velocity"] + late["scorer"] + p99["rules"] + p99["policy"]
    assert worst == 118
    limit = next(entry.value for entry in design.problem.constraints if entry.kind == "latency")
    assert worst <= (limit or 0) <= (design.problem.decision.deadline_ms or 0)


def test_the_split_waits_as_long_as_a_label(design: Design) -> None:
    split, labels = design.model.split, design.data.labels
    assert labels.count == 150 * PAYMENTS
    assert split.test_days == 150 * (split.test or 0)
    assert split.gap_days == split.maturity_days == labels.delay_days == design.model.target.horizon_days


def test_the_test_by_account_sees_less_than_what_is_expected(design: Design, found: dict[str, float | None]) -> None:
    test, reported = design.ab_test, metric(design, "reported_accounts")
    assert test.unit == reported.of == "account"
    assert (found["test.sample"] or 0) <= (found["test.units"] or 0)
    assert (reported.target or 0) == pytest.approx((reported.baseline or 0) * (1 - (test.expected_effect.value or 0)))
    for guardrail in test.guardrails:
        needed = found.get(f"test.guardrail.{guardrail}")
        assert needed is None or needed <= (found["test.sample"] or 0)


def test_the_model_is_young_enough_for_an_adversary_and_the_way_back_short(design: Design) -> None:
    assert (design.deploy.retraining.cadence_hours or 0) <= 30 * 24
    recovery = next(entry.value for entry in design.problem.constraints if entry.kind == "recovery")
    assert (design.deploy.rollback.minutes or 0) <= (recovery or 0)
