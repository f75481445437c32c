"""A number at which an alarm rings or a step stops, read from what people write: “hide_users over 0.3 %”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mlsd.content.words import LIMIT
from mlsd.design import Path
from mlsd.design.metrics import Metric
from mlsd.design.quantity import in_ms, number, share
from mlsd.design.units import TIMES_MS
from mlsd.errors import ValueRefused

_BOUND = (
    r"(?:(?P<over>over|above|more than|[>≥]=?|выше|больше|более|дольше|свыше)"
    r"|(?P<under>under|below|less than|[<≤]=?|ниже|меньше|менее))\s*(?P<amount>[\d.,\s]+(?:%|[^\W\d_]+\.?)?)"
)
BOUND = re.compile(_BOUND, re.IGNORECASE)
ENDS = r"(?=\s*(?:$|[,;.](?:\s|$)|(?:or|and|for|или|и|в течение)\b))"
"""What may follow a bound inside a sentence; “over 5 % above last week” is another number."""


class Bound(NamedTuple):
    """A number, and whether what is meant lies above or below it."""

    over: bool
    value: float

    def beyond(self, limit: float) -> bool:
        """Whether the number is reached only after the limit."""
        return self.value > limit * (1 + 1e-9) if self.over else self.value < limit * (1 - 1e-9)

    def compares(self, value: float, unit: str | None) -> bool:
        """Whether a number of the metric is of its kind; a share and a count are not compared."""
        return unit is not None or (self.value > 1) == (value > 1)


def whole(text: str, metric: Metric) -> Bound | None:
    """“over 180 ms” in the unit of the metric; None for whatever is said otherwise."""
    found = BOUND.fullmatch(text.strip())
    return _bound(found, metric) if found else None


def inside(text: str, metrics: Iterable[tuple[Path, Metric]]) -> Iterator[tuple[Path, Metric, Bound]]:
    """Every “hide_users over 0.3 %” of a sentence that names one of these metrics by its id or name."""
    said = " ".join(text[:LIMIT].split())
    for path, metric in metrics:
        names = "|".join(re.escape(name) for name in (metric.id, metric.name) if name)
        found = re.search(rf"(?<!\w)(?:{names})\s+{_BOUND}{ENDS}", said, re.IGNORECASE) if names else None
        bound = _bound(found, metric) if found else None
        if bound is not None:
            yield path, metric, bound


def _bound(found: re.Match[str], metric: Metric) -> Bound | None:
    words, unit = found["amount"].strip(), metric.unit or ""
    try:
        if words[-1].isdigit():
            value = number(words)
        elif unit in TIMES_MS:
            value = in_ms(words) / float(TIMES_MS[unit])
        elif "%" in words:
            value = share(words)
        else:
            return None
    except ValueRefused:
        return None
    return Bound(found["over"] is not None, value)
