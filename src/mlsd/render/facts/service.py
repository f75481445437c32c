"""What the service promises and what its blocks add up to: the path's latency and availability, the funnel, memory."""

from __future__ import annotations

from mlsd.derived.funnel import stages
from mlsd.derived.memory import holding, rows_of
from mlsd.derived.promised import promised
from mlsd.derived.service import availability, latency, timed_out
from mlsd.design import Design, Path
from mlsd.design.pipeline import Component, Holding
from mlsd.errors import Message
from mlsd.render.facts import Facts
from mlsd.render.view.figures import Figures
from mlsd.render.view.names import Names
from mlsd.sizing.latency import blocks

MOST_NINES = 8
"""Digits after the point of a share at most: beyond them two availabilities are one."""


def path_ms(design: Design) -> float | None:
    """The sum of the request path at p99 in ms."""
    found = latency(design)
    return found.total if found else None


def service(design: Design, figures: Figures, names: Names) -> Facts:
    """Path, sums, comparison with what was promised, availability, funnel and memory, in words."""
    facts: Facts = {"steps": [], "sum": None, "addends": None, "promised": None, "left": None, "over": None,
                    "unknown": [], "timeouts": [], "available": None, "bare": None, "uptime": None}  # fmt: skip
    path = design.pipeline.request_path
    facts |= _roles(design)
    facts["steps"] = [
        {"names": [names.of(block) for block in blocks([step])], "parallel": isinstance(step, list) and len(step) > 1}
        for step in path
    ]
    budget = promised(design, "latency")
    facts["promised"] = None if budget is None else figures.ms(budget.value)
    found = latency(design, budget=budget if budget and budget.value else None)
    if found and found.total is not None:
        facts["sum"] = figures.ms(found.total)
        addends = [figures.number(step.ms) for step in found.steps if step.ms is not None]
        facts["addends"] = " + ".join(addends) if len(addends) > 1 else None
        facts["unknown"] = [names.of(block) for block in found.missing]
        if found.left is not None:
            facts["left" if found.left >= 0 else "over"] = figures.ms(abs(found.left))
        facts["timeouts"] = _timeouts(design, figures, names)
    return facts | _availability(design, figures)


def _roles(design: Design) -> Facts:
    """Whether some block that answers people stands beside the path, whether the path has one that works behind the
    scenes, and whether any has another one in reserve.
    """
    every, path = design.pipeline.components, set(blocks(design.pipeline.request_path))
    online = [block for block in every if block.lane not in ("nearline", "offline")]
    return {
        "beside": bool(path) and any(block.id not in path for block in online),
        "behind": any(block.id in path and block.lane in ("nearline", "offline") for block in every),
        "reserve": any(block.fallback for block in every),
    }


def _timeouts(design: Design, figures: Figures, names: Names) -> list[Facts]:
    """The path when the slowest of its blocks with a timeout and a fallback never answers."""
    return [
        {
            "block": names.of(late.block),
            "fallback": names.of(late.fallback),
            "ms": figures.ms(late.path.total or 0.0),
            "bare": late.path.total,
        }
        for late in [late for late in timed_out(design) if late.whole][-1:]
    ]


def _availability(design: Design, figures: Figures) -> Facts:
    found, uptime = availability(design), promised(design, "availability")
    shares = {"available": None, "bare": None, "uptime": uptime.value if uptime else None}
    if found and found.result is not None and not found.missing:
        shares["available"] = found.result
        if found.without_fallbacks is not None and found.without_fallbacks < found.result:
            shares["bare"] = found.without_fallbacks
    known = [share for share in shares.values() if share is not None]
    digits = next((digits for digits in range(4, MOST_NINES) if _apart(known, digits)), MOST_NINES)
    return {
        name: None if share is None else figures.percent(share if name == "uptime" else _rounded(share, digits))
        for name, share in shares.items()
    }


def _apart(shares: list[float], digits: int) -> bool:
    """Whether shares that differ still do when they are rounded."""
    return len({_rounded(share, digits) for share in shares}) == len({round(share, MOST_NINES) for share in shares})


def _rounded(share: float, digits: int) -> float:
    """A share to so many digits, but never a whole 100 % that is not one."""
    return min(round(share, digits), round(1 - 10**-digits, digits)) if share < 1 else share


def funnel(design: Design, figures: Figures, names: Names) -> list[Facts]:
    """Each step of the funnel: how many come in (or what the step before gave) and go out, and how long it takes."""
    rows: list[Facts] = []
    for stage in stages(design):
        step, takes, found = stage.step, stage.takes, stage.time.result
        time = working = None
        if takes is not None and step.ms_per_item is not None and found is not None:
            time = figures.ms(float(f"{found:.6g}"))
            each = f"{figures.number(takes.value)} × {figures.ms(step.ms_per_item)}"
            working = f"{each} ÷ {step.parallel}" if step.parallel and step.parallel > 1 else each
        rows.append(
            {
                "step": names.of(step.component) if step.component else None,
                "takes": None if takes is None else figures.number(takes.value),
                "gives": None if step.gives is None else figures.number(step.gives),
                "time": f"{time} ({working})" if time else None,
            }
        )
    return rows


def capacity(design: Design, figures: Figures, names: Names) -> list[Facts]:
    """Blocks with replicas, capacity, memory or GPUs: what they carry together, and what they hold."""
    rows: list[Facts] = []
    for position, block in enumerate(design.pipeline.components):
        at: Path = ("pipeline", "components", position, "holds")
        held = [_holding(design, (*at, number), part, figures) for number, part in enumerate(block.holds)]
        together = None
        if block.replicas is not None and block.capacity_rps is not None:
            together = figures.number(block.replicas * block.capacity_rps)
        row: Facts = {
            "block": names.of_entry(block),
            "replicas": None if block.replicas is None else figures.number(block.replicas),
            "each": None if block.capacity_rps is None else figures.number(block.capacity_rps),
            "together": together,
            "memory": _memory(block, figures),
            "holds": ", ".join(filter(None, held)) or None,
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


def _holding(design: Design, at: Path, part: Holding, figures: Figures) -> str | None:
    found = rows_of(design, at, part)
    if found is None:
        return None
    rows, size = found.value, holding(design, at, part)
    what = {
        "vectors": Message("{rows} vectors of {dim}", rows=figures.number(rows), dim=part.dim or "?"),
        "table": Message("a table of {rows} rows", rows=figures.number(rows)),
        "weights": Message("{rows} weights", rows=figures.number(rows)),
    }.get(part.what or "", Message("{rows} rows", rows=figures.number(rows)))
    if size is None or size.result is None:
        return figures.say(what)
    return f"{figures.say(what)}: {figures.unit(float(f'{size.result:.2g}'), 'GB')}"
