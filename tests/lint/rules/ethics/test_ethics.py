"""People whom a decision meets: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity

LOAN = "traits: {regulated: %s}\nproblem: {decision: {action: refuse the loan%s}}\nmodel: {explanation: %s}\n"


@pytest.mark.parametrize(
    ("regulated", "oversight", "explanation", "found"),
    [
        ("strong", "", "four features", ["error problem.decision.oversight.appeal"]),
        ("strong", "", "", ["error model.explanation"]),
        ("strong", ", oversight: {appeal: by letter}", "four features", []),
        ("weak", "", "", []),
    ],
)
def test_a_regulated_decision_gives_reasons_and_hears_objections(said, regulated, oversight, explanation, found):
    assert said("ETH-01", LOAN % (regulated, oversight, explanation)) == found


def test_where_no_person_is_in_the_loop_at_all_another_rule_says_so(said):
    alone = "traits: {regulated: strong, high_stakes: strong}\nmodel: {output: score}\n"
    alone += "problem: {decision: {actor: machine, action: refuse, reversible: false}}\n"
    assert said("PRB-11", alone) == ["error problem.decision.oversight"]
    assert said("ETH-01", alone) == said("ETH-03", alone) == []


PEOPLE = "traits: {%s: strong}\ndata: {entities: [{id: user, attributes: [plan, %s]}]}\nmetrics: {offline: [%s]%s}\n"
AGE = "{name: age, sensitive: true}"


@pytest.mark.parametrize(
    ("trait", "attribute", "metrics", "slices", "found"),
    [
        ("regulated", AGE, "{id: roc_auc}", ", slices: user.plan", True),
        ("regulated", AGE, "{id: roc_auc}", ", slices: [user.plan, user.age]", False),
        ("regulated", AGE, "{id: roc_auc}, {id: approval_rate_gap}", ", slices: user.plan", False),
        ("regulated", AGE, "{id: roc_auc}, {id: a, metric: разрыв между группами}", ", slices: user.plan", False),
        ("regulated", "photo", "{id: roc_auc}", ", slices: user.plan", False),
        ("high_stakes", AGE, "{id: roc_auc}", ", slices: user.plan", True),
        ("high_stakes", "photo", "{id: roc_auc}", ", slices: user.plan", False),
        ("adversarial", AGE, "{id: roc_auc}", ", slices: user.plan", False),
    ],
)
def test_a_protected_group_is_a_slice_or_a_metric(said, trait, attribute, metrics, slices, found):
    place = ["warning metrics.slices"] if found else []
    assert said("ETH-02", PEOPLE % (trait, attribute, metrics, slices)) == place


def test_without_any_slice_the_rule_about_slices_speaks_first(said):
    bare = PEOPLE % ("regulated", AGE, "{id: roc_auc}", "")
    assert said("MET-16", bare) == ["warning metrics.slices"]
    assert said("ETH-02", bare) == []
    assert said("ETH-02", "traits: {regulated: strong}\nmetrics: {offline: [{id: roc_auc}]}\n") != []


STAKES = "traits: {high_stakes: %s}\nproblem: {decision: {actor: %s, action: block}}\nmodel: {%s}\n"


@pytest.mark.parametrize(
    ("stakes", "actor", "model", "found"),
    [
        ("strong", "machine", "output: score", True),
        ("strong", "both", "output: probability", True),
        ("strong", "machine", "operating_point: {kind: threshold}", True),
        ("strong", "machine", "output: label", False),
        ("strong", "human", "output: score", False),
        ("weak", "machine", "output: score", False),
    ],
)
def test_an_unsure_case_of_high_stakes_goes_to_a_person(said, stakes, actor, model, found):
    place = ["warning problem.decision.oversight.route"] if found else []
    assert said("ETH-03", STAKES % (stakes, actor, model)) == place


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("task: agent", True),
        ("output: image", True),
        ("task: ranking, output: ranking", False),
        ("task: binary", False),
    ],
)
def test_what_generates_can_be_misused(said, model, found):
    assert said("ETH-04", f"model: {{{model}}}\n") == (["info problem.risks"] if found else [])
    assert said("ETH-04", f"model: {{{model}}}\n", Maturity.DESIGN) == []


def test_what_was_said_is_not_made_up(said):
    assert said("ETH-04", "model: {task: speech_recognition, output: text}\n") == []
    assert said("ETH-04", "model: {task: summarisation, output: text}\n") == ["info problem.risks"]
