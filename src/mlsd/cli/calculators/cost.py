"""``mlsd size cost``: the bill of a month against its budget and its worth."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from mlsd.cli.calculators.flags import Text, about, flag, read
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.cli.speech import say
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message, UsageError, ValueRefused
from mlsd.sizing import cost as sums
from mlsd.sizing.working import Input

HELP = Message(
    "A month's bill, and batch against online serving. Example: mlsd size cost --item 'ranker=190*24' "
    "--item 'lake=1100' --budget 20k --worth 180k --requests 360M"
)


def cost(
    items: Annotated[
        list[str] | None,
        typer.Option(
            "--item",
            metavar="NAME=SUM",
            help=say(Message("A part of the bill: its sum of a month, or unit cost * units. May be repeated.")),
            show_default=False,
        ),
    ] = None,
    budget: Annotated[Text, flag("--budget", Message("What may be spent in a month."))] = None,
    worth: Annotated[Text, flag("--worth", Message("What reaching the target is worth a month."))] = None,
    build: Annotated[
        Text, flag("--build", Message("What building it costs, for the months until it pays back."))
    ] = None,
    requests: Annotated[Text, flag("--requests", Message("Requests of a month, for the cost of one."))] = None,
    entities: Annotated[
        Text, flag("--entities", Message("Batch against online: entities predicted for in each run."))
    ] = None,
    runs: Annotated[Text, flag("--runs", Message("Runs of the batch in a month."))] = None,
    pace: Annotated[Text, flag("--predictions-hour", Message("Predictions that a machine makes in an hour."))] = None,
    replicas: Annotated[Text, flag("--replicas", Message("Replicas that serve online, around the clock."))] = None,
    hour_price: Annotated[Text, flag("--hour-price", Message("Price of a machine hour."))] = None,
    serving_price: Annotated[Text, flag("--serving-price", Message("Price of a serving hour, if it differs."))] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """The sum, what is left, what one request costs, whether the effect pays for it."""
    compared = {
        "--entities": read("--entities", entities, quantity.count),
        "--runs": read("--runs", runs, quantity.number),
        "--predictions-hour": read("--predictions-hour", pace, quantity.number),
        "--replicas": read("--replicas", replicas, quantity.count),
        "--hour-price": read("--hour-price", hour_price, _money),
    }
    choice = _choice(compared, read("--serving-price", serving_price, _money))
    if not items and choice is not None:
        show(choice, format)
        return ExitCode.OK
    if not items:
        raise UsageError(
            Message("This cannot be computed without {flag}.", flag="--item"),
            Message("Give it, for example: {flag} {example}", flag="--item", example="'ranker=190*24'"),
        )
    limit = read("--budget", budget, _money)
    found = sums.monthly_bill([_item(text) for text in items], limit)
    rows = [Derived("month", "", Message("cost of a month"), found.working)]
    month = found.working.as_input(Message("cost of a month"))
    rows += _worth(month, read("--worth", worth, _money), read("--build", build, _money))
    volume = read("--requests", requests, quantity.number)
    if volume is not None:
        rows.append(Derived("request", "", Message("cost of one request"), sums.unit_cost(month, volume)))
    data: dict[str, Any] = {"left": found.left} | {row.id: row.result for row in rows}
    data["items"] = [{"item": name, "month": value} for name, value in found.items]
    remarks = list(_remarks(found.left))
    if found.left is not None and found.left < 0:
        ways = sums.fitting_items(found)
        data["ways_out"] = {"budget": found.working.result, "items": dict(ways)}
        remarks += _ways_out(found.working.result or 0.0, ways)
    if choice is not None:
        rows, data, remarks = [*rows, *choice.derived], data | dict(choice.data), [*remarks, *choice.remarks]
    show(Answer(rows, data, None, remarks), format)
    return ExitCode.OK


def _choice(given: dict[str, Input | None], other: Input | None) -> Answer | None:
    """Batch against online, where its flags are given; one of them alone says nothing."""
    if not any(given.values()) and other is None:
        return None
    missing = [name for name, value in given.items() if value is None]
    if missing:
        raise UsageError(
            Message("Batch against online cannot be computed without {flags}.", flags=missing),
            Message(
                "Give all of them: --entities 3M --runs 30 --predictions-hour 2M --replicas 24 --hour-price 0.3",
            ),
        )
    entities, runs, pace, replicas, price = (value for value in given.values() if value is not None)
    found = sums.batch_or_online(entities, runs, pace, replicas, price, other)
    row = Derived("online_over_batch", "", Message("what online costs over batch, a month"), found.working)
    data = {"batch": found.batch, "online": found.online, "cheaper": found.cheaper}
    batch, online = float(f"{found.batch:.6g}"), float(f"{found.online:.6g}")
    said = Message("Batch costs {batch} a month, online {online}.", batch=batch, online=online)
    return Answer([row], data | {row.id: row.result}, None, [said])


def _worth(month: Input, worth: Input | None, build: Input | None) -> Iterator[Derived]:
    if worth is None:
        return
    yield Derived("covers", "", Message("worth over cost"), sums.value_against_cost(worth, month))
    if build is not None:
        paid = sums.payback_months(build, worth, month)
        yield Derived("payback_months", "", Message("months until it has paid back"), paid)


def _money(value: object) -> float:
    return quantity.money(value, None)


def _item(text: str) -> sums.Item:
    name, sign, amount = text.partition("=")
    parts: Sequence[str] = amount.replace("×", "*").split("*")
    if not sign or not name.strip() or len(parts) > 2:
        raise UsageError(
            Message("--item: “{text}” is no part of a bill.", text=text),
            Message("Write name=sum or name=unit cost*units: ranker=190*24"),
        )
    try:
        values = [_money(parts[0]), *(quantity.number(part) for part in parts[1:])]
    except ValueRefused as error:
        raise about("--item", error) from None
    if len(values) == 1:
        return sums.Item(name.strip(), month=values[0])
    return sums.Item(name.strip(), unit_cost=values[0], volume_month=values[1])


def _remarks(left: float | None) -> Iterator[Message]:
    if left is not None and left >= 0:
        yield Message("{left} of the budget are left.", left=left)
    elif left is not None:
        yield Message("The sum is {over} over the budget.", over=-left)


def _ways_out(total: float, ways: Sequence[tuple[str, float]]) -> Iterator[Message]:
    """What would make the bill fit; each way alone."""
    yield Message("Each of these alone would make it fit:")
    yield Message("– a budget of at least {total}", total=total)
    for item, most in ways:
        yield Message("– {item} for at most {most}", item=item, most=float(f"{most:.6g}"))
