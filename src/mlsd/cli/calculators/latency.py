"""``mlsd size latency``: the time of a request path, what is left, how often it is up."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from mlsd.cli.calculators.flags import Text, about, flag, listed, read, want
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.cli.speech import say
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message, UsageError, ValueRefused
from mlsd.sizing.availability import downtime as time_down
from mlsd.sizing.availability import from_downtime, in_series, with_fallback
from mlsd.sizing.capacity import fan_out_tail
from mlsd.sizing.latency import PathLatency, fitting_ms, path_latency
from mlsd.sizing.tail import path_p99
from mlsd.sizing.working import Input

HELP = Message(
    "The p99 of a request path. Blocks in order, parallel ones with +, p50/p99 for an estimate. Example: "
    "mlsd size latency --path 'gateway 10ms > retrieval 30ms + features 15ms > ranker 80ms' --budget 200ms"
)
PATH = "--path"


def latency(
    path: Annotated[
        Text, flag("--path", Message("Blocks with their p99, or p50/p99: 'a 10ms > b 5/30ms + c 15ms'."))
    ] = None,
    budget: Annotated[Text, flag("--budget", Message("What was promised: 200ms."))] = None,
    calls: Annotated[Text, flag("--calls", Message("Parallel calls of a request: what their tail does."))] = None,
    availability: Annotated[
        Text,
        flag("--availability", Message("Availability of each block, and of its fallback: 99.9%,99.5%:99.9%.")),
    ] = None,
    downtime: Annotated[
        Text, flag("--downtime", Message("Or: hours a year that it may be down: gives the availability."))
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help=say(Message("Start of the random numbers.")))] = 0,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """Everything that the flags given allow."""
    rows: list[Derived] = []
    data: dict[str, Any] = {}
    if path is not None:
        steps, fast, slow = _read(path)
        promise = read("--budget", budget, quantity.in_ms)
        found = path_latency(steps, slow, promise)
        data = {"p99_ms": found.total, "left_ms": found.left, "steps": [_step(step) for step in found.steps]}
        rows.append(Derived("p99_ms", "", Message("latency of the path at p99, from above"), found.working))
        if set(fast) == set(slow):
            both: Any = {block: (fast[block], slow[block]) for block in slow}
            estimate = path_p99(steps, both, seed=seed)
            rows.append(Derived("estimate_ms", "", Message("latency of the path at p99, estimated"), estimate))
            data["estimate_ms"] = estimate.result
        remarks = list(_remarks(found))
        if promise is not None and found.left is not None and found.left < 0:
            ways = fitting_ms(steps, slow, promise)
            data["ways_out"] = {"budget": found.total, "blocks": dict(ways)}
            remarks += _ways_out(found.total or 0.0, ways)
    else:
        remarks = []
    if calls is not None:
        tail = fan_out_tail(read("--calls", calls, quantity.count) or 1)
        rows.append(Derived("without_slow_call", "", Message("requests without a call slower than its p99"), tail))
        data["without_slow_call"] = tail.result
    if availability is not None:
        up = in_series([*_blocks_up(availability)])
        rows.append(Derived("availability", "", Message("availability in series"), up))
        down = time_down(up.as_input(Message("availability")))
        rows.append(Derived("downtime", "", Message("time down"), down.working.with_note(down.text)))
        data |= {"availability": up.result, "downtime_hours_year": down.hours_year}
    if downtime is not None:
        needed = from_downtime(read("--downtime", downtime, quantity.in_hours) or 0.0)
        rows.append(Derived("availability_needed", "", Message("availability needed"), needed))
        data["availability_needed"] = needed.result
    if not rows:
        raise UsageError(Message("Nothing can be computed from these flags."), Message("Give --path, see: --help"))
    show(Answer(rows, data, None, remarks), format)
    return ExitCode.OK


def _blocks_up(text: str) -> Iterator[Input | float]:
    """The availability of each block; behind a colon stands that of its fallback."""
    for block in text.split(","):
        own, colon, other = block.partition(":")
        if not colon:
            yield from listed("--availability", own, quantity.share)
            continue
        first, second = (want("--availability", part, quantity.share, "99.5%:99.9%") for part in (own, other))
        yield with_fallback(first, second).as_input(Message("a block with its fallback"))


def _read(text: str) -> tuple[list[Any], dict[str, Input], dict[str, Input]]:
    """The steps of a written path, the medians and the p99 of its blocks."""
    steps: list[Any] = []
    fast: dict[str, Input] = {}
    slow: dict[str, Input] = {}
    for step in text.replace("→", ">").split(">"):
        names = []
        for block in step.split("+"):
            name, _, times = block.strip().partition(" ")
            if not name or not times.strip() or name in slow:
                raise UsageError(
                    Message("{flag}: “{text}” does not say a block and its time.", flag=PATH, text=block.strip()),
                    Message("Write each block once, with its p99: gateway 10ms > ranker 80ms"),
                )
            low, slash, high = times.partition("/")
            slow[name] = _time(name, high if slash else low)
            if slash:
                fast[name] = _time(name, low if low.strip()[-1:].isalpha() else low + _unit(high))
            names.append(name)
        steps.append(names if len(names) > 1 else names[0])
    return steps, fast, slow


def _unit(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())


def _time(name: str, text: str) -> Input:
    try:
        return Input(name, quantity.in_ms(text), "ms", name)
    except ValueRefused as error:
        raise about(PATH, error) from None


def _step(step: Any) -> dict[str, Any]:
    return {"blocks": list(step.blocks), "slowest": step.slowest, "ms": step.ms}


def _remarks(found: PathLatency) -> Iterator[Message]:
    if found.left is not None and found.left >= 0:
        yield Message("{left} ms are left of what was promised.", left=found.left)
    elif found.left is not None:
        yield Message("The path takes {over} ms more than was promised.", over=-found.left)


def _ways_out(total: float, ways: Sequence[tuple[str, float]]) -> Iterator[Message]:
    """What would make the path fit; each way alone."""
    yield Message("Each of these alone would make it fit:")
    yield Message("– a promise of at least {total} ms", total=total)
    for block, ms in ways:
        yield Message("– {block} in at most {ms} ms", block=block, ms=ms)
