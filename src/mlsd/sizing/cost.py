"""What it costs a month, and whether the effect is worth it. Money is in one currency throughout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working

HOURS_A_MONTH = 730.0


class Item(NamedTuple):
    """One line of the bill: a sum a month, or a unit cost and the units of a month."""

    name: str
    month: Value | None = None
    unit_cost: Value | None = None
    volume_month: Value | None = None


class Bill(NamedTuple):
    """A month's bill: each item's sum (None where it cannot be computed), largest first, and what is ``missing``."""

    items: tuple[tuple[str, float | None], ...]
    missing: tuple[str, ...]
    left: float | None
    working: Working


class BatchOrOnline(NamedTuple):
    """Monthly cost of computing all predictions ahead, and of computing each when asked; which is cheaper."""

    batch: float
    online: float
    cheaper: Literal["batch", "online"]
    working: Working


def monthly_bill(items: Sequence[Item], budget_month: Value | None = None) -> Bill:
    """Sum of the items that can be computed; ``left`` is budget − sum. Amounts from 0 to 1e15."""
    sums: list[Input] = []
    missing = []
    for item in items:
        line = _line(item)
        if line is None:
            missing.append(item.name)
        else:
            sums.append(line)
    budget = None if budget_month is None else domain.amount(Message("budget"), budget_month, "money/month")
    inputs = (*sums, *(() if budget is None else (budget,)))
    lines = sorted(((str(line.name), line.value) for line in sums), key=lambda line: -line[1])
    unknown = tuple((name, None) for name in missing)
    if not sums:
        why = Message("No item of the bill gives its cost.")
        return Bill(
            unknown, tuple(missing), None, Working("sum of items", inputs, None, "money/month", "Arithmetic", why)
        )
    total = sum(line.value for line in sums)
    note = None
    if missing:
        note = Message("Too low: no cost is given for {items}.", items=", ".join(missing))
    working = Working("month = Σ items (unit cost · volume)", inputs, total, "money/month", "Arithmetic", note)
    return Bill((*lines, *unknown), tuple(missing), None if budget is None else budget.value - total, working)


def fitting_items(bill: Bill) -> tuple[tuple[str, float], ...]:
    """Ways out of a bill over its budget: for each item the most it may cost, the others as they are.

    Items smaller than what is over cannot make it fit alone and are left out.
    """
    over = -(bill.left or 0.0)
    return tuple((name, value - over) for name, value in bill.items if value is not None and value >= over > 0)


def unit_cost(month: Value, volume_month: Value) -> Working:
    """Cost of one request (or any unit): month's cost ÷ units of the month."""
    cost = domain.amount(Message("cost a month"), month, "money/month")
    volume = domain.positive(Message("units a month"), volume_month, "1/month")
    return Working("cost of one = month ÷ units", (cost, volume), cost.value / volume.value, "money", "Arithmetic")


def batch_or_online(
    entities: Value,
    runs_month: Value,
    predictions_hour: Value,
    replicas: Value,
    hour_price: Value,
    online_hour_price: Value | None = None,
) -> BatchOrOnline:
    """Cost a month of predicting ahead for every entity, against serving replicas around the clock (730 hours).

    Batch: entities · runs ÷ predictions a machine makes an hour · price of an hour. Online: replicas · 730 · price
    of an hour (the same unless given). All positive; ValueRefused otherwise.
    """
    rows = domain.positive(Message("entities"), entities)
    runs = domain.positive(Message("runs a month"), runs_month)
    pace = domain.positive(Message("predictions an hour"), predictions_hour, "1/h")
    count = domain.positive(Message("replicas"), replicas)
    price = domain.amount(Message("price of a machine hour"), hour_price, "money/h")
    other = domain.amount(Message("price of a serving hour"), online_hour_price, "money/h", default=price.value)
    batch = rows.value * runs.value / pace.value * price.value
    online = count.value * HOURS_A_MONTH * other.value
    formula = "batch = entities · runs ÷ predictions an hour · price;  online = replicas · 730 · price"
    inputs = (rows, runs, pace, count, price, other)
    note = Message("Batch also serves answers that are as old as its last run.")
    working = Working(formula, inputs, online - batch, "money/month", "Arithmetic", note)
    return BatchOrOnline(batch, online, "batch" if batch <= online else "online", working)


def value_against_cost(worth_month: Value, cost_month: Value) -> Working:
    """How many times over the expected effect pays for its cost: worth ÷ cost (a positive one)."""
    worth = domain.amount(Message("worth of the effect a month"), worth_month, "money/month")
    cost = domain.positive(Message("cost a month"), cost_month, "money/month")
    times = worth.value / cost.value
    note = Message("The effect does not pay for its cost.") if times < 1 else None
    return Working("worth ÷ cost", (worth, cost), times, "×", "Arithmetic", note)


def worth_of_effect(worth_month: Value, expected: Value, needed: Value) -> Working:
    """What an expected effect is worth a month, where worth grows evenly with it: worth · expected ÷ needed.

    ``needed`` is the effect that is worth ``worth_month``: a positive one, in the same unit as the expected one.
    """
    worth = domain.amount(Message("worth of the target a month"), worth_month, "money/month")
    hoped = domain.amount(Message("expected effect"), expected)
    whole = domain.positive(Message("effect that reaches the target"), needed)
    value = worth.value * hoped.value / whole.value
    return Working("worth · expected ÷ needed", (worth, hoped, whole), value, "money/month", "Arithmetic")


def worth_of_goal(today: Value, target: Value, requests_month: Value) -> Working:
    """What reaching a target brings a month, if each request brings so much more, or costs so much less."""
    low, high = -domain.LARGEST, domain.LARGEST
    now = domain.number(Message("today"), today, at_least=low, at_most=high)
    then = domain.number(Message("target"), target, at_least=low, at_most=high)
    many = domain.amount(Message("requests a month"), requests_month, "1/month")
    gain = abs(then.value - now.value) * many.value
    return Working("|target − today| · requests a month", (then, now, many), gain, "money/month", "Arithmetic")


def payback_months(build_cost: Value, worth_month: Value, cost_month: Value) -> Working:
    """Months until worth − running cost has paid for building it; None if it never does."""
    build = domain.amount(Message("cost of building"), build_cost, "money")
    worth = domain.amount(Message("worth of the effect a month"), worth_month, "money/month")
    cost = domain.amount(Message("cost a month"), cost_month, "money/month")
    formula = "months = cost of building ÷ (worth − cost a month)"
    inputs = (build, worth, cost)
    if worth.value <= cost.value:
        why = Message("The effect does not pay for its running cost, so it never pays back.")
        return Working(formula, inputs, None, "months", "Arithmetic", why)
    return Working(formula, inputs, build.value / (worth.value - cost.value), "months", "Arithmetic")


def _line(item: Item) -> Input | None:
    name = Message("cost of {item}", item=item.name)
    if item.month is not None:
        found = domain.amount(name, item.month, "money/month")
        return Input(item.name, found.value, found.unit, found.path, found.origin)
    if item.unit_cost is None or item.volume_month is None:
        return None
    each = domain.amount(Message("unit cost of {item}", item=item.name), item.unit_cost, "money")
    volume = domain.amount(Message("volume of {item}", item=item.name), item.volume_month, "1/month")
    return Input(item.name, each.value * volume.value, "money/month", each.path, "computed")
