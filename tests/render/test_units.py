"""A number and its unit stay together."""

from __future__ import annotations

import pytest

from mlsd.render.units import glued


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("older than 30 h", "older than 30~h"),
        ("больше 20 000 EUR, 1 500 000 in all", "больше 20~000~EUR, 1~500~000 in all"),
        ("over 0.3 % of 20 EUR", "over 0.3~% of 20~EUR"),
        ("дольше 15 мин или 2 ч", "дольше 15~мин или 2~ч"),
        ("30 hours, 5 messages, 4 сообщения, step 3 starts", "30 hours, 5 messages, 4 сообщения, step 3 starts"),
    ],
)
def test_a_unit_is_not_parted_from_its_number(typed: str, shown: str) -> None:
    assert glued(typed) == shown.replace("~", "\u00a0")
