"""A Prompt made of a question's part and the design it is asked into."""

from __future__ import annotations

from functools import partial

from mlsd.design.doc import docs
from mlsd.errors import Message
from mlsd.interview import typed
from mlsd.interview.assumed import covered
from mlsd.interview.lines import LINES
from mlsd.interview.prompt import Lines, Prompt
from mlsd.interview.situation import Situation
from mlsd.interview.step import Step
from mlsd.interview.walk import Walk


def prompt_of(step: Step, steps: list[Step], situation: Situation, walk: Walk, of: int) -> Prompt:
    """What is asked at this step, of so many in the whole pass."""
    part, question = step.part, step.question
    held = part.given(situation.design, situation)
    first_time = held is None and not walk.seen(step.key)
    shown = part.suggestion(situation) if first_time and part.kind != "prose" else held
    asked_parts = [other for other in steps if other.question is question]
    return Prompt(
        question=question.id,
        part=asked_parts.index(step) + 1,
        parts=len(asked_parts),
        kind=part.kind,
        stage=question.stage,
        number=steps.index(step) + 1,
        of=of,
        asked=part.asked or question.asked,
        why=_why(step, situation),
        help=_help(step, situation),
        shape=_shape(step),
        flag=f"--set {_flag(part.fills)}",
        understand=partial(part.understand, situation=situation),
        assumed=_assumed(step, situation, first_time and shown not in (None, Lines([], []))),
        again=step.key in walk.again,
        **part.dress(situation, shown),
    )


def _flag(fills: tuple[str, ...]) -> str:
    """How `--set` names what is asked: in a list by the id of an entry, or by its number where there are no ids."""
    pattern = next((fill for fill in fills if not fill.endswith("[].id")), fills[0])
    home, entry, key = pattern.rpartition("[]")
    if not entry:
        return f"{pattern}=…"
    path = tuple(part for step in home.split(".") for part in ((step[:-2], 0) if step.endswith("[]") else (step,)))
    inside = typed.keys_below(path)
    which = "[ID]" if {"id", "name"} & set(inside) else "[0]"
    return f"'{home.replace('[]', '[ID]')}{which}{key}=…'"


def _why(step: Step, situation: Situation) -> str:
    special = situation.template.why.get(step.question.id)
    if special:
        return situation.speech.text(situation.template.domain, special)
    return situation.speech.say(step.question.why).replace("`", "") if step.question.why else ""


def _help(step: Step, situation: Situation) -> tuple[str, ...]:
    """What the fields' docstrings add, and the question's own help."""
    said = [situation.speech.say(text) for text in step.question.help]
    for pattern in step.part.fills:
        path = tuple(part for key in pattern.split(".") for part in ((key[:-2], 0) if key.endswith("[]") else (key,)))
        known = typed.kind(path)
        doc = docs(known.node).get(known.name)
        told = [situation.speech.text("mlsd", text) for text in (doc.help if doc else ())]
        if told and len(step.part.fills) > 1:
            told[0] = f"`{pattern.rpartition('.')[2].removesuffix('[]')}`: {told[0]}"
        said += told
    return tuple(dict.fromkeys(said))


def _shape(step: Step) -> Message | None:
    notation = getattr(step.part, "notation", None)
    return step.part.shape or (LINES[notation].shape if notation in LINES else None)


def _assumed(step: Step, situation: Situation, suggestion_shown: bool) -> bool:
    paths = step.part.paths(situation.design)
    if not paths:
        return suggestion_shown
    from mlsd.design.path import show

    return all(covered(situation.design.assumed, show(situation.design, path)) for path in paths)
