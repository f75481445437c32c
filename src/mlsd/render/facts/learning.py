"""What the model learns from: features by entity, examples in the test, the gap against the delay of the truth."""

from __future__ import annotations

from mlsd.design import Design
from mlsd.errors import Message
from mlsd.render.facts import Facts
from mlsd.render.facts.load import cut
from mlsd.render.view.figures import Figures


def learning(design: Design, figures: Figures, shown: Facts) -> Facts:
    """Everything the model and data stages compute."""
    labels, split = design.data.labels, design.model.split
    facts: Facts = {"positives": None, "test_examples": None, "test_positives": None, "gap": None, "labelling": None}
    if labels.count is not None and labels.positive_rate is not None:
        facts["positives"] = figures.number(labels.count * labels.positive_rate, 3)
    tested = labels.test_count
    if tested is None and labels.count is not None and split.test is not None:
        tested = round(labels.count * split.test)
    if tested is not None:
        facts["test_examples"] = figures.number(tested, 3)
        if labels.positive_rate is not None:
            facts["test_positives"] = figures.number(round(tested * labels.positive_rate), 3)
    if split.gap_days is not None and labels.delay_days is not None:
        facts["gap"] = "enough" if split.gap_days >= labels.delay_days else "short"
    facts["features"] = _features(shown)
    facts["cut"] = cut(design, figures)
    return facts | {"labelling": _labelling(design, figures), "tokens": _tokens(design, figures)}


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
    work = design.data.labels.annotation
    facts: Facts = {"cost": None, "days": None}
    if work.to_label is None:
        return facts
    labels = work.to_label * (work.per_item or 1)
    if work.unit_cost is not None:
        facts["cost"] = figures.money(labels * work.unit_cost)
    if work.per_day:
        facts["days"] = figures.days(float(-(-labels // work.per_day)))
    return facts


def _tokens(design: Design, figures: Figures) -> Facts:
    """The largest prompt in tokens, its parts, and the bill of a month where prices and load are known."""
    facts: Facts = {"sum": None, "parts": None, "chance": None}
    agent = design.model.agent
    if agent and agent.step_success is not None and agent.typical_steps is not None:
        facts["chance"] = figures.percent(agent.step_success**agent.typical_steps, 2)
    if design.model.llm is None:
        return facts
    context = design.model.llm.context
    chunks = context.chunks * context.chunk_tokens if context.chunks and context.chunk_tokens else None
    parts = [
        (Message("instructions {tokens}"), context.system),
        (Message("history {tokens}"), context.history),
        (Message("question {tokens}"), context.question),
        (Message("retrieved text {tokens}"), chunks),
        (Message("answer {tokens}"), context.output),
    ]
    known = [(message, tokens) for message, tokens in parts if tokens is not None]
    if known:
        facts["sum"] = figures.number(sum(tokens for _, tokens in known))
        words = [figures.say(Message(text.text, tokens=figures.number(tokens))) for text, tokens in known]
        facts["parts"] = ", ".join(words)
    return facts
