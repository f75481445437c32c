"""What the service costs a month, against its budget and its worth."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.fact import Derived, derive
from mlsd.derived.home import budget_month
from mlsd.derived.labels import daily_cases
from mlsd.derived.read import given, needs
from mlsd.design import Design
from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.cost import Bill, Item, monthly_bill, unit_cost, value_against_cost
from mlsd.sizing.working import Input, Working

DAYS_A_MONTH = 30


def bill(design: Design) -> Bill | None:
    """The items that can be computed, and their sum; None where a value is out of its range."""
    items = [
        Item(
            item.item or str(position),
            given(design, ("deploy", "costs", position, "month")),
            given(design, ("deploy", "costs", position, "unit_cost")),
            given(design, ("deploy", "costs", position, "volume_month")),
        )
        for position, item in enumerate(design.deploy.costs)
    ]
    try:
        return monthly_bill(items)
    except ValueRefused:
        return None


def cost(design: Design) -> Iterator[Derived]:
    """Sum of the costs, what the budget leaves, how often the worth covers it, the cost of one request."""
    total = month(design)
    yield total
    wanted = {"problem.constraints[cost].value": budget_month(design), total.id: total.as_input()}
    yield derive("cost.left", "deploy", Message("left of the budget of a month"), wanted, _left)
    yield _worth(design, total)
    wanted = {total.id: total.as_input(), "problem.scale.volume_day": _requests_month(design)}
    found = derive("cost.request", "deploy", Message("cost of one request"), wanted, unit_cost)
    if total.working is not None:
        yield found


def worth(design: Design) -> Derived:
    """How many times over the worth of the target covers the costs."""
    return _worth(design, month(design))


def _worth(design: Design, total: Derived) -> Derived:
    wanted = needs(design, "problem.goal.worth_month") | {total.id: total.as_input()}
    return derive("cost.worth", "deploy", Message("worth of the target over its cost"), wanted, value_against_cost)


def month(design: Design) -> Derived:
    """The sum of all costs of a month."""
    name = Message("cost of a month")
    found = bill(design) if design.deploy.costs else None
    if found is None or found.working.result is None:
        return Derived("cost.month", "deploy", name, None, ("deploy.costs",))
    return Derived("cost.month", "deploy", name, found.working)


def _left(budget: Input, total: Input) -> Working:
    most = domain.amount(Message("budget"), budget, "money/month")
    return Working("budget − sum", (most, total), most.value - total.value, "money/month", "Arithmetic")


def _requests_month(design: Design) -> Input | None:
    daily = daily_cases(design)
    if daily is None:
        return None
    monthly = daily.value * DAYS_A_MONTH
    return Input(Message("requests of 30 days"), monthly, "1/month", daily.path, "computed")
