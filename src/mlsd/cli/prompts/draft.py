"""A list as the text that the editor is given, and back."""

from __future__ import annotations

from collections.abc import Sequence

SIGN = "# "


def as_draft(lines: Sequence[tuple[str, bool]], head: str = "") -> str:
    """One line per entry, what is not ticked behind “# ”; the head, how a line is written, as a comment above."""
    above = [f"#! {line}" for line in head.splitlines()]
    return "\n".join(above + [line if ticked else SIGN + line for line, ticked in lines])


def from_draft(text: str, values: Sequence[str]) -> tuple[list[str], list[str]]:
    """The values that stand on lines of their own, as ordered in ``values``, and all other lines but comments."""
    lines = [line.strip() for line in text.splitlines()]
    kept = [line for line in lines if line and not line.startswith("#")]
    return [value for value in values if value in kept], [line for line in kept if line not in values]
