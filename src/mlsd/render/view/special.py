"""Parts whose values need their neighbours to be read: a metric's unit, a constraint's kind, an effect's base."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mlsd.derived.guardrails import stops_at
from mlsd.design.ab_test import AbTest
from mlsd.design.deploy import Bound, CostItem, Monitor
from mlsd.design.design import Choice
from mlsd.design.metrics import Effect, Metric
from mlsd.design.model import Baseline, Candidate, OperatingPoint
from mlsd.design.node import Node
from mlsd.design.pipeline import Component
from mlsd.design.place import Path
from mlsd.design.problem import Constraint, ErrorCosts, Goal, Risk
from mlsd.design.quantity import Percentage
from mlsd.errors import Message
from mlsd.render.escape import one_line
from mlsd.render.view.headings import STAGES
from mlsd.render.view.measures import measure, measured, points

if TYPE_CHECKING:
    from mlsd.render.view.tree import Shown, Tree

_LIMITS = {"<=": Message("at most {amount}"), ">=": Message("at least {amount}"), "=": Message("exactly {amount}")}
NOT_SAID = "?"
_SHORT = 120
"""Characters of a limit in words that still reads as a reason of a block."""
_NATURAL_UNIT = {"availability": "share", "latency": "ms", "throughput": "rps", "memory": "GB", "freshness": "min",
                 "recovery": "min"}  # fmt: skip


def complete(tree: Tree, node: Node, found: Shown, at: Path) -> None:
    """Rewrite the values of a part that the general rules cannot read, and add what a document asks of it."""
    special = _SPECIAL.get(type(node))
    if special:
        special(tree, node, found, at)


def _metric(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    for field in ("baseline", "target"):
        value = getattr(node, field)
        if value is not None:
            found[field] = tree.marked(measured(tree.design, tree.figures, node, value), (*at, field))
    found["stops_at"] = None
    found["expected"] = found["lift"]["text"]
    found["counted"] = found["of"] or found["window_days"]
    if found["of"] and found["window_days"]:
        of, window = found["of"], found["window_days"]
        found["counted"] = tree.figures.say(Message("{unit}, {window}", unit=of, window=window))
    if node.sd is not None:
        found["sd"] = tree.marked(points(tree.design, tree.figures, node, node.sd), (*at, "sd"))
    if node.margin is not None:
        found["margin"] = tree.marked(points(tree.design, tree.figures, node, node.margin), (*at, "margin"))
        stop = stops_at(tree.design, at)
        if stop is not None and stop.result is not None:
            found["stops_at"] = measured(tree.design, tree.figures, node, stop.result)


def _goal(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    metric = measure(tree.design, node.metric)
    for field in ("baseline", "target"):
        value = getattr(node, field)
        if value is not None:
            found[field] = tree.marked(measured(tree.design, tree.figures, metric, value), (*at, field))


def _quality(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    metric = measure(tree.design, node.metric)
    for field in ("value", "expected"):
        value = getattr(node, field, None)
        if value is not None:
            found[field] = tree.marked(measured(tree.design, tree.figures, metric, value), (*at, field))


def _constraint(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    found["title"] = node.name or found["kind"] or found["label"]
    found["limit"] = None
    found["said"] = found["text"]
    if node.value is None:
        return
    unit = node.unit or _NATURAL_UNIT.get(node.kind or "", "")
    amount = tree.figures.unit(node.value, unit)
    if node.kind == "hardware" and node.value == 0:
        found["limit"] = tree.figures.say(Message("no {unit}", unit=node.unit or "GPU"))
    else:
        found["limit"] = tree.figures.say(Message(_LIMITS[node.op or "="].text, amount=amount))
    if node.percentile is not None:
        percentile = tree.figures.percentile(node.percentile)
        found["limit"] = tree.figures.say(
            Message("{limit} at {percentile}", limit=found["limit"], percentile=percentile)
        )
    found["limit"] = tree.marked(found["limit"], (*at, "value"))
    found["said"] = f"{found['title']} – {found['limit']}" if found["title"] else found["limit"]


def _component(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    """The limits for which a block is there: by name, else by what they limit; an id says nothing to a reader."""
    places = {limit.id: number for number, limit in enumerate(tree.design.problem.constraints) if limit.id}
    found["because"] = [
        tree.marked(_reason(tree, places[serves]), (*at, "serves", number)) if serves in places else words
        for number, (serves, words) in enumerate(zip(node.serves, found["serves"], strict=True))
    ]


def _reason(tree: Tree, number: int) -> str:
    limit = tree.design.problem.constraints[number]
    shown = tree.node(limit, ("problem", "constraints", number))
    text = one_line(limit.text or "").removesuffix(".")
    short = text if 0 < len(text) <= _SHORT else None
    found: str = limit.name or (shown["said"] if shown["limit"] else short) or shown["title"]
    return found.rstrip("†")


def _bound(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    found["limit"] = None
    if node.value is None:
        return
    metric = measure(tree.design, node.target)
    amount = (
        tree.figures.unit(node.value, node.unit)
        if node.unit
        else measured(tree.design, tree.figures, metric, node.value)
    )
    found["limit"] = tree.marked(tree.figures.say(Message(_LIMITS[node.op or "="].text, amount=amount)), (*at, "value"))


def _effect(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    found["text"] = None
    if node.value is None:
        return
    first = tree.design.ab_test.primary[:1]
    decides = measure(tree.design, first[0] if first else None)
    # an effect of the test is signed as the sizes beside it are
    lowers = at[0] == "ab_test" and decides is not None and decides.direction == "down"
    value = -abs(node.value) if lowers else node.value
    if node.kind == "absolute":
        text = points(tree.design, tree.figures, decides, value, of_share=isinstance(node.value, Percentage))
    else:
        text = tree.figures.say(Message("{share} relative", share=tree.figures.percent(value)))
    found["text"] = tree.marked(text, (*at, "value"))


def _ab_test(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    found["split"] = {
        name: tree.marked(tree.figures.percent(share), (*at, "split", name)) for name, share in node.split.items()
    }


def _operating_point(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    if node.value is not None and node.kind == "top_share":
        found["value"] = tree.marked(tree.figures.percent(node.value), (*at, "value"))


def _error_costs(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    for field in ("false_positive", "false_negative", "over", "under"):
        value = getattr(node, field)
        if value is not None:
            relative = node.currency == "relative"
            text = tree.figures.number(value) if relative else tree.figures.money(value, node.currency)
            found[field] = tree.marked(text, (*at, field))


def _cost(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    amount = monthly(node)
    found["amount"] = None if amount is None else tree.marked(tree.figures.money(amount), (*at, "month"))
    found["how"] = None
    if node.unit_cost is not None or node.volume_month is not None:
        found["how"] = f"{found['volume_month'] or NOT_SAID} × {found['unit_cost'] or NOT_SAID}"


def monthly(item: CostItem) -> float | None:
    """What an item costs a month, given or from its unit cost."""
    if item.month is not None:
        return item.month
    if item.unit_cost is not None and item.volume_month is not None:
        return item.unit_cost * item.volume_month
    return None


def _monitor(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    found["owner"] = found["owner"] or tree.design.deploy.owner
    own = found["label"] if node.name or node.id != node.target else None
    if not node.name:
        found["label"] = found["target"] or found["label"]
    found["target"] = f"{own} ({found['target']})" if own and found["target"] else own or found["target"]
    found["said"] = ", ".join(part for part in (found["label"], found["threshold"]) if part) or None


def _risk(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    found["title"] = found["text"] or found["label"]
    found["answer"] = found["mitigation"]
    if found["accepted"]:
        found["answer"] = tree.figures.say(Message("accepted: {reason}", reason=found["accepted"]))


def _choice(tree: Tree, node: Any, found: Shown, at: Path) -> None:
    stage = STAGES.get((node.about or "").partition(".")[0])
    found["stage"] = tree.figures.say(stage) if stage else None


_SPECIAL: dict[type[Node], Callable[[Any, Any, Any, Path], None]] = {
    Metric: _metric,
    Goal: _goal,
    Baseline: _quality,
    Candidate: _quality,
    Constraint: _constraint,
    Component: _component,
    Bound: _bound,
    Effect: _effect,
    AbTest: _ab_test,
    OperatingPoint: _operating_point,
    ErrorCosts: _error_costs,
    CostItem: _cost,
    Monitor: _monitor,
    Choice: _choice,
    Risk: _risk,
}
