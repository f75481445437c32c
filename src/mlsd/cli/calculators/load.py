"""``mlsd size load``: requests a second, requests in flight, replicas, reads, storage, bandwidth."""

from collections.abc import Iterator
from typing import Annotated

from mlsd.cli.calculators.flags import Text, flag, read
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message, UsageError
from mlsd.sizing import capacity
from mlsd.sizing.working import Input

HELP = Message(
    "Load, requests in flight, replicas, storage. Example: "
    "mlsd size load --users 2M --requests 6 --peak 900 --latency 130ms --capacity 60"
)
GIVE = Message("Give users and requests of each, or a volume: mlsd size load --users 2M --requests 6")


def load(
    users: Annotated[Text, flag("--users", Message("Users a day: 2M."))] = None,
    requests: Annotated[Text, flag("--requests", Message("Requests of a user a day."))] = None,
    volume: Annotated[Text, flag("--volume", Message("Or: requests a day, whoever asks."))] = None,
    peak: Annotated[Text, flag("--peak", Message("Requests a second at the peak (else the average)."))] = None,
    latency: Annotated[Text, flag("--latency", Message("Time of a request: 130ms; gives requests in flight."))] = None,
    capacity: Annotated[Text, flag("--capacity", Message("Requests a second of one replica; gives replicas."))] = None,
    headroom: Annotated[Text, flag("--headroom", Message("Share of the capacity that is planned for (70%)."))] = None,
    candidates: Annotated[Text, flag("--candidates", Message("Candidates of a request, for feature reads."))] = None,
    features: Annotated[Text, flag("--features", Message("Features of a candidate."))] = None,
    cached: Annotated[Text, flag("--cached", Message("Share of the reads that a cache answers."))] = None,
    record: Annotated[Text, flag("--record", Message("Bytes of one record: gives bandwidth, and storage."))] = None,
    retention: Annotated[Text, flag("--retention", Message("How long records are kept: 90d."))] = None,
    replication: Annotated[Text, flag("--replication", Message("Copies of each record (1 unless given)."))] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """Everything that the flags given allow."""
    given = {
        "users": read("--users", users, quantity.count),
        "requests": read("--requests", requests, quantity.number),
        "volume": read("--volume", volume, quantity.count),
        "peak": read("--peak", peak, quantity.number),
        "latency": read("--latency", latency, quantity.in_ms),
        "capacity": read("--capacity", capacity, quantity.number),
        "headroom": read("--headroom", headroom, quantity.share),
        "candidates": read("--candidates", candidates, quantity.count),
        "features": read("--features", features, quantity.count),
        "cached": read("--cached", cached, quantity.share),
        "record": read("--record", record, quantity.count),
        "retention": read("--retention", retention, quantity.in_days),
        "replication": read("--replication", replication, quantity.count),
    }
    rows = list(_rows(given))
    if not rows:
        raise UsageError(Message("Nothing can be computed from these flags."), GIVE)
    show(Answer(rows, {row.id: row.result for row in rows}), format)
    return ExitCode.OK


def _rows(given: dict[str, Input | None]) -> Iterator[Derived]:
    average = None
    if given["volume"] is not None or (given["users"] is not None and given["requests"] is not None):
        working = capacity.average_rps(
            daily_users=given["users"], requests_per_user_day=given["requests"], volume_day=given["volume"]
        )
        yield Derived("average_rps", "", Message("average load"), working)
        average = working.as_input(Message("average load"))
    rate = given["peak"] or average
    if rate is None:
        return
    if given["latency"] is not None:
        flying = capacity.in_flight(rate, given["latency"])
        yield Derived("in_flight", "", Message("requests in flight"), flying)
    if given["capacity"] is not None:
        replicas = capacity.replicas_needed(rate, given["capacity"], given["headroom"])
        yield Derived("replicas", "", Message("replicas"), replicas)
    if given["candidates"] is not None and given["features"] is not None:
        reads = capacity.feature_reads(rate, given["candidates"], given["features"], given["cached"])
        yield Derived("feature_reads", "", Message("feature reads a second"), reads)
    if given["record"] is not None:
        yield Derived("bandwidth", "", Message("bandwidth"), capacity.bandwidth_mbit(rate, given["record"]))
        if given["retention"] is not None:
            writes = average or rate
            kept = capacity.storage_gb(writes, given["record"], given["retention"], given["replication"])
            yield Derived("storage_gb", "", Message("storage, from the average load"), kept)
