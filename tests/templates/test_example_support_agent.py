"""The support agent that ships with mlsd agrees with itself, and its arithmetic is the one that is printed."""

from __future__ import annotations

import pytest

from mlsd.content.prose import prose
from mlsd.content.root import examples
from mlsd.derived.every import every
from mlsd.design import Design
from mlsd.lint import Maturity, check
from mlsd.storage import read


@pytest.fixture(scope="module")
def design() -> Design:
    return read(examples() / "support-agent" / "design.yaml").design


@pytest.fixture(scope="module")
def computed(design: Design) -> dict[str, float | None]:
    return {entry.id: entry.result for entry in every(design)}


@pytest.mark.parametrize("maturity", [maturity for maturity in Maturity if maturity <= Maturity.PILOT])
def test_no_rule_has_anything_to_say(design: Design, maturity: Maturity) -> None:
    report = check(design, maturity=maturity)
    assert [(found.code, str(found.message)) for found in report.diagnostics] == []
    assert not report.broken


def test_every_sentence_is_russian(design: Design) -> None:
    codes = {code for iteration in design.iterations for code in iteration.closes}
    assert [text for _, text in prose(design) if text.isascii() and text not in codes] == []


def test_what_an_operator_saves_is_what_the_goal_promises(design: Design) -> None:
    goal, oversight, scale = design.problem.goal, design.problem.decision.oversight, design.problem.scale
    minute, minutes = 0.40, 8
    assert goal.baseline == pytest.approx((1 - 0.22) * minutes * minute, abs=0.005)
    assert goal.target == pytest.approx(oversight.flag_rate * minutes * minute, abs=0.005)
    assert goal.worth_month == pytest.approx((goal.baseline - goal.target) * scale.volume_day * 30)
    resolved = next(metric for metric in design.metrics.online if metric.id == "resolved_users")
    assert resolved.baseline == 0.22
    assert resolved.target == pytest.approx(1 - oversight.flag_rate)
    assert goal.target < goal.baseline


@pytest.mark.parametrize(
    ("identifier", "value"),
    [
        ("load.peak_factor", 6.48),
        ("labels.queue", 4400),
        ("labels.reviewed", 4800),
        ("labels.cost", 7200),
        ("latency.path_p99", 6500),
        ("latency.timeout.worker", 7900),
        ("availability.path", 0.9998),
        ("memory.search", 2.525),
        ("llm.prompt", 8500),
        ("llm.context_left", 6684),
        ("llm.cost.planner", 4356),
        ("llm.kv_token", 131_072),
        ("llm.kv_cache", 20.34),
        ("llm.gpus", 1),
        ("llm.first_token_ms", 6500),
        ("llm.request", 0.01815),
        ("agent.success", 0.8587),
        ("agent.steps", 5),
        ("cost.month", 16_676),
        ("cost.left", 3324),
        ("cost.request", 0.0695),
        ("cost.worth", 10.65),
        ("test.sample", 31_576),
        ("test.units", 34_000),
    ],
)
def test_what_follows_from_it(computed: dict[str, float | None], identifier: str, value: float) -> None:
    assert computed[identifier] == pytest.approx(value, rel=1e-3)


def test_the_sample_is_enough_for_every_guardrail_that_is_a_share(computed: dict[str, float | None]) -> None:
    asked = {name: units for name, units in computed.items() if name.startswith("test.guardrail.")}
    assert set(asked) == {f"test.guardrail.{name}_users" for name in ("wrong_action", "repeat", "csat")}
    assert all(units is not None and units <= (computed["test.sample"] or 0) for units in asked.values())


def test_what_the_tokens_cost_is_a_line_of_the_bill(design: Design, computed: dict[str, float | None]) -> None:
    line = next(entry for entry in design.deploy.costs if entry.item == "токены планировщика")
    assert (line.unit_cost or 0) * (line.volume_month or 0) == pytest.approx(computed["llm.cost.planner"])


def test_the_machines_are_as_many_as_the_bill_and_the_limit_say(design: Design) -> None:
    gpus = {block.id: block.gpus * (block.replicas or 1) for block in design.pipeline.components if block.gpus}
    assert gpus == {"search": 2, "worker": 3}
    limit = next(entry for entry in design.problem.constraints if entry.kind == "hardware")
    assert sum(gpus.values()) <= (limit.value or 0)
    billed = {entry.item: entry.volume_month for entry in design.deploy.costs}
    assert billed["GPU исполнителя"] == gpus["worker"]
    assert billed["GPU поиска"] == gpus["search"]


def test_every_tool_with_an_effect_is_bounded_by_code(design: Design) -> None:
    assert design.model.agent is not None
    tools = design.model.agent.tools
    assert {tool.enforced_by for tool in tools} == {"code"}
    assert all(tool.limit for tool in tools)
    assert all(tool.idempotent for tool in tools if tool.retries)
