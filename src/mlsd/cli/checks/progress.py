"""How far a check of many files has come, in a line that is gone before anything else is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import monotonic

from mlsd.cli.console import Console, talk, wants_plain
from mlsd.cli.reports import Checked
from mlsd.cli.speech import say
from mlsd.errors import Message

FEWEST = 20
"""A check of fewer files is over before anybody wonders."""
PAUSE = 0.1
"""Seconds between two pictures."""
WIDTH = 30
_CLEAR = "\r\x1b[K"


def watched(files: Iterator[Checked], total: int) -> Iterator[Checked]:
    """The files as they come; on a terminal with a line on stderr while the next one is waited for."""
    out = talk()
    if total < FEWEST or not out.stream.isatty() or wants_plain(os.environ):
        return files
    return _drawn(files, total, out)


def _drawn(files: Iterator[Checked], total: int, out: Console) -> Iterator[Checked]:
    due, shown = monotonic(), False
    try:
        for done, checked in enumerate(files, 1):
            if shown:
                out.write(_CLEAR)
                shown = False
            yield checked
            if monotonic() >= due and done < total:
                out.write(bar(done, total, out))
                shown, due = True, monotonic() + PAUSE
    finally:
        if shown:
            out.write(_CLEAR)


def bar(done: int, total: int, out: Console) -> str:
    """``━━━━────── 120 of 300 files``; nothing in it depends on colour."""
    full = WIDTH * done // total
    drawn = out.symbol("bar") * full + out.symbol("rule") * (WIDTH - full)
    return f"{_CLEAR}{out.paint(drawn, 'cyan')} {say(Message('{done} of {total} files', done=done, total=total))}"
