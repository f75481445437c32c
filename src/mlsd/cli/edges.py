"""How far numbers can move, in words and as plain data: for the terminal, for JSON and for the printed document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlsd.content.language import Language
from mlsd.design.quantity_text import number_text
from mlsd.errors import Message

if TYPE_CHECKING:
    from mlsd.lint.stress import Edge, Stressed

DIGITS = 4
TIMES_DIGITS = 3


def moved(entry: Stressed) -> bool:
    """Whether some rule changes its mind within reach."""
    return entry.below is not None or entry.above is not None


def change(edge: Edge) -> Message:
    """What happens at an edge."""
    if edge.speak and edge.silent:
        return Message("{speak} speaks, {silent} falls silent", speak=[*edge.speak], silent=[*edge.silent])
    if edge.speak:
        return Message("{speak} speaks", speak=[*edge.speak])
    if edge.silent:
        return Message("{silent} falls silent", silent=[*edge.silent])
    return Message("a finding moves to another place")


def figure(value: float, language: Language, digits: int = DIGITS) -> str:
    """A number to a few digits."""
    return number_text(float(f"{value:.{digits}g}"), language.code)


def reached(edge: Edge, now: float, language: Language) -> str:
    """The value of an edge, and how many times the present one that is, where that says something."""
    value = figure(edge.value, language)
    times = figure(edge.value / now, language, TIMES_DIGITS) if now else "1"
    if times == "1":
        return value
    return language.say(Message("{value} (× {times})", value=value, times=times))


def printed(entry: Stressed, language: Language) -> dict[str, Any]:
    """One number for a document, every text already said."""
    edges = {"below": entry.below, "above": entry.above}
    told = {
        name: f"{reached(edge, entry.now, language)}: {language.say(change(edge))}" if edge else None
        for name, edge in edges.items()
    }
    return {"path": entry.path, "now": figure(entry.now, language), "moves": moved(entry), **told}
