"""A person at the interview, without a terminal."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

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
    """Accept suggestions until this prompt stands; from a fresh file it takes the way walked once before."""
    restore(sitting, question, part)
    while (prompt := sitting.prompt()) is not None:
        if (prompt.question, prompt.part) == (question, part):
            return prompt
        sitting.accept()
    raise AssertionError(f"question {question} was never asked")


def finished(folder: Path) -> Session:
    """A session in which every suggestion was accepted."""
    sitting = session(begun(folder))
    restore(sitting, "end", 1)
    return sitting


def restore(sitting: Session, question: str, part: int) -> None:
    """Put the file and the journal of an accepted walk in place of a fresh file's."""
    file = sitting.sheet.file
    fresh = file.read_text()
    if sitting.walk.trail or (question, part) not in (stops := walked_once(fresh, sitting.speech.code)):
        return
    text, journal = stops[question, part]
    file.write_text(text)
    (file.parent / ".mlsd" / "journal.json").write_text(journal)
    Session.__init__(sitting, file, sitting.speech)


@cache
def walked_once(fresh: str, code: str) -> dict[tuple[str, int], tuple[str, str]]:
    """File and journal at each prompt of a walk that accepts every suggestion."""
    stops = {}

    def stop(question: str, part: int) -> None:
        note = file.parent / ".mlsd" / "journal.json"
        stops[question, part] = (file.read_text(), note.read_text() if note.exists() else "{}")

    with TemporaryDirectory() as folder:
        file = Path(folder) / "design.yaml"
        file.write_text(fresh)
        sitting = session(file, code)
        while (prompt := sitting.prompt()) is not None:
            stop(prompt.question, prompt.part)
            sitting.accept()
        stop("end", 1)
    return stops


def answer(sitting: Session, question: str, value: Answer, part: int = 1) -> None:
    go_to(sitting, question, part)
    sitting.answer(value)


def shown(prompt: Prompt | None) -> Prompt | None:
    """The prompt as far as it can be compared: what reads the text is a function of its own each time."""
    return prompt and replace(prompt, understand=None)
