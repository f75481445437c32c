"""Numbers that stand beside one another on a line: one is no percentage by accident while the others are."""

from __future__ import annotations

from collections.abc import Iterable

from mlsd.design.units import amount, shown
from mlsd.errors import Message, ValueRefused

_VALUE = Message("Write a number, with its unit where it has one.")


def refuse_bare(texts: Iterable[str]) -> None:
    """Refuse `41% to 45`: 45 would be taken for a hundred times as much as meant. `41% to 0.45` is clear."""
    read = [amount(text, _VALUE) for text in texts]
    percent = next((one for one in read if one.is_percent), None)
    bare = next((one for one in read if not one.unit and abs(one.value) > 1), None)
    if percent is None or bare is None:
        return
    raise ValueRefused(
        Message("“{text}” has no per cent sign, and “{other}” has one.", text=bare.shown, other=percent.shown),
        Message("Write {text} %, or both of them without the sign.", text=shown(bare.shown)),
    )
