"""Which prompts deserve another look when an earlier answer changed."""

from __future__ import annotations

from mlsd.design import Design
from mlsd.design.reference import RESERVED, Reference, known, references
from mlsd.interview.question import matches
from mlsd.interview.step import Step

_KINDS = ("metric", "entity", "attribute", "source", "component", "node", "constraint", "monitor", "any")
"""What a reference may name."""


def resting_on(step: Step, steps: list[Step]) -> list[str]:
    """Keys of the prompts that rest on the answer of this one."""
    mine = {step.question.id, step.key}
    found = [other.key for other in steps if mine & set(other.question.rests_on)]
    if step.key == "22/1":
        found.append("22/2")
    return found


def dangling_questions(old: Design, new: Design, steps: list[Step]) -> list[str]:
    """Keys of the prompts whose answers refer to something that the last answer removed."""
    if old is new:
        return []
    gone = {(to, name) for to in _KINDS for name in known(old, to).keys() - known(new, to).keys()}
    if not gone:
        return []
    lost = [reference for reference in _dangling(new) if (reference.to, reference.id) in gone]
    return [
        step.key
        for step in steps
        for reference in lost
        if any(matches(pattern, reference.path) for pattern in step.part.fills) and _fills(step, new, reference)
    ]


def _dangling(design: Design) -> list[Reference]:
    every = list(references(design))
    there = {to: known(design, to).keys() | RESERVED for to in {reference.to for reference in every}}
    return [reference for reference in every if reference.id not in there[reference.to]]


def _fills(step: Step, design: Design, reference: Reference) -> bool:
    return any(reference.path[: len(path)] == path for path in step.part.paths(design))
