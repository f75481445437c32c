"""A person at the interview, without a terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mlsd.content.language import language
from mlsd.interview.prompt import Answer, Prompt
from mlsd.interview.session import Session
from mlsd.interview.start import Start


def begun(folder: Path, template: str = "recsys", code: str = "en", **start: object) -> Path:
    return Start(template, language(code), **start).write(folder)


def session(file: Path, code: str = "en", **how: object) -> Session:
    return Session(file, language(code), **how)


def accept_all(sitting: Session) -> list[Prompt]:
    """Take every suggestion; the prompts met on the way."""
    met = []
    while (prompt := sitting.prompt()) is not None:
        met.append(prompt)
        sitting.accept()
    return met


def go_to(sitting: Session, question: str, part: int = 1) -> Prompt:
    """Accept suggestions until this prompt stands."""
    while (prompt := sitting.prompt()) is not None:
        if (prompt.question, prompt.part) == (question, part):
            return prompt
        sitting.accept()
    raise AssertionError(f"question {question} was never asked")


def answer(sitting: Session, question: str, value: Answer, part: int = 1) -> None:
    go_to(sitting, question, part)
    sitting.answer(value)


def shown(prompt: Prompt | None) -> Prompt | None:
    """The prompt as far as it can be compared: what reads the text is a function of its own each time."""
    return prompt and replace(prompt, understand=None)
