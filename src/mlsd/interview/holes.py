"""The bridge from a finding to the questions whose answers would close it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlsd.design import Path
from mlsd.design.place import steps
from mlsd.interview.question import Question, matches
from mlsd.interview.questions import CORE
from mlsd.interview.step import Step

_CLOSER = {"MET-10": ("9",), "MET-01": ("8",), "PIP-05": ("18",), "MOD-22": ("23", "24"), "ABT-20": ("32",)}
"""Rules whose place alone does not say which questions close them."""


def closing(path: Path | str, code: str = "", questions: Sequence[Question] = CORE) -> list[Question]:
    """The questions that fill what a finding is about, the nearest first; for a whole stage its first one.

    ``path`` may be written, with the ids of entries: ``metrics.online[ctr].margin``.
    """
    wanted = _CLOSER.get(code)
    if wanted:
        return [question for question in questions if question.id in wanted]
    at = _typed(path) if isinstance(path, str) else path
    found = [(near, question) for question in questions if (near := _nearness(question, at))]
    best = max((near for near, _ in found), default=0)
    nearest = [question for near, question in found if near == best]
    making = [question for question in nearest if f"{_pattern(at)}[].id" in question.fills]
    return nearest[:1] if len(at) == 1 else making or nearest


def prompts_for(path: Path | str, code: str, steps_: Sequence[Step]) -> list[Step]:
    """The prompts of a pass that would close a finding: a field's own if the pass has one, else its core question's."""
    at = _typed(path) if isinstance(path, str) else path
    own = [step for step in steps_ if at and getattr(step.part, "place", ()) == at]
    if own:
        return own
    asked = closing(path, code, list(dict.fromkeys(step.question for step in steps_)))
    parts = [step for step in steps_ if step.question in asked]
    exact = [
        step
        for step in parts
        if any(matches(pattern, at) and len(_steps(pattern)) >= len(at) for pattern in step.part.fills)
    ]
    return exact or parts


def _nearness(question: Question, at: Path) -> int:
    """How many steps the path shares with the nearest field of the question; 0 if it is about something else."""
    fits = [pattern for pattern in question.fills if matches(pattern, at)]
    if not fits:
        return 0
    return 1 + max(min(len(_steps(pattern)), len(at)) for pattern in fits)


def _pattern(at: Path) -> str:
    return "".join("[]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")


def _steps(pattern: str) -> list[str]:
    return re.findall(r"\[\]|[^.\[\]]+", pattern)


def _typed(text: str) -> Path:
    """A written path with every entry as a position; which one does not matter here."""
    return tuple(0 if step.startswith("[") else step for step in steps(text)) if text else ()
