"""Agents: what the pages cannot show."""

from __future__ import annotations

import pytest

from mlsd.lint import Maturity

TOOL = "model: {agent: {tools: [{id: a, %s}]}}\n"


@pytest.mark.parametrize(
    ("tool", "severity"),
    [
        ("open_ended: true", ["error"]),
        ("open_ended: true, effect: destructive, sandbox: container without network", ["warning"]),
        ("open_ended: true, effect: read", ["warning"]),
        ("open_ended: true, effect: read, sandbox: a copy of yesterday", []),
        ("effect: destructive", []),
    ],
)
def test_a_tool_for_everything_is_milder_in_a_sandbox(said, tool, severity):
    place = " model.agent.tools[a].open_ended"
    assert said("AGT-02", TOOL % tool) == [word + place for word in severity]


@pytest.mark.parametrize(
    "tool",
    [
        "effect: read, retries: 3, idempotent: false",
        "effect: write, retries: 0, idempotent: false",
        "effect: write, retries: 3",
        "retries: 3, idempotent: false",
        "effect: write, idempotent: false",
    ],
)
def test_a_second_call_hurts_only_where_it_is_made_and_changes_something(said, tool):
    assert said("AGT-04", TOOL % tool) == []


@pytest.mark.parametrize(
    ("tool", "found"),
    [
        ("effect: financial, retries: 1", True),
        ("effect: destructive, retries: 1", True),
        ("effect: external, retries: 1", True),
        ("effect: privileged, retries: 1", False),
        ("effect: write, retries: 3", False),
        ("effect: financial", False),
        ("effect: financial, retries: 0", False),
        ("effect: financial, retries: 3, idempotent: true", False),
    ],
)
def test_from_the_pilot_on_a_second_call_that_hurts_is_known_to_be_safe(said, tool, found):
    assert said("AGT-04", TOOL % tool, Maturity.PILOT) == ["warning model.agent.tools[a].idempotent"] * found
    assert said("AGT-04", TOOL % tool) == []


LIMITED = "model: {llm: {models: [%s], serving: {%s}}, agent: {limits: {steps: 9, minutes: 1, cost: 0.3}%s}}\n"
DEAR = (
    "{id: a, hosting: api, tokens_in: 10000, tokens_out: 1000, price_in: 10, price_out: 100, calls_per_request: %s%s}"
)


@pytest.mark.parametrize(("steps", "found"), [(9, []), (10, ["error model.agent.limits.steps"])])
def test_a_limit_on_steps_leaves_room_for_a_typical_task(said, steps, found):
    assert said("AGT-03", LIMITED % ("", "", f", typical_steps: {steps}")) == found


@pytest.mark.parametrize(
    ("calls", "cached", "found"), [(1.5, "", False), (1.6, "", True), (1.6, ", cached_share: 90%", False)]
)
def test_a_limit_on_money_pays_for_the_tokens_of_a_task(said, calls, cached, found):
    design = LIMITED % (DEAR % (calls, cached), "", "")
    assert said("AGT-03", design) == ["error model.agent.limits.cost"] * found


@pytest.mark.parametrize(
    ("models", "steps", "found"),
    [
        ("{id: a, tokens_out: 450}", 6, False),
        ("{id: a, tokens_out: 450}", 7, True),
        ("{id: a, tokens_out: 450, calls_per_request: 6}", 7, False),
        ("{id: a}", 7, False),
        ("{id: a, tokens_out: 450}, {id: b, tokens_out: 450}", 7, False),
        ("{id: a, tokens_out: 450, hosting: own}, {id: b, tokens_out: 450, hosting: api}", 7, True),
        ("{id: a, tokens_out: 450}, {id: e, kind: embedding}", 7, True),
    ],
)
def test_a_limit_on_minutes_lets_a_typical_task_be_written(said, models, steps, found):
    """One second to the first token and nine for 450 more."""
    design = LIMITED % (models, "ttft_ms: 1000, tokens_per_second: 50", f", typical_steps: {steps}")
    assert said("AGT-03", design) == ["warning model.agent.limits.minutes"] * found


def test_approvals_are_kept_where_there_are_any(said):
    traced = "model: {agent: {trace: [inputs, tool_calls], tools: [{id: a%s}]}}\n"
    assert said("AGT-05", traced % "") == []
    assert said("AGT-05", traced % ", approval: lead") == ["error model.agent.trace"]
    assert said("AGT-05", "model: {agent: {limits: {steps: 9}}}\n") == ["error model.agent.trace"]
    assert said("AGT-05", "model: {agent: {limits: {steps: 9}}}\n", Maturity.DESIGN) == []


@pytest.mark.parametrize("acts_as", ["", "acts_as: narrow_service", "acts_as: requesting_user"])
def test_an_identity_that_is_not_wide_is_left_alone(said, acts_as):
    assert said("AGT-06", f"model: {{agent: {{typical_steps: 5, {acts_as}}}}}\n") == []


def test_an_agent_that_remembers_nothing_needs_no_end(said):
    memory = "model: {agent: {memory: {%s}}}\n"
    assert said("AGT-07", memory % "") == []
    assert said("AGT-07", memory % "ttl_days: 0") == []
    assert said("AGT-07", memory % "ttl_days: 30") == ["warning model.agent.memory"]


def test_steps_compound_up_to_the_target(said):
    agent = "metrics: {offline: [{id: a, metric: task_success%s}]}\nmodel: {agent: {step_success: 0.9, %s}}\n"
    assert said("AGT-08", agent % (", target: 0.81", "typical_steps: 2")) == []
    assert said("AGT-08", agent % (", target: 0.82", "typical_steps: 2")) == ["warning model.agent.step_success"]
    assert said("AGT-08", agent % (", target: 0.82", "typical_steps: 2, verification: read back")) == []
    assert said("AGT-08", agent % (", target: 0.82", "limits: {steps: 20}")) == []
    assert said("AGT-08", agent % ("", "typical_steps: 2")) == []


def test_an_evaluation_looks_three_times_at_the_end_state(said):
    agent = "metrics: {offline: [{id: %s}]}\nmodel: {agent: {%s}}\n"
    end, runs = "warning model.agent.checks_end_state", "warning model.agent.runs_per_task"
    assert said("AGT-09", agent % ("task_success", "checks_end_state: true, runs_per_task: 2")) == [runs]
    assert said("AGT-09", agent % ("task_success", "checks_end_state: true, runs_per_task: 3")) == []
    assert said("AGT-09", agent % ("task_success", "checks_end_state: true")) == [runs]
    assert said("AGT-09", agent % ("pass_at_5", "checks_end_state: true")) == []
    assert said("AGT-09", agent % ("task_success", "typical_steps: 4")) == [end]


def test_without_an_evaluation_set_only_that_is_said(said):
    assert said("AGT-09", "model: {agent: {typical_steps: 4}, llm: {knowledge: tools}}\n") == []


@pytest.mark.parametrize(
    ("tool", "found"),
    [
        ("approval: lead, enforced_by: prompt", ["error model.agent.tools[a].enforced_by"]),
        ("approval: lead", []),
        ("enforced_by: prompt", []),
    ],
)
def test_a_prompt_needs_something_to_enforce(said, tool, found):
    assert said("AGT-10", TOOL % tool) == found


@pytest.mark.parametrize(
    ("approval", "found"),
    [("none", True), ("Not needed.", True), ("нет", True), ("n/a", True), ("–", True), ("by Ann", False)],
)
def test_an_approval_that_nobody_gives_is_none(said, approval, found):
    asked = ["error model.agent.tools[a].effect"] if found else []
    assert said("AGT-01", TOOL % f'effect: financial, approval: "{approval}"') == asked


def test_what_a_tool_does_is_asked_from_the_design_on(said):
    assert said("AGT-01", TOOL % "limit: 5 a day") == []
    assert said("AGT-01", TOOL % "limit: 5 a day", Maturity.DESIGN) == ["warning model.agent.tools[a].effect"]


def test_a_memory_ends_with_the_data_of_people(said):
    memory = """
      model: {agent: {memory: {ttl_days: %s, writable_by: our code, deletion: by id}}}
      deploy: {privacy: {%s}}
    """
    assert said("AGT-07", memory % (400, "retention_days: 180")) == ["warning model.agent.memory.ttl_days"]
    assert said("AGT-07", memory % (180, "retention_days: 180")) == []
    assert said("AGT-07", memory % (400, "retention_days: 180, anonymised: true")) == []
    assert said("AGT-07", memory % (400, "legal_basis: consent")) == []
