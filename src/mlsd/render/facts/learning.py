"""What the model learns from: features by entity, examples in the test, the gap against the delay of the truth."""

from __future__ import annotations

from mlsd.derived.labels import labelling_cost, labelling_days, test_examples, test_positives
from mlsd.design import Design
from mlsd.render.facts import Facts
from mlsd.render.facts.load import cut
from mlsd.render.view.figures import Figures


def learning(design: Design, figures: Figures, shown: Facts) -> Facts:
    """Everything the model and data stages compute."""
    labels, split = design.data.labels, design.model.split
    facts: Facts = {"positives": None, "test_examples": None, "test_positives": None, "gap": None, "labelling": None,
                    "mature": _mature(design)}  # fmt: skip
    if labels.count is not None and labels.positive_rate is not None:
        facts["positives"] = figures.number(labels.count * labels.positive_rate, 3)
    tested = test_examples(design)
    if tested.result is not None:
        facts["test_examples"] = figures.number(tested.result, 3)
    positives = test_positives(design, tested).result
    if positives is not None:
        facts["test_positives"] = figures.number(positives, 3)
    if split.gap_days is not None and labels.delay_days:
        facts["gap"] = _gap(split.gap_days, labels.delay_days)
    facts["features"] = _features(shown)
    facts["cut"] = cut(design, figures)
    return facts | {"labelling": _labelling(design, figures)}


def _gap(gap: float, delay: float) -> str:
    """How the gap between training and test stands to the days that the truth takes."""
    if gap == delay:
        return "equal"
    return "longer" if gap > delay else "shorter" if gap else "none"


def _mature(design: Design) -> bool:
    """Whether the labels of the test have arrived when the snapshot is taken."""
    after, delay = design.model.split.maturity_days, design.data.labels.delay_days
    return after is not None and delay is not None and 0 < delay <= after


def _features(shown: Facts) -> list[Facts]:
    """The features with those of one entity together, in the order in which entities appear; each entity named once."""
    groups: dict[str, list[Facts]] = {}
    for feature in shown["model"]["features"]:
        groups.setdefault(" × ".join(feature["entity"]), []).append(feature)
    rows = []
    for entity, features in groups.items():
        for position, feature in enumerate(features):
            window = [feature["window_days"], feature["lag_minutes"]]
            rows.append({**feature, "of": (entity or None) if position == 0 else "", "window": window})
    return rows


def _labelling(design: Design, figures: Figures) -> Facts:
    """What labelling by people costs and how long it takes."""
    cost, days = labelling_cost(design).result, labelling_days(design).result
    return {
        "cost": None if cost is None else figures.money(cost),
        "days": None if days is None else figures.days(days),
    }
