"""Load and machines: requests a second, requests in flight, replicas, tails, storage, bandwidth."""

from __future__ import annotations

from math import ceil, floor

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working

SECONDS_A_DAY = 86_400
HEADROOM = 0.7
SRE = "Beyer et al.: Site Reliability Engineering, ch. 18 and 21"
ESTIMATE = "Xu: System Design Interview, ch. 2"
TAIL = "Dean, Barroso: The Tail at Scale (2013)"


def average_rps(
    *,
    daily_users: Value | None = None,
    requests_per_user_day: Value | None = None,
    volume_day: Value | None = None,
) -> Working:
    """Requests a second, averaged over the day: users × requests of each ÷ 86,400, or requests a day ÷ 86,400.

    Give both ``daily_users`` and ``requests_per_user_day``, or ``volume_day``; all from 0 to 1e15. ValueRefused
    otherwise.
    """
    if volume_day is not None:
        volume = domain.amount(Message("requests a day"), volume_day, "1/day")
        return Working("rps = requests a day ÷ 86 400", (volume,), volume.value / SECONDS_A_DAY, "rps", ESTIMATE)
    if daily_users is None or requests_per_user_day is None:
        raise ValueRefused(Message("Give daily users and requests of each, or requests a day."))
    users = domain.amount(Message("daily users"), daily_users, "users")
    each = domain.amount(Message("requests of a user a day"), requests_per_user_day, "1/day")
    formula = "rps = daily users · requests of a user a day ÷ 86 400"
    return Working(formula, (users, each), users.value * each.value / SECONDS_A_DAY, "rps", ESTIMATE)


def in_flight(rps: Value, latency_ms: Value) -> Working:
    """Requests under way at once, by Little's law L = λ·W.

    ``latency_ms`` is the mean; with a percentile instead the result is an upper estimate. ValueRefused below zero.
    """
    rate = domain.amount(Message("requests a second"), rps, "rps")
    time = domain.amount(Message("latency"), latency_ms, "ms")
    source = "Little: A Proof for the Queuing Formula L = λW (1961)"
    return Working("L = λ · W", (rate, time), rate.value * time.value / 1000, "requests", source)


def rate_of(places: Value, time_ms: Value) -> Working:
    """Calls a second that so many places take if each call holds its place so long: Little's law as λ = L ÷ W."""
    count = domain.amount(Message("places"), places)
    time = domain.positive(Message("time of a call"), time_ms, "ms")
    source = "Little: A Proof for the Queuing Formula L = λW (1961)"
    return Working("λ = L ÷ W", (count, time), 1000 * count.value / time.value, "rps", source)


def replicas_needed(
    peak_rps: Value, capacity_rps: Value, headroom: Value | None = None, shards: Value | None = None
) -> Working:
    """Replicas that carry the peak: ⌈peak ÷ (capacity of one · headroom)⌉, at least one; so many for every shard.

    ``headroom`` is the share of the capacity that is planned for, .7 unless given; ``shards`` share the calls evenly, 1
    unless given. ValueRefused for a capacity of zero.
    """
    peak = domain.amount(Message("peak load"), peak_rps, "rps")
    one = domain.positive(Message("capacity of a replica"), capacity_rps, "rps")
    used = domain.some_share(Message("headroom"), headroom, default=HEADROOM)
    parts = _shards(shards)
    each = max(1, ceil(peak.value / parts.value / (one.value * used.value) - 1e-9))
    if parts.value == 1:
        formula = "replicas = ⌈peak load ÷ (capacity of a replica · headroom)⌉"
        return Working(formula, (peak, one, used), float(each), "replicas", SRE)
    formula = "replicas = shards · ⌈peak load ÷ shards ÷ (capacity of a replica · headroom)⌉"
    return Working(formula, (parts, peak, one, used), parts.value * each, "replicas", SRE)


def capacity_of(
    replicas: Value, capacity_rps: Value, headroom: Value | None = None, shards: Value | None = None
) -> Working:
    """Requests a second that replicas are planned to carry: replicas · capacity · headroom (.7 unless given).

    Where the data lies in ``shards`` (1 unless given), that with the fewest copies sets the pace.
    """
    count = domain.amount(Message("replicas"), replicas, "replicas")
    one = domain.amount(Message("capacity of a replica"), capacity_rps, "rps")
    used = domain.some_share(Message("headroom"), headroom, default=HEADROOM)
    parts = _shards(shards)
    if parts.value == 1:
        formula = "rps = replicas · capacity of a replica · headroom"
        return Working(formula, (count, one, used), count.value * one.value * used.value, "rps", SRE)
    even = parts.value * floor(count.value / parts.value + 1e-9)
    formula = "rps = shards · ⌊replicas ÷ shards⌋ · capacity of a replica · headroom"
    return Working(formula, (parts, count, one, used), even * one.value * used.value, "rps", SRE)


def _shards(shards: Value | None) -> Input:
    return domain.number(Message("shards"), shards, at_least=1, at_most=domain.LARGEST, default=1.0)


def hours_of_work(
    every_hours: Value, a_day: Value, replicas: Value, capacity_rps: Value, calls: Value | None = None
) -> Working:
    """Hours that one run of a batch takes at full load, if a day brings so many rows and it runs ``every_hours``.

    ``capacity_rps`` counts calls a second of one replica, ``calls`` those that a row makes (1 unless given). No
    headroom is kept: nobody waits for a single row. ValueRefused for no replicas or no capacity.
    """
    period = domain.positive(Message("hours between runs"), every_hours, "h")
    rows = domain.amount(Message("rows a day"), a_day, "1/day")
    count = domain.positive(Message("replicas"), replicas, "replicas")
    one = domain.positive(Message("capacity of a replica"), capacity_rps, "rps")
    hours = rows.value * period.value / 24 / (count.value * one.value) / 3600
    work = "hours between runs ÷ 24 ÷ (replicas · capacity of a replica · 3600)"
    if calls is None:
        formula = f"hours = rows a day · {work}"
        return Working(formula, (rows, period, count, one), hours, "h", "Arithmetic")
    each = domain.amount(Message("calls of a row"), calls)
    formula = f"hours = rows a day · calls of a row · {work}"
    return Working(formula, (rows, each, period, count, one), hours * each.value, "h", "Arithmetic")


def fan_out_tail(calls: Value, percentile: Value | None = None) -> Working:
    """Share of requests in which not one of ``calls`` parallel calls is slower than its percentile (.99 unless given).

    Calls are taken as independent. Source: Dean, Barroso: The Tail at Scale (2013).
    """
    count = domain.number(Message("calls"), calls, at_least=1, at_most=domain.LARGEST)
    level = domain.some_share(Message("percentile"), percentile, default=0.99)
    return Working("share = percentileⁿ", (count, level), level.value**count.value, "", TAIL)


def percentile_needed(calls: Value, requests: Value | None = None) -> Working:
    """Share of single calls that must be in time, so that all of them are in 99 % of requests (unless given)."""
    count = domain.number(Message("calls"), calls, at_least=1, at_most=domain.LARGEST)
    wanted = domain.some_share(Message("share of requests"), requests, default=0.99)
    return Working("percentile = share^(1/n)", (count, wanted), wanted.value ** (1 / count.value), "", TAIL)


def storage_gb(writes_s: Value, bytes_each: Value, retention_days: Value, replication: Value | None = None) -> Working:
    """GB (10⁹ bytes) kept: *average* writes a second · bytes each · seconds kept · copies (1 unless given)."""
    rate = domain.amount(Message("average writes a second"), writes_s, "1/s")
    size = domain.amount(Message("bytes of a record"), bytes_each, "B")
    kept = domain.amount(Message("retention"), retention_days, "days")
    copies = domain.number(Message("copies"), replication, at_least=1, at_most=100, default=1.0)
    result = rate.value * size.value * kept.value * SECONDS_A_DAY * copies.value / 1e9
    formula = "GB = writes a second · bytes · 86 400 · days · copies ÷ 10⁹"
    return Working(formula, (rate, size, kept, copies), result, "GB", ESTIMATE)


def bandwidth_mbit(rps: Value, bytes_each: Value) -> Working:
    """Megabits a second for requests or responses of ``bytes_each`` bytes."""
    rate = domain.amount(Message("requests a second"), rps, "rps")
    size = domain.amount(Message("bytes of a message"), bytes_each, "B")
    return Working(
        "Mbit/s = rps · bytes · 8 ÷ 10⁶", (rate, size), rate.value * size.value * 8 / 1e6, "Mbit/s", ESTIMATE
    )


def feature_reads(rps: Value, candidates: Value, features: Value, cached: Value | None = None) -> Working:
    """Values read from the feature store a second: requests · candidates · features, less what is cached."""
    rate = domain.amount(Message("requests a second"), rps, "rps")
    items = domain.amount(Message("candidates of a request"), candidates)
    width = domain.amount(Message("features of a candidate"), features)
    hits = domain.share(Message("share answered by a cache"), cached, default=0.0)
    inputs: tuple[Input, ...] = (rate, items, width, hits)
    result = rate.value * items.value * width.value * (1 - hits.value)
    return Working("reads = rps · candidates · features · (1 − cached)", inputs, result, "1/s", ESTIMATE)
