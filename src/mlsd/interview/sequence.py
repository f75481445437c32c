"""The prompts of a pass in their order."""

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


def sequence(situation: Situation, full: bool = False) -> list[Step]:
    """Every prompt that applies: the core questions, then in a full pass one for every other field."""
    if not full:
        return core(situation)
    from mlsd.interview.full import questions as every

    return core(situation) + _steps(every(situation), situation)


def core(situation: Situation) -> list[Step]:
    """The prompts of the core questions that apply."""
    return _steps(CORE, situation)


def _steps(questions: Iterable[Question], situation: Situation) -> list[Step]:
    return [
        Step(question, number)
        for question in questions
        if question.applies(situation)
        for number, part in enumerate(question.parts, 1)
        if part.applies(situation)
    ]
