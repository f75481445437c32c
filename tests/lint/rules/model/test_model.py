"""Model: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity


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


@pytest.mark.parametrize(
    ("kind", "found"),
    [("popularty", True), ("logistic_regresion", True), ("statistcs", True), ("popularity", False), ("rules", False),
     ("our own scorer", False)],
)  # fmt: skip
def test_a_mistyped_kind_of_baseline_is_remarked_on(said, kind, found):
    """And hides nothing of what is asked of a baseline."""
    baseline = f"metrics: {{offline: [{{id: f1}}]}}\nmodel: {{baseline: {{kind: {kind}}}}}\n"
    assert said("MOD-09", baseline) == ["info model.baseline.kind"] * found
    assert said("MOD-02", baseline) == ["info model.baseline.value"]


def test_the_gap_is_as_long_as_the_longer_of_label_and_horizon(said):
    split = """
      data: {labels: {delay_days: %s}}
      model: {target: {horizon_days: 14}, split: {strategy: %s, gap_days: %s}}
    """
    assert said("MOD-07", split % (7, "temporal", 14)) == []
    assert said("MOD-07", split % (7, "rolling", 13)) == ["error model.split.gap_days"]
    assert said("MOD-07", split % (30, "temporal", 14)) == ["error model.split.gap_days"]
    assert said("MOD-07", split % (30, "random", 0)) == []


@pytest.mark.parametrize(
    ("task", "delay", "split", "expected"),
    [
        ("binary", 90, "strategy: temporal", ["warning model.split.gap_days"]),
        ("binary", 0, "strategy: temporal", []),
        ("binary", 90, "strategy: random", []),
        ("forecasting", 28, "strategy: rolling", []),
        ("forecasting", 28, "strategy: rolling, gap_days: 0", []),
        ("forecasting", 30, "strategy: rolling, gap_days: 1", ["error model.split.gap_days"]),
        ("forecasting", 30, "strategy: rolling, gap_days: 2", []),
    ],
)
def test_no_gap_is_a_gap_too_short_but_not_for_the_horizon_of_a_forecast(said, task, delay, split, expected):
    horizon = "target: {horizon_days: 28}, " if task == "forecasting" else ""
    written = f"data: {{labels: {{delay_days: {delay}}}}}\nmodel: {{task: {task}, {horizon}split: {{{split}}}}}\n"
    assert said("MOD-07", written) == expected


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


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("target: {entity: visit}, split: {strategy: stratified}", True),
        ("target: {entity: visit}, split: {strategy: temporal}", False),
        ("target: {entity: visit}, split: {strategy: random}, task: ranking", False),
        ("target: {entity: patient}, split: {strategy: random}", False),
        ("split: {strategy: random}", False),
        ("target: {entity: visit}, split: {strategy: random, group: clinic}", False),
        ("split: {strategy: group}", True),
    ],
)
def test_one_person_stands_on_one_side(said, model, found):
    rows = """
      data:
        entities:
          - {id: patient, key: patient_id, new_per_day: 9}
          - {id: visit, key: "patient_id, day"}
    """
    assert said("MOD-06", rows + f"  model: {{{model}}}\n") == (["warning model.split.group"] if found else [])


@pytest.mark.parametrize(
    ("patient", "visit", "features", "found"),
    [
        ("new_per_day: 9", "key: visit_id", "entity: patient", True),
        ("new_per_day: 9", "key: visit_id", "entity: visit", False),
        ("new_per_day: 9", "key: visit_id, attributes: patient", "entity: visit", True),
        ("new_per_day: 9, key: pid", "key: visit_id, attributes: pid", "entity: visit", True),
        ("new_per_day: 0", "key: visit_id", "entity: patient", False),
        ("rows: 9", "key: visit_id", "entity: patient", False),
    ],
)
def test_several_rows_are_of_one_that_may_be_new(said, patient, visit, features, found):
    rows = f"""
      data: {{entities: [{{id: patient, {patient}}}, {{id: visit, {visit}}}]}}
      model: {{target: {{entity: visit}}, features: [{{id: f, {features}}}], split: {{strategy: random}}}}
    """
    assert said("MOD-06", rows) == (["warning model.split.group"] if found else [])


def test_a_shuffled_order_in_time_is_told_before_the_group(said):
    rows = "data: {entities: [{id: a, key: x, new_per_day: 9}, {id: b, key: 'x, y'}]}\ntraits: {time_ordered: %s}\n"
    rows += "model: {target: {entity: b}, split: {strategy: random}}\n"
    assert (said("MOD-06", rows % "strong"), said("MOD-06", rows % "weak")) == ([], ["warning model.split.group"])


def test_the_test_is_for_nothing_else(said):
    assert said("MOD-10", "model: {operating_point: {value: 0.3, chosen_on: test}}\n") == [
        "error model.operating_point.chosen_on"
    ]
    assert said("MOD-10", "model: {tuned_on: cross_validation, operating_point: {value: 0.3}}\n") == []


@pytest.mark.parametrize(
    ("rate", "model", "found"),
    [
        ("4.9%", "task: binary", True),
        ("5%", "task: binary", False),
        ("1%", "task: multilabel, sampling: none", True),
        ("1%", "task: binary, sampling: class_weights", False),
        ("1%", "task: binary, loss: weighted logloss", False),
        ("1%", "task: binary, candidates: [{id: a, loss: focal}]", False),
        ("1%", "task: binary, output_used_as: order", False),
        ("1%", "task: ranking", False),
        ("1%", "task: binary, operating_point: {kind: top_share, value: 2%}", False),
        ("1%", "task: binary, operating_point: {kind: threshold, value: 0.5, chosen_on: validation}", False),
        ("1%", "task: binary, operating_point: {kind: threshold}", True),
    ],
)
def test_rare_positives_need_weight_or_a_chosen_cut(said, rate, model, found):
    rare = f"data: {{labels: {{positive_rate: {rate}}}}}\nmodel: {{{model}}}\n"
    assert said("MOD-11", rare) == (["warning model.operating_point"] if found else [])


@pytest.mark.parametrize(
    ("costs", "model", "expected"),
    [
        ("under: 3, over: 1", "operating_point: {kind: quantile, value: 0.7}", []),
        (
            "under: 3, over: 1",
            "operating_point: {kind: quantile, value: 0.69}",
            ["warning model.operating_point.value"],
        ),
        (
            "under: 3, over: 1",
            "operating_point: {kind: quantile, value: 0.9, why: by contract}",
            ["info model.operating_point.value"],
        ),
        ("under: 3, over: 1", "output: number", ["warning model.output"]),
        ("under: 1.1, over: 1", "output: number", []),
        ("under: 3, over: 1", "output: quantile", []),
        ("under: 3", "output: number", []),
        ("under: 0, over: 0", "output: number", []),
    ],
)
def test_the_quantile_follows_from_the_costs(said, costs, model, expected):
    assert said("MOD-14", f"problem: {{error_costs: {{{costs}}}}}\nmodel: {{{model}}}\n") == expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("output: quantile, loss: rmse", ["warning model.loss"]),
        ("output: quantile, loss: tweedie", ["warning model.loss"]),
        ("output: quantile, loss: pinball", []),
        ("output: quantile, loss: mae", []),
        ("output: number, loss: rmse", []),
        ("output: quantile, loss: rmse, calibration: conformal on the last four weeks", []),
    ],
)
def test_a_quantile_is_not_learned_by_a_loss_of_the_mean(said, model, expected):
    assert said("MOD-14", f"model: {{{model}}}\n") == expected


def test_a_promised_service_level_wins_over_the_costs(said):
    level = """
      problem: {error_costs: {under: 3, over: 1}}
      metrics: {business: [{id: in_stock, metric: in stock rate, target: %s}]}
      model: {operating_point: {kind: quantile, value: 0.9}}
    """
    assert (said("MOD-14", level % "0.9"), said("MOD-14", level % "0.98")) == (
        [], ["warning model.operating_point.value"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("candidates: [{id: a, family: linear}]", False),
        ("candidates: [{id: a, family: linear}, {id: b, family: deep}]", True),
        ("candidates: [{id: a}]", False),
        ("llm: {abstention: says so}", True),
        ("task: binary", False),
    ],
)
def test_a_regulated_decision_gives_reasons(said, model, found):
    gap = f"traits: {{regulated: %s}}\nmodel: {{{model}}}\n"
    assert said("MOD-15", gap % "strong") == (["warning model.explanation"] if found else [])
    assert said("MOD-15", gap % "weak") == []


@pytest.mark.parametrize(
    ("retraining", "delay", "expected"),
    [
        ("cadence_hours: 24, hours: 24", 1, []),
        ("cadence_hours: 24, hours: 25", 30, ["error deploy.retraining.hours"]),
        ("cadence_hours: 24", 10, []),
        ("cadence_hours: 24", 11, ["info deploy.retraining.cadence_hours"]),
        ("hours: 90", 4, []),
    ],
)
def test_a_training_ends_before_the_next_and_learns_something_new(said, retraining, delay, expected):
    made = f"data: {{labels: {{delay_days: {delay}}}}}\ndeploy: {{retraining: {{{retraining}}}}}\n"
    assert said("MOD-16", made) == expected


def test_who_is_fought_or_audits_may_retrain_before_labels_ripen(said):
    made = "traits: {adversarial: %s}\ndata: {labels: {delay_days: 90%s}}\ndeploy: {retraining: {cadence_hours: 24}}\n"
    assert said("MOD-16", made % ("weak", "")) == ["info deploy.retraining.cadence_hours"]
    assert said("MOD-16", made % ("strong", "")) == said("MOD-16", made % ("none", ", audit_per_day: 9")) == []


@pytest.mark.parametrize(
    ("rest", "severity"),
    [
        ("model: {task: binary}", "warning"),
        ("model: {task: bandit}", None),
        ("model: {output: score}", None),
        ("model: {task: binary, candidates: [{id: x_learner, family: trees}]}", None),
        ("model: {task: binary, loss: transformed outcome}", None),
        ("model: {task: binary}\nmetrics: {offline: [{id: qini}]}", None),
        ("model: {task: binary}\nmetrics: {offline: [{id: pr_auc}]}", "warning"),
        ("model: {task: binary, operating_point: {kind: top_share, value: 5%, why: 200 calls a day}}", "info"),
        ("model: {task: binary}\ndecisions: [{about: model.target, choice: risk, because: 200 calls a day}]", "info"),
        ("model: {task: binary}\ndecisions: [{about: model.split, choice: risk, because: 200 calls a day}]", "warning"),
    ],
)
def test_a_treatment_asks_for_its_effect(said, rest, severity):
    expected = [f"{severity} model.task"] if severity else []
    by_chance = "data: {labels: {unbiased_by: random_holdout}}\n"
    assert said("MOD-18", f"traits: {{treatment: strong}}\n{by_chance}{rest}\n") == expected
    assert said("MOD-18", f"traits: {{treatment: weak}}\n{by_chance}{rest}\n") == []


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("model: {task: uplift}", True),
        ("model: {task: bandit, loss: ips}", True),
        ("model: {task: ranking}\nmetrics: {offline: [{id: policy_value}]}", True),
        ("model: {task: uplift}\ndata: {labels: {unbiased_by: exploration}}", False),
        ("model: {task: bandit}\ndeploy: {logging: {records: [propensity]}}", False),
        ("model: {task: uplift}\ndata: {labels: {unbiased_by: position_debiasing}}", True),
        ("model: {task: ranking}", False),
    ],
)
def test_an_effect_is_learned_from_those_who_were_treated_at_random(said, rest, found):
    assert said("MOD-18", rest) == (["warning model.task"] if found else [])


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        ("strategy: temporal", ["warning model.split.folds"]),
        ("strategy: temporal, folds: 3", []),
        ("strategy: rolling, folds: 1", ["warning model.split.folds"]),
        ("strategy: rolling, test_days: 27", ["warning model.split.test_days"]),
        ("strategy: rolling, test_days: 28", []),
        ("train: 0.8", []),
    ],
)
def test_a_forecast_looks_ahead_from_several_days(said, split, expected):
    ahead = f"model: {{task: %s, target: {{horizon_days: 28}}, split: {{{split}}}}}\n"
    assert said("MOD-20", ahead % "forecasting") == expected
    assert said("MOD-20", ahead % "regression") == []


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ("[join, scale, split]", 1),
        ("['join, SMOTE, split by time']", 0),
        ("[масштабирование, разбиение по времени]", 0),
        ("[target encoding, разделить по людям]", 0),
        ("[fit the scaling on the training part, split]", None),
        ("[embed with a pre-trained encoder, split]", None),
        ("[join, scale]", None),
        ("[split, scale, split again]", None),
        ("[drop duplicates, log of the price, split]", None),
    ],
)
def test_what_learns_from_rows_comes_after_the_split(said, steps, found):
    expected = [] if found is None else [f"error model.preparation[{found}]"]
    assert said("MOD-21", f"model: {{preparation: {steps}}}\n") == expected


@pytest.mark.parametrize(
    ("labels", "model", "found"),
    [
        ("count: 9", "task: retrieval", True),
        ("origin: natural", "task: ranking", True),
        ("origin: human", "task: ranking", False),
        ("origin: human", "task: ranking, candidates: [{id: a, loss: in-batch softmax}]", True),
        ("origin: human", "task: ranking, loss: lambdarank", False),
        ("origin: natural", "task: binary", False),
        ("negatives: in-batch", "task: retrieval", False),
        ("origin: natural", "task: ranking, llm: {abstention: says so}", False),
    ],
)
def test_what_was_not_taken_is_defined(said, labels, model, found):
    pair = f"data: {{labels: {{{labels}}}}}\nmodel: {{{model}}}\n"
    assert said("MOD-23", pair) == (["warning data.labels.negatives"] if found else [])


def test_a_contrast_outside_of_lists_waits_for_a_design(said):
    faces = "model: {task: clustering, loss: triplet}\n"
    assert said("MOD-23", faces) == []
    assert said("MOD-23", faces, Maturity.DESIGN) == ["warning data.labels.negatives"]


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("deploy: {tracking: mlflow}", False),
        ("deploy: {versions: [code, seed]}", False),
        ("deploy: {versions: [code, prompt]}", True),
        ("pipeline: {components: [{id: r, role: registry}]}", False),
        ("title: a model", True),
    ],
)
def test_a_model_can_be_made_again(said, rest, found):
    trained = f"model: {{candidates: [{{id: a}}]}}\n{rest}\n"
    assert said("MOD-24", trained) == (["warning deploy.versions"] if found else [])
    assert said("MOD-24", "model: {task: binary}\n") == []


def test_slices_are_a_plan_for_errors_too(said):
    trained = "model: {candidates: [{id: a}]}\n"
    assert said("MOD-25", trained) == ["warning model.error_analysis"]
    assert said("MOD-25", trained + "metrics: {slices: user.age}\n") == []
    assert said("MOD-25", "model: {task: binary}\n") == []


def test_a_decision_that_owes_reasons_by_law_is_said_once(said):
    regulated = """
      traits: {regulated: strong}
      problem: {constraints: {id: why, kind: explainability, text: reasons}%s}
      model: {candidates: {id: trees, family: trees}}
    """
    deciding = ", decision: {actor: human, action: grant a loan}"
    assert said("MOD-15", regulated % "") == ["warning model.explanation"]
    assert said("MOD-15", regulated % deciding) == []
    assert said("ETH-01", regulated % deciding) == ["error model.explanation"]
    assert said("XST-05", regulated % "") == []


def test_a_baseline_on_other_data_is_one_finding(said):
    measured = """
      metrics: {offline: {id: ndcg, baseline: 0.5}}
      model: {baseline: {kind: popularity, metric: ndcg%s, measured_on: %s}, candidates: {id: a, metric: ndcg}}
    """
    assert said("MOD-03", measured % (", value: 0.3", "train")) == ["error model.baseline.measured_on"]
    assert said("XST-01", measured % (", value: 0.3", "train")) == []
    assert said("XST-01", measured % (", value: 0.3", "test")) == ["error metrics.offline[ndcg].baseline"]
    assert said("MOD-03", measured % ("", "train")) == ["error model.baseline.measured_on"]  # no number hides an error


def test_a_feature_of_a_late_source_is_the_sources_fault(said):
    fresh = """
      problem: {constraints: {kind: freshness, value: 10, unit: min, applies_to: views}}
      data: {sources: {id: log, lag_minutes: %s}}
      model: {features: {id: views, source: log, lag_minutes: 60}}
    """
    assert said("FEA-04", fresh % 5) == ["warning model.features[views].lag_minutes"]
    assert said("FEA-04", fresh % 60) == []
    assert said("DAT-14", fresh % 60) == ["error data.sources[log].lag_minutes"]


def test_what_no_registry_knows_is_a_remark(said):
    assert said("MOD-04", "model: {task: ranking, loss: our_own}\n") == ["info model.loss"]
    assert said("MOD-04", "model: {task: other, loss: our_own}\n") == []
    twice = "model: {task: ranking, loss: our_own, candidates: [{id: a, loss: our_own}, {id: b, loss: another}]}\n"
    assert said("MOD-04", twice) == ["info model.loss", "info model.candidates[b].loss"]
    mixed = "metrics: {offline: [{id: our_score}, {id: %s}]}\nmodel: {task: ranking}\n"
    assert said("MET-03", mixed % "wape") == ["info metrics.offline"]
    assert said("MET-03", mixed % "ndcg") == []


def test_what_needs_no_registry_of_its_own_is_pinned_where_it_is_named(said):
    candidates = "model: {candidates: {id: a, family: llm}, llm: {models: {id: a, hosting: %s}%s}}\n"
    assert said("MOD-24", candidates % ("api", "")) == []
    assert said("MOD-24", candidates % ("own", "")) == ["warning deploy.versions"]


def test_on_a_device_what_comes_with_the_request_is_the_same_in_training(said):
    seen = "pipeline: {serving: {mode: %s}}\nmodel: {features: [{id: audio, available: %s}]}\n"
    assert said("FEA-09", seen % ("edge", "request")) == []
    assert said("FEA-09", seen % ("edge", "batch")) == ["warning deploy.feature_pipeline.parity"]
    assert said("FEA-09", seen % ("online", "request")) == ["warning deploy.feature_pipeline.parity"]


@pytest.mark.parametrize(
    ("design", "found"),
    [
        ("template: ai-agent\n", []),
        ("template: ai-agent\nmodel: {task: binary}\n", ["error model.features"]),
        ("template: recsys\n", ["error model.features"]),
    ],
)
def test_a_kind_of_problem_whose_x_is_a_context_owes_no_features(said, design, found):
    assert said("MOD-22", f"{design}data: {{labels: {{definition: the request is closed}}}}\n") == found


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ("[join, StandardScaler, split]", True),
        ("[join, fit MinMaxScaler, split]", True),
        ("[join, upsampling, split]", True),
        ("[join, downsample negatives, split]", True),
        ("[join, oversample, train_test_split]", True),
        ("[normalise legal forms and phone numbers, block by key, split by company]", False),
        ("[scale pages to 1024 px, normalise contrast, split by supplier]", False),
        ("[log-scale amounts, split]", False),
        ("[join, split, StandardScaler]", False),
    ],
)
def test_what_learns_from_all_rows_comes_after_the_split(said, steps, found):
    said_of = [entry.partition("[")[0] for entry in said("MOD-21", f"model: {{preparation: {steps}}}")]
    assert said_of == (["error model.preparation"] if found else [])


@pytest.mark.parametrize(
    ("split", "chosen", "expected"),
    [
        ("80/20", "tuned_on: validation", ["error model.tuned_on"]),
        ("80/20", "operating_point: {chosen_on: validation}", ["error model.operating_point.chosen_on"]),
        ("80/10/10", "tuned_on: validation", []),
        ("80/20", "tuned_on: cross_validation", []),
    ],
)
def test_a_validation_part_that_is_not_there_is_the_test(said, split, chosen, expected):
    assert said("MOD-10", f"model: {{split: {split}, {chosen}}}") == expected


@pytest.mark.parametrize(
    ("feature", "found"),
    [
        ("id: query, available: request, source: request", True),
        ("id: query, available: request, source: calendar", False),
        ("id: query, available: batch, source: request", False),
        ("id: day_of_week, available: request, source: request", False),
    ],
)
def test_a_batch_has_no_request(said, feature, found):
    written = f"pipeline: {{serving: {{mode: batch}}}}\nmodel: {{features: [{{{feature}}}]}}"
    assert said("FEA-02", written, Maturity.DESIGN) == (["warning model.features[query].available"] if found else [])


@pytest.mark.parametrize(
    ("path", "feature", "rest", "found"),
    [
        ("gate, [router, store], eta, bounds", "available: request", "", False),
        ("gate, [router, store, eta], bounds", "available: request", "", True),
        ("gate, eta, router, bounds", "available: request", "", True),
        ("gate, eta, router, bounds", "available: batch", "", False),  # what it answered yesterday
        ("gate, eta, router, bounds", "", "", False),
        ("gate, eta, router, bounds", "available: request", "flows: [{from: router, to: eta}]", False),
        ("gate, router, bounds", "available: request", "", False),  # where the model stands, nobody says
        ("gate, eta, bounds", "available: request", "", False),
        ("gate, eta, router, unknown", "available: request", "", False),
        ("gate, eta, router", "available: request", "funnel: [{component: router}, {component: eta}]", False),
    ],
)
def test_a_model_reads_what_was_answered_before_it(said, path, feature, rest, found):
    written = f"""
      pipeline:
        serving: {{mode: online}}
        components:
          - {{id: router, role: scoring}}
          - {{id: store, role: online_store}}
          - {{id: eta, role: scoring}}
          - {{id: bounds, role: policy}}
          - {{id: unknown}}
        request_path: [{path}]
        {rest}
      model: {{features: [{{id: minutes, source: [router, request], {feature}}}]}}
    """
    assert said("FEA-02", written, Maturity.DESIGN) == (["warning model.features[minutes].source"] if found else [])


def test_a_policy_that_learns_reads_features_too(said):
    learns = """
      pipeline:
        serving: {mode: online}
        components: [{id: ranker, role: ranking}, {id: ann, role: vector_index}, {id: places, role: policy}]
        request_path: [ranker, ann, places]
      model: {features: [{id: dot, source: ann, available: request}], candidates: [{id: bandit, role: %s}]}
    """
    assert said("FEA-02", learns % "policy", Maturity.DESIGN) == []
    assert said("FEA-02", learns % "ranking", Maturity.DESIGN) == ["warning model.features[dot].source"]


def test_the_quickest_source_says_how_new_a_feature_can_be(said):
    lags = """
      data: {sources: [{id: slow, lag_minutes: 1440}, {id: quick, lag_minutes: 2}, {id: unknown}]}
      model: {features: [{id: f, source: %s, lag_minutes: %s}]}
    """
    assert said("FEA-11", lags % ("slow", 1439)) == ["warning model.features[f].lag_minutes"]
    assert said("FEA-11", lags % ("slow", 1440)) == said("FEA-11", lags % ("[slow, quick]", 2)) == []
    assert said("FEA-11", lags % ("[slow, unknown]", 1)) == []


@pytest.mark.parametrize(
    ("labels", "target", "expected"),
    [
        ("origin: human", "", []),
        ("origin: human, delay_days: 3", "", ["error model.target"]),
        ("origin: natural", "", ["error model.target"]),
        ("origin: natural", ", horizon_days: 0", []),
        ("origin: human", ", horizon_days: 30", ["error model.target"]),
    ],
)
def test_what_people_see_has_no_moment_and_no_horizon(said, labels, target, expected):
    written = f"data: {{labels: {{{labels}}}}}\nmodel: {{task: binary, features: [{{id: name}}], target: "
    assert said("MOD-17", f"{written}{{definition: one company, entity: pair{target}}}}}") == expected


def test_groups_that_are_looked_for_have_no_y(said):
    assert said("MOD-22", "model: {task: clustering, features: [{id: name}]}") == []
    assert said("MOD-22", "model: {task: binary, features: [{id: name}]}") == ["error model.target"]


@pytest.mark.parametrize(
    ("quick", "available", "found"),
    [
        ("lag_minutes: 5", "online", []),
        ("lag_minutes: 61", "online", ["warning model.features[quick].lag_minutes"]),
        ("source: log", "online", []),  # how old it is, nobody says
        ("source: log", "batch", ["warning model.features[slow].lag_minutes"]),
        ("source: request", "request", ["warning model.features[slow].lag_minutes"]),
    ],
)
def test_a_promise_about_the_service_asks_its_youngest_feature(said, quick, available, found):
    mixed = f"""
      problem: {{constraints: [{{kind: freshness, op: "<=", value: 1, unit: h}}]}}
      model: {{features: [{{id: slow, lag_minutes: 360}}, {{id: quick, {quick}, available: {available}}}]}}
    """
    assert said("FEA-04", mixed) == found


@pytest.mark.parametrize(
    ("pipeline", "available", "serving", "found"),
    [
        ("mode: both, cadence_hours: 24", "batch", "online", True),
        ("mode: both, cadence_hours: 1", "batch", "online", False),
        ("mode: both, cadence_hours: 24", "nearline", "online", False),
        ("mode: batch, cadence_hours: 24", "nearline", "online", True),
        ("mode: batch, cadence_hours: 24", "online", "online", False),  # a live table is no batch
        ("mode: stream, cadence_hours: 24", "batch", "online", False),
        ("mode: batch, cadence_hours: 24", "batch", "batch, batch_every_hours: 24", False),
        ("mode: batch, cadence_hours: 24", "batch", "batch, batch_every_hours: 12", True),
    ],
)
def test_what_a_batch_computes_is_as_old_as_the_batch(said, pipeline, available, serving, found):
    seldom = f"""
      pipeline: {{serving: {{mode: {serving}}}}}
      deploy: {{feature_pipeline: {{{pipeline}}}}}
      model: {{features: [{{id: a, lag_minutes: 60, available: {available}}}]}}
    """
    assert said("FEA-11", seldom) == (["warning model.features[a].lag_minutes"] if found else [])


@pytest.mark.parametrize(
    ("feature", "flows", "found"),
    [
        ("source: log, window_days: 28", "{from: log, to: lake, mode: batch}", True),
        ("source: log, window_days: 28", "{from: log, to: s, mode: stream}, {from: log, to: t, mode: batch}", False),
        ("source: log, window_days: 28", "{from: log, to: lake}", False),
        ("source: log, window_days: 28", "", False),
        ("source: log", "{from: log, to: lake, mode: batch}", False),  # a row of a live table
        ("source: [log, gps], window_days: 28", "{from: log, to: lake, mode: batch}", False),
        ("window_days: 28", "{from: log, to: lake, mode: batch}", False),
    ],
)
def test_a_number_of_many_days_that_travels_in_files_is_of_a_batch(said, feature, flows, found):
    online = f"""
      pipeline: {{flows: [{flows}]}}
      deploy: {{feature_pipeline: {{mode: batch, cadence_hours: 24}}}}
      model: {{features: [{{id: a, lag_minutes: 60, available: online, {feature}}}]}}
    """
    assert said("FEA-11", online) == (["warning model.features[a].lag_minutes"] if found else [])
    assert said("FEA-11", online.replace("mode: batch, cad", "mode: both, cad")) == []


def test_features_of_one_seldom_batch_are_one_finding(said):
    seldom = """
      deploy: {feature_pipeline: {mode: batch, cadence_hours: 24}}
      model: {features: [{id: a, lag_minutes: 60, available: batch}, {id: b, lag_minutes: 5, available: batch}]}
    """
    assert said("FEA-11", seldom) == ["warning model.features[b].lag_minutes"]


@pytest.mark.parametrize(
    ("people", "pictures", "source", "found"),
    [("1M", "1.2M", "pacs", True), ("1M", "1.1M", "pacs", False), ("1M", "5M", "other", False)],
)
def test_fewer_people_than_pictures_have_several_each(said, people, pictures, source, found):
    shared = f"""
      data:
        entities: [{{id: patient, rows: {people}, new_per_day: 4}}, {{id: scan, rows: {pictures}, key: scan_id}}]
        sources: [{{id: pacs, entity: [scan, patient]}}, {{id: other, entity: scan}}]
        labels: {{source: {source}}}
      model: {{task: binary, target: {{entity: scan}}, split: {{strategy: random}}}}
    """
    assert said("MOD-06", shared) == (["warning model.split.group"] if found else [])


@pytest.mark.parametrize(
    ("group", "speaker", "clips", "count", "found"),
    [
        ("clip", "rows: 42k, attributes: [{name: voice, personal: true}]", "rows: 14M", "2M", True),
        ("clip", "rows: 42k, new_per_day: 30", "rows: 14M", "14M", True),
        ("clip", "rows: 42k, new_per_day: 0", "rows: 14M", "2M", False),  # a road or a plan is known already
        ("clip", "rows: 13M, new_per_day: 30", "rows: 14M", "2M", False),
        ("clip", "new_per_day: 30", "rows: 14M", "2M", False),
        ("clip", "rows: 42k, new_per_day: 30", "rows: 14M", "40M", False),  # several rows of one clip
        ("clip", "rows: 42k, new_per_day: 30", "key: clip_id", "2M", False),
        ("speaker", "rows: 42k, new_per_day: 30", "rows: 14M", "2M", False),
        ("[clip, speaker]", "rows: 42k, new_per_day: 30", "rows: 14M", "2M", False),
    ],
)
def test_a_group_of_one_row_keeps_nothing_together(said, group, speaker, clips, count, found):
    alone = f"""
      data:
        entities: [{{id: clip, {clips}}}, {{id: speaker, {speaker}}}]
        sources: [{{id: studio, entity: [clip, speaker]}}]
        labels: {{count: {count}}}
      model: {{task: binary, target: {{entity: clip}}, split: {{strategy: group, group: {group}}}}}
    """
    assert said("MOD-06", alone) == (["warning model.split.group"] if found else [])
    assert said("MOD-06", alone.replace("strategy: group", "strategy: temporal")) == []


@pytest.mark.parametrize(("days", "found"), [(10, False), (9.9, True)])
def test_a_test_of_many_horizons_looks_ahead_from_many_moments(said, days, found):
    once = f"""
      model: {{task: forecasting, target: {{horizon_days: 1}}, split: {{strategy: temporal, test_days: {days}}}}}
    """
    assert said("MOD-20", once) == (["warning model.split.folds"] if found else [])


UNPROMISED = """
  template: %s
  problem: {constraints: [%s]}
  pipeline: {serving: {mode: %s}}
  model: {features: [{id: old, source: log, lag_minutes: 1440}, {id: young, source: log, lag_minutes: %s}]}
"""


@pytest.mark.parametrize(
    ("template", "promised", "mode", "lag", "found"),
    [
        ("recsys", "", "online", 11, True),  # what its template promises: 10 minutes
        ("recsys", "", "online", 10, False),
        ("recsys", "", "batch", 11, False),
        ("recsys", "{kind: freshness, value: 1, unit: d}", "online", 11, False),
        ("generic", "", "online", 11, False),
        ("unknown", "", "online", 11, False),
    ],
)
def test_where_no_freshness_is_promised_the_kind_of_problem_asks_for_it(said, template, promised, mode, lag, found):
    place = "warning model.features[young].lag_minutes"
    assert said("FEA-04", UNPROMISED % (template, promised, mode, lag)) == [place] * found
