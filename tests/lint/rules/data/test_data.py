"""Data and labels: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("sources: [{id: claims, access: requested}], labels: {source: claims}", []),
        ("sources: [{id: claims}], labels: {source: claims}", []),
        ("labels: {origin: human}", []),
        ("labels: {count: 10}", ["error data.labels"]),
        (
            "sources: [{id: a, access: unavailable}], labels: {source: a, annotation: {to_label: 5k, budget: 900}}",
            ["warning data.labels.source"],
        ),
    ],
)
def test_labels_are_there_or_planned(said, data, expected):
    assert said("DAT-03", f"data: {{{data}}}\nmodel: {{task: binary}}\n") == expected


def test_a_task_without_labels_needs_none(said):
    assert said("DAT-03", "model: {task: clustering}\n") == []
    assert said("DAT-03", "data: {labels: {count: 10}}\n") == []


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("origin: natural", True),
        ("origin: natural, unbiased_by: random_holdout", False),
        ("origin: natural, audit_per_day: 50", False),
    ],
)
def test_any_open_window_breaks_the_circle(said, labels, found):
    loop = f"traits: {{self_labelling: strong}}\ndata: {{labels: {{{labels}}}}}\n"
    assert said("DAT-05", loop) == (["warning data.labels.unbiased_by"] if found else [])


def test_a_weak_trait_lets_no_rule_speak(said):
    assert said("DAT-05", "traits: {self_labelling: weak}\ndata: {labels: {origin: natural}}\n") == []
    assert said("ABT-11", "traits: {interference: weak}\nab_test: {primary: trips}\n") == []
    assert said("FEA-07", "traits: {regulated: weak}\nmodel: {features: [{id: age, sensitive: true}]}\n") == []


def test_history_is_window_and_label_and_test(said):
    history = """
      data: {sources: [{id: log, history_days: %s}], labels: {source: log, delay_days: 30}}
      model: {target: {horizon_days: 20}, features: [{id: f, source: log, window_days: 30}], split: {test_days: 14}}
    """
    assert said("DAT-08", history % 75) == []
    assert said("DAT-08", history % 74) == ["error data.sources[log].history_days"]


@pytest.mark.parametrize(
    ("split", "task", "needed"),
    [
        ("strategy: random", "binary", 30 + 30 + 14),
        ("strategy: temporal", "binary", 30 + 30 + 14 + 30),
        ("strategy: temporal, maturity_days: 40", "binary", 30 + 30 + 14 + 40),
        ("strategy: rolling", "forecasting", 30 + 30 + 14 + 10),
    ],
)
def test_a_test_after_the_training_waits_for_its_own_labels(said, split, task, needed):
    history = f"""
      data: {{sources: [{{id: log, history_days: %s}}], labels: {{source: log, delay_days: 30}}}}
      model:
        task: {task}
        target: {{horizon_days: 20}}
        features: [{{id: f, source: log, window_days: 30}}]
        split: {{test_days: 14, {split}}}
    """
    assert said("DAT-08", history % (needed + 1)) == []
    assert said("DAT-08", history % needed) == ["error data.sources[log].history_days"]


def test_a_late_label_that_several_sources_are_too_short_for_is_said_once(said, named):
    late = """
      data:
        sources: [{id: log, history_days: 90}, {id: clicks, history_days: 80}, {id: kept, history_days: 900}]
        labels: {source: log, delay_days: %s}
      model: {features: [{id: f, source: clicks, window_days: 7}, {id: g, source: kept}], split: {test_days: 14}}
    """
    assert named("DAT-08", late % 90) == [("data.sources[log].history_days", "data.labels.delay_days")]
    assert said("DAT-08", late % 60) == ["error data.sources[clicks].history_days"]
    assert said("DAT-08", late % 58) == []


def test_a_test_too_long_for_several_sources_is_said_once(named, said):
    place = [("data.sources[log].history_days", "model.split.test_days")]
    assert named("DAT-08", SPANNED % (199, 227, "batch", "temporal")) == place
    assert said("DAT-08", SPANNED % (199, 227, "batch", "temporal")) == ["error data.sources[log].history_days"]


def test_a_cycle_is_seen_twice(said):
    cycle = "data: {sources: [{id: log, history_days: %s}], labels: {source: log}, seasonality_days: [7, 365]}\n"
    assert said("DAT-08", cycle % 730) == []
    assert said("DAT-08", cycle % 729) == ["warning data.sources[log].history_days"]


def test_some_of_a_policy_is_a_warning(said):
    personal = "data: {entities: [{id: user, attributes: [{name: email, personal: true}]}]}\ndeploy: {privacy: {%s}}\n"
    place = "data.entities[user].attributes[email].personal"
    assert said("DAT-09", personal % "minimisation: hashed") == [f"error {place}"]
    assert said("DAT-09", personal % "legal_basis: consent") == [f"warning {place}"]
    assert said("DAT-09", personal % "anonymised: true") == []


@pytest.mark.parametrize(
    ("metric", "found"),
    [
        ("{id: recall, baseline: 0.8, target: 0.85}", True),
        ("{id: recall, target: 0.85}", False),
        ("{id: recall, k: 10, baseline: 0.8, target: 0.85}", False),
        ("{id: accuracy, baseline: 0.8, target: 0.85}", False),
        ("{id: accuracy, baseline: 0.849, target: 0.85}", True),
    ],
)
def test_recall_counts_positives_and_accuracy_all(said, metric, found):
    small = "data: {labels: {test_count: 2000, positive_rate: 0.01}}\nmetrics: {offline: [%s]}\n"
    name = metric.split(",")[0].removeprefix("{id: ")
    assert said("DAT-11", small % metric) == ([f"warning metrics.offline[{name}].target"] if found else [])


def test_a_queue_needs_all_four_numbers(said):
    queue = "problem: {scale: {volume_day: 100k}, decision: {oversight: {%s}}}\n"
    full = "flag_rate: 2%, reviewers: 10, cases_per_reviewer_day: "
    assert said("DAT-18", queue % f"{full}200") == []
    assert said("DAT-18", queue % f"{full}199") == ["error problem.decision.oversight.reviewers"]
    assert said("DAT-18", queue % "flag_rate: 2%, reviewers: 1") == []


def test_nothing_new_arrives_or_nothing_needs_history(said):
    entity = "data: {entities: [{id: item, %s}]}\nmodel: {%s}\n"
    by_id = "candidates: [{id: als, family: factorization}]"
    assert said("DAT-15", entity % ("new_per_day: 10", by_id)) == ["warning data.entities[item].cold_start"]
    assert said("DAT-15", entity % ("new_per_day: 0", by_id)) == []
    assert said("DAT-15", entity % ("rows: 10", by_id)) == []
    assert said("DAT-15", entity % ("new_per_day: 10", "candidates: [{id: gbdt, family: trees}]")) == []


@pytest.mark.parametrize(
    ("feature", "found"),
    [
        ("id: age", True),
        ("id: applicant_age, entity: applicant", True),
        ("id: zip_code, entity: applicant", True),
        ("id: f7, name: Возраст заёмщика", True),
        ("id: gender, entity: household", True),
        ("id: age, sensitive: false", False),
        ("id: age, why: the law asks for a check of legal age", False),
        ("id: age, entity: account", False),
        ("id: account_age, entity: applicant", False),
        ("id: age_days, entity: applicant", False),
        ("id: income, entity: applicant", False),
    ],
)
def test_a_feature_that_sounds_protected_is_asked_about(said, feature, found):
    design = f"""
      traits: {{regulated: %s}}
      data: {{entities: [{{id: household, attributes: [{{name: address, personal: true}}]}}, {{id: account}}]}}
      model: {{features: [{{{feature}}}]}}
    """
    place = f"model.features[{feature.split(',')[0].removeprefix('id: ')}].sensitive"
    for maturity in (Maturity.DESIGN, Maturity.PILOT):
        assert said("FEA-07", design % "strong", maturity) == [f"warning {place}"] * found
        assert said("FEA-07", design % "weak", maturity) == []


def test_a_protected_feature_weighs_more_in_a_pilot(said):
    age = "traits: {regulated: strong}\ndata: {entities: [{id: user, attributes: [{name: age, sensitive: true}]}]}\n"
    age += "model: {features: [{id: age, entity: user}]}\n"
    assert said("FEA-07", age) == ["warning model.features[age].sensitive"]
    assert said("FEA-07", age, Maturity.PILOT) == ["error model.features[age].sensitive"]


@pytest.mark.parametrize(
    ("entity", "place"),
    [
        ("id: item", ["warning data.entities[item].key"]),
        ("id: item, attributes: price", ["warning data.entities[item].key"]),
        ("id: item, key: item_id", ["warning data.entities[item].attributes"]),
        ("id: item, key: item_id, attributes: price", []),
        ("rows: 10", []),
    ],
)
def test_an_entity_says_what_it_is(said, entity, place):
    assert said("DAT-02", f"data: {{entities: [{{{entity}}}]}}\n") == place


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("source: log, origin: natural", True),
        ("source: log, origin: natural, delay_days: 0", False),
        ("source: log, origin: human", False),
        ("source: log, origin: own_model", False),
        ("source: log", True),
        ("count: 10", False),
    ],
)
def test_only_the_world_takes_its_time(said, labels, found):
    late = f"data: {{labels: {{{labels}}}}}\nmodel: {{target: {{horizon_days: 30}}}}\n"
    assert said("DAT-04", late) == (["warning data.labels.delay_days"] if found else [])


def test_without_a_horizon_an_unknown_origin_is_not_late(said):
    assert said("DAT-04", "data: {labels: {source: log}}\n") == []
    assert said("DAT-04", "data: {labels: {delay_days: 3}}\nmodel: {task: binary}\n") == []


@pytest.mark.parametrize(
    ("labels", "task", "found"),
    [
        ("origin: natural", "ranking", True),
        ("origin: natural", "retrieval", True),
        ("origin: natural", "binary", False),
        ("origin: human", "ranking", False),
        ("origin: natural, unbiased_by: exploration", "ranking", False),
        ("origin: natural, unbiased_by: reject_inference", "ranking", True),
    ],
)
def test_what_was_taken_from_a_list_is_corrected_for_its_places(said, labels, task, found):
    taken = f"data: {{labels: {{{labels}}}}}\nmodel: {{task: {task}}}\n"
    assert said("DAT-06", taken) == (["warning data.labels.unbiased_by"] if found else [])


def test_the_circle_is_told_before_the_places(said):
    taken = "traits: {self_labelling: %s}\ndata: {labels: {origin: natural%s}}\nmodel: {task: ranking}\n"
    assert said("DAT-06", taken % ("strong", "")) == []
    assert said("DAT-06", taken % ("strong", ", audit_per_day: 9")) == ["warning data.labels.unbiased_by"]
    assert said("DAT-06", taken % ("none", "")) == []
    logged = "deploy: {logging: {records: propensity}}\n"
    assert said("DAT-06", taken % ("weak", "") + logged) == []


def test_all_gaps_of_all_entities_are_one_finding(said):
    entities = "data: {entities: [{id: a, key: x, attributes: y}, {id: b, key: x}, {id: c}, {id: d}]}\n"
    assert said("DAT-02", entities) == ["warning data.entities[b].attributes"]


def test_all_gaps_of_all_sources_are_one_finding(said):
    sources = "data: {sources: [{id: a, access: granted, owner: x, lag_minutes: 0}, {id: b, owner: x}, {id: c}]}\n"
    assert said("DAT-07", sources) == ["warning data.sources[b].access"]
    assert said("DAT-07", "data: {labels: {count: 10}}\n") == []


@pytest.mark.parametrize(
    ("count", "family", "found"),
    [
        (1949, "trees", True),
        (2000, "trees", False),
        (19_949, "deep", True),
        (20_000, "deep", False),
        (100, "fine_tuned", False),
        (100, "rules", False),
    ],
)
def test_ten_positives_a_feature_or_two_hundred_in_all(said, count, family, found):
    few = f"""
      data: {{labels: {{count: {count}, positive_rate: 1%}}}}
      model: {{features: [{{id: a}}, {{id: b}}], candidates: [{{id: m, family: {family}}}]}}
    """
    assert said("DAT-10", few) == (["warning data.labels.count"] if found else [])


def test_without_a_share_of_positives_nothing_is_too_few(said):
    assert said("DAT-10", "data: {labels: {count: 9}}\nmodel: {candidates: [{id: m, family: deep}]}\n") == []


def test_labels_fit_the_money_and_the_days(said):
    work = "data: {labels: {annotation: {to_label: 1000, per_item: 2, unit_cost: 1, per_day: 100, %s}}}\n"
    place = "warning data.labels.annotation.to_label"
    assert said("DAT-12", work % "budget: 2000, days: 20") == []
    assert said("DAT-12", work % "budget: 1999, days: 20") == [place]
    assert said("DAT-12", work % "budget: 1999, days: 19") == [place, place]
    assert said("DAT-12", work % "budget: 0") == [place]
    assert said("DAT-12", "data: {labels: {annotation: {to_label: 1000, budget: 1, days: 1}}}\n") == []


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("origin: human", True),
        ("origin: natural, annotation: {to_label: 10}", False),
        ("annotation: {to_label: 10}", True),
        ("origin: human, annotation: {agreement: 90%}", False),
        ("origin: human, annotation: {checks: known examples mixed in}", False),
        ("origin: human, annotation: {per_item: 2}", False),
    ],
)
def test_the_work_of_people_is_checked(said, labels, found):
    people = f"data: {{labels: {{{labels}}}}}\n"
    assert said("DAT-13", people) == (["warning data.labels.annotation.checks"] if found else [])


def test_labellers_agree(said):
    agreed = "data: {labels: {annotation: {agreement: %s}}}\n"
    assert said("DAT-13", agreed % "79%") == ["warning data.labels.annotation.agreement"]
    assert said("DAT-13", agreed % "80%") == []


@pytest.mark.parametrize(
    ("applies", "available", "found"),
    [
        ("recent", "batch", True),
        ("log", "batch", True),
        ("store", "batch", True),
        ("other", "online", False),
        ("[]", "online", True),
        ("[]", "batch", False),
    ],
)
def test_a_promise_reaches_the_sources_of_what_it_names(said, applies, available, found):
    stale = f"""
      problem: {{constraints: [{{id: fresh, kind: freshness, op: "<=", value: 1, unit: h, applies_to: {applies}}}]}}
      data: {{sources: [{{id: log, lag_minutes: 61}}]}}
      pipeline: {{components: [{{id: store}}], flows: [{{from: log, to: store}}]}}
      model: {{features: [{{id: recent, source: log, available: {available}}}, {{id: other, source: request}}]}}
    """
    assert said("DAT-14", stale) == (["error data.sources[log].lag_minutes"] if found else [])
    assert said("DAT-14", stale.replace("61", "60")) == []


def test_what_is_ours_needs_no_licence(said):
    assert said("DAT-16", "data: {sources: [{id: a, collection: logs}, {id: b}]}\n") == []
    assert said("DAT-16", "data: {sources: [{id: a, collection: purchased}]}\n") == ["warning data.sources[a].license"]


def test_a_use_is_a_feature_a_label_a_flow_or_a_slice(said):
    declared = """
      data:
        entities: [{id: user, attributes: age}, {id: shop}, {id: street}]
        sources: [{id: a, entity: shop}, {id: b}, {id: c}]
        labels: {source: b}
      metrics: {slices: user.age}
      deploy: {storage: {id: lake}}
    """
    assert said("DAT-17", declared + "  model: {features: [{id: f, source: c}]}\n") == [
        "info data.sources[a]", "info data.entities[shop]", "info data.entities[street]",
    ]  # fmt: skip
    assert said("DAT-17", declared + "  pipeline: {flows: [{from: a, to: lake}, {from: c, to: lake}]}\n") == [
        "info data.entities[street]"
    ]
    assert said("DAT-17", declared) == []


def test_what_is_used_is_not_judged_while_a_link_leads_nowhere(said):
    """A source that lost its id is not unused: XST-04 says what happened."""
    renamed = "data: {sources: [{id: clicks}]}\nmodel: {features: [{id: f, source: %s}]}\n"
    assert said("DAT-17", renamed % "request") == ["info data.sources[clicks]"]
    assert said("DAT-17", renamed % "click_log") == []


def test_a_window_longer_than_the_history_is_said_once(said):
    seen = """
      data: {sources: [{id: log, history_days: 22}], labels: {source: log, delay_days: 30}}
      model: {features: [{id: a, source: log, window_days: %s}]}
    """
    assert said("DAT-08", seen % 14) == ["error data.sources[log].history_days"]
    assert said("DAT-08", seen % 30) == []
    assert said("FEA-05", seen % 30) == ["error model.features[a].window_days"]


@pytest.mark.parametrize(
    ("actor", "point", "found"),
    [
        ("human", "kind: top_share, value: 2%", True),
        ("human", "kind: top_share, value: 1%", False),
        ("human", "kind: threshold, value: 0.02", False),
        ("both", "kind: top_share, value: 2%", False),
        ("machine", "kind: top_share, value: 2%", False),
    ],
)
def test_a_top_share_that_people_act_on_is_what_arrives(said, actor, point, found):
    people = "oversight: {reviewers: 10, cases_per_reviewer_day: 100}"
    design = f"problem: {{scale: {{volume_day: 100k}}, decision: {{actor: {actor}, {people}}}}}\n"
    design += f"model: {{operating_point: {{{point}}}}}\n"
    assert said("DAT-18", design) == ["warning problem.decision.oversight.reviewers"] * found
    said_rate = design.replace("reviewers: 10", "flag_rate: 1%, reviewers: 10")
    assert said("DAT-18", said_rate) == []


RECALL_AND_PRECISION = "{id: recall, target: 0.8}, {id: precision, target: %s}"


@pytest.mark.parametrize(
    ("actor", "metrics", "bound"),
    [
        ("human", RECALL_AND_PRECISION % 0.79, "precision].target"),  # 100k · 1 % · 0.8 ÷ 0.79 = 1013 a day
        ("human", RECALL_AND_PRECISION % 0.8, ""),
        ("human", "{id: recall_at_precision, target: 0.8, at: 0.79}", "recall_at_precision].at"),
        ("human", "{id: precision_at_recall, target: 0.8, at: 0.81}", "precision_at_recall].target"),
        ("human", "{id: precision_at_recall, target: 0.8, at: 0.8}", ""),
        ("human", "{id: recall_at_fpr, target: 0.8, at: 0.3%}", "recall_at_fpr].at"),  # 800 + 297
        ("human", "{id: recall_at_fpr, target: 0.8, at: 0.2%}", ""),
        ("human", "{id: recall, target: 0.8}, {id: fpr, target: 0.3%}", "fpr].target"),
        ("human", "{id: recall_at_10, target: 0.8, k: 10}, {id: precision_at_10, target: 0.5, k: 10}", ""),
        ("both", RECALL_AND_PRECISION % 0.5, ""),
        ("machine", RECALL_AND_PRECISION % 0.5, ""),
    ],
)
def test_what_the_targets_flag_arrives_where_people_act_on_it(said, named, actor, metrics, bound):
    design = f"""
      problem:
        scale: {{volume_day: 100k}}
        decision: {{actor: {actor}, oversight: {{reviewers: 10, cases_per_reviewer_day: 100}}}}
      data: {{labels: {{positive_rate: 1%}}}}
      metrics: {{offline: [{metrics}]}}
    """
    place = "problem.decision.oversight.reviewers"
    assert said("DAT-18", design) == ([f"error {place}"] if bound else [])
    assert named("DAT-18", design) == ([(place, f"metrics.offline[{bound}")] if bound else [])
    assert said("DAT-18", design.replace("reviewers: 10", "flag_rate: 1%, reviewers: 10")) == []


@pytest.mark.parametrize(
    ("applies", "quick", "found"),
    [
        ("[]", 5, []),
        ("[]", 61, ["error data.sources[quick].lag_minutes"]),
        ("model", 5, []),
        ("model", 61, ["error data.sources[quick].lag_minutes"]),
        ("b", 5, ["error data.sources[slow].lag_minutes"]),
        ("both", 5, []),
        ("both", 61, ["error data.sources[quick].lag_minutes", "error data.sources[slow].lag_minutes"]),
    ],
)
def test_a_slow_input_may_stand_beside_a_quick_one(said, applies, quick, found):
    """Oil samples of two weeks beside a sensor: only a promise that names them, or that nothing keeps, is broken."""
    mixed = f"""
      problem: {{constraints: [{{kind: freshness, op: "<=", value: 1, unit: h, applies_to: {applies}}}]}}
      data: {{sources: [{{id: quick, lag_minutes: {quick}}}, {{id: slow, lag_minutes: 20160}}]}}
      pipeline:
        components: [{{id: jobs}}, {{id: model}}]
        flows:
          - {{from: quick, to: jobs}}
          - {{from: jobs, to: model}}
          - {{from: quick, to: model}}
          - {{from: slow, to: model}}
      model:
        features:
          - {{id: a, source: quick, available: online}}
          - {{id: b, source: slow, available: online}}
          - {{id: both, source: [quick, slow]}}
    """
    assert said("DAT-14", mixed) == found


@pytest.mark.parametrize(
    ("role", "more", "found"),
    [
        ("stream_compute", "", True),
        ("transport", "", True),
        ("stream_compute", ", {from: bids, to: pace}", False),
        ("stream_compute", ", {from: bids, to: counters}", False),
        ("training", "", False),  # a model may hear of the world with the request
        ("batch_compute", "", False),
    ],
)
def test_a_job_on_a_stream_makes_nothing_younger(said, role, more, found):
    behind = f"""
      problem: {{constraints: [{{kind: freshness, op: "<=", value: 1, unit: min, applies_to: pace}}]}}
      data: {{sources: [{{id: charges, lag_minutes: 15}}, {{id: bids, lag_minutes: 0.5}}]}}
      pipeline:
        components: [{{id: counters, role: {role}}}, {{id: pace, role: policy}}]
        flows: [{{from: charges, to: counters}}, {{from: counters, to: pace}}{more}]
    """
    assert said("DAT-14", behind) == (["error data.sources[charges].lag_minutes"] if found else [])


def test_a_source_of_unknown_age_may_be_the_quick_one(said):
    mixed = """
      problem: {constraints: [{kind: freshness, op: "<=", value: 1, unit: h}]}
      data: {sources: [{id: quick}, {id: slow, lag_minutes: 20160}]}
      model: {features: [{id: a, source: quick, available: online}, {id: b, source: slow, available: online}]}
    """
    assert said("DAT-14", mixed) == []


SPANNED = """
  data: {sources: [{id: log, history_days: %s}, {id: clicks, history_days: %s}], labels: {source: log, delay_days: 10}}
  model:
    features: [{id: f, source: clicks, window_days: 30, available: %s}]
    split: {strategy: %s, test: 10%%, test_days: 20, gap_days: 10, maturity_days: 10}
"""


@pytest.mark.parametrize(
    ("log", "clicks", "available", "strategy", "found"),
    [
        (200, 250, "batch", "temporal", []),  # 20 ÷ 10 % = 200, with 10 + 10 220, less a tenth for round shares
        (199, 250, "batch", "temporal", ["error data.sources[log].history_days"]),
        (220, 228, "batch", "temporal", []),
        (220, 227, "batch", "temporal", ["warning data.sources[clicks].history_days"]),
        (220, 90, "request", "temporal", []),  # the caller sends the window itself
        (100, 90, "batch", "rolling", []),  # whether the days are those of one fold is not said
    ],
)
def test_all_days_of_a_split_follow_from_the_share_of_its_test(said, log, clicks, available, strategy, found):
    assert said("DAT-08", SPANNED % (log, clicks, available, strategy)) == found


@pytest.mark.parametrize(
    ("kept", "share", "found"),
    [
        (200, "test: 10%", []),
        (199, "test: 10%", ["warning data.sources[log].history_days"]),
        (199, "train: 90%", ["info data.sources[log].history_days"]),
        (460, "train: 90%", []),
    ],
)
def test_what_is_learned_from_is_still_kept(said, kept, share, found):
    personal = f"""
      data: {{sources: [{{id: log, personal: true, history_days: 500}}], labels: {{source: log, delay_days: 10}}}}
      model: {{split: {{strategy: temporal, {share}, test_days: 20, gap_days: 10, maturity_days: 10}}}}
      deploy: {{privacy: {{legal_basis: consent, retention_days: {kept}, deletion: within 30 days}}}}
    """
    assert said("DAT-09", personal) == found


def test_a_source_may_hold_more_than_is_learned_from(said):
    kept = """
      data: {sources: [{id: log, personal: true, history_days: 900}]}
      model: {features: [{id: f, source: log, window_days: %s}]}
      deploy: {privacy: {legal_basis: consent, retention_days: 100, deletion: within 30 days}}
    """
    assert said("DAT-09", kept % 110) == []
    assert said("DAT-09", kept % 111) == ["info data.sources[log].history_days"]


@pytest.mark.parametrize(
    ("deletion", "found"), [("erased within 30 days", True), ("nobody can be found in it", False), ("''", False)]
)
def test_whom_nobody_can_find_nobody_can_erase(said, deletion, found):
    anonymous = f"""
      data: {{sources: [{{id: log, personal: true}}]}}
      deploy: {{privacy: {{anonymised: true, deletion: {deletion}}}}}
    """
    assert said("DAT-09", anonymous) == (["warning data.sources[log].personal"] if found else [])


@pytest.mark.parametrize(("delay", "found"), [(60, False), (59.5, False), (59, True), (0, True)])
def test_a_label_is_not_known_before_its_horizon_is_over(said, delay, found):
    early = f"data: {{labels: {{delay_days: {delay}}}}}\nmodel: {{target: {{horizon_days: 60}}}}\n"
    assert said("DAT-19", early) == (["error data.labels.delay_days"] if found else [])


@pytest.mark.parametrize(
    ("count", "volume", "task", "found"),
    [
        (1100, 100, "binary", []),
        (1101, 100, "binary", ["error data.labels.count"]),
        (1101, 100, "ranking", []),  # many items of one request
        (1101, 1000, "binary", []),  # each is judged ten times
        (600, 100, "binary", []),
        (601, 100, "binary", ["warning data.labels.count"]),  # 601 × 50 % ÷ 1 day
    ],
)
def test_there_are_no_more_labels_than_things(said, count, volume, task, found):
    counted = f"""
      problem: {{scale: {{volume_day: {volume}}}}}
      data: {{entities: [{{id: loan, rows: 1000, new_per_day: 100}}], labels: {{count: {count}}}}}
      model:
        task: {task}
        target: {{entity: loan}}
        split: {{strategy: temporal, test: 50%, test_days: {1 if count < 1000 else 100}}}
    """
    assert said("DAT-19", counted) == found


def test_a_split_too_long_names_the_history_at_which_it_closes(said, found):
    """220 days and a window of 30 are needed; a tenth may be missing, so that 250 / 1.1 = 227.3 days close it."""
    short = found("DAT-08", SPANNED % (400, 227, "batch", "temporal"))
    assert [way.values["days"] for entry in short for way in entry.ways_out] == [227.3]
    assert [entry.working.result for entry in short if entry.working] == [250]
    assert said("DAT-08", SPANNED % (400, 227.3, "batch", "temporal")) == []


def test_a_history_without_a_rest_shows_its_sum(found):
    history = """
      data: {sources: [{id: log, history_days: 74}], labels: {source: log, delay_days: 30}}
      model: {features: [{id: f, source: log, window_days: 30}], split: {test_days: 14}}
    """
    assert [entry.working.result for entry in found("DAT-08", history) if entry.working] == [74]
