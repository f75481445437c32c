"""The A/B test: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity, check
from mlsd.storage import load

RATE = "metrics: {online: [{id: rate, baseline: 0.05, window_days: 7, of: user}]}\nab_test: {primary: rate, %s}"
"""An effect of 5 % relative takes 244,248 people at 50/50."""


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("duration_days: 14, eligible_units_day: 34893", []),
        ("duration_days: 14, eligible_units_day: 34892", ["warning ab_test.duration_days"]),
        ("duration_days: 14, eligible_units_day: 29078", ["warning ab_test.duration_days"]),
        ("duration_days: 14, eligible_units_day: 29077", ["error ab_test.duration_days"]),
        ("duration_days: 14, eligible_units_day: 34893, exposure: 50%", ["error ab_test.duration_days"]),
        ("duration_days: 14, eligible_units_day: 34893, ramp_days: 1", ["warning ab_test.duration_days"]),
        ("duration_days: 14", []),
        ("eligible_units_day: 10", []),
        ("duration_days: 14, eligible_units_day: 10, design: interleaving", []),
    ],
)
def test_only_days_on_which_a_unit_can_mature_count(said, test, expected):
    assert said("ABT-06", RATE % f"mde: 5% relative, {test}") == expected


def test_clusters_are_the_units_however_many_people_live_in_them(said):
    share = "metrics: {online: [{id: rate, baseline: 60%%, of: request}]}\nab_test: {primary: rate, mde: 2%% relative, "
    share += "alpha: 0.05, power: 0.8, design: switchback, unit: time_slot, eligible_units_day: 48, %s}"
    assert said("ABT-04", share % "clusters: 1344") == ["info ab_test"]
    assert said("ABT-06", share % "clusters: 1344") == []
    assert said("ABT-06", share % "sd: 0.04, clusters: 349") == ["warning ab_test.clusters"]
    assert said("ABT-06", share % "sd: 0.04, clusters: 350") == []
    assert said("ABT-06", share % "sd: 0.04, duration_days: 7") == ["warning ab_test.duration_days"]


@pytest.mark.parametrize(
    ("test", "way"),
    [
        ("mde: 5% relative", "closes at mde ≥ 8.987 % relative"),
        ("mde: 0.25 pp", "closes at mde ≥ 0.4494 pp"),
        ("mde: 0.0025 absolute", "closes at mde ≥ 0.4494 pp"),
        ("sd: 0.2, mde: 0.0025 absolute", "closes at mde ≥ 0.004039 absolute"),
    ],
)
def test_the_effect_that_would_do_is_said_as_the_smallest_one_is(test, way):
    """77,000 people mature in seven days; of a mean, 2.8016 · 0.2 · √(4 ÷ 77,000)."""
    design = load(RATE % f"{test}, eligible_units_day: 11k, duration_days: 14", "f").design
    [found] = [entry for entry in check(design, maturity=Maturity.DESIGN).diagnostics if entry.code == "ABT-06"]
    assert way in [str(way) for way in found.ways_out]


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("unit: account, clusters: 15503", "warning ab_test.clusters"),
        ("unit: account, clusters: 15504", None),
        ("unit: account, clusters: 100", "error ab_test.clusters"),
        ("unit: user, clusters: 100", "error ab_test.clusters"),
        ("clusters: 100", "error ab_test.clusters"),
        ("unit: account, clusters: 100, eligible_units_day: 9000, duration_days: 21", "error ab_test.clusters"),
        ("unit: account, eligible_units_day: 500, duration_days: 21", "error ab_test.duration_days"),
        ("unit: account, eligible_units_day: 900, duration_days: 21", None),
        ("unit: account, duration_days: 21", None),
    ],
)
def test_accounts_in_a_test_of_clusters_are_clusters_too(said, test, found):
    """3 % of 3.60 at a deviation of 2.40: 2 · 2 · 7.849 · (2.40 ÷ 0.108)² = 15,504 accounts."""
    revenue = "metrics: {online: [{id: rpm, baseline: 3.6, unit: USD, of: account}]}\n"
    design = revenue + f"ab_test: {{primary: rpm, design: cluster, sd: 2.4, mde: 3% relative, {test}}}\n"
    assert said("ABT-06", design) == ([found] if found else [])


@pytest.mark.parametrize(
    ("of", "test", "found"),
    [
        ("account", "unit: account", []),
        ("user", "unit: account", ["info ab_test"]),
        ("user", "unit: user", ["info ab_test"]),
        ("user", "unit: store", ["info ab_test"]),
        ("store", "unit: store", ["info ab_test"]),
    ],
)
def test_an_account_says_yes_or_no_itself_and_a_share_within_one_is_a_mean(said, of, test, found):
    share = f"metrics: {{online: [{{id: kept, baseline: 60%, of: {of}}}]}}\n"
    sure = "alpha: 0.05, power: 0.8, mde: 2% relative"
    assert said("ABT-04", share + f"ab_test: {{primary: kept, design: cluster, {sure}, {test}}}\n") == found


def test_an_arm_that_is_held_out_needs_nobody(said):
    split = "duration_days: 14, eligible_units_day: 38770, split: {control: 0.45, treatment: 0.45, hold_out: 0.1}"
    assert said("ABT-06", RATE % f"mde: 5% relative, {split}") == []
    assert said("ABT-06", RATE % f"mde: 5% relative, {split.replace('38770', '38769')}") == [
        "warning ab_test.duration_days"
    ]
    assert said("ABT-13", RATE % split) == []


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("mde: 0.96 absolute", ["warning ab_test.mde"]),
        ("mde: 0.94 absolute", []),
        ("mde: 5% relative", []),
        ("mde: 5% relative, power: 0.3", ["info ab_test.mde"]),
    ],
)
def test_an_effect_that_cannot_exist_has_no_sample(said, test, found):
    sure = "" if "power" in test else ", power: 0.8"
    assert said("ABT-04", RATE % f"alpha: 0.05, {test}{sure}") == found


@pytest.mark.parametrize(
    ("reaches", "mde", "found"),
    [
        ("target: 5.1%", "6% relative", True),
        ("target: 5.1%", "0.1 pp", False),
        ("target: 5.5%", "6% relative", False),
        ("lift: 2% relative", "6% relative", True),
        ("lift: 2% relative", "2% relative", False),
        ("unit: share", "6% relative", False),
    ],
)
def test_what_the_metric_is_to_reach_can_be_seen(said, reaches, mde, found):
    test = f"metrics: {{online: [{{id: m, baseline: 5%, {reaches}}}]}}\nab_test: {{primary: m, mde: {mde}}}"
    assert said("ABT-17", test) == (["error ab_test.mde"] if found else [])


def test_a_guardrail_matures_in_the_test_too(said):
    guardrail = "{id: g, role: guardrail, window_days: 30, baseline: 2%, margin: 1%}"
    both = f"metrics: {{online: [{{id: m, window_days: 7}}, {guardrail}]}}\n"
    assert said("ABT-12", both + "ab_test: {primary: m, guardrails: g, duration_days: 14}") == [
        "warning ab_test.duration_days"
    ]
    test = "ab_test: {primary: m, guardrails: g, eligible_units_day: 1000, duration_days: %s}"
    assert said("ABT-21", both + test % 31) == ["warning ab_test.guardrails[0]"]
    assert said("ABT-21", both + test % 90) == []


def test_a_mean_needs_its_deviation(said):
    mean = "metrics: {online: [{id: basket, baseline: 40}]}\nab_test: {primary: basket, mde: 1%% relative, %s}\n"
    days = "duration_days: 7, eligible_units_day: 100"
    assert said("ABT-06", mean % days) == []
    assert said("ABT-06", mean % f"sd: 60, {days}") == ["error ab_test.duration_days"]


@pytest.mark.parametrize(
    ("days", "found"), [(6, True), (7, False), (8, False), (9, True), (13, False), (56, False), (57, True)]
)
def test_whole_weeks_give_or_take_a_day(said, days, found):
    expected = ["warning ab_test.duration_days"] if found else []
    assert said("ABT-08", f"ab_test: {{duration_days: {days}}}\n") == expected
    assert said("ABT-08", f"ab_test: {{duration_days: {days}, design: switchback}}\n") == []


@pytest.mark.parametrize(
    ("sure", "place"), [("", "alpha"), ("alpha: 5%", "power"), ("power: 90%", "alpha"), ("alpha: 5%, power: 80%", None)]
)
def test_the_usual_level_and_power_are_taken_and_never_missing(said, sure, place):
    asked = RATE % f"mde: 5% relative, {sure}"
    assert said("ABT-04", asked) == []
    assert said("ABT-04", asked, Maturity.DESIGN) == ([f"warning ab_test.{place}"] if place else [])


@pytest.mark.parametrize(
    ("of", "test", "expected"),
    [
        ("user", "unit: session", ["error ab_test.unit"]),
        ("user", "unit: session, variance: cluster_robust", []),
        ("user", "unit: session, variance: delta_method", ["error ab_test.unit"]),
        ("user", "unit: impression, variance: bootstrap", ["error ab_test.unit"]),
        ("user", "unit: account", ["warning ab_test.variance"]),
        ("user", "unit: account, variance: cluster_robust", []),
        ("impression", "variance: plain", ["warning ab_test.variance"]),
        ("impression", "variance: delta_method", []),
        ("impression", "unit: session", []),
        ("user", "unit: region", ["warning ab_test.variance"]),
        ("user", "unit: region, variance: cluster_robust", []),
        ("store", "unit: region", []),
        ("user", "unit: item", []),
    ],
)
def test_units(said, of, test, expected):
    split = f"metrics: {{online: [{{id: m, of: {of}}}]}}\nab_test: {{primary: m, {test}}}\n"
    assert said("ABT-10", split) == expected


@pytest.mark.parametrize("test", ["design: switchback", "unit: region", "design: cluster"])
def test_what_is_kept_apart_does_not_interfere(said, test):
    assert said("ABT-11", f"traits: {{interference: strong}}\nab_test: {{primary: trips, {test}}}\n") == []


@pytest.mark.parametrize(
    ("split", "found"), [("70/30", False), ("75/25", False), ("79/21", True), ("80/20", True), ("34/33/33", False)]
)
def test_from_half_as_many_again_on_an_uneven_split_is_a_remark(said, split, found):
    assert said("ABT-13", f"ab_test: {{split: {split}}}\n") == (["info ab_test.split"] if found else [])


def test_a_reason_settles_an_uneven_split(said):
    decided = "decisions: [{about: ab_test.split, choice: 90/10, because: a wrong price costs a lot}]\n"
    assert said("ABT-13", f"ab_test: {{split: 90/10}}\n{decided}") == []


@pytest.mark.parametrize(
    ("mde", "hoped", "found"),
    [
        ("5% relative", "5% relative", False),
        ("5% relative", "0.25 pp", False),
        ("5% relative", "0.24 pp", True),
        ("0.25 pp", "4% relative", True),
    ],
)
def test_relative_and_absolute_effects_are_compared_at_todays_rate(said, mde, hoped, found):
    expected = ["error ab_test.expected_effect"] if found else []
    assert said("ABT-17", RATE % f"mde: {mde}, expected_effect: {hoped}") == expected


def test_without_todays_rate_they_are_not_compared(said):
    test = "metrics: {online: [{id: m}]}\nab_test: {primary: m, mde: 5% relative, expected_effect: 0.1 pp}\n"
    assert said("ABT-17", test) == []


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("alpha: 0.1, power: 0.8", []),
        ("alpha: 0.11", ["info ab_test.alpha"]),
        ("alpha: 0.001", []),
        ("alpha: 0.0009", ["info ab_test.alpha"]),
        ("power: 0.79", ["info ab_test.power"]),
        ("power: 0.99", []),
        ("unit: user", []),
    ],
)
def test_usual_chances(said, test, expected):
    assert said("ABT-05", f"ab_test: {{{test}}}\n") == expected


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("primary: a", False),
        ("primary: [a, b]", True),
        ("primary: [a, b], correction: hierarchical", False),
        ("primary: [a, b], correction: none", True),
        ("primary: a, split: 50/50", False),
        ("primary: a, split: 50/25/25", True),
        ("primary: a, split: 50/25/25, correction: bonferroni", False),
        ("primary: a, split: {control: 0.45, treatment: 0.45, hold_out: 0.1}", False),
    ],
)
def test_several_comparisons_are_corrected_for(said, test, found):
    both = f"metrics: {{online: [{{id: a}}, {{id: b}}]}}\nab_test: {{{test}}}\n"
    assert said("ABT-09", both) == (["warning ab_test.correction"] if found else [])


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("unit: user", True),
        ("unit: user, checks: aa", False),
        ("design: quasi_experiment", False),
        ("design: switchback", True),
    ],
)
def test_the_experiment_itself_is_checked(said, test, found):
    assert said("ABT-14", f"ab_test: {{{test}}}\n") == (["info ab_test.checks"] if found else [])


def test_without_a_control_other_things_are_wrong_first(said):
    assert said("ABT-15", "ab_test: {design: switchback}\n") == ["warning ab_test.stopping"]
    assert said("ABT-19", "ab_test: {design: switchback}\n") == ["info ab_test.ramp_days"]
    assert said("ABT-15", "ab_test: {design: shadow}\n") == said("ABT-19", "ab_test: {design: shadow}\n") == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("", ["warning ab_test.decision_rule"]),
        ("win: a, flat: b, lose: c", []),
        ("flat: b, lose: c", ["warning ab_test.decision_rule.win"]),
        ("win: a, flat: b", ["warning ab_test.decision_rule.lose"]),
        ("win: a", ["warning ab_test.decision_rule.flat"]),
    ],
)
def test_every_result_has_an_action(said, rule, expected):
    assert said("ABT-16", f"ab_test: {{unit: user, decision_rule: {{{rule}}}}}\n") == expected


def test_without_an_experiment_nothing_is_asked_of_it(said):
    for code in ("ABT-05", "ABT-09", "ABT-14", "ABT-15", "ABT-16", "ABT-18", "ABT-19", "ABT-21"):
        assert said(code, "title: a design without an experiment\n") == []


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("clusters: 40", False),
        ("clusters: 39", True),
        ("clusters: 66, split: 70/30", True),
        ("clusters: 67, split: 70/30", False),
        ("clusters: 500, unit: store", False),
        ("design: cluster", False),
    ],
)
def test_clusters_are_counted_in_the_smallest_arm(said, test, found):
    assert said("ABT-18", f"ab_test: {{{test}}}\n") == (["warning ab_test.clusters"] if found else [])


@pytest.mark.parametrize(
    ("step", "found"), [("canary", False), ("pilot", False), ("ramp", False), ("shadow", True), ("ab", True)]
)
def test_a_small_step_comes_first(said, step, found):
    steps = f"ab_test: {{ramp_days: 0}}\ndeploy: {{rollout: [{{kind: {step}}}, {{kind: full}}]}}\n"
    assert said("ABT-19", steps) == (["info ab_test.ramp_days"] if found else [])


GUARD = """\
metrics: {online: [{id: rate, window_days: 7}, {id: hides, direction: down, baseline: 0.2%%, %s}]}
ab_test: {primary: rate, guardrails: hides, eligible_units_day: 100k, %s}
"""
"""A margin of 0.05 points takes 197,448 people at 50/50."""


@pytest.mark.parametrize(
    ("metric", "test", "found"),
    [
        ("margin: 0.05%", "duration_days: 9", False),
        ("margin: 0.05%", "duration_days: 8", True),
        ("margin: 0.05%", "duration_days: 9, ramp_days: 1", True),
        ("margin: 0.05%", "duration_days: 9, exposure: 90%", True),
        ("margin: 0.05%, of: user", "duration_days: 8", True),
        ("margin: 0.05%, of: impression", "duration_days: 8", False),
        ("margin: 0.05%, unit: ms", "duration_days: 8", False),
        ("of: user", "duration_days: 8", False),
        ("margin: 0%", "duration_days: 8", True),
        ("margin: 0%", "duration_days: 8, design: interleaving", False),
        ("margin: 0.05%", "unit: user", False),
        ("margin: 0.05%", "duration_days: 8, design: interleaving", False),
    ],
)
def test_a_guardrail_needs_people_too(said, metric, test, found):
    expected = ["warning ab_test.guardrails[0]"] if found else []
    assert said("ABT-21", GUARD % (metric, test)) == expected
    argued = "decisions: [{about: 'metrics.online[hides].margin', because: seen in a test of last year}]\n"
    assert said("ABT-21", GUARD % (metric, test) + argued) == []


@pytest.mark.parametrize(("window", "days", "found"), [(7, 70, True), (60, 84, False), (60, 119, True), (7, 63, False)])
def test_a_slow_metric_may_have_its_days_on_top_of_two_months(said, window, days, found):
    slow = f"metrics: {{online: {{id: retained, window_days: {window}}}}}\n"
    test = f"ab_test: {{primary: retained, duration_days: {days}}}\n"
    assert said("ABT-08", slow + test) == (["warning ab_test.duration_days"] if found else [])


def test_a_test_too_short_for_its_metric_is_not_also_too_short(said):
    short = "metrics: {online: {id: retained, window_days: %s}}\nab_test: {primary: retained, duration_days: 5}\n"
    assert said("ABT-12", short % 7) == ["error ab_test.duration_days"]
    assert said("ABT-08", short % 7) == []
    assert said("ABT-08", short % 1) == ["warning ab_test.duration_days"]


def test_a_business_metric_may_decide(said):
    business = """
      problem: {goal: {metric: margin, baseline: 4.1}}
      metrics: {business: {id: margin, window_days: 30}}
      ab_test: {primary: margin, duration_days: 14, sd: 2, mde: 5% relative, alpha: 5%, power: 80%}
    """
    assert said("ABT-12", business) == ["error ab_test.duration_days"]
    assert said("ABT-04", business) == []


@pytest.mark.parametrize(("unit", "found"), [("user", True), ("store", False), ("time_slot", False)])
def test_a_share_within_a_store_is_no_yes_or_no(said, unit, found):
    guarded = f"""
      metrics: {{online: [{{id: sold}}, {{id: empty, role: guardrail, direction: down, baseline: 3%, margin: 0.3%}}]}}
      ab_test: {{primary: sold, guardrails: empty, unit: {unit}, eligible_units_day: 900, duration_days: 28}}
    """
    assert said("ABT-21", guarded) == (["warning ab_test.guardrails[0]"] if found else [])


def test_a_test_that_is_too_small_is_told_one_number_of_days(said):
    asked = """
      metrics: {online: {id: carts, baseline: 5%%, window_days: 0}}
      ab_test: {primary: carts, mde: 5%% relative, eligible_units_day: %s, duration_days: 10}
    """
    assert said("ABT-06", asked % "10k") == ["error ab_test.duration_days"]
    assert said("ABT-08", asked % "10k") == []
    assert said("ABT-08", asked % "100k") == ["warning ab_test.duration_days"]


SURE = "alpha: 0.05, power: 0.8, mde: 5% relative"


@pytest.mark.parametrize(
    ("test", "place"),
    [
        ("", "eligible_units_day"),
        ("duration_days: 14", "eligible_units_day"),
        ("eligible_units_day: 90k", "duration_days"),
        ("eligible_units_day: 90k, stopping: always_valid", None),
        ("eligible_units_day: 90k, duration_days: 14", None),
        ("design: interleaving", None),
        ("unit: store, sd: 0.01, duration_days: 14", "clusters"),
        ("unit: store, sd: 0.01, duration_days: 14, eligible_units_day: 90", "clusters"),
        ("unit: store, sd: 0.01, clusters: 90", "duration_days"),
        ("unit: store, sd: 0.01, clusters: 90, duration_days: 14", None),
        ("unit: account, design: cluster, sd: 0.01, duration_days: 14", "clusters"),
        ("unit: account, design: cluster, sd: 0.01, clusters: 90, duration_days: 14", None),
        ("unit: account, design: cluster, sd: 0.01, eligible_units_day: 90, duration_days: 14", None),
        ("unit: time_slot, design: switchback, sd: 0.01, duration_days: 14", "clusters"),
        ("unit: time_slot, design: switchback, sd: 0.01, duration_days: 14, eligible_units_day: 48", None),
    ],
)
def test_a_pilot_says_what_its_sample_is_held_against(said, test, place):
    design = RATE % f"{SURE}, {test}"
    assert said("ABT-04", design, Maturity.PILOT) == ([f"warning ab_test.{place}"] if place else [])
    assert said("ABT-04", design, Maturity.DESIGN) == []


@pytest.mark.parametrize(
    ("scale", "test", "found"),
    [
        ("daily_users: 8000", "eligible_units_day: 8000", []),
        ("daily_users: 8000", "eligible_units_day: 8001", ["error"]),
        ("daily_users: 8000", "eligible_units_day: 8001, unit: user", ["error"]),
        ("daily_users: 8000", "eligible_units_day: 8001, unit: device", []),
        ("daily_users: 8000", "eligible_units_day: 8001, unit: session", []),
        ("daily_users: 8000", "eligible_units_day: 8001, design: interleaving", []),
        ("volume_day: 8000", "eligible_units_day: 8001", []),
    ],
)
def test_no_more_new_users_come_than_users(said, scale, test, found):
    design = f"problem: {{scale: {{{scale}}}}}\nab_test: {{primary: rate, {test}}}\n"
    assert said("ABT-22", design) == [f"{word} ab_test.eligible_units_day" for word in found]


@pytest.mark.parametrize(
    ("entity", "test", "found"),
    [
        ("id: user, rows: 10k, new_per_day: 0", "", []),
        ("id: user, rows: 9999, new_per_day: 0", "", ["warning"]),
        ("id: user, rows: 9971, new_per_day: 2", "", ["warning"]),
        ("id: user, rows: 9972, new_per_day: 2", "", []),
        ("id: user, rows: 9999", "", ["warning"]),
        ("id: person, name: user, rows: 9999, new_per_day: 0", "", ["warning"]),
        ("id: user, rows: 9999, new_per_day: 0", "exposure: 20%", ["warning"]),
        ("id: user, rows: 9999, new_per_day: 0", "ramp_days: 1", []),
        ("id: developer, rows: 9999, new_per_day: 0", "", []),
        ("id: developer, rows: 9999, attributes: [{name: mail, personal: true}], new_per_day: 0", "", ["warning"]),
        ("id: session, rows: 9999, new_per_day: 0", "unit: session", ["warning"]),
        ("id: developer, rows: 9999, attributes: [{name: mail, personal: true}]", "unit: session", []),
        ("id: driver, rows: 900, attributes: [{name: place, personal: true}]", "", []),
    ],
)
def test_no_more_are_recruited_than_there_are(said, entity, test, found):
    """1,000 a day for 17 days, of which seven are the window."""
    rate = "metrics: {online: [{id: rate, window_days: 4}]}\nproblem: {scale: {daily_users: 1000}}\n"
    entities = f"data: {{entities: [{{id: thing, rows: 5}}, {{{entity}}}]}}\n"
    design = rate + entities + f"ab_test: {{primary: rate, eligible_units_day: 1000, duration_days: 14, {test}}}\n"
    assert said("ABT-22", design) == [f"{word} ab_test.eligible_units_day" for word in found]


@pytest.mark.parametrize(("clusters", "found"), [(900, False), (901, True)])
def test_no_more_clusters_than_stores(said, clusters, found):
    design = f"data: {{entities: {{id: store, rows: 900}}}}\nab_test: {{unit: store, clusters: {clusters}}}\n"
    assert said("ABT-22", design) == (["error ab_test.clusters"] if found else [])
    assert said("ABT-22", design.replace("unit: store", "unit: region")) == []
    accounts = design.replace("store", "account").replace("ab_test: {", "ab_test: {design: cluster, ")
    assert said("ABT-22", accounts) == (["warning ab_test.clusters"] if found else [])


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("unit: time_slot, clusters: 13440, duration_days: 28", False),
        ("unit: time_slot, clusters: 13440, duration_days: 14", True),
        ("unit: time_slot, clusters: 7200, duration_days: 14", False),
        ("unit: time_slot, clusters: 7201, duration_days: 14", True),
        ("unit: time_slot, clusters: 100, duration_days: 14", False),
        ("unit: time_slot, clusters: 13440", False),
        ("unit: region, clusters: 13440, duration_days: 14", False),
        ("clusters: 13440, duration_days: 14", False),
    ],
)
def test_no_more_time_slots_than_the_days_hold(said, test, found):
    """480 a day for 14 days are 6,720, and 7,200 if the first and the last day are halves."""
    design = f"ab_test: {{design: switchback, eligible_units_day: 480, {test}}}\n"
    assert said("ABT-22", design) == (["error ab_test.clusters"] if found else [])


@pytest.mark.parametrize(
    ("seasons", "days", "found"),
    [
        ("[7, 365]", 6, True), ("[7, 365]", 7, False), ("[1, 7]", 2, True), ("[1]", 2, False), ("[365]", 14, False),
        ("[]", 2, False),
    ],
)  # fmt: skip
def test_a_switchback_sees_a_whole_season(said, seasons, days, found):
    design = f"data: {{seasonality_days: {seasons}}}\nab_test: {{design: switchback, duration_days: {days}}}\n"
    assert said("ABT-08", design) == (["warning ab_test.duration_days"] if found else [])


IN_CLUSTERS = """\
metrics: {online: [{id: sold}, {id: empty, role: guardrail, direction: down, baseline: 3%%, %s}]}
ab_test: {primary: sold, guardrails: empty, unit: %s, clusters: 90, duration_days: 28}
"""


@pytest.mark.parametrize(
    ("metric", "unit", "found"),
    [
        ("margin: 0.3%", "store", True),
        ("margin: 0.3%", "user", False),
        ("unit: share", "store", False),
        ("metric: latency, margin: 0.3%", "store", False),
    ],
)
def test_of_clusters_a_pilot_is_told_that_no_guardrail_is_computed(said, metric, unit, found):
    design = IN_CLUSTERS % (metric, unit)
    assert said("ABT-21", design, Maturity.PILOT) == (["info ab_test.guardrails"] if found else [])
    assert said("ABT-21", design) == []
    argued = "decisions: [{about: 'metrics.online[empty].margin', because: 80 stores show it}]\n"
    assert said("ABT-21", design + argued, Maturity.PILOT) == []


@pytest.mark.parametrize(
    ("metric", "test", "found"),
    [
        ("margin: 0.3%, sd: 2%", "unit: store, clusters: 1099", True),
        ("margin: 0.3%, sd: 2%", "unit: store, clusters: 1100", False),
        ("margin: 0.3%, sd: 2%", "unit: store, clusters: 1000", True),
        ("margin: 0.3%, sd: 2%, of: user", "unit: store, clusters: 1000", True),
        ("margin: 0.3%, sd: 2%, of: user", "design: cluster, unit: account, clusters: 1000", True),
        ("margin: 0.3%, sd: 2%", "design: shadow, unit: store, clusters: 1000", False),
        ("unit: '%', margin: 0.3, sd: 2", "unit: store, clusters: 1000", True),
        ("unit: EUR, margin: 3, sd: 20", "unit: store, clusters: 1000", True),
        ("unit: EUR, margin: 3, sd: 20", "unit: user, eligible_units_day: 50, duration_days: 14", True),
        ("unit: EUR, margin: 3, sd: 20", "unit: user, eligible_units_day: 90, duration_days: 14", False),
    ],
)
def test_the_deviation_of_a_guardrail_says_whether_its_margin_is_shown(said, metric, test, found):
    """2 · 2 · (1.6449 + 0.8416)² · (20 ÷ 3)² = 1,099.2 units, 550 an arm."""
    guardrail = f"{{id: waste, role: guardrail, direction: down, {metric}}}"
    design = (
        f"metrics: {{online: [{{id: sold}}, {guardrail}]}}\nab_test: {{primary: sold, guardrails: waste, {test}}}\n"
    )
    assert said("ABT-21", design, Maturity.PILOT) == (["warning ab_test.guardrails[0]"] if found else [])


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("split: {treatment: 1.0}", ["error ab_test.split"]),
        ("split: {treatment: 1.0}, design: quasi_experiment", []),
        ("split: {control: 0.5, treatment: 0.5}", []),
    ],
)
def test_one_arm_is_no_experiment(said, test, found):
    written = f"ab_test: {{primary: cart_users, {test}}}\n"
    assert said("ABT-03", written) == found


def test_what_never_happens_may_be_stopped_at_the_first_case(said):
    never = "metrics: {online: [{id: leaks, role: guardrail, direction: down, baseline: %s, margin: 0}]}\n"
    test = "ab_test: {guardrails: leaks, duration_days: 14, eligible_units_day: 100}\n"
    assert said("ABT-21", never % "0" + test) == []
    assert said("ABT-21", never % "1%" + test) == ["warning ab_test.guardrails[0]"]


WATCHED = """\
metrics: {online: [{id: carts%s}, {id: hides, role: guardrail, margin: 1%%}, {id: late, role: guardrail, margin: 1%%}]}
ab_test: {primary: carts, guardrails: [%s]}
"""


@pytest.mark.parametrize(
    ("role", "guardrails", "rest", "found"),
    [
        ("", "hides, late", "", []),
        ("", "hides", "", ["warning ab_test.guardrails"]),
        ("", "hides", "deploy: {rollout: [{kind: canary, abort_if: late over 4 %}]}", []),
        ("", "hides", "decisions: [{about: 'metrics.online[late]', because: it shows after a year}]", []),
        ("", "hides, late, carts", "", ["warning ab_test.guardrails[2]"]),
        (", role: guardrail", "hides, late", "", ["warning ab_test.primary[0]"]),
        (", role: guardrail, margin: 1%", "hides, late, carts", "", ["warning ab_test.guardrails[2]"]),
        (", role: guardrail", "", "", ["warning ab_test.primary[0]", "warning ab_test.guardrails"]),
    ],
)
def test_every_guardrail_is_watched_and_none_decides(said, role, guardrails, rest, found):
    assert said("ABT-07", WATCHED % (role, guardrails) + rest, Maturity.DESIGN) == found


def test_an_interview_may_leave_a_guardrail_out(said):
    assert said("ABT-07", WATCHED % ("", "hides")) == []
