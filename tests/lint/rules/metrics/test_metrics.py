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


def test_only_counts_are_zero_as_often_as_their_mean_says(said):
    hours = "data: {labels: {mean: 0.6}}\nmodel: {task: %s}\n" + OFFLINE % "{id: mape}"
    assert said("MET-09", hours % "forecasting") == ["error metrics.offline[mape]"]
    assert said("MET-09", hours % "regression") == ["info metrics.offline[mape]"]


def test_a_loss_can_divide_by_zero_too(said):
    assert said("MET-09", "data: {labels: {mean: 1}}\nmodel: {loss: mape}\n") == ["error model.loss"]


@pytest.mark.parametrize(("k", "found"), [(4, False), (30, False), (3, True), (31, True)])
def test_a_list_is_measured_within_three_times_what_is_shown(said, k, found):
    ranking = f"model: {{task: ranking}}\npipeline: {{serving: {{slots: 10}}}}\n{OFFLINE % f'{{id: ndcg, k: {k}}}'}"
    assert said("MET-11", ranking) == (["warning metrics.offline[ndcg].k"] if found else [])


FOUND = """
problem: {scale: {items: 3M}}
pipeline:
  components: [{id: ann, role: %s}, {id: carts, role: retrieval}, {id: ranker, role: ranking}]
  request_path: [[ann, carts], ranker]
  funnel: [%s, {component: ranker, gives: 50}]
"""
ANN, CARTS = "{component: ann, gives: 300}", "{component: carts, gives: 200}"


@pytest.mark.parametrize(
    ("role", "first", "metric", "found"),
    [
        ("retrieval", ANN, "metric: recall, k: 300", False),
        ("retrieval", ANN, "metric: recall, k: 500", True),
        ("vector_index", ANN, "metric: hit_rate, k: 500", True),
        ("retrieval", f"{ANN}, {CARTS}", "metric: recall, k: 500", False),  # both together
        ("retrieval", f"{ANN}, {CARTS}", "metric: recall, k: 501", True),
        ("retrieval", f"{ANN}, {{component: carts}}", "metric: recall, k: 5000", False),
        ("retrieval", ANN, "metric: recall, k: 500, role: diagnostic", False),
        ("retrieval", ANN, "metric: uplift_at_k, k: 500", False),  # a share of people
        ("retrieval", ANN, "metric: recall", False),
        ("ranking", ANN, "metric: recall, k: 500", False),  # it orders all of them
        ("other", ANN, "metric: recall, k: 500", False),
    ],
)
def test_nothing_is_found_behind_the_end_of_the_longest_list(said, role, first, metric, found):
    written = FOUND % (role, first) + OFFLINE % f"{{id: r, {metric}}}"
    assert said("MET-11", written) == (["warning metrics.offline[r].k"] if found else [])


def test_a_ranker_that_takes_more_than_its_retrieval_gives_has_another_one(said):
    more = FOUND % ("retrieval", ANN) + OFFLINE % "{id: recall, k: 500}"
    assert said("MET-11", more.replace("gives: 50}", "takes: 500, gives: 50}")) == []


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


CHAIN = "metrics: {business: [{id: revenue%s}], online: [{id: carts%s}], offline: [{id: ndcg%s}, {id: recall%s}]}\n"
TO_CARTS, TO_MONEY = ", links_to: carts", ", links_to: revenue"


@pytest.mark.parametrize(
    ("links", "found"),
    [
        (("", TO_MONEY, TO_CARTS, ", links_to: ndcg"), []),
        (("", TO_MONEY, TO_CARTS, ", role: diagnostic"), []),
        (("", TO_MONEY, TO_CARTS, ""), ["warning metrics.offline[recall].links_to"]),
        (("", "", TO_CARTS, TO_CARTS), ["warning metrics.online[carts].links_to"]),
        (
            ("", "", TO_CARTS, ""),
            ["warning metrics.online[carts].links_to", "warning metrics.offline[recall].links_to"],
        ),
        (
            ("", "", ", links_to: ndcg", TO_CARTS),
            ["warning metrics.offline[ndcg].links_to", "warning metrics.online[carts].links_to"],
        ),
        (("", ", links_to: nothing", TO_CARTS, TO_CARTS), []),
        (("", TO_MONEY, ", role: diagnostic", ", role: diagnostic"), []),
        (("", "", ", role: diagnostic", ", role: diagnostic"), ["warning metrics.business[revenue]"]),
        ((", role: guardrail", "", ", role: diagnostic", ", role: diagnostic"), []),
    ],
)
def test_a_chain_leads_from_every_offline_metric_to_the_business(said, links, found):
    assert said("MET-07", CHAIN % links) == found


@pytest.mark.parametrize(
    ("model", "metric", "expected"),
    [
        ("output: probability, output_used_as: number", "{id: roc_auc}", ["warning metrics.offline"]),
        ("output: probability, output_used_as: number", "{id: our_own_number}", ["info metrics.offline"]),
        ("output: probability, output_used_as: number", "{id: roc_auc}, {id: brier}", []),
        ("output: probability, output_used_as: order", "{id: roc_auc}", []),
        ("output: probability", "{id: roc_auc}", []),
        ("output: number, output_used_as: number", "{id: mae}", []),
    ],
)
def test_a_probability_that_is_a_number_is_measured_as_one(said, model, metric, expected):
    assert said("MET-13", f"model: {{{model}}}\n" + OFFLINE % metric) == expected


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("{id: ece, target: 1.2%}", ["warning metrics.offline[ece].target"]),
        ("{id: ece, target: 1.1%}", []),
        ("{id: ece, name: calibration error from 0.05 to 0.5, target: 2%}", []),
        ("{id: brier, target: 1.2%}", []),
    ],
)
def test_a_calibration_error_is_small_beside_the_share_of_positives(said, metric, expected):
    design = "model: {output: probability, output_used_as: number}\ndata: {labels: {positive_rate: 1.2%}}\n"
    assert said("MET-13", design + OFFLINE % metric) == expected


def test_calibration_may_be_watched_live(said):
    live = "metrics: {online: [{id: calibration_ratio}], offline: [{id: roc_auc}]}\n"
    assert said("MET-13", "model: {output: probability, output_used_as: number}\n" + live) == []


ENTITY = "data: {entities: [{id: user, attributes: [%s]}]}\n" + OFFLINE % "{id: ndcg}"


@pytest.mark.parametrize(
    ("attribute", "found"),
    [("country", True), ("home_country", True), ("страна", True), ("Возраст клиента", True), ("countryside", False)],
)
def test_a_group_is_known_by_a_word_of_its_attribute(said, attribute, found):
    assert said("MET-16", ENTITY % attribute) == (["warning metrics.slices"] if found else [])


def test_a_service_with_high_stakes_may_not_run_without_slices(said):
    high = "traits: {high_stakes: strong}\n" + ENTITY % "country"
    assert said("MET-16", high, Maturity.PILOT) == ["warning metrics.slices"]
    assert said("MET-16", high, Maturity.PRODUCTION) == ["error metrics.slices"]
    assert said("MET-16", ENTITY % "country", Maturity.PRODUCTION) == ["warning metrics.slices"]


@pytest.mark.parametrize(
    ("metric", "field"),
    [
        ("of: user, window_days: 7", ""),
        ("of: user, window_days: 0", ""),
        ("of: impression", ""),
        ("of: time_slot", ""),
        ("of: store", ".window_days"),
        ("of: user", ".window_days"),
        ("window_days: 7", ".of"),
        ("direction: up", ".of"),
    ],
)
def test_an_online_metric_is_counted_per_something_over_some_days(said, metric, field):
    place = [f"info metrics.online[a]{field}"] if field else []
    assert said("MET-17", f"metrics: {{online: [{{id: a, {metric}}}]}}\n") == place


@pytest.mark.parametrize(
    ("task", "metrics", "found"),
    [
        ("translation", "{id: bleu}", True),
        ("translation", "{id: bleu}, {id: chrf}", True),
        ("translation", "{id: bleu}, {id: comet}", False),
        ("translation", "{id: bleu}, {id: our_own_number}", False),
        ("text_to_image", "{id: fid}", True),
        ("text_to_image", "{id: fid}, {id: win_rate}", False),
        ("pretraining", "{id: perplexity}", False),
    ],
)
def test_what_is_made_is_judged_by_somebody(said, task, metrics, found):
    yaml = f"model: {{task: {task}}}\n" + OFFLINE % metrics
    assert said("MET-18", yaml) == (["warning metrics.offline"] if found else [])


def test_a_judge_may_stand_in_the_evaluation_or_among_the_online_metrics(said):
    formula = "model: {task: generation%s}\nmetrics: {online: [%s], offline: [{id: rouge}]}\n"
    assert said("MET-18", formula % ("", "{id: ctr}")) == ["warning metrics.offline"]
    assert said("MET-18", formula % (", llm: {evaluation: {judge: two editors}}", "{id: ctr}")) == []
    assert said("MET-18", formula % ("", "{id: hallucination_rate}")) == []


@pytest.mark.parametrize("metric", ["id: p95_latency", "id: a, metric: задержка", "id: a, metric: cost per answer"])
def test_the_service_is_watched_under_any_name(said, metric):
    live = f"metrics: {{business: [{{id: revenue}}], online: [{{{metric}}}], offline: [{{id: ndcg}}]}}\n"
    assert said("MET-19", live) == []


@pytest.mark.parametrize(
    ("metric", "found"),
    [
        ("id: calibration_ratio, direction: up, baseline: 0.85, target: 1.0", False),
        ("id: calibration_ratio, direction: down, baseline: 0.85, target: 1.0", False),
        ("id: calibration_ratio, direction: down, baseline: 0.95, target: 0.9", True),
        ("id: calibration_ratio, direction: down, baseline: 0.95, target: 1.05", True),
        ("id: bias, direction: down, baseline: -0.08, target: 0", False),
        ("id: bias, direction: down, baseline: 0, target: -0.08", True),
        ("id: interval_coverage, direction: down, baseline: 0.96, target: 0.9", False),
    ],
)
def test_what_is_best_at_a_value_has_to_come_nearer_to_it(said, metric, found):
    name = metric.split(",")[0].removeprefix("id: ")
    assert said("MET-06", OFFLINE % f"{{{metric}}}") == []
    assert said("MET-14", OFFLINE % f"{{{metric}}}") == ([f"error metrics.offline[{name}].target"] if found else [])


def test_the_goal_has_a_target_of_its_own(said):
    goal = (
        "problem: {goal: {metric: cost, baseline: 4.1, target: %s}}\nmetrics: {business: [{id: cost, direction: down}]}"
    )
    assert said("MET-14", goal % 4.6) == ["error metrics.business[cost]"]
    assert said("MET-14", goal % 3.8) == []


@pytest.mark.parametrize(("expected", "found"), [("0.7", True), ("0.85", False), ("0.9", False)])
def test_some_candidate_is_expected_to_reach_the_target(said, expected, found):
    offline = OFFLINE % "{id: pr_auc, direction: up, baseline: 0.5, target: 0.85}"
    candidates = "model: {candidates: [{id: a, metric: pr_auc, expected: 0.6}, {id: b, metric: pr_auc, expected: %s}]}"
    assert said("MET-14", f"{offline}\n{candidates % expected}") == (
        ["warning metrics.offline[pr_auc].target"] if found else []
    )


@pytest.mark.parametrize(
    ("metrics", "found"), [("{id: wape}", True), ("{id: wape}, {id: pinball}", False), ("{id: own_loss}", False)]
)
def test_a_quantile_needs_a_metric_that_is_best_there(said, metrics, found):
    written = OFFLINE % metrics + "\nmodel: {operating_point: {kind: quantile, value: 0.75}}"
    assert said("MET-11", written) == (["warning metrics.offline"] if found else [])


def test_a_fixed_share_binds_both_sides(said):
    written = (
        OFFLINE % "{id: precision_at_budget, at: 0.02, target: 0.35}" + "\nmodel: {task: binary, operating_point: {"
    )
    assert said("MET-12", written + "kind: threshold}}") == ["warning metrics.offline[precision_at_budget].target"]
    assert said("MET-12", written + "kind: top_share, value: 2%}}") == []


@pytest.mark.parametrize(
    ("metric", "found"),
    [
        ("direction: down, baseline: 0, target: 0", False),
        ("direction: down, baseline: 0.1, target: 0.1", True),
        ("direction: down, baseline: 0, target: 0.1", True),
        ("direction: up, baseline: 1, target: 1", False),
        ("direction: up, unit: share, baseline: 1, target: 1", False),
        ("direction: up, unit: EUR, baseline: 1, target: 1", True),
        ("direction: up, baseline: 0, target: 0", True),
    ],
)
def test_what_is_at_its_best_may_stay_there(said, metric, found):
    assert said("MET-14", OFFLINE % f"{{id: ours, {metric}}}") == ["error metrics.offline[ours].target"] * found


@pytest.mark.parametrize(
    ("metric", "found"),
    [
        ("at: 5%, target: 0.2", False),
        ("at: 5%, target: 0.21", True),
        ("at: 0.5%, target: 1", False),
        ("target: 0.9", False),
        ("at: 5%", False),
    ],
)
def test_the_top_holds_no_more_positives_than_there_are(said, metric, found):
    top = OFFLINE % f"{{id: precision_at_budget, {metric}}}"
    place = "warning metrics.offline[precision_at_budget].target"
    assert said("MET-15", "data: {labels: {positive_rate: 1%}}\n" + top) == [place] * found
    assert said("MET-15", top) == []


@pytest.mark.parametrize(
    ("metrics", "labels", "task", "found"),
    [
        ("{id: recall, direction: up, target: 0.9}", "agreement: 68%, per_item: 3", "binary", True),
        ("{id: recall, direction: up, target: 0.89}", "agreement: 68%, per_item: 3", "binary", False),
        ("{id: recall, direction: up, target: 0.85}", "agreement: 68%", "binary", True),
        ("{id: recall, direction: up, target: 0.9}", "per_item: 3", "binary", False),
        ("{id: recall, direction: up, target: 0.9}", "agreement: 68%", "regression", False),
        ("{id: roc_auc, direction: up, target: 0.9}", "agreement: 68%", "binary", False),
        ("{id: ours}, {id: recall, direction: up, target: 0.9}", "agreement: 68%", "binary", False),
    ],
)
def test_no_more_right_answers_than_the_labels_have(said, metrics, labels, task, found):
    design = f"data: {{labels: {{annotation: {{{labels}}}}}}}\nmodel: {{task: {task}}}\n" + OFFLINE % metrics
    assert said("MET-14", design) == ["info metrics.offline[recall].target"] * found
