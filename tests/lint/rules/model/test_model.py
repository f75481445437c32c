"""Model: what the pages cannot show."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("candidates: [{id: a, family: deep, why: text needs it}]", False),
        ("candidates: [{id: a, family: deep}, {id: b, family: linear}]", False),
        ("candidates: [{id: a, family: deep}], baseline: {kind: logistic regression}", False),
        ("candidates: [{id: a, family: deep}], baseline: {kind: popularity}", True),
        ("candidates: [{id: a, family: fine_tuned}], task: segmentation", False),
        ("candidates: [{id: a}]", False),
        ("task: ranking", False),
    ],
)
def test_a_simple_step_or_a_reason(said, model, found):
    assert said("MOD-09", f"model: {{{model}}}\n") == (["warning model.candidates[a]"] if found else [])


def test_the_gap_is_as_long_as_the_longer_of_label_and_horizon(said):
    split = """
      data: {labels: {delay_days: %s}}
      model: {target: {horizon_days: 14}, split: {strategy: %s, gap_days: %s}}
    """
    assert said("MOD-07", split % (7, "temporal", 14)) == []
    assert said("MOD-07", split % (7, "rolling", 13)) == ["error model.split.gap_days"]
    assert said("MOD-07", split % (30, "temporal", 14)) == ["error model.split.gap_days"]
    assert said("MOD-07", split % (30, "random", 0)) == []
    assert said("MOD-07", "data: {labels: {delay_days: 30}}\nmodel: {split: {strategy: temporal}}\n") == []


def test_the_data_ends_after_the_last_label(said):
    late = "data: {labels: {delay_days: 30}}\nmodel: {split: {strategy: temporal, gap_days: 30, maturity_days: %s}}\n"
    assert said("MOD-07", late % 30) == []
    assert said("MOD-07", late % 29) == ["error model.split.maturity_days"]


@pytest.mark.parametrize(("data", "found"), [("test", False), ("train", True), ("production", True)])
def test_the_baseline_is_measured_where_the_models_are(said, data, found):
    measured = f"model: {{baseline: {{kind: rule, value: 1, measured_on: {data}}}}}\n"
    assert said("MOD-03", measured) == (["error model.baseline.measured_on"] if found else [])


def test_one_model_on_the_baselines_metric_is_enough(said):
    model = """
      model:
        baseline: {kind: rule, value: 1, metric: ndcg}
        candidates: [{id: a, metric: recall}, {id: b, metric: %s}]
    """
    assert said("MOD-03", model % "ndcg") == []
    assert said("MOD-03", model % "recall") == ["error model.baseline.metric"]


@pytest.mark.parametrize(
    ("used_as", "sampling", "found"),
    [
        ("number", "smote", True),
        ("order", "smote", False),
        ("number", "none", False),
        ("number", "class_weights", True),
    ],
)
def test_only_numbers_need_the_true_rate(said, used_as, sampling, found):
    model = f"model: {{output: probability, output_used_as: {used_as}, sampling: {sampling}}}\n"
    assert said("MOD-12", model) == (["error model.calibration"] if found else [])


def test_a_threshold_is_right_within_twice_the_odds(said):
    cut = """
      problem: {error_costs: {false_positive: 1, false_negative: 4}}
      model: {output: probability, sampling: %s, operating_point: {kind: threshold, value: %s}}
    """
    assert said("MOD-13", cut % ("none", 0.33)) == []
    assert said("MOD-13", cut % ("none", 0.34)) == ["warning model.operating_point.value"]
    assert said("MOD-13", cut % ("none", "0.34, why: the queue holds no more")) == ["info model.operating_point.value"]
    assert said("MOD-13", cut % ("undersampling", 0.9)) == []


def test_a_candidate_may_look_less_far_than_the_model(said):
    ahead = """
      problem: {decision: {lead_days: 45}}
      model: {target: {horizon_days: %s}, candidates: [{id: a, target: {horizon_days: 1}}]}
    """
    assert said("MOD-19", ahead % 45) == []
    assert said("MOD-19", ahead % 44) == ["error model.target.horizon_days"]


def test_freshness_is_about_the_features_it_names_or_about_all(said):
    fresh = """
      problem: {constraints: [{kind: freshness, op: "<=", value: 1, unit: h, applies_to: %s}]}
      deploy: {feature_pipeline: {cadence_hours: 24}}
      model: {features: [{id: a, lag_minutes: 61}, {id: b, available: batch}]}
    """
    assert said("FEA-04", fresh % "[]") == ["warning model.features[a].lag_minutes"]
    assert said("FEA-04", fresh % "b") == ["warning model.features[b].lag_minutes"]
    assert said("FEA-04", fresh.replace("61", "60") % "a") == []


def test_a_window_longer_than_the_history_is_told_once(said):
    window = """
      data: {sources: [{id: log, history_days: 60}], labels: {source: log}}
      model: {features: [{id: f, source: [log, request], window_days: %s}], split: {test_days: 1}}
    """
    assert said("FEA-05", window % 60) == []
    assert said("FEA-05", window % 61) == ["error model.features[f].window_days"]
    assert (said("DAT-08", window % 61), said("DAT-08", window % 60)) == ([], ["error data.sources[log].history_days"])
    assert (
        said("FEA-05", "data: {sources: [{id: log}]}\nmodel: {features: [{id: f, source: log, window_days: 9}]}\n")
        == []
    )


@pytest.mark.parametrize(
    ("feature", "severity"),
    [
        ("id: x, target_encoded: true", "warning"),
        ("id: x, target_encoded: true, point_in_time: false", "warning"),
        ("id: x, target_encoded: true, transform: mean of the target out of fold", None),
        ("id: x, target_encoded: true, transform: mean of the target of past folders", "warning"),
        ("id: cart_rate_7d, source: log", "info"),
        ("id: cart_rate_7d, source: other", None),
        ("id: cart_rate_7d, source: log, target_encoded: false", None),
        ("id: karate, source: log", None),
    ],
)
def test_an_example_does_not_see_its_own_outcome(said, feature, severity):
    outcomes = f"data: {{labels: {{source: log}}}}\nmodel: {{features: [{{{feature}}}]}}\n"
    name = feature.split(",")[0].removeprefix("id: ")
    assert said("FEA-06", outcomes) == ([f"{severity} model.features[{name}].point_in_time"] if severity else [])


def test_what_is_missing_is_told_once_for_all_features(said):
    features = """
      pipeline: {serving: {mode: %s}}
      model:
        features: [{id: a, available: online, default: "0"}, {id: b, available: batch}, {id: c, available: nearline}]
    """
    assert said("FEA-08", features % "online") == ["info model.features[b].default"]
    assert said("FEA-08", features % "batch") == ["info model.features[c].default"]
    assert said("FEA-08", "model: {features: [{id: a, available: request}, {id: b}]}\n") == []


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("deploy: {owner: us}", True),
        ("deploy: {logging: {records: features}}", False),
        ("deploy: {feature_pipeline: {parity: parity_monitor}}", False),
        ("deploy: {logging: {records: prediction}}", True),
    ],
)
def test_something_keeps_training_and_serving_equal(said, rest, found):
    live = f"pipeline: {{serving: {{mode: %s}}}}\nmodel: {{features: [{{id: a}}]}}\n{rest}\n"
    assert said("FEA-09", live % "online") == (["warning deploy.feature_pipeline.parity"] if found else [])
    assert said("FEA-09", live % "batch") == []


def test_a_feature_store_is_one_and_no_feature_needs_none(said):
    live = "pipeline: {serving: {mode: online}, components: [{id: a, role: %s}]}\n"
    features = "model: {features: [{id: a}]}\n"
    assert said("FEA-09", live % "feature_store" + features) == []
    assert said("FEA-09", live % "cache" + features) == ["warning deploy.feature_pipeline.parity"]
    assert said("FEA-09", live % "cache") == []


@pytest.mark.parametrize(
    ("features", "found"),
    [
        ("{id: a, entity: [user, item], source: request, window_days: 7}", False),
        ("{id: a, entity: [user, item], available: request, source: log}", False),
        ("{id: a, entity: [user, item], source: request}", True),
        ("{id: a, entity: [user, item], window_days: 7}", True),
        ("{id: a, entity: user, source: request}, {id: b, entity: item, source: log}", True),
        ("{id: a, entity: [user, context], source: request, window_days: 7}", True),
        ("", False),
    ],
)
def test_each_group_of_features_is_there(said, features, found):
    groups = f"""
      template: recsys
      data: {{entities: [{{id: user}}, {{id: item}}, {{id: context}}], labels: {{source: log}}}}
      model: {{features: [{features}]}}
    """
    assert said("FEA-10", groups) == (["info model.features"] if found else [])
    assert said("FEA-10", groups.replace("recsys", "generic")) == []
