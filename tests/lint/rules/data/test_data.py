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
    assert said("DAT-08", history % 74) == []
    assert said("DAT-08", history % 73) == ["error data.sources[log].history_days"]


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


def test_a_protected_feature_weighs_more_in_a_pilot(said):
    age = "traits: {regulated: strong}\ndata: {entities: [{id: user, attributes: [{name: age, sensitive: true}]}]}\n"
    age += "model: {features: [{id: age, entity: user}]}\n"
    assert said("FEA-07", age) == ["warning model.features[age].sensitive"]
    assert said("FEA-07", age, Maturity.PILOT) == ["error model.features[age].sensitive"]
