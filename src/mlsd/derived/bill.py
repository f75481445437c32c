"""The list of what a month costs, and whether the tokens of the language models can be in it."""

from __future__ import annotations

import re

from mlsd.derived.fact import attempt
from mlsd.derived.read import given
from mlsd.derived.tokens import bills, tokens_month
from mlsd.design import Design, Path
from mlsd.errors import Message, ValueRefused
from mlsd.sizing.cost import Bill, Item, monthly_bill
from mlsd.sizing.working import Input, Working

WITHIN = 1.25
"""So far two sums of a month may be apart and still be the same one."""
OF_TOKENS = re.compile(r"token|токен|\b(llm|gpt|api)\b|language model|языков\w+ модел", re.IGNORECASE)
"""Names of items that are, or may be, the tokens or a part of them."""
SHORT = 4
"""An id with fewer letters is looked for as a whole word; a longer one may be inflected."""


def bill(design: Design) -> Bill | None:
    """The items that can be computed, and their sum; None where a value is out of its range."""
    items = [_item(design, position) for position, _ in enumerate(design.deploy.costs)]
    try:
        return monthly_bill(items)
    except ValueRefused:
        return None


def _item(design: Design, position: int) -> Item:
    at: Path = ("deploy", "costs", position)
    month, unit, volume = (given(design, (*at, field)) for field in ("month", "unit_cost", "volume_month"))
    return Item(design.deploy.costs[position].item or str(position), month, unit, volume)


def line(design: Design, position: int) -> Working | None:
    """What unit cost and volume of one item come to a month, whatever its monthly sum says."""
    return attempt(lambda: monthly_bill([_item(design, position)._replace(month=None)]).working)


def unlisted(design: Design) -> Working | None:
    """The tokens of a month, where no item of the costs can be them: neither one as large, nor those that name them.

    Several models may each have an item of its own. An item without a sum may be anything.
    """
    if design.model.llm is None or not design.deploy.costs:
        return None
    tokens, least = tokens_month(design), tokens_month(design, cheapest=True)
    found = bill(design)
    if found is None or found.missing or tokens is None or least is None or not least.result:
        return None
    sums = [value for _, value in found.items if value is not None]
    each = sorted((entry.result for entry in bills(design, cheapest=True) if entry.result), reverse=True)
    apart = len(each) <= len(sums) and all(one <= WITHIN * item for one, item in zip(each, sums, strict=False))
    if apart or least.result <= WITHIN * max([*sums, sum(value for _, value in _named(design, found))]):
        return None
    return tokens


def names_tokens(design: Design) -> bool:
    """Whether an item of the costs is called after tokens or after one of the models."""
    found = bill(design)
    return found is not None and bool(_named(design, found))


def _named(design: Design, found: Bill) -> list[tuple[str, float]]:
    models = design.model.llm.models if design.model.llm else []
    words = {word for model in models for word in (model.id, model.name, model.version) if word}
    called = [OF_TOKENS, *(re.compile(rf"(?i)\b{re.escape(word)}" + r"\b" * (len(word) < SHORT)) for word in words)]
    return [
        (name, value)
        for name, value in found.items
        if value is not None and any(pattern.search(name) for pattern in called)
    ]


def with_tokens(total: Input, tokens: Working) -> Working:
    """The costs of a month and the tokens that are not among them."""
    added = tokens.as_input(Message("tokens of a month"))
    return Working("costs + tokens", (total, added), total.value + added.value, "money/month", "Arithmetic")
