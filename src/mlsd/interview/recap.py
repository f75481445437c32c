"""What a stage came to: what was answered in a line each, and what an interviewer would ask next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mlsd.content.template import Template
from mlsd.design import Path
from mlsd.design.path import value_at
from mlsd.errors import Message
from mlsd.interview.fields import written
from mlsd.interview.holes import closing
from mlsd.interview.progress import state
from mlsd.interview.prompt import Lines
from mlsd.interview.situation import Situation
from mlsd.interview.step import Step
from mlsd.interview.walk import Walk


@dataclass(frozen=True)
class Answered:
    """One prompt of a stage after it was left."""

    key: str
    asked: Message
    value: str
    """The answer on one line; empty if it is open."""
    state: str
    """``answered``, ``assumed``, ``open`` or ``left``."""


def answered(stage: str, steps: Sequence[Step], situation: Situation, walk: Walk) -> list[Answered]:
    """Every prompt of the stage that was met, with its answer."""
    found = []
    for step in steps:
        how = state(step, situation, walk)
        if step.question.stage == stage and how != "left":
            asked = step.part.asked or step.question.asked
            found.append(Answered(step.key, asked, _value(step, situation), how))
    return found


def follow_ups(
    template: Template,
    stage: str,
    weak: Sequence[tuple[Path, str]],
    steps: Sequence[Step],
    situation: Situation,
    walk: Walk,
    count: int = 2,
) -> list[str]:
    """The questions an interviewer would ask next about a stage, in English; nearest to what is open or weak first.

    ``weak`` are paths and codes of findings.
    """
    asked = list(template.follow_ups.get(stage, ()))
    holes = {question.id for path, code in weak for question in closing(path, code)}
    mine = [step for step in steps if step.question.stage == stage]
    about = [step for step in mine if step.question.id in holes or state(step, situation, walk) in ("open", "left")]
    words = {word for step in about for word in _words(_about(step, template))}
    return sorted(asked, key=lambda text: -len(words & _words(text)))[:count]


def _about(step: Step, template: Template) -> str:
    """What a prompt is about: its sentences, and the names of its fields."""
    fields = " ".join(step.part.fills).replace(".", " ").replace("_", " ").replace("[]", " ")
    return f"{step.question.asked} {template.why.get(step.question.id, '')} {fields}"


def _words(text: str) -> set[str]:
    """Words long enough to mean something, cut so that singular and plural agree."""
    return {word[:6] for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) > 4}


def _value(step: Step, situation: Situation) -> str:
    given = step.part.given(situation.design, situation)
    if isinstance(given, Lines):
        titles = {path: value_at(situation.design, path) for path in step.part.paths(situation.design)}
        return ", ".join(called(value) for value in titles.values())
    if isinstance(given, list):
        return ", ".join(situation.title(value) for value in given)
    return given or ""


def called(value: object) -> str:
    """An entry of a list by its name."""
    for key in ("name", "id", "question", "kind", "target", "text"):
        found = getattr(value, key, None)
        if found:
            return str(found)
    ends = [getattr(value, key, None) for key in ("from_", "to")]
    return (
        " → ".join(str(end) for end in ends)
        if all(ends)
        else written(value)
        if isinstance(value, str | int | float | list)
        else ""
    )
