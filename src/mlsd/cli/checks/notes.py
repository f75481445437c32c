"""What a check says beside its report: one line on stderr."""

from __future__ import annotations

from mlsd.cli.speech import say
from mlsd.errors import Message


def note(message: Message) -> None:
    """Say it in a line that begins with its weight, which is little."""
    from mlsd.cli.console import talk
    from mlsd.cli.text import one_line

    out = talk()
    out.line(f"{out.paint(say(Message('info')), 'cyan')}: {out.paint(one_line(say(message)))}")
