"""What it costs, and what it may cost."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from mlsd.derived.bill import line, names_tokens, unlisted, with_tokens
from mlsd.derived.cost import budget_each, counted, month
from mlsd.derived.promised import promised, promises
from mlsd.derived.tokens import request_tokens, tokens_month
from mlsd.design import Design
from mlsd.design.deploy import Deploy
from mlsd.design.periods import period_of
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import amount
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, result_of, short
from mlsd.sizing.domain import tidy

SAME_WITHIN = 2


@rule("DEP-15", Severity.ERROR, since=Maturity.DESIGN, sources=["RML", "EY", "ALG"])
def cost_arithmetic(deploy: Deploy, design: Design) -> Iterator[Finding]:
    """The costs do not add up, add up to more than the budget, or leave out the tokens.

    A bill of ten lines takes five minutes and decides between two designs: forty replicas, or one cache. A line
    whose unit cost times volume is not its monthly sum was copied from two sources. Where the tokens of the language
    models cost more than any item, and more than those that name them, they are not in the list.

    Ask: Which line would you cut first, and what would be lost?
    False positives: none known; a budget that grows with the load is a limit per request.

    Bad:
    ```yaml
    currency: EUR
    problem: {constraints: [{id: budget, kind: cost, op: "<=", value: 1000, unit: EUR/month}]}
    deploy: {costs: [{item: ranker, unit_cost: 190, volume_month: 12}]}
    ```
    Good:
    ```yaml
    currency: EUR
    problem: {constraints: [{id: budget, kind: cost, op: "<=", value: 3000, unit: EUR/month}]}
    deploy: {costs: [{item: ranker, unit_cost: 190, volume_month: 12}]}
    ```
    """
    lines = list(_lines(deploy, design))
    over = _over_budget(design, wrong=sum(too_much for too_much, _ in lines))
    yield from [over] if over else []
    yield from _tokens(design)
    yield from (finding for _, finding in lines)


def _over_budget(design: Design, wrong: float) -> Finding | None:
    """The costs against the hardest budget that they break, unless the lines that do not multiply out break it."""
    total_month = month(design) if design.deploy.costs else None
    whole = result_of(total_month.working) if total_month else None
    if total_month is None or not whole:
        return None
    broken = []
    for path, constraint in promises(design, "cost"):
        working = counted(design, total_month, period_of(constraint.unit))
        total, limit = result_of(working), constraint.value or 0.0
        if total is not None and not constraint.applies_to and tidy(total * min(1.0, 1 - wrong / whole)) > limit:
            broken.append((total / limit if limit else inf, path, constraint, working, total))
    if not broken:
        return None
    _, path, constraint, working, total = max(broken, key=lambda entry: entry[0])
    limit = constraint.value or 0.0
    return Finding(
        "The costs come to {total}, {over} more than the budget of {limit}.",
        at="costs",
        also=path,
        working=working,
        ways_out=[Sentence("closes at a budget ≥ {total}", total=at_least(total))],
        total=amount(short(total), constraint.unit),
        over=short(total - limit),
        limit=limit,
    )


def _tokens(design: Design) -> Iterator[Finding]:
    """Tokens that no item can be; of those that are over the budget by themselves LLM-09 speaks."""
    tokens = unlisted(design)
    total = month(design).as_input() if tokens else None
    if tokens is None or tokens.result is None or total is None:
        return
    budget, each = promised(design, "cost"), budget_each(design)
    one = request_tokens(design).result
    if (budget and tokens.result > budget.value) or (each and one and one > each.value):
        return
    working = with_tokens(total, tokens)
    whole, limit = working.result or 0.0, budget.value if budget else float("inf")
    over, least = total.value <= limit < whole, result_of(tokens_month(design, cheapest=True)) or 0.0
    sure = over and total.value + least > limit and not names_tokens(design)
    yield Finding(
        "The tokens cost {tokens} {currency} a month and no item of the costs is that large; with them it is {whole}, "
        "{over} more than the budget of {limit}."
        if over
        else "The tokens cost {tokens} {currency} a month, and no item of the costs is that large.",
        at="costs",
        also=(budget.path or "") if over and budget else "model.llm.models",
        severity=None if sure else Severity.WARNING,
        working=working,
        ways_out=[Sentence("closes with an item of {tokens} a month for them", tokens=short(tokens.result))],
        tokens=short(tokens.result),
        currency=design.currency or "",
        whole=short(whole),
        over=short(whole - limit),
        limit=limit,
    )


def _lines(deploy: Deploy, design: Design) -> Iterator[tuple[float, Finding]]:
    """Lines that do not multiply out, each with the money by which its month is more than its product."""
    for position, item in enumerate(deploy.costs):
        if item.month is None or item.unit_cost is None or item.volume_month is None:
            continue
        working = line(design, position)
        product = result_of(working)
        if product is not None and max(product, item.month) > SAME_WITHIN * min(product, item.month):
            yield (
                item.month - product,
                Finding(
                    "{item} costs {month} a month, but {unit} times {volume} is {product}.",
                    at=("costs", position, "month"),
                    also=("deploy", "costs", position, "unit_cost"),
                    working=working,
                    ways_out=[Sentence("closes at {product} a month", product=short(product))],
                    item=item.item or str(position),
                    month=item.month,
                    unit=item.unit_cost,
                    volume=item.volume_month,
                    product=short(product),
                ),
            )
