"""Which numbers a kind of problem has at all: nobody cuts a transcript, and a nightly job has no peak."""

from __future__ import annotations

from mlsd.derived.fact import Derived
from mlsd.design import Design

WRITTEN = frozenset(
    {"speech_recognition", "translation", "summarisation", "generation", "text_to_image", "pretraining"}
)
"""Tasks whose output is a text or a picture."""
MEASURED = frozenset({"regression", "forecasting"})
"""Tasks whose output is an amount."""
NO_CLASSES = WRITTEN | MEASURED | {"clustering", "agent"}
OF_CLASSES = ("labels.positives", "labels.test_positives", "labels.half_width.")
OF_REQUESTS = ("load.peak_factor", "load.next_year", "load.replicas.", "latency.path_p99", "availability.path")


def applicable(design: Design, found: Derived) -> Derived | None:
    """The number; None if this kind of problem has none, and not begun if it is missing because nobody needs it."""
    if found.id == "labels.threshold" and not is_cut(design):
        return None
    return found._replace(begun=False) if found.missing and not _needed(design, found.id) else found


def is_cut(design: Design) -> bool:
    """Whether the output is cut into classes: it is no text or amount, and used for more than order or number."""
    model = design.model
    if model.output_used_as == "cutoff" or model.operating_point.kind == "threshold":
        return True
    return model.output_used_as is None and model.task not in NO_CLASSES


def _needed(design: Design, identifier: str) -> bool:
    if identifier.startswith(OF_CLASSES):
        return design.model.task not in NO_CLASSES
    return design.pipeline.serving.mode != "batch" or not identifier.startswith(OF_REQUESTS)
