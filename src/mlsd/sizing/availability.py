"""How often a chain of blocks is up, with what answers instead, and how long a year it is down."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import prod
from typing import NamedTuple

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.latency import RequestPath, blocks
from mlsd.sizing.working import Input, Value, Working

HOURS_A_YEAR = 8760.0
MINUTES_IN_30_DAYS = 43_200.0
SOURCE = "Beyer et al.: Site Reliability Engineering, ch. 3 and appendix A"


class Downtime(NamedTuple):
    """Time down: hours in a year of 365 days, minutes in 30 days, and the sentence that says both."""

    hours_year: float
    minutes_month: float
    text: Message
    working: Working


class PathAvailability(NamedTuple):
    """Availability of a request path; ``covered`` blocks were counted, of ``missing`` ones nothing is known.

    Of the ``unknown`` fallbacks nothing is known either: with them the path is up more often.
    """

    result: float | None
    without_fallbacks: float | None
    covered: tuple[str, ...]
    missing: tuple[str, ...]
    working: Working
    unknown: tuple[str, ...] = ()


def in_series(shares: Sequence[Value]) -> Working:
    """Availability of blocks that must all be up, failing independently: the product of shares (0 to 1)."""
    if not shares:
        raise ValueRefused(Message("Give the availability of at least one block."))
    inputs = tuple(domain.share(Message("availability"), share) for share in shares)
    return Working("A = A₁ · A₂ · …", inputs, prod(i.value for i in inputs), "", SOURCE)


def with_fallback(own: Value, fallback: Value) -> Working:
    """Availability of a block behind which another answers, failing independently: 1 − (1 − A₁)(1 − A₂)."""
    first = domain.share(Message("availability"), own)
    second = domain.share(Message("availability of the fallback"), fallback)
    formula = "A = 1 − (1 − A₁)(1 − A₂)"
    return Working(formula, (first, second), 1 - (1 - first.value) * (1 - second.value), "", SOURCE)


def path_availability(
    request_path: RequestPath,
    availability: Mapping[str, Value | None],
    fallbacks: Mapping[str, str] | None = None,
    optional: Collection[str] = (),
) -> PathAvailability:
    """Availability of a request path: the product over its critical blocks, each backed by its fallback.

    ``request_path`` as in ``latency.path_latency`` (every branch counts: all parallel blocks must answer);
    ``availability`` a share for each block id; ``fallbacks`` block id → id of the block that answers instead (which
    may have one itself); ``optional`` blocks without which the request still succeeds. Failures are taken as
    independent. Raises ValueRefused for a share outside 0 … 1.
    """
    known = {block: _named(block, share) for block, share in availability.items() if share is not None}
    critical = [block for block in dict.fromkeys(blocks(request_path)) if block not in optional]
    covered = tuple(block for block in critical if block in known)
    missing = tuple(block for block in critical if block not in known)
    behind = fallbacks or {}
    backed = [_chain(block, known, behind) for block in covered]
    formula = "A = ∏ [1 − (1 − A of the block)(1 − A of its fallback)] over critical blocks"
    helpers = tuple(dict.fromkeys(block for start in covered for block in _line(start, behind)))
    unknown = tuple(block for block in helpers if block not in known)
    inputs = tuple(known[block] for block in helpers if block in known)
    if not covered:
        note = Message("No critical block of the request path gives its availability.")
        return PathAvailability(None, None, (), missing, Working(formula, inputs, None, "", SOURCE, note))
    result = prod(backed)
    plain = prod(known[block].value for block in covered)
    working = Working(formula, inputs, result, "", SOURCE, _how_sure(missing, unknown))
    return PathAvailability(result, plain, covered, missing, working, unknown)


def _how_sure(missing: Sequence[str], unknown: Sequence[str]) -> Message:
    """On which side of the truth the product lies: a block left out lowers it, a fallback left out raises it."""
    blocks, behind = ", ".join(missing), ", ".join(unknown)
    if missing and unknown:
        return Message(
            "Neither an upper nor a lower estimate: nothing is known about {blocks} and about the fallback {behind}.",
            blocks=blocks,
            behind=behind,
        )
    if missing:
        return Message("An upper estimate: nothing is known about {blocks}.", blocks=blocks)
    if unknown:
        return Message("A lower estimate: nothing is known about the fallback {blocks}.", blocks=behind)
    return Message("Blocks are taken to fail independently.")


def downtime(availability: Value) -> Downtime:
    """Time down that an availability (0 to 1) allows: 99.9 % is 8.76 hours a year or 43.2 minutes in 30 days."""
    up = domain.share(Message("availability"), availability)
    hours, minutes = (1 - up.value) * HOURS_A_YEAR, (1 - up.value) * MINUTES_IN_30_DAYS
    text = Message("{hours} hours a year, {minutes} minutes in 30 days", hours=_short(hours), minutes=_short(minutes))
    working = Working("hours a year = (1 − A) · 8760", (up,), hours, "h/year", SOURCE)
    return Downtime(hours, minutes, text, working)


def from_downtime(hours_year: Value) -> Working:
    """The availability that a promised downtime asks for, in hours a year (to 8760)."""
    down = domain.number(Message("downtime"), hours_year, unit="h/year", at_least=0.0, at_most=HOURS_A_YEAR)
    return Working("A = 1 − hours a year ÷ 8760", (down,), 1 - down.value / HOURS_A_YEAR, "", SOURCE)


def _named(block: str, share: Value) -> Input:
    found = domain.share(Message("availability of {block}", block=block), share)
    return Input(block, found.value, "", found.path, found.origin)


def _line(start: str, fallbacks: Mapping[str, str]) -> list[str]:
    line = [start]
    while (follower := fallbacks.get(line[-1])) is not None and follower not in line:
        line.append(follower)
    return line


def _chain(start: str, known: Mapping[str, Input], fallbacks: Mapping[str, str]) -> float:
    down = 1.0
    for block in _line(start, fallbacks):
        if block not in known:
            break
        down *= 1 - known[block].value
    return 1 - down


def _short(value: float) -> float:
    return float(f"{value:.3g}")
