"""What the tokens of rented language models cost: in a month, and for one request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.generation import CONTEXT
from mlsd.derived.labels import requests_month
from mlsd.derived.promised import promised
from mlsd.derived.prompt import tokens_in
from mlsd.derived.read import given
from mlsd.derived.served import WRITES_NOTHING
from mlsd.design import Design, Path
from mlsd.design.llm import LlmModel
from mlsd.design.path import show
from mlsd.errors import Message
from mlsd.sizing.cost import Item, monthly_bill
from mlsd.sizing.tokens import token_cost_month, token_cost_request
from mlsd.sizing.working import Input, Working

CHEAPEST = 0.1
"""The least that a provider takes for a cached token, as a share of the price of one that is read."""


class Use(NamedTuple):
    """What one request takes of a model: ``wanted`` are the tokens of a call, read and written, and their prices."""

    title: str
    wanted: dict[str, Input | None]
    calls: Input | None
    cached: Input | None
    cached_price: Input | None
    paid: bool
    """Whether it is said to cost money for each token."""


def bills(design: Design, *, cheapest: bool = False) -> Iterator[Derived]:
    """The tokens of a month of every model that is not run by ourselves.

    Where nobody says what a cached token costs it is half the price of one that is read, or a tenth (``cheapest``).
    """
    requests = requests_month(design)
    for use in _uses(design, cheapest):
        yield _month(use, requests)


def tokens_month(design: Design, *, cheapest: bool = False) -> Working | None:
    """What the tokens of all models cost a month, against the budget; None where no model's can be computed."""
    found = list(bills(design, cheapest=cheapest))
    if not any(bill.result is not None for bill in found):
        return None
    without = unbilled(design)
    titles = [bill.id.removeprefix("llm.cost.") for bill in found]
    items = [Item(title, bill.as_input()) for title, bill in zip(titles, found, strict=True)]
    kept = [item for item in items if item.month is not None or item.name in without]
    return attempt(lambda: monthly_bill(kept, promised(design, "cost")).working)


def unbilled(design: Design) -> list[str]:
    """The models that cost money for each token, and of which some number of the bill is missing."""
    return [use.title for use in _uses(design) if use.paid and None in use.wanted.values()]


def request_tokens(design: Design, *, cheapest: bool = False) -> Derived:
    """What the tokens of one request cost; how many requests there are need not be known."""
    found = [_request(use) for use in _uses(design, cheapest)]
    known = {entry.id: entry.as_input() for entry in found if entry.result is not None}
    missing = tuple(path for entry in found for path in entry.missing)
    refused = next((entry.refused for entry in found if entry.refused), None)
    without = unbilled(design)
    note = Message("Too low: no cost is given for {items}.", items=", ".join(without)) if without else None

    def compute(*models: Input) -> Working:
        total = sum(model.value for model in models)
        return Working("request = Σ models", models, total, "money", "Arithmetic", note)

    name = Message("tokens of one request")
    if not known:
        return Derived("llm.request", "model", name, None, missing or ("model.llm.models",), refused, begun=False)
    return derive("llm.request", "model", name, known, compute)


def _uses(design: Design, cheapest: bool = False) -> list[Use]:
    prompt = tokens_in(design).as_input()
    models = enumerate(design.model.llm.models if design.model.llm else [])
    return [_use(design, at, model, prompt, cheapest) for at, model in models if model.hosting != "own"]


def _use(design: Design, position: int, model: LlmModel, prompt: Input | None, cheapest: bool) -> Use:
    """What a model does not say of its tokens is read from the context; one that writes nothing has none of those."""
    at: Path = ("model", "llm", "models", position)
    title, silent = model.id or str(position), model.kind in WRITES_NOTHING
    nothing = Input("", 0.0, origin="default") if silent else None
    written = given(design, (*at, "tokens_out"), *([] if silent else [f"{CONTEXT}.output"]))
    price_in, price_out = (*at, "price_in"), (*at, "price_out")
    wanted = {
        f"model.llm.models[{title}].tokens_in": given(design, (*at, "tokens_in")) or (None if silent else prompt),
        f"model.llm.models[{title}].tokens_out": written or nothing,
        show(design, price_in): given(design, price_in),
        show(design, price_out): given(design, price_out) or nothing,
    }
    calls, cached = given(design, (*at, "calls_per_request")), given(design, (*at, "cached_share"))
    paid = model.hosting == "api" or model.price_in is not None
    return Use(title, wanted, calls, cached, _cached_price(design, at, cheapest), paid)


def _cached_price(design: Design, at: Path, cheapest: bool) -> Input | None:
    """The price of a cached token as a share of one that is read; None where sizing takes its own."""
    name = Message("price of a cached token, as a share")
    cached, whole = given(design, (*at, "price_cached")), given(design, (*at, "price_in"))
    if cached is not None and whole is not None and whole.value:
        return Input(name, cached.value / whole.value, origin="computed")
    return Input(name, CHEAPEST, origin="default") if cheapest else None


def _month(use: Use, requests: Input | None) -> Derived:
    def compute(month: Input, read: Input, written: Input, price_in: Input, price_out: Input) -> Working:
        return token_cost_month(month, read, written, price_in, price_out, use.calls, use.cached, use.cached_price)

    name = Message("tokens of {model} a month", model=use.title)
    wanted = {"problem.scale.volume_day": requests} | use.wanted
    return derive(f"llm.cost.{use.title}", "model", name, wanted, compute, core=True)


def _request(use: Use) -> Derived:
    def compute(read: Input, written: Input, price_in: Input, price_out: Input) -> Working:
        return token_cost_request(read, written, price_in, price_out, use.calls, use.cached, use.cached_price)

    name = Message("tokens of {model} for one request", model=use.title)
    return derive(f"llm.request.{use.title}", "model", name, use.wanted, compute)
