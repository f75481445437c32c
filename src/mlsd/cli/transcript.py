"""The line that stays on the screen after an answer."""

from __future__ import annotations

from mlsd.cli.console import Console
from mlsd.cli.prompts.result import Given, LeaveOpen, Say
from mlsd.cli.text import cells
from mlsd.errors import Message
from mlsd.interview.prompt import Lines, Prompt

MARGIN = "  "
ASKED = 36
"""Cells of the question that the line repeats; more where the answer leaves them."""
WIDEST = 100


def line(look: Console, say: Say, prompt: Prompt, result: Given | LeaveOpen, assumed: bool) -> str:
    """``✓ What is asked: answer``; assumed and open ones carry the word, a sign and a colour."""
    answer = compact(prompt, result) if isinstance(result, Given) else ""
    name, colour, word = ("done", "green", "")
    if not answer:
        name, colour, word = "open", "yellow", say(Message("open"))
    elif assumed:
        name, colour, word = "assumed", "cyan", say(Message("assumed"))
    room = min(look.width, WIDEST) - cells(MARGIN) - 2 - 2 - (cells(word) + 2 if word else 0)
    asked = look.cut(say(prompt.asked).rstrip("?？:."), max(ASKED, room - cells(look.cut(answer, room))))
    shown = look.cut(answer, max(room - cells(asked), 8)) if answer else ""
    parts = [
        look.paint(asked if asked.endswith(look.letters("…")) else f"{asked}:", "dim"),
        look.paint(shown) if shown else "",
        look.paint(word, colour) if word else "",
    ]
    return f"{MARGIN}{look.paint(look.symbol(name), colour)} " + " ".join(filter(None, parts))


def compact(prompt: Prompt, result: Given) -> str:
    """An answer in as few words as it needs."""
    titles = {option.value: option.title for option in prompt.options}
    value = result.value
    if isinstance(value, Lines):
        own = [prompt.understand(entry).text or entry for entry in value.own]
        return ", ".join([*(titles.get(tick, tick) for tick in value.ticked), *own])
    if isinstance(value, list):
        return ", ".join(titles.get(tick, tick) for tick in value)
    if prompt.kind == "choice":
        return titles.get(value, value)
    return value
