"""What the tokens cost, and what they may cost."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.cost import budget_each
from mlsd.derived.promised import promised
from mlsd.derived.tokens import request_tokens, tokens_month, unbilled
from mlsd.design import Design
from mlsd.design.llm import Llm
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, result_of, short
from mlsd.sizing.working import Input, Working


@rule("LLM-09", Severity.ERROR, since=Maturity.DESIGN, sources=["AD", "NL", "OL10", "COR"])
def token_cost_over_budget(llm: Llm, design: Design) -> Iterator[Finding]:
    """The tokens of a month, or of one request, cost more than the budget, or there is no budget for them.

    Tokens in and out, calls of a request and requests of a day multiply to a bill that nobody guesses right. 77 %
    of the public documents with a language model give no cost of a request. A token from the cache costs a tenth to a
    half of one that is read; as long as nobody says which, only what is too dear at a tenth is an error.

    Ask: What does one request cost, and what does the thousandth of one user in a night cost?
    False positives: a contract with a fixed price; then the tokens have none.

    Bad:
    ```yaml
    currency: EUR
    problem:
      scale: {volume_day: 100k}
      constraints: [{id: budget, kind: cost, op: "<=", value: 5000, unit: EUR/month}]
    model: {llm: {models: [{id: answerer, tokens_in: 3000, tokens_out: 400, price_in: 1, price_out: 4}]}}
    ```
    Good:
    ```yaml
    currency: EUR
    problem:
      scale: {volume_day: 100k}
      constraints: [{id: budget, kind: cost, op: "<=", value: 20000, unit: EUR/month}]
    model: {llm: {models: [{id: answerer, tokens_in: 3000, tokens_out: 400, price_in: 1, price_out: 4}]}}
    ```
    """
    month = tokens_month(design)
    tried = [
        (promised(design, "cost"), month, tokens_month(design, cheapest=True)),
        (budget_each(design), request_tokens(design).working, request_tokens(design, cheapest=True).working),
    ]
    held = [(budget, cost, result_of(least) or 0.0) for budget, cost, least in tried if budget and cost]
    found = [entry for budget, cost, least in held for entry in _over(design, budget, cost, least)]
    yield from found or (_unknown(design, *held[0][:2]) if held else ())
    if month is not None and not any(entry.kind == "cost" for entry in design.problem.constraints):
        yield Finding(
            "Tokens cost {month} {currency} a month, and no budget says whether that is too much.",
            at="models",
            severity=Severity.WARNING,
            working=month,
            ways_out=[Sentence("closes with a constraint of kind cost")],
            month=short(month.result or 0.0),
            currency=design.currency or "",
        )


def _over(design: Design, budget: Input, working: Working, least: float) -> Iterator[Finding]:
    """What is over the budget; where that depends on what a cached token costs, with the least that it may be."""
    cost, sure = working.result or 0.0, least > budget.value
    if cost <= budget.value:
        return
    if budget.unit == "money/month":
        text = (
            "Tokens cost {cost} {currency} a month, {times} times the budget of {budget}."
            if sure
            else "Tokens cost {cost} {currency} a month if a cached one costs half, {least} at a tenth; the budget is "
            "{budget}."
        )
    else:
        text = (
            "The tokens of one request cost {cost} {currency}, {times} times the budget of {budget}."
            if sure
            else "The tokens of one request cost {cost} {currency} if a cached one costs half, {least} at a tenth; the "
            "budget is {budget}."
        )
    cached = [] if sure else [Sentence("closes with price_cached, where the provider takes less")]
    yield Finding(
        text,
        at="models",
        also=budget.path or "",
        severity=None if sure else Severity.WARNING,
        working=working,
        ways_out=[*cached, Sentence("closes at a budget ≥ {cost}", cost=at_least(cost))],
        cost=short(cost),
        currency=design.currency or "",
        times=short(cost / budget.value) if budget.value else "∞",
        budget=budget.value,
        least=short(least),
    )


def _unknown(design: Design, budget: Input, working: Working) -> Iterator[Finding]:
    """What keeps to the budget only because some model has no bill."""
    if without := unbilled(design):
        yield Finding(
            "Whether the tokens keep to the budget of {budget} {currency} cannot be computed: no tokens or prices are "
            "given for {models}.",
            at="models",
            also=budget.path or "",
            severity={Maturity.PILOT: Severity.INFO},
            working=working,
            budget=budget.value,
            currency=design.currency or "",
            models=without,
        )
