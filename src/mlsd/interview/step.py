"""A prompt of a pass, and those of the core questions in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mlsd.interview.question import Part, Question
from mlsd.interview.questions import CORE
from mlsd.interview.situation import Situation


@dataclass(frozen=True)
class Step:
    """One prompt: a part of a question."""

    question: Question
    number: int
    """Which part, counted from 1."""

    @property
    def part(self) -> Part:
        """The part itself."""
        return self.question.parts[self.number - 1]

    @property
    def key(self) -> str:
        """“8”, or “22/2”."""
        return self.question.key(self.number)


def core(situation: Situation) -> list[Step]:
    """The prompts of the core questions that apply."""
    return steps_of(CORE, situation)


def steps_of(questions: Iterable[Question], situation: Situation) -> list[Step]:
    """The prompts of these questions that apply."""
    return [
        Step(question, number)
        for question in questions
        if question.applies(situation)
        for number, part in enumerate(question.parts, 1)
        if part.applies(situation)
    ]
