"""What the tokens of a language model cost, for a request and for a month. Prices are for a million tokens."""

from __future__ import annotations

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working

CACHED = 0.5
"""What a cached token costs, as a share of the price, where nobody says: providers differ from .1 to .5."""


def token_cost_month(
    requests_month: Value,
    tokens_in: Value,
    tokens_out: Value,
    price_in: Value,
    price_out: Value,
    calls_per_request: Value | None = None,
    cached_share: Value | None = None,
    cached_price: Value | None = None,
) -> Working:
    """Token bill of a month: as ``token_cost_request``, times the requests."""
    requests = domain.amount(Message("requests a month"), requests_month, "1/month")
    one = token_cost_request(tokens_in, tokens_out, price_in, price_out, calls_per_request, cached_share, cached_price)
    cost = requests.value * (one.result or 0.0)
    formula = one.formula.replace("request = ", "month = requests · ")
    return one._replace(formula=formula, inputs=(requests, *one.inputs), result=cost, unit="money/month")


def token_cost_request(
    tokens_in: Value,
    tokens_out: Value,
    price_in: Value,
    price_out: Value,
    calls_per_request: Value | None = None,
    cached_share: Value | None = None,
    cached_price: Value | None = None,
) -> Working:
    """Tokens of one request. Those read and written are of one call (one a request unless given).

    ``cached_share`` of the input tokens (0 unless given) costs ``cached_price`` of the input price, a share that is
    .5 unless given: look it up, providers differ from .1 to .5.
    """
    read = domain.amount(Message("tokens in"), tokens_in, "tokens")
    written = domain.amount(Message("tokens out"), tokens_out, "tokens")
    cost_in = domain.amount(Message("price of a million tokens in"), price_in, "money")
    cost_out = domain.amount(Message("price of a million tokens out"), price_out, "money")
    calls = domain.amount(Message("calls of a request"), calls_per_request, default=1.0)
    cached = domain.share(Message("share of cached tokens"), cached_share, default=0.0)
    rebate = domain.share(Message("price of a cached token, as a share"), cached_price, default=CACHED)
    paid = read.value * (1 - cached.value * (1 - rebate.value)) * cost_in.value + written.value * cost_out.value
    formula = "request = calls · [in · (1 − cached·(1 − cached price)) · price in + out · price out] ÷ 10⁶"
    inputs: tuple[Input, ...] = (calls, read, written, cost_in, cost_out, cached, rebate)
    return Working(formula, inputs, calls.value * paid / 1e6, "money", "Arithmetic")
