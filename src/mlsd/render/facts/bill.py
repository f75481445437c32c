"""What the service costs a month, against its budget and its worth."""

from __future__ import annotations

from mlsd.design import Design
from mlsd.render.facts import Facts
from mlsd.render.view.figures import Figures
from mlsd.render.view.special import monthly


def bill(design: Design, figures: Figures) -> Facts:
    """The sum of the costs, what the budget leaves, how often the worth of the target covers it."""
    amounts = [amount for item in design.deploy.costs if (amount := monthly(item)) is not None]
    facts: Facts = {"sum": None, "budget": None, "left": None, "over": None, "covers": None}
    if not amounts:
        return facts
    total = sum(amounts)
    facts["sum"] = figures.money(total)
    budget = _budget(design)
    if budget is not None:
        facts["budget"] = figures.money(budget)
        facts["left" if budget >= total else "over"] = figures.money(abs(budget - total))
    worth = design.problem.goal.worth_month
    if worth is not None and total > 0 and worth >= total:
        facts["covers"] = figures.number(worth / total, 2)
    return facts


def _budget(design: Design) -> float | None:
    for constraint in design.problem.constraints:
        monthly_unit = (constraint.unit or "").replace(" ", "").endswith("/month")
        if constraint.kind == "cost" and constraint.value is not None and monthly_unit and not constraint.applies_to:
            return constraint.value
    return None
