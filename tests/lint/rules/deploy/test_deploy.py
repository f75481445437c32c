"""Deploy: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity


@pytest.mark.parametrize(
    ("down", "found"),
    [
        ("value: 43.2, unit: min/month", False),
        ("value: 64, unit: min/month", False),
        ("value: 66, unit: min/month", True),
        ("value: 8.76, unit: h/year", False),
        ("value: 5, unit: h/year", True),
        ("value: 96, unit: h/year, applies_to: training", False),
        ("value: 96", False),
    ],
)
def test_uptime_and_downtime(said, down, found):
    both = f"problem: {{constraints: [{{kind: availability, value: 0.999}}, {{id: d, kind: downtime, {down}}}]}}\n"
    assert said("DEP-02", both) == (["error problem.constraints[d].value"] if found else [])


def test_a_low_promise_or_words_for_the_worst_need_no_fallback(said):
    promise = """
      deploy: {fallback: %s}
      problem: {constraints: [{kind: availability, op: ">=", value: %s}]}
      pipeline: {components: [{id: a, role: ranking%s}, {id: b, role: scoring}], request_path: [a, b]}
    """
    assert said("DEP-03", promise % ("", 0.99, "")) == ["warning pipeline.components[a].fallback"]
    assert said("DEP-03", promise % ("", 0.99, ", fallback: c")) == ["warning pipeline.components[b].fallback"]
    assert said("DEP-03", promise % ("", 0.98, "")) == []
    assert said("DEP-03", promise % ("last night", 0.99, "")) == []


def test_no_monitor_at_all_is_another_matter(said):
    assert said("DEP-07", "deploy: {owner: on-call}\n") == []
    assert said("DEP-07", "deploy: {monitoring: [{target: bill}]}\n") == []


def test_a_monitor_is_called_by_the_owner_of_all(said):
    monitor = "deploy: {%smonitoring: [{id: a, threshold: over 1, window: 1 h, action: look}]}\n"
    assert said("DEP-08", monitor % "owner: on-call, ") == []
    assert said("DEP-08", monitor % "") == ["warning deploy.monitoring[a]"]


def test_a_line_of_the_bill_is_its_unit_cost_times_its_volume(said):
    line = "deploy: {costs: [{item: a, month: %s, unit_cost: 10, volume_month: 100}]}\n"
    assert said("DEP-15", line % 2000) == said("DEP-15", line % 500) == []
    assert said("DEP-15", line % 2001) == said("DEP-15", line % 499) == ["error deploy.costs[0].month"]


def test_a_budget_may_be_for_one_request(said):
    bill = """
      currency: EUR
      problem: {scale: {volume_day: 1000}, constraints: [{kind: cost, op: "<=", value: %s, unit: EUR/request}]}
      deploy: {costs: [{item: a, month: 300}]}
    """
    assert said("DEP-15", bill % 0.01) == []
    assert said("DEP-15", bill % 0.009) == ["error deploy.costs"]


def test_a_wrong_line_that_breaks_the_budget_is_said_once(said):
    bill = """
      currency: EUR
      problem: {constraints: [{kind: cost, op: "<=", value: %s, unit: EUR/month}]}
      deploy: {costs: [{item: a, month: 45600, unit_cost: 190, volume_month: 24}, {item: b, month: 1000}]}
    """
    assert said("DEP-15", bill % 5560) == ["error deploy.costs[0].month"]
    assert said("DEP-15", bill % 5559) == ["error deploy.costs", "error deploy.costs[0].month"]


def test_of_several_budgets_the_one_that_is_broken_most_is_named(named):
    bill = """
      currency: EUR
      problem:
        constraints:
          - {id: each_month, kind: cost, op: "<=", value: 200, unit: EUR/month}
          - {id: each_year, kind: cost, op: "<=", value: %s, unit: EUR/year}
      deploy: {costs: [{item: a, month: 300}]}
    """
    assert named("DEP-15", bill % 2500) == [("deploy.costs", "problem.constraints[each_month].value")]
    assert named("DEP-15", bill % 2300) == [("deploy.costs", "problem.constraints[each_year].value")]


BILL = """
currency: EUR
problem: {scale: {volume_day: 1000}, constraints: [{kind: cost, op: "<=", value: %s, unit: EUR/month}]}
model: {llm: {models: [{id: writer, hosting: api, tokens_in: 100000, tokens_out: 0, price_in: 1, price_out: 4%s}]}}
deploy: {costs: [%s]}
"""
"""Tokens of 3000 EUR a month."""


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ("{item: machines, month: 2500}, {item: people, month: 500}", []),
        ("{item: machines, month: 2300}, {item: people, month: 2000}", ["warning deploy.costs"]),
        ("{item: machines, month: 2300}, {item: people}", []),
        ("{item: tokens read, month: 1300}, {item: tokens written, month: 1300}", []),
        ("{item: tokens read, month: 1000}, {item: tokens written, month: 1000}", ["warning deploy.costs"]),
        ("{item: the writer, unit_cost: 0.08, volume_month: 30000}", []),
        ("", []),
    ],
)
def test_tokens_that_no_item_can_be_are_missing_in_the_costs(said, items, found):
    assert said("DEP-15", BILL % (99_000, "", items)) == found


def test_several_models_may_have_items_of_their_own(said):
    second = "}, {id: judge, tokens_in: 50000, tokens_out: 0, price_in: 1, price_out: 4"
    items = "{item: Anna, month: 3000}, {item: Bill, month: %s}"
    assert said("DEP-15", BILL % (99_000, second, items % 1500)) == []
    assert said("DEP-15", BILL % (99_000, second, items % 1000)) == ["warning deploy.costs"]


@pytest.mark.parametrize(
    ("budget", "item", "cached", "found"),
    [
        (4900, "machines", "", "warning"),
        (4899, "machines", "", "error"),
        (4899, "tokens", "", "warning"),
        (4500, "machines", ", cached_share: 20%", "warning"),
        (2999, "machines", "", ""),
    ],
)
def test_costs_and_the_tokens_left_out_are_held_against_the_budget(said, budget, item, cached, found):
    """Of tokens that are over the budget by themselves LLM-09 speaks."""
    expected = [f"{found} deploy.costs"] if found else []
    assert said("DEP-15", BILL % (budget, cached, f"{{item: {item}, month: 1900}}")) == expected


@pytest.mark.parametrize(
    ("unit", "most"),
    [("EUR/month", 300), ("EUR/Month", 300), ("EUR/year", 3600), ("EUR a year", 3600), ("EUR/day", 10)],
)
def test_costs_are_counted_by_the_period_of_the_budget(said, unit, most):
    bill = f"""
      currency: EUR
      problem: {{constraints: [{{kind: cost, op: "<=", value: %s, unit: {unit}}}]}}
      deploy: {{costs: [{{item: a, month: 300}}]}}
    """
    assert said("DEP-15", bill % most) == []
    assert said("DEP-15", bill % (most - 1)) == ["error deploy.costs"]


@pytest.mark.parametrize(
    ("limit", "block", "found"),
    [
        ("kind: hardware, value: 4, unit: GPU", "gpus: 2, replicas: 2", False),
        ("kind: hardware, value: 4, unit: GPU", "gpus: 2, replicas: 3", True),
        ("kind: hardware, value: 0, unit: GPU, applies_to: other", "gpus: 2", False),
        ("kind: hardware, value: -1, unit: GPU", "replicas: 3", False),
        ("kind: hardware, value: 2, unit: nodes", "replicas: 3", True),
        ("kind: memory, value: 512, unit: MB", "memory_gb: 1", True),
        ("kind: memory, value: 1, unit: GB", "memory_gb: 1", False),
        ("kind: memory, value: 1", "memory_gb: 8, holds: [{what: vectors, rows: 1M, dim: 100, bytes: 4}]", False),
        ("kind: memory, value: 1", "memory_gb: 8, holds: [{what: vectors, rows: 9M, dim: 100, bytes: 4}]", True),
        ("kind: memory, value: 1, op: '>='", "memory_gb: 8", False),
    ],
)
def test_machines(said, limit, block, found):
    design = f"problem: {{constraints: [{{id: l, {limit}}}]}}\npipeline: {{components: [{{id: a, {block}}}]}}\n"
    assert said("DEP-16", design) == (["error problem.constraints[l].value"] if found else [])


def test_weights_count_as_they_are_served(said):
    edge = """
      problem: {constraints: [{id: l, kind: memory, value: 8, unit: GB}]}
      model: {llm: {serving: {params: 7B, weight_bytes: %s}}}
    """
    assert said("DEP-16", edge % 2) == ["error problem.constraints[l].value"]
    assert said("DEP-16", edge % 0.5) == []


@pytest.mark.parametrize(
    ("blocks", "needed"),
    [
        ("{id: w, role: llm, replicas: 3}", 9),
        ("{id: w, role: llm}", 3),
        ("{id: w, role: llm, replicas: 3, gpus: 1}", 3),
        ("{id: w, role: llm, replicas: 3}, {id: r, role: ranking, gpus: 1, replicas: 2}", 11),
        ("{id: w, role: llm, replicas: 3}, {id: p, role: llm, external: true, replicas: 5}", 9),
        ("{id: r, role: ranking, gpus: 2}", 5),
    ],
)
def test_every_copy_of_a_model_has_its_gpus(said, blocks, needed):
    design = """
      problem: {constraints: [{id: l, kind: hardware, op: "<=", value: %s, unit: GPU}]}
      model: {llm: {serving: {gpus: 3}}}
      pipeline: {components: [%s]}
    """
    assert said("DEP-16", design % (needed, blocks)) == []
    assert said("DEP-16", design % (needed - 1, blocks)) == ["error problem.constraints[l].value"]


DEVICE = """
problem: {constraints: [{id: l, kind: memory, value: %s, unit: GB%s}]}
model: {llm: {context: {window: 1000}, serving: {params: 3B, weight_bytes: 1, layers: 50, kv_heads: 10, head_dim: 100,
  kv_bytes: 1, concurrency: 10}}}
pipeline:
  serving: {mode: %s}
  components:
    - {id: eye, role: scoring, memory_gb: 4, holds: {what: weights, rows: 1B, bytes: 2}}
    - {id: writer, role: llm, memory_gb: 4%s}
    - {id: trainer, role: training, lane: offline, holds: {what: weights, rows: 9B, bytes: 2}}
  request_path: [eye, writer]
"""
"""The eye 2 GB, the weights 3 GB, their cache 1 GB."""


@pytest.mark.parametrize(
    ("limit", "applies_to", "mode", "holds", "found"),
    [
        (6, "", "edge", "", False),
        (5.9, "", "edge", "", True),
        (6, "", "edge", ", holds: {what: weights, rows: 3B, bytes: 1}", False),
        (5.9, "", "edge", ", holds: {what: weights, rows: 3B, bytes: 1}", True),
        (4, ", applies_to: writer", "edge", "", False),
        (4, ", applies_to: [eye, writer]", "online", "", False),
        (3.9, ", applies_to: [eye, writer]", "online", "", True),
    ],
)
def test_a_device_has_one_memory_and_a_cache_lies_beside_its_weights(said, limit, applies_to, mode, holds, found):
    design = DEVICE % (limit, applies_to, mode, holds)
    assert said("DEP-16", design) == ["error problem.constraints[l].value"] * found


@pytest.mark.parametrize(
    ("fallbacks", "path", "found"),
    [
        (("b", "a", "a"), "a", "error a"),
        (("b", "c", "a"), "a", "error a"),
        (("b", "c", "b"), "a", "error b"),
        (("b", "a", "null"), "a, b", "warning a"),
        (("b", "c", "null"), "a", ""),
        (("c", "c", "null"), "a, b", ""),
        (("b", "b", "null"), "a", "error b"),
    ],
)
def test_a_chain_of_fallbacks_has_an_end(said, fallbacks, path, found):
    blocks = ", ".join(f"{{id: {name}, fallback: {behind}}}" for name, behind in zip("abc", fallbacks, strict=True))
    severity, _, block = found.partition(" ")
    expected = [f"{severity} pipeline.components[{block}].fallback"] if found else []
    assert said("DEP-04", f"pipeline: {{components: [{blocks}], request_path: [{path}]}}\n") == expected


@pytest.mark.parametrize(
    ("flows", "found"),
    [
        ("{from: a, to: b, mode: sync}", True),
        ("{from: a, to: c, mode: sync}, {from: c, to: b, mode: sync}", True),
        ("{from: a, to: c, mode: batch}, {from: c, to: b, mode: sync}", False),
        ("{from: a, to: b, mode: stream}", False),
        ("{from: a, to: b}", False),
        ("{from: b, to: a, mode: sync}", False),
    ],
)
def test_a_fallback_stands_alone(said, flows, found):
    blocks = "pipeline: {components: [{id: a, fallback: %s}, {id: b}, {id: c}], flows: [%s]}\n"
    assert said("DEP-04", blocks % ("b", flows)) == (["error pipeline.components[a].fallback"] if found else [])
    assert said("DEP-04", blocks % ("a", flows)) == ["error pipeline.components[a].fallback"]


@pytest.mark.parametrize(
    ("block", "answer", "found"),
    [
        ("p99_ms: 80, timeout_ms: 100", "p99_ms: 50", ""),
        ("p99_ms: 80, timeout_ms: 100", "p99_ms: 51", "timeout_ms"),
        ("p99_ms: 80, timeout_ms: 60, retries: 1", "p99_ms: 31", "timeout_ms"),
        ("p99_ms: 80, timeout_ms: 201", "p99_ms: 1", ""),
        ("p99_ms: 151, timeout_ms: 152", "p99_ms: 1", ""),
        ("p99_ms: 80, timeout_ms: 151", "role: cache", "timeout_ms"),
        ("p99_ms: 80", "p99_ms: 200", ""),
        ("p99_ms: 80", "p99_ms: 201", "fallback"),
    ],
)
def test_a_fallback_starts_after_the_whole_timeout(said, block, answer, found):
    late = f"""
      problem: {{constraints: [{{id: l, kind: latency, op: "<=", value: 200, unit: ms}}]}}
      pipeline:
        components: [{{id: g, p99_ms: 50}}, {{id: a, fallback: b, {block}}}, {{id: b, {answer}}}]
        request_path: [g, a]
    """
    assert said("DEP-04", late) == ([f"error pipeline.components[a].{found}"] if found else [])


def test_one_thing_is_said_of_a_fallback(said):
    """Whatever else is true of a block that should answer for itself, or of one that is too late and works at night."""
    blocks = """
      problem: {constraints: [{id: l, kind: latency, op: "<=", value: 200, unit: ms}]}
      pipeline:
        components: [{id: a, p99_ms: 80, timeout_ms: 150, fallback: %s}, {id: b, p99_ms: 90, lane: offline}]
        request_path: [a]
    """
    assert said("DEP-04", blocks % "a") == ["error pipeline.components[a].fallback"]
    assert said("DEP-04", blocks % "b") == ["error pipeline.components[a].timeout_ms"]


@pytest.mark.parametrize(
    ("peak", "rest", "found"),
    [
        (10, "deploy: {owner: a}", True),
        (9, "deploy: {owner: a}", False),
        (10, "", False),
        (10, "deploy: {owner: a}\npipeline: {serving: {mode: batch}}", False),
        (10, "deploy: {owner: a}\npipeline: {serving: {mode: edge}}", False),
    ],
)
def test_real_load_is_tried_first(said, peak, rest, found):
    design = f"problem: {{scale: {{rps_peak: {peak}}}}}\n{rest}\n"
    assert said("DEP-05", design) == (["info deploy.load_test_rps"] if found else [])


@pytest.mark.parametrize(
    ("monitors", "found"),
    [
        ("{target: main}, {target: guard}, {target: chosen}", False),
        ("{target: main}, {target: guard}", True),
        ("{target: near}, {target: guard}, {target: chosen}", False),
        ("{target: nearer}, {target: guard}, {target: chosen}", False),
        ("{target: far}, {target: guard}, {target: chosen}", True),
    ],
)
def test_what_decides_is_watched_itself_or_through_what_moves_it(said, monitors, found):
    metrics = f"""
      metrics:
        business: [{{id: far}}]
        online:
          - {{id: main, role: success, links_to: far}}
          - {{id: guard, role: guardrail}}
          - {{id: chosen, role: success}}
          - {{id: note, role: diagnostic}}
        offline: [{{id: near, links_to: main}}, {{id: nearer, links_to: near}}]
      ab_test: {{primary: chosen}}
      deploy: {{monitoring: [{monitors}]}}
    """
    assert said("DEP-06", metrics) == (["warning deploy.monitoring"] if found else [])


def test_latency_is_watched_under_its_own_name_or_as_the_service(said):
    latency = "metrics: {online: [{id: p, metric: latency, role: guardrail}]}\ndeploy: {monitoring: [%s]}\n"
    assert said("DEP-06", latency % "{target: latency}") == []
    assert said("DEP-06", latency % "{target: gateway, kind: system}") == []
    assert said("DEP-06", latency % "{target: gateway, kind: cost}") == ["warning deploy.monitoring"]
    assert said("DEP-06", latency % "") == []


@pytest.mark.parametrize(
    ("labels", "monitors", "found"),
    [
        ("delay_days: 7", "{kind: model_quality}", False),
        ("delay_days: 8", "{kind: model_quality}", True),
        ("delay_days: 3", "{kind: model_quality, window: 1 d}", True),
        ("delay_days: 3", "{kind: model_quality, window: 1 d}, {kind: model_quality, window: 72 h}", False),
        ("delay_days: 8", "{kind: model_quality, window: 30 d}", True),
        ("delay_days: 8", "{kind: model_quality}, {kind: input_drift}", False),
        ("delay_days: 8, audit_per_day: 50", "{kind: model_quality}", False),
        ("delay_days: 8", "{kind: business, target: soon}", False),
        ("delay_days: 8", "{kind: business, target: late}", True),
        ("delay_days: 8", "{kind: business, target: recall}", True),
        ("delay_days: 8", "{target: soon}", False),
        ("delay_days: 8", "", False),
    ],
)
def test_something_speaks_before_the_truth(said, labels, monitors, found):
    design = f"""
      metrics: {{online: [{{id: soon, window_days: 1}}, {{id: late, window_days: 30}}]}}
      data: {{labels: {{{labels}}}}}
      deploy: {{monitoring: [{monitors}]}}
    """
    assert said("DEP-09", design) == (["warning deploy.monitoring"] if found else [])


def test_where_nothing_speaks_before_the_truth_no_drift_is_not_said_again(said):
    monitors = "deploy: {monitoring: [{kind: model_quality}]}\ndata: {labels: {delay_days: %s}}\n"
    assert said("DEP-07", monitors % 7) == ["warning deploy.monitoring"]
    assert said("DEP-07", monitors % 8) == []


@pytest.mark.parametrize(
    ("level", "cadence", "found"),
    [("strong", "30 d", False), ("strong", "31 d", True), ("weak", "31 d", False), ("strong", "", False)],
)
def test_an_opponent_gets_a_month(said, level, cadence, found):
    fought = f"traits: {{adversarial: {level}}}\ndeploy: {{retraining: {{cadence_hours: {cadence}}}}}\n"
    assert said("DEP-11", fought) == (["warning deploy.retraining.cadence_hours"] if found else [])


@pytest.mark.parametrize(
    ("versions", "model", "found"),
    [
        ("[model, data]", "", False),
        ("[model]", "", True),
        ("[code, config]", "", True),
        ("[model]", "model: {llm: {models: [{id: w, hosting: own}], stages: [{kind: sft}]}}", True),
        ("[data]", "model: {llm: {models: [{id: w, hosting: own}], stages: [{kind: sft}]}}", False),
        ("[code]", "model: {llm: {models: [{id: w, hosting: own}]}}", False),
        ("[model, data]", "model: {llm: {models: [{id: w, hosting: own}]}}", False),
        ("[code]", "model: {llm: {models: [{id: w, hosting: api}]}}", False),
    ],
)
def test_what_made_an_answer_is_pinned(said, versions, model, found):
    design = f"deploy: {{owner: a, versions: {versions}}}\n{model}\n"
    assert said("DEP-12", design) == (["warning deploy.versions"] if found else [])
    assert said("DEP-12", "title: a design without deployment\n") == []


@pytest.mark.parametrize(
    ("kept", "rest", "expected"),
    [
        ("prediction, features, model_version", "", []),
        ("prediction, features", "", ["info deploy.logging.records"]),
        ("features, model_version", "", ["warning deploy.logging.records"]),
        ("", "", ["warning deploy.logging.records"]),
        ("prediction, model_version", "model: {llm: {abstention: says so}}", []),
        ("", "pipeline: {serving: {mode: edge}}", ["warning deploy.logging.records"]),
        ("", "pipeline: {serving: {mode: edge}}\ndecisions: [{about: deploy.logging, because: it stays there}]", []),
    ],
)
def test_what_is_kept_of_a_prediction(said, kept, rest, expected):
    assert said("DEP-13", f"deploy: {{owner: a, logging: {{records: [{kept}]}}}}\n{rest}\n") == expected
    assert said("DEP-13", "title: a design without deployment\n") == []


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("kind: canary, share: 1%, abort_if: hides over 1 %", ""),
        ("kind: ramp, abort_if: hides over 1 %", "share"),
        ("kind: ramp, share: 10%, passes_if: {target: hides, value: 1}", "abort_if"),
        ("kind: ab, share: 50%", ""),
        ("kind: full", ""),
        ("kind: shadow", ""),
    ],
)
def test_small_steps_can_be_stopped(said, step, found):
    expected = [f"warning deploy.rollout[0].{found}"] if found else []
    assert said("DEP-14", f"deploy: {{rollout: [{{{step}}}]}}\n") == expected


@pytest.mark.parametrize(
    ("security", "found"),
    [
        ("authentication: a, rate_limit: b, input_limit: c", False),
        ("authentication: a, rate_limit: b", True),
        ("rate_limit: b, input_limit: c", True),
        ("", True),
    ],
)
def test_strangers_meet_three_limits(said, security, found):
    public = f"pipeline: {{components: [{{id: a, public: %s}}]}}\ndeploy: {{security: {{{security}}}}}\n"
    assert said("DEP-17", public % "true") == (["error deploy.security"] if found else [])
    assert said("DEP-17", public % "false") == []


@pytest.mark.parametrize(
    ("flows", "found"),
    [
        ("{from: people, to: api}", "pipeline.flows[0].safeguard"),
        ("{from: people, to: api, safeguard: masked}", ""),
        ("{from: people, to: lake}, {from: lake, to: api}", "pipeline.flows[1].safeguard"),
        ("{from: people, to: lake, safeguard: masked}, {from: lake, to: api}", ""),
        ("{from: people, to: index}", "pipeline.components[api].external"),
        ("{from: people, to: index}, {from: index, to: api, safeguard: masked}", ""),
        ("{from: people, to: train}, {from: train, to: api}", ""),
        ("{from: prices, to: api}", ""),
    ],
)
def test_personal_data_leaves_with_a_safeguard(said, flows, found):
    design = f"""
      data: {{sources: [{{id: people, personal: true}}, {{id: prices}}]}}
      deploy: {{storage: [{{id: lake}}], privacy: {{anonymised: %s}}}}
      pipeline:
        components: [{{id: index, role: vector_index}}, {{id: train, role: training}}, {{id: api, external: true}}]
        request_path: [index, api]
        flows: [{flows}]
    """
    assert said("DEP-18", design % "") == ([f"error {found}"] if found else [])
    assert said("DEP-18", design % "true") == []


@pytest.mark.parametrize(
    ("hosting", "block", "found"), [("api", "", True), ("own", "", False), ("api", ", external: false", False)]
)
def test_a_rented_language_model_is_another_company(said, hosting, block, found):
    design = f"""
      data: {{sources: [{{id: people, personal: true}}]}}
      model: {{llm: {{models: [{{id: w, hosting: {hosting}}}]}}}}
      pipeline: {{components: [{{id: a, role: llm{block}}}], flows: [{{from: people, to: a}}]}}
    """
    assert said("DEP-18", design) == (["error pipeline.flows[0].safeguard"] if found else [])


def test_somebody_answers_for_every_block(said):
    blocks = "pipeline: {components: [{id: a, owner: x}, {id: b}]}\n"
    assert said("DEP-19", blocks) == ["warning deploy.owner"]
    assert said("DEP-19", blocks, Maturity.PRODUCTION) == ["error deploy.owner"]
    assert said("DEP-19", f"{blocks}deploy: {{owner: y}}\n") == said("DEP-19", "deploy: {monitoring: [{}]}\n") == []


@pytest.mark.parametrize(
    ("limit", "unit", "found"), [(20, "min", True), (1, "h", False), (0.25, "h", True), (30, "min", False)]
)
def test_going_back_is_held_against_the_promise_in_its_unit(said, limit, unit, found):
    promise = f"problem: {{constraints: {{kind: recovery, value: {limit}, unit: {unit}}}}}\n"
    back = "deploy: {rollback: {how: one flag, minutes: 30}}\n"
    assert said("DEP-01", promise + back) == (["error deploy.rollback.minutes"] if found else [])


def test_an_owner_who_is_missing_everywhere_is_missed_once(said):
    """Where nobody answers for a block, DEP-19 asks for deploy.owner, which answers for the monitors too."""
    watched = """
      pipeline: {components: {id: ranker%s}}
      deploy: {monitoring: {target: ctr, threshold: under 5 %%, window: 1 d, action: roll back}}
    """
    assert said("DEP-08", watched % "") == []
    assert said("DEP-19", watched % "") == ["warning deploy.owner"]
    assert said("DEP-08", watched % ", owner: search") == ["warning deploy.monitoring[0]"]


def test_a_block_too_small_for_what_it_holds_is_not_also_above_the_limit(said):
    held = """
      problem: {constraints: {kind: memory, value: 8, unit: GB}}
      pipeline: {components: {id: index, memory_gb: %s, holds: {what: vectors, rows: 40M, dim: 128, bytes: 4}}}
    """
    assert said("DEP-16", held % 4) == []
    assert said("PIP-09", held % 4) == ["error pipeline.components[index].memory_gb"]
    assert said("DEP-16", held % 32) == ["error problem.constraints[0].value"]


def test_a_model_taken_as_it_is_and_a_pretraining_need_no_plan_of_retraining(said):
    taken = "model: {llm: {models: {id: writer, hosting: own}%s}}\n"
    assert said("DEP-10", taken % "") == []
    assert said("DEP-10", taken % ", stages: {kind: sft}") == ["warning deploy.retraining"]
    assert said("DEP-10", taken % ", knowledge: fine_tuning") == ["warning deploy.retraining"]
    assert said("DEP-10", "model: {task: pretraining}\n") == []
    assert said("DEP-13", "model: {task: pretraining}\ndeploy: {owner: a}\n") == []


@pytest.mark.parametrize(
    ("unit", "value", "found"),
    [
        ("h/year", 8.76, False), ("min/month", 43.2, False), ("h/month", 0.72, False), ("min/year", 525.6, False),
        ("h/month", 8.76, True), ("min/year", 43.2, True), ("h", 8.76, False), ("min", 43.2, False), ("days", 4, False),
        ("h per month", 8.76, True), ("h/week", 8.76, False), ("h/week", 96, False),
    ],
)  # fmt: skip
def test_downtime_is_compared_in_the_unit_it_is_promised_in(said, unit, value, found):
    promises = f"""
      problem: {{constraints: [{{kind: availability, value: 99.9%}}, {{kind: downtime, value: {value}, unit: {unit}}}]}}
    """
    assert said("DEP-02", promises) == (["error problem.constraints[1].value"] if found else [])


@pytest.mark.parametrize(
    ("fallback", "mode", "found"),
    [
        ("lane: offline", "online", True),
        ("lane: nearline", "hybrid", True),
        ("lane: online", "online", False),
        ("lane: offline, role: human", "online", False),
        ("lane: offline", "batch", False),
    ],
)
def test_what_works_on_a_schedule_answers_nobody_who_waits(said, fallback, mode, found):
    blocks = f"[{{id: ranker, fallback: popular}}, {{id: popular, {fallback}}}]"
    written = f"pipeline: {{serving: {{mode: {mode}}}, components: {blocks}, request_path: [ranker]}}"
    assert said("DEP-04", written) == (["warning pipeline.components[ranker].fallback"] if found else [])


SENT = """
  data: {entities: [{id: caller, attributes: [{name: voice, personal: %s}]}]}
  pipeline:
    components: [{id: gate, role: gateway}, {id: step, role: %s}, {id: asr, role: %s, external: true}]
    request_path: [gate, step, asr]
    flows: [%s]
  model: {features: [{id: sound, entity: caller, source: request}]}
"""
GUARDED = "{from: step, to: asr, safeguard: contract}"


@pytest.mark.parametrize(
    ("personal", "step", "role", "flow", "found"),
    [
        ("true", "other", "scoring", "", ["error pipeline.components[asr].external"]),
        ("true", "cache", "scoring", "", ["error pipeline.components[asr].external"]),
        ("true", "other", "tool", "", ["warning pipeline.components[asr].external"]),  # it may get a part only
        ("false", "other", "scoring", "", []),
        ("true", "guard", "scoring", "", []),
        ("true", "scoring", "scoring", "", []),
        ("true", "other", "scoring", GUARDED, []),
        ("true", "other", "scoring", "{from: step, to: asr}", ["error pipeline.flows[0].safeguard"]),
    ],
)
def test_the_request_of_a_person_is_personal(said, personal, step, role, flow, found):
    assert said("DEP-18", SENT % (personal, step, role, flow)) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ocr", True),
        ("invoice_ocr", True),
        ("OCR engine", True),
        ("speech to text", True),
        ("распознавание текста", True),
        ("ocr_quality", False),  # a score of the page, and not its words
        ("doctor", False),
        ("ocr_masking_service", False),
    ],
)
def test_what_is_read_from_a_page_is_as_personal_as_the_page(said, name, found):
    read = (SENT % ("true", "scoring", "llm", "")).replace("{id: step,", f"{{id: step, name: {name},")
    assert said("DEP-18", read) == (["error pipeline.components[asr].external"] if found else [])
    stored = f"""
      data: {{sources: [{{id: inbox, personal: true}}]}}
      pipeline:
        components: [{{id: reader, name: {name}, role: scoring}}, {{id: api, external: true}}]
        flows: [{{from: inbox, to: reader}}, {{from: reader, to: api}}]
    """
    assert said("DEP-18", stored) == (["error pipeline.flows[1].safeguard"] if found else [])


def test_a_block_that_masks_is_known_by_its_name(said):
    masked = SENT % ("true", "other", "scoring", "")
    assert said("DEP-18", masked.replace("step", "masking")) == []
    assert said("DEP-18", masked + "  deploy: {privacy: {anonymised: true}}\n") == []


@pytest.mark.parametrize(
    ("reads", "personal", "found"),
    [("user_files", "true", True), ("documents", "true", False), ("email", "false", False)],
)
def test_what_people_write_is_personal_where_the_design_knows_persons(said, reads, personal, found):
    written = f"""
      data: {{sources: [{{id: repos, personal: {personal}}}]}}
      pipeline: {{components: [{{id: gate, role: gateway}}, {{id: coder, role: llm}}], request_path: [gate, coder]}}
      model: {{llm: {{models: [{{id: m, hosting: api}}], reads: {reads}}}}}
    """
    assert said("DEP-18", written) == (["error pipeline.components[coder].external"] if found else [])


def test_a_first_block_of_another_company_gets_the_request(said):
    first = """
      data: {entities: [{id: caller, attributes: [{name: voice, personal: true}]}]}
      pipeline: {components: [{id: asr, role: scoring, external: true}], request_path: [asr]%s}
      model: {features: [{id: sound, entity: caller, available: request}]}
    """
    assert said("DEP-18", first % "") == ["error pipeline.components[asr].external"]
    assert said("DEP-18", first % ", flows: [{from: request, to: asr, safeguard: contract}]") == []


@pytest.mark.parametrize(
    ("rollout", "found"),
    [
        ("{kind: canary, share: 1%}, {kind: ab, share: 1%}, {kind: ramp, share: 50%}, {kind: full}", []),
        ("{kind: canary, share: 20%}, {kind: ab, share: 10%}", ["[1].share"]),
        (
            "{kind: canary, share: 20%}, {kind: shadow}, {kind: ab, share: 10%}, {kind: full, share: 100%}",
            ["[2].share"],
        ),
        ("{kind: canary, share: 5%}, {kind: ramp, share: 1%}, {kind: ramp, share: 2%}", ["[1].share"]),
        ("{kind: canary, share: 5%}, {kind: full, share: 2%}", ["[1].share"]),
        ("{kind: canary}, {kind: ab, share: 10%}", []),
        ("{kind: shadow, share: 100%}, {kind: canary, share: 1%}", []),
        ("{kind: pilot, share: 100%}, {kind: canary, share: 1%}", []),
        ("{kind: ab, share: 100%}, {kind: ramp, share: 50%}, {kind: full}", []),
        ("{kind: ab, share: 100%}, {kind: ramp, share: 49%}, {kind: full}", ["[1].share"]),
        ("{kind: full, share: 100%}, {kind: shadow}, {kind: canary, share: 1%}, {kind: ab, share: 10%}", ["[2].kind"]),
        ("{kind: full}, {kind: ab, share: 50%}", ["[1].kind"]),
        ("{kind: canary, share: 1%}, {kind: full, share: 98%}, {kind: ab, share: 98%}", []),
        ("{kind: full, share: 98%}, {kind: ab, share: 2%}", []),
        ("{kind: full, share: 90%}, {kind: ramp, share: 100%}", []),
        ("{kind: full}, {kind: shadow}", []),
        ("{share: 50%}, {share: 1%}", []),
    ],
)
def test_each_step_reaches_as_many_as_the_one_before(said, rollout, found):
    yaml = f"deploy: {{rollout: [{rollout}]}}\n"
    assert said("DEP-22", yaml) == [f"warning deploy.rollout{place}" for place in found]


def test_what_comes_after_a_test_is_held_against_its_treatment(said):
    steps = "deploy: {rollout: [{kind: ab, share: 50%}, {kind: ramp, share: 20%}]}\nab_test: {split: 70/30}\n"
    assert said("DEP-22", steps) == []
    assert said("DEP-22", steps.replace("70/30", "50/50")) == ["warning deploy.rollout[1].share"]


@pytest.mark.parametrize(
    ("rollout", "target", "found"),
    [
        ("{kind: shadow, days: 30, passes_if: %s}", "gini", []),
        ("{kind: shadow, days: 29, passes_if: %s}", "gini", ["warning deploy.rollout[0].days"]),
        ("{kind: shadow, days: 20}, {kind: canary, days: 10, passes_if: %s}", "gini", []),
        ("{kind: shadow}, {kind: pilot, days: 10, passes_if: %s}", "arrears", ["warning deploy.rollout[1].days"]),
        ("{kind: canary, days: 20}, {kind: ramp, days: 10, passes_if: %s}", "arrears", []),
        ("{kind: canary}, {kind: ramp, days: 10, passes_if: %s}", "arrears", []),
        ("{kind: canary, days: 1, passes_if: %s}", "latency", []),
    ],
)  # fmt: skip
def test_a_gate_waits_for_the_truth(said, rollout, target, found):
    gate = f"""
      data: {{labels: {{delay_days: 30}}}}
      metrics: {{offline: [{{id: gini}}], online: [{{id: arrears, window_days: 30}}]}}
      deploy: {{rollout: [{rollout % f"{{target: {target}, value: 1}}"}]}}
    """
    assert said("DEP-24", gate) == found


ALARM = """
  problem: {constraints: [{kind: latency, op: "<=", value: 0.2, unit: s, percentile: 99}]}
  metrics: {online: [{id: seen, %s}]}
  deploy: {monitoring: [{id: a, target: seen, threshold: "%s"}]}
"""


@pytest.mark.parametrize(
    ("metric", "threshold", "found"),
    [
        ("metric: latency, unit: ms", "over 180 ms", False),
        ("metric: latency, unit: ms", "дольше 200 мс", False),
        ("metric: latency, unit: ms", "over 0.25 s", True),
        ("metric: latency, unit: s", "> 0.25", True),
        ("metric: latency, unit: ms", "p99 over 900 ms", False),
        ("role: guardrail, direction: down, baseline: 0.3%", "over 0.25 %", True),
        ("role: guardrail, direction: down, baseline: 0.3%", "over 0.3 %", False),
        ("role: guardrail, direction: up, baseline: 0.3", "under 35 %", True),
        ("role: guardrail, direction: up, baseline: 0.3", "under 2", False),
        ("direction: up, baseline: 0.3", "under 35 %", False),
        ("direction: up, baseline: 0.3, target: 0.5", "under 35 %", False),
        ("direction: up, baseline: 0.3, target: 0.5", "ниже 51 %", True),
        ("role: guardrail, direction: down, baseline: 30, unit: min", "over 45", False),
        ("role: guardrail, direction: down, baseline: 30, unit: min", "over 25 min", True),
        ("role: guardrail, direction: down, baseline: 30, unit: EUR", "over 25 EUR", False),
    ],
)
def test_an_alarm_stands_between_the_usual_and_the_promised(said, metric, threshold, found):
    asked = ["warning deploy.monitoring[a].threshold"] if found else []
    assert said("DEP-21", ALARM % (metric, threshold)) == asked


GUARDED = """
  metrics: {online: [{id: hides, name: hidden rows, role: guardrail, direction: %s, baseline: 0.2%%, margin: 0.05%%}]}
  deploy: {monitoring: [%s], rollout: [{kind: canary, abort_if: "%s"}]}
"""
RINGS = "{id: a, target: hides, threshold: %s}"


@pytest.mark.parametrize(
    ("better", "monitors", "abort", "found"),
    [
        ("down", RINGS % "over 0.25 %", "", []),
        ("down", RINGS % "over 0.26 %", "", ["warning deploy.monitoring[a].threshold"]),
        ("up", RINGS % "under 0.15 %", "", []),
        ("up", RINGS % "under 0.14 %", "", ["warning deploy.monitoring[a].threshold"]),
        ("up", RINGS % "over 0.3 %", "", []),
        ("", RINGS % "over 0.4 %", "", []),
        ("down", RINGS % "over 3 % of the hour before", "", []),
        # of two alarms on one number the second may be an emergency
        ("down", RINGS % "over 0.25 %" + ", " + RINGS.replace("a,", "b,") % "over 3 %", "", []),
        ("down", "", "hides over 0.25 %", []),
        ("down", "", "hides over 0.3 %", ["warning deploy.rollout[0].abort_if"]),
        ("down", "", "p99 over 9 s, Hidden rows over 0.3 % or any leak", ["warning deploy.rollout[0].abort_if"]),
        ("down", "", "hides over 5 % above last week", []),
        ("down", "", "other_hides over 3 %", []),
    ],
)
def test_an_alarm_and_a_stop_keep_to_the_margin(said, better, monitors, abort, found):
    guarded = GUARDED % (better, monitors, abort)
    assert said("DEP-21", guarded) == found
    argued = "decisions: [{about: 'metrics.online[hides]', because: a canary has too few people for it}]"
    assert said("DEP-21", guarded + "  " + argued) == []


def test_a_step_keeps_to_the_promise_to_people(said):
    promised = """
      problem: {constraints: [{kind: latency, op: "<=", value: 200, unit: ms, percentile: 99}]}
      metrics:
        online: {id: p99, metric: latency, unit: ms, role: guardrail, direction: down, baseline: 120, margin: 20}
      deploy: {rollout: [{kind: shadow, abort_if: p99 over %s ms}]}
    """
    assert said("DEP-21", promised % 200) == []
    assert said("DEP-21", promised % 201) == ["warning deploy.rollout[0].abort_if"]


FILLED = """
  problem: {constraints: [{kind: freshness, op: "<=", value: 1, unit: h, applies_to: %s}]}
  pipeline:
    components: [{id: block, %s}, {id: trainer, role: training}, {id: jobs, role: batch_compute}]
    flows: [%s]
  deploy: {retraining: {cadence_hours: %s}}
"""
TRAINED = "{from: trainer, to: block, mode: batch}"


@pytest.mark.parametrize(
    ("named", "block", "flows", "cadence", "found"),
    [
        ("block", "role: vector_index", TRAINED, 24, True),
        ("block", "role: retrieval, holds: {what: vectors}", TRAINED, 24, True),
        ("block", "role: vector_index", TRAINED, 1, False),
        ("[]", "role: vector_index", TRAINED, 24, False),
        ("block", "role: ranking", TRAINED, 24, False),  # it hears what comes with the request
        ("block", "role: retrieval, holds: {what: weights}", TRAINED, 24, False),
        ("block", "role: vector_index", TRAINED + ", {from: items, to: block, mode: stream}", 24, False),
        ("block", "role: vector_index", TRAINED + ", {from: jobs, to: block, mode: batch}", 24, False),
        ("block", "role: vector_index", "{from: trainer, to: block}", 24, False),
        ("block", "role: vector_index", "", 24, False),
    ],
)
def test_an_index_of_each_training_is_as_old_as_the_training(said, named, block, flows, cadence, found):
    filled = FILLED % (named, block, flows, cadence)
    assert said("DEP-23", filled) == (["warning deploy.retraining.cadence_hours"] if found else [])
