"""What the service promises and what its blocks add up to: the path's latency and availability, the funnel, memory."""

from __future__ import annotations

from typing import Any

from mlsd.design import Design
from mlsd.design.pipeline import Component, Holding
from mlsd.errors import Message
from mlsd.render.facts import Facts, computed
from mlsd.render.view.figures import Figures
from mlsd.render.view.names import Names
from mlsd.sizing.availability import path_availability
from mlsd.sizing.latency import blocks, funnel_ms, latency_when_timed_out, path_latency
from mlsd.sizing.memory import table_gb, vectors_gb, weights_gb


def promised(design: Design, kind: str) -> float | None:
    """The number of the constraint of this kind that limits the whole service, in the unit of its kind."""
    for constraint in design.problem.constraints:
        if constraint.kind == kind and constraint.value is not None and not constraint.applies_to:
            seconds = (constraint.unit or "").strip() == "s"
            return constraint.value * 1000 if seconds and kind == "latency" else constraint.value
    return None


def path_ms(design: Design) -> float | None:
    """The sum of the request path at p99 in ms."""
    found = computed(path_latency, design.pipeline.request_path, _p99(design))
    return found.total if found else None


def service(design: Design, figures: Figures, names: Names) -> Facts:
    """Path, sums, comparison with what was promised, availability, funnel and memory, in words."""
    facts: Facts = {"steps": [], "sum": None, "addends": None, "promised": None, "left": None, "over": None,
                    "unknown": [], "timeouts": [], "available": None, "bare": None, "uptime": None}  # fmt: skip
    path = design.pipeline.request_path
    facts["steps"] = [
        {"names": [names.of(block) for block in blocks([step])], "parallel": isinstance(step, list) and len(step) > 1}
        for step in path
    ]
    budget = promised(design, "latency")
    facts["promised"] = None if budget is None else figures.ms(budget)
    found = computed(path_latency, path, _p99(design), budget or None)
    if found and found.total is not None:
        facts["sum"] = figures.ms(found.total)
        addends = [figures.number(step.ms) for step in found.steps if step.ms is not None]
        facts["addends"] = " + ".join(addends) if len(addends) > 1 else None
        facts["unknown"] = [names.of(block) for block in found.missing]
        if found.left is not None:
            facts["left" if found.left >= 0 else "over"] = figures.ms(abs(found.left))
        facts["timeouts"] = _timeouts(design, figures, names)
    return facts | _availability(design, figures)


def _timeouts(design: Design, figures: Figures, names: Names) -> list[Facts]:
    """For each block of the path that has a timeout and a fallback: the path when it never answers."""
    found = []
    path, p99 = design.pipeline.request_path, _p99(design)
    on_path = set(blocks(path))
    for block in design.pipeline.components:
        if not (block.id in on_path and block.timeout_ms is not None and block.fallback and block.id):
            continue
        late = computed(latency_when_timed_out, path, block.id, p99, block.timeout_ms, block.retries, block.fallback)
        if late and late.total is not None:
            entry = {"block": names.of(block.id), "fallback": names.of(block.fallback), "ms": figures.ms(late.total)}
            found.append(entry | {"bare": late.total})
    worst = max(found, key=lambda entry: float(entry["bare"]), default=None)
    return [worst] if worst else []


def _availability(design: Design, figures: Figures) -> Facts:
    components = {block.id: block for block in design.pipeline.components if block.id}
    found = computed(
        path_availability,
        design.pipeline.request_path,
        {name: block.availability for name, block in components.items()},
        {name: block.fallback for name, block in components.items() if block.fallback},
        [name for name, block in components.items() if block.critical is False],
    )
    facts: Facts = {"available": None, "bare": None, "uptime": None}
    uptime = promised(design, "availability")
    if uptime is not None:
        facts["uptime"] = figures.percent(uptime)
    if found and found.result is not None and not found.missing:
        facts["available"] = figures.percent(_rounded(found.result))
        if found.without_fallbacks is not None and found.without_fallbacks < found.result:
            facts["bare"] = figures.percent(_rounded(found.without_fallbacks))
    return facts


def _rounded(share: float) -> float:
    """A share to a hundredth of a percent, but never a whole 100 % that is not one."""
    return min(round(share, 4), 0.9999) if share < 1 else share


def _p99(design: Design) -> dict[str, Any]:
    return {block.id: block.p99_ms for block in design.pipeline.components if block.id}


def funnel(design: Design, figures: Figures, names: Names) -> list[Facts]:
    """Each step of the funnel: how many come in (or what the step before gave) and go out, and how long it takes."""
    rows: list[Facts] = []
    comes: int | None = design.problem.scale.items
    for step in design.pipeline.funnel:
        takes = step.takes if step.takes is not None else comes
        time = working = None
        if takes is not None and step.ms_per_item is not None:
            found = computed(funnel_ms, takes, step.ms_per_item, step.parallel or 1)
            if found and found.result is not None:
                time = figures.ms(float(f"{found.result:.6g}"))
                each = f"{figures.number(takes)} × {figures.ms(step.ms_per_item)}"
                working = f"{each} ÷ {step.parallel}" if step.parallel and step.parallel > 1 else each
        rows.append(
            {
                "step": names.of(step.component) if step.component else None,
                "takes": None if takes is None else figures.number(takes),
                "gives": None if step.gives is None else figures.number(step.gives),
                "time": f"{time} ({working})" if time else None,
            }
        )
        comes = step.gives
    return rows


def capacity(design: Design, figures: Figures, names: Names) -> list[Facts]:
    """Blocks with replicas, capacity, memory or GPUs: what they carry together, and what they hold."""
    rows: list[Facts] = []
    for block in design.pipeline.components:
        together = None
        if block.replicas is not None and block.capacity_rps is not None:
            together = figures.number(block.replicas * block.capacity_rps)
        row: Facts = {
            "block": names.of_entry(block),
            "replicas": None if block.replicas is None else figures.number(block.replicas),
            "each": None if block.capacity_rps is None else figures.number(block.capacity_rps),
            "together": together,
            "memory": _memory(block, figures),
            "holds": ", ".join(filter(None, (_holding(design, part, figures) for part in block.holds))) or None,
            "gpus": None if block.gpus is None else figures.number(block.gpus),
        }
        if any(row[key] for key in ("replicas", "each", "memory", "holds", "gpus")):
            rows.append(row)
    return rows


def _memory(block: Component, figures: Figures) -> str | None:
    if block.memory_gb is None:
        return None
    node = figures.gigabytes(block.memory_gb)
    return f"{block.shards} × {node}" if block.shards and block.shards > 1 else node


def _holding(design: Design, part: Holding, figures: Figures) -> str | None:
    rows = part.rows if part.rows is not None else (design.problem.scale.items if part.what == "vectors" else None)
    if rows is None:
        return None
    size = None
    if part.what == "vectors" and part.dim:
        size = computed(vectors_gb, rows, part.dim, part.bytes, part.index or "flat", part.m)
    elif part.what == "table" and part.dim:
        size = computed(table_gb, rows, part.dim, part.bytes)
    elif part.what == "weights" and part.bytes:
        size = computed(weights_gb, rows, part.bytes)
    what = {
        "vectors": Message("{rows} vectors of {dim}", rows=figures.number(rows), dim=part.dim or "?"),
        "table": Message("a table of {rows} rows", rows=figures.number(rows)),
        "weights": Message("{rows} weights", rows=figures.number(rows)),
    }.get(part.what or "", Message("{rows} rows", rows=figures.number(rows)))
    if size is None or size.result is None:
        return figures.say(what)
    return f"{figures.say(what)}: {figures.unit(float(f'{size.result:.2g}'), 'GB')}"
