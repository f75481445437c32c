"""How far each stage is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mlsd.design.path import show
from mlsd.interview.assumed import covered
from mlsd.interview.situation import Situation
from mlsd.interview.step import Step
from mlsd.interview.walk import Walk


@dataclass(frozen=True)
class Progress:
    """Prompts of one stage: ``answered`` by a person, ``assumed`` from the template, left ``open``, still to come."""

    stage: str
    answered: int
    assumed: int
    open: int
    total: int
    again: int = 0
    """Of the answered and assumed: those to be looked at once more."""

    @property
    def left(self) -> int:
        """Prompts that were not asked yet."""
        return self.total - self.answered - self.assumed - self.open


def progress(steps: list[Step], situation: Situation, walk: Walk) -> list[Progress]:
    """One entry for each stage, in the order of the stages."""
    stages = list(dict.fromkeys(step.question.stage for step in steps))
    counted = {
        stage: Counter(state(step, situation, walk) for step in steps if step.question.stage == stage)
        for stage in stages
    }
    again = Counter(step.question.stage for step in steps if step.key in walk.again)
    return [
        Progress(stage, count["answered"], count["assumed"], count["open"], sum(count.values()), again[stage])
        for stage, count in counted.items()
    ]


def state(step: Step, situation: Situation, walk: Walk) -> str:
    """``answered``, ``assumed``, ``open`` or ``left``."""
    paths = step.part.paths(situation.design)
    if not paths:
        return "open" if walk.seen(step.key) else "left"
    if all(covered(situation.design.assumed, show(situation.design, path)) for path in paths):
        return "assumed"
    return "answered"
