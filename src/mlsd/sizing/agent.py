"""What the steps of an agent add up to."""

from __future__ import annotations

from math import log

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Value, Working, impossible


def task_success(step_success: Value, steps: Value) -> Working:
    """Chance that all steps of a task succeed, none verified or repeated: pⁿ; .95¹⁰ is .60."""
    p = domain.share(Message("success of a step"), step_success)
    n = domain.number(Message("steps"), steps, at_least=1, at_most=1e6)
    return Working("pⁿ", (p, n), p.value**n.value, "", "Independent steps")


def step_success_needed(task_target: Value, steps: Value) -> Working:
    """How often each step must succeed for the task to reach its target: target^(1/n)."""
    target = domain.some_share(Message("success of a task"), task_target)
    n = domain.number(Message("steps"), steps, at_least=1, at_most=1e6)
    return Working("target^(1/n)", (target, n), target.value ** (1 / n.value), "", "Independent steps")


def steps_possible(step_success: Value, task_target: Value) -> Working:
    """Most steps a task may take and still reach its target: ⌊ln target ÷ ln p⌋; None if steps never fail."""
    p = domain.inner_share(Message("success of a step"), step_success)
    target = domain.some_share(Message("success of a task"), task_target)
    steps = int(log(target.value) / log(p.value) + 1e-9)
    formula = "⌊ln target ÷ ln p⌋"
    if steps < 1:
        why = Message("One step alone fails more often than the whole task may.")
        return impossible(formula, (p, target), "steps", "Independent steps", why)
    return Working(formula, (p, target), float(steps), "steps", "Independent steps")


def cost_per_success(cost_per_task: Value, success: Value) -> Working:
    """Cost of one task that succeeds, failed attempts included: cost ÷ success; None if none ever succeeds."""
    cost = domain.amount(Message("cost of an attempt"), cost_per_task, "money")
    rate = domain.share(Message("success of a task"), success)
    formula = "cost ÷ success"
    if rate.value == 0:
        why = Message("No attempt ever succeeds, so a success has no price.")
        return impossible(formula, (cost, rate), "money", "Geometric distribution", why)
    return Working(formula, (cost, rate), cost.value / rate.value, "money", "Geometric distribution")


def minutes_of_run(calls: Value, call_ms: Value) -> Working:
    """Minutes that the calls of a task take one after another, tools not counted: calls · time of one."""
    count = domain.amount(Message("calls of a task"), calls)
    each = domain.amount(Message("time of a call"), call_ms, "ms")
    result = count.value * each.value / 60_000
    return Working("minutes = calls · time of a call ÷ 60 000", (count, each), result, "min", "Arithmetic")
