"""How many prompts a full pass will have: lists that nobody was asked for yet are counted as they are suggested."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mlsd.design import Design
from mlsd.interview.sequence import sequence
from mlsd.interview.situation import Situation
from mlsd.interview.step import Step
from mlsd.interview.walk import Walk


def expected(steps: list[Step], situation: Situation, walk: Walk) -> int:
    """The prompts of the whole pass, if what is suggested from here on is taken."""
    asked = {
        pattern.partition("[]")[0] if step.question.id[:1].isdigit() else step.question.id
        for step in steps
        if walk.seen(step.key)
        for pattern in step.part.fills
    }
    data = _with(situation.design.filled(), situation.suggested.filled(), "", asked)
    hoped = replace(situation, design=Design.model_validate(data))
    return max(len(steps), len(sequence(hoped, full=True)))


def _with(own: Any, offered: Any, path: str, asked: set[str]) -> Any:
    """What is answered, and what is suggested for fields that were not asked."""
    if isinstance(own, dict) and isinstance(offered, dict):
        below = {key: f"{path}.{key}" if path else key for key in (*own, *offered)}
        new = {key: value for key, value in offered.items() if key not in own and below[key] not in asked}
        return {key: _with(value, offered.get(key), below[key], asked) for key, value in own.items()} | new
    if isinstance(own, list) and isinstance(offered, list):
        named = {entry["id"]: entry for entry in offered if isinstance(entry, dict) and "id" in entry}
        return [
            _with(entry, named.get(entry.get("id")), f"{path}[{entry.get('id')}]", asked)
            if isinstance(entry, dict)
            else entry
            for entry in own
        ]
    return own
