"""Metrics: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity

OFFLINE = "metrics: {offline: [%s]}\n"


@pytest.mark.parametrize(
    ("metric", "extra", "expected"),
    [
        ("{id: accuracy}", "", ["warning metrics.online[accuracy]"]),
        ("{id: accuracy, window_days: 7}", "data: {labels: {delay_days: 2}}", []),
        ("{id: accuracy, window_days: 1}", "data: {labels: {delay_days: 2}}", ["warning metrics.online[accuracy]"]),
        ("{id: accuracy}", "data: {labels: {audit_per_day: 50}}", []),
        ("{id: hallucination_rate}", "", []),
        ("{id: our_own_number}", "", []),
    ],
)
def test_a_metric_of_truth_may_be_online_if_the_truth_is_there(said, metric, extra, expected):
    assert said("MET-04", f"metrics: {{online: [{metric}]}}\n{extra}\n") == expected


def test_what_decides_the_test_is_judged_by_its_own_rule(said):
    both = "metrics: {online: [{id: accuracy}]}\nab_test: {primary: accuracy}\n"
    assert said("MET-04", both) == []
    assert said("ABT-02", both) == ["error ab_test.primary[0]"]


def test_a_target_may_be_a_lift_and_is_a_remark_at_an_interview(said):
    lists = "metrics: {business: [{id: revenue}], online: [{id: a, %s}], offline: [{id: b, target: 1}]}\n"
    assert said("MET-05", lists % "lift: 5% relative") == []
    assert said("MET-05", lists % "role: success") == ["info metrics.online[a].target"]
    assert said("MET-05", lists % "role: success", Maturity.DESIGN) == ["warning metrics.online[a].target"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("zero_share: 0", []),
        ("zero_share: 0, mean: 1", []),
        ("zero_share: 1%", ["error metrics.offline[smape]"]),
        ("mean: 3", []),
        ("mean: 2.9", ["error metrics.offline[smape]"]),
        ("count: 10", []),
    ],
)
def test_zeros_are_counted_or_follow_from_the_mean(said, labels, expected):
    assert said("MET-09", f"data: {{labels: {{{labels}}}}}\n" + OFFLINE % "{id: smape}") == expected


def test_a_loss_can_divide_by_zero_too(said):
    assert said("MET-09", "data: {labels: {mean: 1}}\nmodel: {loss: mape}\n") == ["error model.loss"]


@pytest.mark.parametrize(("k", "found"), [(4, False), (30, False), (3, True), (31, True)])
def test_a_list_is_measured_within_three_times_what_is_shown(said, k, found):
    ranking = f"model: {{task: ranking}}\npipeline: {{serving: {{slots: 10}}}}\n{OFFLINE % f'{{id: ndcg, k: {k}}}'}"
    assert said("MET-11", ranking) == (["warning metrics.offline[ndcg].k"] if found else [])


@pytest.mark.parametrize(
    ("metrics", "found"),
    [
        ("{id: recall, target: 0.9}", True),
        ("{id: recall, k: 500, target: 0.9}", False),
        ("{id: recall_at_precision, at: 0.8, target: 0.9}", False),
        ("{id: recall, target: 0.9}, {id: precision}", True),
        ("{id: recall, target: 0.9}, {id: fpr, direction: down, target: 1%}", False),
    ],
)
def test_one_side_of_a_trade_off(said, metrics, found):
    place = ["warning metrics.offline[recall].target"] if found else []
    assert said("MET-12", "model: {task: binary}\n" + OFFLINE % metrics) == place


def test_a_guardrail_bounds_the_other_side(said):
    guarded = "metrics: {online: [{id: alerts_per_day, role: guardrail, margin: 10}], offline: [%s]}\n"
    assert said("MET-12", "model: {task: binary}\n" + guarded % "{id: recall, target: 0.9}") == []


def test_precision_at_a_recall_asks_for_both(said):
    rare = "data: {labels: {positive_rate: 0.01%}}\n"
    asked = OFFLINE % "{id: precision_at_recall, at: 0.8, target: 0.5}"
    assert said("MET-15", rare + asked) == ["warning metrics.offline[precision_at_recall].target"]
    assert said("MET-15", asked) == []


def test_a_name_nobody_knows_has_no_direction(said):
    assert said("MET-06", OFFLINE % "{id: our_own_number, direction: up}") == []
    assert said("MET-06", OFFLINE % "{id: our_own_number, metric: wape, direction: up}") == [
        "error metrics.offline[our_own_number].direction"
    ]
