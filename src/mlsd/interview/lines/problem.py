"""`Which page? The product page.`, and the other lines of the first stage: goal, scale, constraint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlsd.errors import Message
from mlsd.interview.lines.constraint import CONSTRAINT
from mlsd.interview.lines.goal import GOAL
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.scale import SCALE
from mlsd.interview.lines.tongue import Tongue
from mlsd.interview.lines.words import ARROW


def _clarification(text: str) -> dict[str, Any]:
    if ARROW.search(text):
        question, answer = ARROW.split(text, maxsplit=1)
    else:
        asked, mark, answer = text.partition("?")
        question = asked + mark
        if not mark:
            raise Misread
    if not question.strip("? "):
        raise Misread
    return {"question": question.strip()} | ({"answer": answer.strip()} if answer.strip() else {})


def _clarification_text(entry: Mapping[str, Any], _: Tongue) -> str:
    question, answer = str(entry.get("question") or ""), str(entry.get("answer") or "")
    simple = question.find("?") == len(question) - 1 and not ARROW.search(answer)
    return f"{question} {answer}".strip() if simple else f"{question} -> {answer}"


LINES = (
    GOAL,
    line(
        "clarification",
        Message("a question you asked back, with its question mark, and the answer"),
        Message("Which page do we mean? The product page, web and app."),
        _clarification,
        _clarification_text,
    ),
    SCALE,
    CONSTRAINT,
)
