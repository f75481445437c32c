"""How far back the data of a design must reach."""

from __future__ import annotations

from mlsd.derived.fact import attempt
from mlsd.derived.labels import after_test, gap_needed
from mlsd.derived.read import given
from mlsd.design import Design
from mlsd.sizing.history import days_before_training, days_of_split
from mlsd.sizing.working import Input, Working

SPLIT = "model.split"


def used_up(design: Design, window: float) -> Working | None:
    """Days of a source that are gone before the first example is learned from; ``window`` is its longest one."""
    labels = (given(design, "model.target.horizon_days"), given(design, "data.labels.delay_days"))
    late = max((found for found in labels if found), key=lambda found: found.value, default=_computed(0.0))
    test = given(design, f"{SPLIT}.test_days")
    return attempt(lambda: days_before_training(_computed(window), late, test, _behind(design)))


def reached_back(design: Design, window: float) -> Working | None:
    """Days that the parts of a split in time reach back, with a ``window`` before its oldest row."""
    test, share = given(design, f"{SPLIT}.test_days"), given(design, f"{SPLIT}.test")
    if test is None or share is None:
        return None
    gap = given(design, f"{SPLIT}.gap_days") or _computed(gap_needed(design))
    return attempt(lambda: days_of_split(test, share, gap, _behind(design), _computed(window)))


def _behind(design: Design) -> Input:
    told = given(design, f"{SPLIT}.maturity_days")
    days = after_test(design)
    return told if told is not None and told.value == days else _computed(days)


def _computed(days: float) -> Input:
    return Input("", days, "days", None, "computed")
