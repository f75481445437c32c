"""The prompts of a pass in their order."""

from __future__ import annotations

from mlsd.interview.full import questions
from mlsd.interview.situation import Situation
from mlsd.interview.step import Step, core, steps_of


def sequence(situation: Situation, full: bool = False) -> list[Step]:
    """Every prompt that applies: the core questions, then in a full pass one for every other field."""
    further = steps_of(questions(situation), situation) if full else []
    return core(situation) + further
