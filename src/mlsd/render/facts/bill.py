"""What the service costs a month, against its budget and its worth."""

from __future__ import annotations

from mlsd.derived import cost as sums
from mlsd.derived.bill import bill as listed
from mlsd.derived.bill import unlisted
from mlsd.derived.promised import promised
from mlsd.design import Design
from mlsd.render.facts import Facts
from mlsd.render.view.figures import Figures


def bill(design: Design, figures: Figures) -> Facts:
    """The sum of the costs, what the budget leaves, how often the worth of the target covers it."""
    found = listed(design) if design.deploy.costs else None
    facts: Facts = {"sum": None, "budget": None, "left": None, "over": None, "covers": None, "tokens": None}
    total = found.working.result if found else None
    if total is None:
        return facts
    facts["sum"] = figures.money(total)
    budget = promised(design, "cost")
    if budget is not None:
        facts["budget"] = figures.money(budget.value)
        facts["left" if budget.value >= total else "over"] = figures.money(abs(budget.value - total))
    tokens = unlisted(design)
    if tokens is not None and tokens.result is not None:
        facts["tokens"] = figures.money(float(f"{tokens.result:.4g}"))
    worth = sums.worth(design).result
    if worth is not None and worth >= 1:
        facts["covers"] = figures.number(worth, 2)
    return facts
