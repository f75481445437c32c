"""Problem: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity

LISTS = "metrics: {business: [%s], online: [%s], offline: [%s]}\n"
PLAIN = "{id: revenue, role: diagnostic}", "{id: p99_latency, metric: latency%s}", "{id: ndcg}"


@pytest.mark.parametrize(
    ("actor", "role", "found"),
    [
        ("machine", "success", ["warning metrics.online[p99_latency]"]),
        ("machine", "guardrail", ["warning metrics.offline[ndcg]"]),
        ("human", "success", []),
        ("human", "guardrail", ["warning metrics.offline[ndcg]"]),
    ],
)
def test_success_of_the_service_alone_is_enough_for_people_who_read_a_tool(said, actor, role, found):
    business, online, offline = PLAIN
    yaml = LISTS % (business, online % f", role: {role}", offline)
    assert said("PRB-03", f"problem: {{decision: {{actor: {actor}}}}}\n{yaml}") == found


def test_a_number_nobody_knows_may_be_about_people(said):
    assert said("PRB-03", LISTS % (PLAIN[0], "{id: our_own_number}", PLAIN[2])) == []


def test_a_goal_may_be_offline_if_a_link_leads_on_from_it(said):
    goal = "problem: {goal: {metric: ndcg}}\n" + LISTS % ("{id: revenue}", "{id: carts}", "{id: ndcg%s}")
    assert said("PRB-03", goal % "") == ["warning problem.goal.metric"]
    assert said("PRB-03", goal % ", links_to: carts") == []
    assert said("PRB-03", goal % ", links_to: ndcg") == ["warning problem.goal.metric"]
    assert said("PRB-03", goal % ", links_to: nothing_declared") == []


def test_without_live_metrics_another_rule_speaks(said):
    offline = "metrics: {offline: [{id: ndcg}]}\n"
    assert said("PRB-03", offline) == []
    assert said("MET-01", offline) == ["error metrics.online"]


@pytest.mark.parametrize(("extra", "found"), [("", True), ("mitigation: a test", False), ("accepted: rare", False)])
def test_a_risk_is_met_or_accepted(said, extra, found):
    risk = f"problem: {{risks: [{{id: loop, {extra}}}, {{}}]}}\n"
    assert said("PRB-08", risk) == (["warning problem.risks[loop].mitigation"] if found else [])


@pytest.mark.parametrize("code", ["PRB-09", "PRB-10"])
def test_an_empty_problem_is_said_by_others_and_an_interview_asks_later(said, code):
    assert said(code, "title: something\n") == []
    assert said(code, "problem: {goal: {metric: revenue}}\n") != []
    assert said(code, "problem: {goal: {metric: revenue}}\n", Maturity.INTERVIEW) == []


@pytest.mark.parametrize(
    ("rejected", "found"),
    [
        ("{option: rules, because: they find 60 %}", False),
        ("{option: best sellers, because: the tail is never shown}", False),
        ("{option: rules}", True),
        ("{option: gradient boosting, because: too slow}", True),
        ("{option: something of our own, because: it failed}", True),
    ],
)
def test_a_rejected_option_without_a_model_says_why(said, rejected, found):
    yaml = f"problem: {{goal: {{metric: revenue}}}}\ndecisions: [{{choice: a model, rejected: [{rejected}]}}]\n"
    assert said("PRB-10", yaml) == (["warning problem.why_ml"] if found else [])


@pytest.mark.parametrize(
    ("decision", "found"),
    [
        ("actor: machine, reversible: false", True),
        ("actor: machine, reversible: true", False),
        ("actor: machine", False),
        ("actor: human, reversible: false", False),
        ("actor: both, reversible: false", False),
        ("reversible: false", False),
        ("actor: machine, reversible: false, oversight: {appeal: a link in the letter}", False),
        ("actor: machine, reversible: false, oversight: {flag_rate: 2%}", True),
    ],
)
def test_what_cannot_be_undone_needs_a_person(said, decision, found):
    place = ["error problem.decision.oversight"] if found else []
    assert said("PRB-11", f"problem: {{decision: {{{decision}}}}}\n") == place


@pytest.mark.parametrize(("kind", "found"), [("cost", True), ("hardware", True), ("latency", False), ("memory", False)])
def test_a_number_that_says_nothing_alone_has_a_unit(said, kind, found):
    limit = f"problem: {{constraints: [{{kind: {kind}, value: 20}}]}}\n"
    assert said("PRB-06", limit) == (["warning problem.constraints[0].unit"] if found else [])


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        ("kind: latency, value: 5, unit: frames", True), ("kind: latency, value: 5, unit: m", True),
        ("kind: latency, value: 5, unit: s", False), ("kind: freshness, value: 1, unit: deploy", True),
        ("kind: cost, value: 9, unit: EUR", True), ("kind: cost, value: 9, unit: EUR/sprint", True),
        ("kind: cost, value: 9, unit: EUR/Year", False), ("kind: cost, value: 9, unit: EUR per request", False),
        ("kind: cost, value: 9, unit: EUR/GB, applies_to: index", False),
        ("kind: memory, value: 9, unit: pages", False),
    ],
)  # fmt: skip
def test_a_number_is_in_a_unit_that_something_can_be_held_against(said, limit, found):
    written = f"problem: {{constraints: [{{{limit}}}]}}\n"
    assert said("PRB-06", written) == (["warning problem.constraints[0].unit"] if found else [])


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        ("kind: people, text: a small team", True),
        ("kind: people, value: 5, unit: people", False),
        ("kind: other, text: must be cheap to run", True),
        ("kind: other, value: 3, unit: languages", False),
        ("kind: explainability, text: every refusal names its reasons", False),
        ("kind: privacy, text: no photo leaves the phone", False),
        ("kind: law, text: people may refuse", False),
        ("text: somebody said so", False),
    ],
)
def test_only_law_privacy_and_explanations_are_limits_in_words(said, limit, found):
    written = f"problem: {{constraints: [{{{limit}}}]}}\n"
    assert said("PRB-06", written) == (["warning problem.constraints[0].value"] if found else [])


@pytest.mark.parametrize(
    ("by", "dates", "found"),
    [
        ("2026-11-08", ("2026-11-02", "2026-11-09"), True),
        ("2026-11-09", ("2026-11-02", "2026-11-09"), False),
        ("2026-11-03", ("2026-11-09", "2026-11-02"), True),
        ("2026-11-03", ("", "2026-11-02"), False),
        ("", ("2026-11-02", "2026-11-09"), False),
        ("2020-01-01", ("", ""), False),
    ],
)
def test_a_goal_is_due_after_the_design_is_made(said, by, dates, found):
    passes = ", ".join(f"{{number: {number}, date: {day}}}" for number, day in enumerate(dates, 1))
    dated = f"problem: {{goal: {{by: {by}}}}}\niterations: [{passes}]\n"
    assert said("PRB-12", dated) == (["warning problem.goal.by"] if found else [])
