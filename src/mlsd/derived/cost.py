"""What the service costs a month, against its budget and its worth."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mlsd.derived.bill import bill, unlisted
from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.home import baseline_of, baseline_rate, metric_at, primary
from mlsd.derived.labels import requests_month
from mlsd.derived.promised import promised, promises, unread
from mlsd.derived.read import given, needs
from mlsd.design import Design
from mlsd.design.periods import A_MONTH, Period, period_of
from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.cost import unit_cost, value_against_cost, worth_of_effect, worth_of_goal
from mlsd.sizing.working import Input, Working


def cost(design: Design) -> Iterator[Derived]:
    """Sum of the costs, what the budget leaves, how often the worth covers it, the cost of one request."""
    total = month(design)
    yield total
    wanted = {unread(design, "cost"): promised(design, "cost"), total.id: total.as_input()}
    left = derive("cost.left", "deploy", Message("left of the budget of a month"), wanted, _left)
    yield _noted(left, total)
    yield _worth(design, total)
    if total.working is not None:
        yield request(design, total)


def request(design: Design, total: Derived) -> Derived:
    """What one request costs."""
    wanted = {total.id: total.as_input(), "problem.scale.volume_day": requests_month(design)}
    return _noted(derive("cost.request", "deploy", Message("cost of one request"), wanted, unit_cost), total)


def budget_each(design: Design) -> Input | None:
    """The hardest limit on the cost of one request."""
    limits = [
        found._replace(unit="money/request")
        for path, constraint in promises(design, "cost")
        if period_of(constraint.unit) == "request" and not constraint.applies_to and (found := given(design, path))
    ]
    return min(limits, default=None, key=lambda limit: limit.value)


def counted(design: Design, total: Derived, period: Period | None) -> Working | None:
    """What the costs of a month come to by the period of a budget: for a year, a day or a request."""
    if period == "request":
        return request(design, total).working
    share, month = A_MONTH.get(period), total.as_input()
    if share is None or month is None or share == 1:
        return total.working if share else None
    formula = f"cost a month · {1 / share}" if share < 1 else f"cost a month ÷ {share}"
    return Working(formula, (month,), float(Fraction(month.value) / share), "money", "Arithmetic")


def worth(design: Design) -> Derived:
    """How many times over the worth of the target covers the costs."""
    return _worth(design, month(design))


def _worth(design: Design, total: Derived) -> Derived:
    wanted = needs(design, "problem.goal.worth_month") | {total.id: total.as_input()}
    return derive("cost.worth", "deploy", Message("worth of the target over its cost"), wanted, value_against_cost)


def expected_worth(design: Design) -> Derived:
    """How many times over the effect that the experiment expects covers the costs.

    Where the primary metric has no target to compare that effect with, the target's whole worth counts.
    """
    expected, needed = _effects(design)
    wanted = needs(design, "problem.goal.worth_month")
    wanted |= {"ab_test.expected_effect.value": expected, "metrics.online": needed}
    value = derive("cost.effect", "deploy", Message("worth of the expected effect a month"), wanted, worth_of_effect)
    if value.working is None:
        return worth(design)
    total = month(design)
    wanted = {value.id: value.as_input(), total.id: total.as_input()}
    name = Message("worth of the expected effect over its cost")
    found = derive("cost.expected", "deploy", name, wanted, value_against_cost)
    if found.working is None:
        return found
    whole, hoped, target = (entry.value for entry in value.working.inputs)
    note = Message(
        "The target is worth {worth} a month; the experiment expects {share} % of the way to it.",
        worth=whole,
        share=round(100 * hoped / target, 1),
    )
    return found._replace(working=found.working.with_note(note))


def _effects(design: Design) -> tuple[Input | None, Input | None]:
    """The expected effect on the primary metric, and the one that reaches its target, both in the metric's own unit."""
    today, metric, effect = baseline_rate(design), primary(design), design.ab_test.expected_effect
    hoped = given(design, "ab_test.expected_effect.value")
    if today is None or metric is None or metric.target is None or hoped is None:
        return None, None
    size = abs(hoped.value) * (1.0 if effect.kind == "absolute" else abs(today.value))
    needed = abs(metric.target - today.value)
    return (
        Input(Message("expected effect"), size, path=hoped.path, origin="computed"),
        Input(Message("effect that reaches the target"), needed, path=today.path, origin="computed"),
    )


def month(design: Design) -> Derived:
    """The sum of all costs of a month."""
    name = Message("cost of a month")
    found = bill(design) if design.deploy.costs else None
    if found is None or found.working.result is None:
        return Derived("cost.month", "deploy", name, None, ("deploy.costs",))
    return Derived("cost.month", "deploy", name, _without(found.working, unlisted(design)))


def _without(total: Working, tokens: Working | None) -> Working:
    """The sum, with a note where the tokens of the language models are certainly not in it."""
    if tokens is None or tokens.result is None:
        return total
    cost = float(f"{tokens.result:.4g}")
    return total.with_note(
        Message("Without the tokens: they cost {cost} a month, and no item is that large.", cost=cost)
    )


def _noted(found: Derived, total: Derived) -> Derived:
    """What is computed from the month's costs bears their note."""
    if found.working is None or total.working is None or total.working.note is None:
        return found
    return found._replace(working=found.working.with_note(total.working.note))


def _left(budget: Input, total: Input) -> Working:
    most = domain.amount(Message("budget"), budget, "money/month")
    return Working("budget − sum", (most, total), most.value - total.value, "money/month", "Arithmetic")


def goal_worth(design: Design) -> Working | None:
    """What reaching the goal brings a month, where its metric is money of the file's currency for each request."""
    goal = design.problem.goal
    found = metric_at(design, goal.metric)
    if found is None or not design.currency or (found[1].unit, found[1].of) != (design.currency, "request"):
        return None
    today = baseline_of(design, goal.metric)
    target = given(design, (*found[0], "target"), "problem.goal.target")
    many = requests_month(design)
    return attempt(lambda: worth_of_goal(today, target, many)) if today and target and many else None
