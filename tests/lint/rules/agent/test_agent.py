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
