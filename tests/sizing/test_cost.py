"""The monthly bill."""

from __future__ import annotations

import pytest

from mlsd.errors import ValueRefused
from mlsd.sizing.cost import (
    Item,
    batch_or_online,
    monthly_bill,
    payback_months,
    unit_cost,
    value_against_cost,
    worth_of_effect,
)


def test_the_bill_of_the_example() -> None:
    """15,520 of 20,000 EUR."""
    bill = monthly_bill(
        [
            Item("ranker", unit_cost=190, volume_month=24),
            Item("retrieval", unit_cost=160, volume_month=4),
            Item("other blocks", month=420),
            Item("online features", month=1900),
            Item("kafka and flink", month=2600),
            Item("spark", month=2400),
            Item("training", month=500),
            Item("lake", month=1100),
            Item("monitoring and logs", month=1400),
        ],
        budget_month=20_000,
    )
    assert (bill.working.result, bill.left, bill.missing) == (15_520, 4480, ())
    assert bill.items[0] == ("ranker", 4560)


def test_what_is_missing_is_named() -> None:
    bill = monthly_bill([Item("ranker", unit_cost=190), Item("lake", month=100)])
    assert bill.items == (("lake", 100), ("ranker", None))
    assert str(bill.working.note) == "Too low: no cost is given for ranker."
    assert monthly_bill([Item("ranker")]).working.result is None


def test_units_and_worth() -> None:
    assert unit_cost(15_520, 360e6).result == pytest.approx(4.31e-5, rel=1e-3)
    assert value_against_cost(180_000, 15_520).result == pytest.approx(11.6, abs=0.01)
    assert str(value_against_cost(1, 2).note) == "The effect does not pay for its cost."
    assert worth_of_effect(180_000, 0.002, 0.004).result == 90_000
    assert worth_of_effect(180_000, 0, 0.004).result == 0
    assert payback_months(100_000, 30_000, 10_000).result == 5
    assert payback_months(100_000, 10_000, 10_000).result is None


def test_batch_or_online() -> None:
    """Ten million people every night at a million an hour: 300 machine hours against 4 × 730."""
    found = batch_or_online(10e6, 30, 1e6, 4, 0.5)
    assert (found.batch, found.online, found.cheaper) == (150, 1460, "batch")
    assert batch_or_online(1e9, 30, 1e6, 4, 0.5).cheaper == "online"


def test_refused() -> None:
    with pytest.raises(ValueRefused, match="“cost of lake” must be a number from 0"):
        monthly_bill([Item("lake", month=-1)])
