"""What the steps of an agent add up to."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.fact import Derived, derive
from mlsd.derived.generation import SERVING
from mlsd.derived.home import is_called
from mlsd.derived.read import given, needs
from mlsd.derived.served import model_of_serving
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.sizing.agent import cost_per_success, minutes_of_run, step_success_needed, steps_possible, task_success
from mlsd.sizing.llm import generation_ms
from mlsd.sizing.working import Input, Working

AGENT = "model.agent"


def agent(design: Design) -> Iterator[Derived]:
    """Success of a task, the steps its target allows, the cost of a task that succeeds."""
    if design.model.agent is None:
        return
    step = f"{AGENT}.step_success"
    chance = success(design)
    yield chance
    target = success_target(design)
    if target is not None:
        name = Message("steps that the target allows")
        yield derive("agent.steps", "model", name, needs(design, step) | {target.path or "": target}, steps_possible)
        name = Message("how often a step must succeed")
        wanted = {target.path or "": target} | needs(design, f"{AGENT}.typical_steps")
        yield derive("agent.step_needed", "model", name, wanted, step_success_needed)
    name = Message("cost of a task that succeeds, at most")
    wanted = needs(design, f"{AGENT}.limits.cost") | {chance.id: chance.as_input()}
    yield derive("agent.cost", "model", name, wanted, cost_per_success)
    yield minutes(design)


def minutes(design: Design) -> Derived:
    """The least that a typical task takes: its calls of the model that is served, one after another, without the tools.

    A model that does not say how often it is called is called once a step.
    """
    at = model_of_serving(design)
    often = given(design, *([(*at, "calls_per_request")] if at else []), f"{AGENT}.typical_steps")
    tokens = {"model.llm.models": given(design, (*at, "tokens_out")) if at else None}
    wanted = {f"{AGENT}.typical_steps": often} | tokens
    wanted |= needs(design, f"{SERVING}.ttft_ms", f"{SERVING}.tokens_per_second")

    def compute(count: Input, written: Input, first: Input, speed: Input) -> Working:
        return minutes_of_run(count, generation_ms(first, written, speed).as_input(Message("time of a call")))

    name = Message("minutes of a typical task, at least")
    return derive("agent.minutes", "model", name, wanted, compute)


def success(design: Design) -> Derived:
    """Chance that all steps of a typical task succeed."""
    wanted = needs(design, f"{AGENT}.step_success", f"{AGENT}.typical_steps")
    return derive("agent.success", "model", Message("success of a task"), wanted, task_success, core=True)


def success_target(design: Design) -> Input | None:
    """The share of tasks that should succeed, where a metric of the design says so."""
    for layer in ("offline", "online"):
        for position, metric in enumerate(getattr(design.metrics, layer)):
            if is_called(metric, "task_success"):
                return given(design, ("metrics", layer, position, "target"))
    return None
