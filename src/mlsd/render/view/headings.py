"""The words for the seven stages, and for what may set a problem apart from its kind."""

from __future__ import annotations

from mlsd.errors import Message

STAGES: dict[str, Message] = {
    "problem": Message("Problem"),
    "metrics": Message("Metrics"),
    "data": Message("Data"),
    "pipeline": Message("Pipeline"),
    "model": Message("Model"),
    "deploy": Message("Deploy"),
    "ab_test": Message("A/B test"),
}
"""The seven stages, in their order."""

TRAITS: dict[str, Message] = {
    "time_ordered": Message("ordered in time"),
    "self_labelling": Message("shapes its own labels"),
    "interference": Message("units affect one another"),
    "high_stakes": Message("can do harm"),
    "regulated": Message("regulated by law"),
    "adversarial": Message("somebody fights it"),
    "treatment": Message("treats people"),
}
LEVELS: dict[str, Message] = {
    "none": Message("not at all"),
    "weak": Message("a little"),
    "strong": Message("strongly"),
}
