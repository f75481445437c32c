"""Which metric moves which: the tree from the business down to what is measured offline."""

from __future__ import annotations

from mlsd.derived.home import LISTS
from mlsd.design import Design
from mlsd.render.facts import Facts


def hierarchy(design: Design, shown: Facts) -> list[Facts]:
    """The metrics in the order of the tree, each with its depth as an indent; one without a way up stands at the top.

    ``shown`` is the design's tree of words. Each metric appears once, below the first metric it links to.
    """
    entries: list[Facts] = []
    for layer in LISTS:
        for metric, words in zip(getattr(design.metrics, layer), shown["metrics"][layer], strict=True):
            entries.append({**words, "layer": layer, "links": [link for link in metric.links_to if link != metric.id]})
    known = {entry["raw"]["id"] for entry in entries if entry["raw"]["id"]}
    rows: list[Facts] = []
    for entry in entries:
        if not any(link in known for link in entry["links"]):
            _below(entry, entries, rows, 0)
    for entry in entries:
        _below(entry, entries, rows, 0)
    return rows


def _below(entry: Facts, entries: list[Facts], rows: list[Facts], depth: int) -> None:
    """Add the entry and what links to it; what stands there already is passed over, so a circle ends."""
    if any(row["entry"] is entry for row in rows):
        return
    rows.append({"entry": entry, "depth": min(depth, 8), "loose": depth == 0 and entry["layer"] != "business"})
    for other in entries:
        if entry["raw"]["id"] and entry["raw"]["id"] in other["links"]:
            _below(other, entries, rows, depth + 1)


def inherited(design: Design, shown: Facts) -> None:
    """Fill what has its home elsewhere: the goal's numbers in its metric, the baseline's quality in its own."""
    goal, model = shown["problem"]["goal"], shown["model"]["baseline"]
    for metric in shown["metrics"]["business"]:
        if metric["raw"]["id"] and metric["raw"]["id"] == design.problem.goal.metric:
            metric["baseline"] = metric["baseline"] or goal["baseline"]
            metric["target"] = metric["target"] or goal["target"]
    for metric in shown["metrics"]["offline"]:
        if metric["raw"]["id"] and metric["raw"]["id"] == design.model.baseline.metric:
            metric["baseline"] = metric["baseline"] or model["value"]
