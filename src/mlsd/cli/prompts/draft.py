"""A list as the text that the editor is given, and back."""

from __future__ import annotations

from collections.abc import Sequence

from mlsd.interview.prompt import Option, Prompt

SIGN = "# "


def as_draft(lines: Sequence[tuple[str, bool]], head: str = "") -> str:
    """One line per entry, what is not ticked behind “# ”; the head, how a line is written, as a comment above."""
    above = [f"#! {line}" for line in head.splitlines()]
    return "\n".join(above + [line if ticked else SIGN + line for line, ticked in lines])


def from_draft(text: str, offers: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """The values of the offers that stand on lines of their own, as value or as line, and all other lines but comments.

    An offer is a value and the line that it stands for, in the order of the list.
    """
    lines = [line.strip() for line in text.splitlines()]
    kept = [line for line in lines if line and not line.startswith("#")]
    ticked = [value for value, line in offers if value in kept or line in kept]
    known = {text for offer in offers for text in offer}
    return ticked, [line for line in kept if line not in known]


def as_line(prompt: Prompt, option: Option) -> str:
    """The line that a tick stands for, as one could type it; empty where its title is no such line."""
    return option.title if option.title and prompt.understand(option.title).error is None else ""
