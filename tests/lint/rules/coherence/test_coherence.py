"""Facts of different stages: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity, check
from mlsd.storage import load

LIMIT = '{kind: latency, op: "<=", value: 200, unit: ms, percentile: 99}'


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("kind: latency, op: '<=', value: 0.2, unit: s, percentile: 99", False),
        ("kind: latency, op: '<=', value: 220, unit: ms, percentile: 99", False),
        ("kind: latency, op: '<=', value: 230, unit: ms, percentile: 99", True),
        ("kind: latency, op: '<=', value: 50, unit: ms, percentile: 50", False),
        ("kind: latency, op: '<=', value: 50, unit: ms, percentile: 99, applies_to: ranker", False),
        ("kind: throughput, op: '>=', value: 50, unit: rps", False),
    ],
)
def test_two_constraints_on_one_thing_agree_within_a_tenth(said, other, found):
    yaml = f"problem: {{constraints: [{LIMIT}, {{id: o, {other}}}]}}\n"
    assert said("XST-01", yaml) == (["error problem.constraints[o].value"] if found else [])


def test_an_answer_is_not_useless_before_it_is_due(said):
    late = f"problem: {{decision: {{deadline_ms: %s}}, constraints: [{LIMIT}]}}\n"
    assert said("XST-01", late % 200) == []
    assert said("XST-01", late % 199) == ["error problem.decision.deadline_ms"]


def test_what_a_step_takes_is_what_the_last_one_gives(said):
    funnel = """
      problem: {scale: {items: 1000}}
      pipeline: {funnel: [{component: a, takes: %s, gives: 100}, {component: b, takes: %s}]}
    """
    assert said("XST-01", funnel % (1000, 100)) == said("XST-01", funnel % (1050, 95)) == []
    assert said("XST-01", funnel % (2000, 100)) == ["error pipeline.funnel[0].takes"]
    assert said("XST-01", funnel % (1000, 50)) == ["error pipeline.funnel[1].takes"]


@pytest.mark.parametrize(
    ("template", "entities", "task", "found"),
    [
        ("generic", "{id: item, rows: 500k}", "ranking", 0),
        ("recsys", "{id: user, rows: 1M}, {id: product, rows: 500k}", "ranking", 1),
        ("recsys", "{id: advert, rows: 500k}, {id: video, rows: 5M}", "ranking", None),
        ("recsys", "{id: advert, rows: 500k}, {id: video}", "ranking", None),
        ("recsys", "{id: item_category, rows: 500}", "ranking", None),
        ("generic", "{id: product, rows: 500k}", "ranking", None),
        ("generic", "{id: item, rows: 2.7M}", "ranking", None),
        ("generic", "{id: item, rows: 60M}", "ranking", None),
        ("generic", "{id: item, rows: 500k}", "forecasting", None),  # series of an item in each shop
        ("generic", "{id: item}", "ranking", None),
    ],
)
def test_nobody_chooses_among_more_than_was_ever_stored(said, template, entities, task, found):
    chosen = f"""
      template: {template}
      problem: {{scale: {{items: 3M}}}}
      data: {{entities: [{entities}]}}
      model: {{task: {task}}}
    """
    ids = [part.split(",")[0] for part in entities.split("{id: ")[1:]]
    assert said("XST-01", chosen) == ([] if found is None else [f"warning data.entities[{ids[found]}].rows"])


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ("Seller rating", True),
        ("the seller rating of partners", True),
        ("seller rating, in the next version", False),
        ("рейтинг продавца", True),
        ("рейтинг продавца потом", False),
        ("rating", False),
        ("ratings of sellers", False),
    ],
)
def test_out_of_scope_is_an_id_or_a_name(said, item, found):
    yaml = (
        f"problem: {{out_of_scope: ['{item}']}}\nmodel: {{features: [{{id: seller_rating, name: рейтинг продавца}}]}}\n"
    )
    assert said("XST-02", yaml) == (["warning model.features[seller_rating]"] if found else [])


@pytest.mark.parametrize(
    ("item", "rest", "place"),
    [
        ("seller rating", "data: {sources: [{id: seller_rating}]}", "data.sources[seller_rating]"),
        ("running A/B tests", "ab_test: {primary: clicks}", "ab_test"),
        ("A/B-тестирование", "deploy: {rollout: [{kind: shadow}, {kind: ab}]}", "deploy.rollout[1].kind"),
        ("A/B test", "deploy: {rollout: [{kind: canary}]}", ""),
        ("A/B tests in the next quarter", "ab_test: {primary: clicks}", ""),
        (
            "page speed",
            "deploy: {rollout: [{passes_if: {target: page_speed, value: 2}}]}",
            "deploy.rollout[0].passes_if[0].target",
        ),
    ],
)
def test_what_is_read_required_or_tried_out_is_in_scope(named, item, rest, place):
    found = [(place, "problem.out_of_scope[0]")] if place else []
    assert named("XST-02", f"problem: {{out_of_scope: ['{item}']}}\n{rest}\n") == found


@pytest.mark.parametrize(
    ("win", "found"),
    [
        ("ship to everybody and to the home page", True),
        ("ship to everybody", False),
        ("ship, but not to the home page", False),
        ("ship; the home page comes later", False),
        ("ship to every page", False),
    ],
)
def test_what_follows_a_win_stays_in_scope(said, win, found):
    yaml = f"problem: {{out_of_scope: [home page, page]}}\nab_test: {{decision_rule: {{win: '{win}'}}}}\n"
    assert said("XST-02", yaml) == ["warning ab_test.decision_rule.win"] * found


def test_a_name_of_one_word_has_to_be_the_whole_item(said):
    yaml = "problem: {out_of_scope: [%s]}\npipeline: {components: [{id: search}]}\n"
    assert said("XST-02", yaml % "search results") == []
    assert said("XST-02", yaml % "search") == ["warning pipeline.components[search]"]


@pytest.mark.parametrize(
    ("bound", "found"),
    [
        ("target: slow, op: '<=', value: 200", False),
        ("target: slow, op: '<=', value: 0.3, unit: s", True),
        ("target: up, op: '>=', value: 0.99", True),
        ("target: up, value: 0.9995", False),
        ("target: hides, value: 3.6%", True),
        ("target: hides, value: 3.5%", False),
        ("target: clicks, value: 6%", False),
        ("target: clicks, value: 5%", True),
        ("target: nothing, value: 5", False),
    ],
)
def test_a_pilot_proves_what_is_required(said, bound, found):
    yaml = f"""
      problem:
        constraints: [{{id: slow, kind: latency, op: '<=', value: 200, unit: ms}}, {{id: up, kind: availability,
          op: '>=', value: 0.999}}]
      metrics:
        online: [{{id: clicks, direction: up, baseline: 5%, target: 6%}}, {{id: hides, role: guardrail, direction: down,
          baseline: 3%, margin: 0.5%}}]
      deploy: {{rollout: [{{kind: pilot, passes_if: [{{{bound}}}]}}]}}
    """
    assert said("XST-03", yaml) == (["error deploy.rollout[0].passes_if[0].value"] if found else [])


def test_a_canary_need_not_show_the_target(said):
    yaml = """
      metrics: {online: [{id: clicks, direction: up, target: 6%}]}
      deploy: {rollout: [{kind: canary, passes_if: [{target: clicks, value: 4%}]}]}
    """
    assert said("XST-03", yaml) == []


@pytest.mark.parametrize(
    ("constraint", "rest", "found"),
    [
        ("kind: law, text: erasure on request", "", False),
        ("kind: people, value: 2", "", True),
        ("kind: people, value: 2", "pipeline: {components: [{id: a, serves: c}]}", False),
        ("kind: cost, value: 10", "", True),
        ("kind: cost, value: 10", "model: {llm: {models: [{id: a, price_in: 1}]}}", False),
        ("kind: freshness, value: 10", "data: {sources: [{id: a, lag_minutes: 0}]}", False),
        ("kind: explainability, text: reasons", "model: {explanation: top factors}", False),
        ("kind: latency", "", False),
    ],
)
def test_a_constraint_is_answered_by_its_kind_or_by_name(said, constraint, rest, found):
    yaml = f"problem: {{constraints: [{{id: c, {constraint}}}]}}\n{rest}\n"
    assert said("XST-05", yaml) == (["warning problem.constraints[c]"] if found else [])


def test_a_limit_on_people_is_answered_by_those_who_check(said):
    yaml = "problem: {{constraints: [{{id: c, kind: people, value: 4}}], decision: {{oversight: {{{said}}}}}}}\n"
    assert said("XST-05", yaml.format(said="reviewers: 4")) == []
    assert said("XST-05", yaml.format(said="appeal: by mail")) == ["warning problem.constraints[c]"]


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("metrics: {business: [{id: revenue}], offline: [{id: revenue}]}", ["error metrics.offline[revenue].id"]),
        ("data: {sources: [{id: lake}]}\ndeploy: {storage: [{id: lake}]}", ["error deploy.storage[lake].id"]),
        ("data: {sources: [{id: user}], entities: [{id: user}]}", []),
    ],
)
def test_an_id_stands_for_one_thing_of_its_namespace(said, yaml, found):
    assert said("XST-04", yaml) == found


def test_an_attribute_is_named_with_its_entity():
    yaml = "data: {entities: [{id: restaurant, attributes: [city]}]}\nmetrics: {slices: [city]}\n"
    found = check(load(yaml, "f").design, maturity=Maturity.DESIGN)
    [said] = [entry for entry in found.diagnostics if entry.code == "XST-04"]
    assert [str(way) for way in said.ways_out] == ["did you mean restaurant.city?"]


RISK = "problem: {risks: [{id: loop, impact: %s, mitigation: %s%s}]}\n"
POPULAR = "pipeline: {components: [{id: ranker, fallback: popular}, {id: popular, name: best sellers}]}\n"


@pytest.mark.parametrize(
    ("risk", "rest", "found"),
    [
        (("high", "random places", ""), POPULAR, True),
        (("medium", "random places", ""), POPULAR, False),
        (("high", "random places", ", monitor: tail"), POPULAR, False),
        (("high", "random places", ", accepted: rare"), POPULAR, False),
        (("high", "the popular ones stand in", ""), POPULAR, False),
        (("high", "Best sellers stand in", ""), POPULAR, False),
        (("high", "unpopular items are tried", ""), POPULAR, True),
        (("high", "random places", ""), "deploy: {fallback: in a loop the editors' ten}\n", False),
    ],
)
def test_a_high_risk_is_noticed_or_answered(said, risk, rest, found):
    assert said("XST-06", RISK % risk + rest) == (["warning problem.risks[loop].monitor"] if found else [])


HIDES = "metrics: {online: [{id: a, events: [Hide, show]}, {id: b, events: hide}]}\n"


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("deploy: {logging: {events: [hide, show]}}", []),
        ("deploy: {logging: {events: [show]}}", ["error metrics.online[a].events[0]"]),
        ("deploy: {logging: {events: [show]}}\ndata: {sources: [{id: hide}]}", []),
        ("deploy: {logging: {events: [show]}}\ndata: {sources: [{id: web, entity: hide}]}", []),
        ("deploy: {logging: {records: [exposure]}}", []),
    ],
)
def test_an_event_is_logged_or_comes_from_a_source_and_is_missed_once(said, rest, found):
    assert said("XST-07", HIDES + rest) == found


@pytest.mark.parametrize(
    ("iterations", "found"),
    [
        ("{change: all}", []),
        ("{change: all}, {change: more}", ["info iterations[1].closes"]),
        ("{change: all}, {change: more, closes: PIP-05}", []),
        ("{number: 2, change: all}, {number: 1, change: first}", []),
        ("{change: all}, {change: b}, {change: c}", ["info iterations[1].closes", "info iterations[2].closes"]),
    ],
)
def test_only_the_first_pass_needs_no_reason(said, iterations, found):
    assert said("XST-09", f"iterations: [{iterations}]\n") == found


PAYS = """
currency: EUR
problem: {goal: {metric: revenue, worth_month: %s}}
metrics: {online: [{id: carts, direction: up, baseline: %s, target: %s}]}
deploy: {costs: [{item: ranker, month: 1000}, {item: nobody knows yet}]}
ab_test: {primary: carts, expected_effect: %s}
"""


@pytest.mark.parametrize(
    ("worth", "today", "target", "expected", "found"),
    [
        (1000, "5%", "6%", "20% relative", False),
        (999, "5%", "6%", "20% relative", True),
        (1999, "5%", "6%", "10% relative", True),
        (2001, "5%", "6%", "10% relative", False),
        (1999, "5%", "6%", "0.5 pp", True),
        (2001, "5%", "6%", "0.5 pp", False),
        (1000, "5%", "", "1% relative", False),
        (1000, "5%", "5%", "1% relative", False),
        (999, "", "6%", "20% relative", True),
        ("", "5%", "6%", "20% relative", False),
    ],
)
def test_the_part_of_the_target_that_is_expected_must_pay(said, worth, today, target, expected, found):
    place = ["warning problem.goal.worth_month"] if found else []
    assert said("XST-10", PAYS % (worth, today, target, expected)) == place


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("currency: EUR\nmetrics: {online: [{id: a, unit: euro}]}", []),
        ("currency: EUR\nmetrics: {online: [{id: a, unit: $}]}", ["info metrics.online[a].unit"]),
        ("currency: CAD\nmetrics: {online: [{id: a, unit: $}]}", []),
        ("currency: RUB\nproblem: {error_costs: {currency: relative}}", []),
        ("currency: RUB\nproblem: {error_costs: {currency: USD}}", ["info problem.error_costs.currency"]),
        ("metrics: {online: [{id: latency, unit: ms}, {id: ttft, unit: s}]}", []),
        ("metrics: {online: [{id: p99, unit: ms}, {id: p95, unit: s}]}", ["info metrics.online[p95].unit"]),
        ("metrics: {offline: [{id: a, unit: '%'}], online: [{id: b, unit: share}]}", []),
        ("metrics: {online: [{id: a, unit: items}, {id: b, unit: MB}]}", []),
    ],
)
def test_one_quantity_has_one_unit(said, yaml, found):
    assert said("XST-11", yaml + "\n") == found


@pytest.mark.parametrize(
    ("actor", "kind", "rate", "found"),
    [
        ("human", "top_share", "9.1%", False),
        ("human", "top_share", "8.9%", True),
        ("human", "top_share", "50%", False),
        ("human", "threshold", "1%", False),
        ("both", "top_share", "1%", False),
    ],
)
def test_people_get_as_many_cases_as_they_act_on(said, actor, kind, rate, found):
    design = f"problem: {{decision: {{actor: {actor}, oversight: {{flag_rate: {rate}}}}}}}\n"
    design += f"model: {{operating_point: {{kind: {kind}, value: 0.1}}}}\n"
    assert said("XST-01", design) == ["warning model.operating_point.value"] * found


@pytest.mark.parametrize(
    ("worth", "of", "unit", "found"),
    [
        (3_600_000, "request", "EUR", False),
        (10_800_000, "request", "EUR", False),
        (10_900_000, "request", "EUR", True),
        (1_190_000, "request", "EUR", True),
        (10_900_000, "session", "EUR", False),
        (10_900_000, "request", "min", False),
        (10_900_000, "request", "USD", False),
    ],
)
def test_what_the_goal_brings_of_each_request_makes_what_it_is_worth(said, worth, of, unit, found):
    """0.02 EUR of 6M requests a day."""
    design = f"""
      currency: EUR
      problem:
        goal: {{metric: margin, baseline: 0.48, target: 0.5, worth_month: {worth}}}
        scale: {{daily_users: 1.5M, requests_per_user_day: 4}}
      metrics: {{business: [{{id: margin, direction: up, unit: {unit}, of: {of}}}]}}
    """
    assert said("XST-01", design) == ["info problem.goal.worth_month"] * found


@pytest.mark.parametrize(("sd", "found"), [("12", False), ("13", False), ("24", True)])
def test_the_deviation_of_the_primary_metric_is_said_once(said, sd, found):
    design = f"metrics: {{online: [{{id: m, baseline: 42, sd: 12}}]}}\nab_test: {{primary: m, sd: {sd}}}\n"
    assert said("XST-01", design) == ["error metrics.online[m].sd"] * found


@pytest.mark.parametrize(
    ("metric", "test", "found"),
    [
        ("direction: up, target: 5.4%", "expected_effect: 30% relative", True),
        ("direction: up, target: 5.4%", "expected_effect: 17% relative", True),
        ("direction: up, target: 5.4%", "expected_effect: 16% relative", False),
        ("direction: up, target: 5.4%", "expected_effect: 2% relative", False),
        ("direction: up, target: 5.4%", "expected_effect: 0.9 pp", True),
        ("direction: up, target: 5.4%", "expected_effect: 0.8 pp", False),
        ("direction: up, lift: 8% relative", "expected_effect: 30% relative", True),
        ("direction: up", "expected_effect: 30% relative", False),
        ("direction: up, target: 4.6%", "expected_effect: 30% relative", False),
        ("direction: up, target: 5.4%", "expected_effect: -30% relative", False),
        ("direction: down, target: 4.6%", "expected_effect: 30% relative", True),
        ("direction: down, target: 4.6%", "expected_effect: -30% relative", True),
        ("direction: down, target: 5.4%", "expected_effect: 30% relative", False),
        ("direction: up, target: 5.4%", "expected_effect: 30% relative, baseline_rate: 2%", False),
        ("direction: up, target: 5.4%", "expected_effect: 30% relative, baseline_rate: 5%", True),
    ],
)
def test_a_test_expects_what_its_metric_is_to_reach(said, metric, test, found):
    """From 5 % to 5.4 % is 8 %, and twice of that is 16 %."""
    design = f"metrics: {{online: [{{id: m, baseline: 5%, {metric}}}]}}\nab_test: {{primary: m, {test}}}\n"
    assert said("XST-01", design) == ["info ab_test.expected_effect"] * found


@pytest.mark.parametrize(
    ("direction", "target", "passes", "kind", "found"),
    [
        ("up", 0.56, 0.40, "shadow", False),
        ("up", 0.56, 0.39, "shadow", True),
        ("down", 0.40, 0.56, "canary", False),
        ("down", 0.40, 0.57, "canary", True),
        ("up", 0.48, 0.10, "shadow", False),  # nothing is to be won
    ],
)
def test_an_early_step_does_not_lose_more_than_the_target_wins(said, direction, target, passes, kind, found):
    early = f"""
      metrics: {{offline: [{{id: gini, direction: {direction}, baseline: 0.48, target: {target}}}]}}
      deploy: {{rollout: [{{kind: {kind}, passes_if: [{{target: gini, value: {passes}}}]}}]}}
    """
    place = "deploy.rollout[0].passes_if[0].value"
    assert said("XST-03", early) == ([f"warning {place}"] if found else [])


@pytest.mark.parametrize(
    ("share", "days", "found"),
    [
        ("20%", 28, []),
        ("10%", 28, []),  # those who see the new version
        ("80%", 28, ["error deploy.rollout[0].share"]),
        ("20%", 24, []),  # 28 less a ramp of 2, nearly
        ("20%", 14, ["error deploy.rollout[0].days"]),
        ("20%", 90, []),
    ],
)
def test_the_step_of_the_experiment_is_the_experiment(said, share, days, found):
    step = f"""
      deploy: {{rollout: [{{kind: ab, share: {share}, days: {days}}}]}}
      ab_test: {{exposure: 20%, split: 50/50, duration_days: 28, ramp_days: 2}}
    """
    assert said("XST-01", step) == found


@pytest.mark.parametrize(
    ("role", "margin", "unit", "found"),
    [
        ("guardrail", 80, "ms", False),
        ("guardrail", 81, "ms", True),
        ("guardrail", 0.081, "s", True),
        ("success", 81, "ms", False),
    ],
)
def test_a_guardrail_lets_no_promise_be_broken(said, role, margin, unit, found):
    today = 0.12 if unit == "s" else 120
    numbers = f"baseline: {today}, margin: {margin}, unit: {unit}"
    design = f"""
      problem: {{constraints: [{{kind: latency, op: "<=", value: 200, unit: ms, percentile: 99}}]}}
      metrics: {{online: [{{id: p99, metric: latency, role: {role}, {numbers}}}]}}
    """
    assert said("XST-03", design) == ["warning metrics.online[p99].margin"] * found
