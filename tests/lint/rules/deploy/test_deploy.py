"""Deploy: what the pages cannot show."""

from __future__ import annotations

import pytest


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
