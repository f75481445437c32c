"""How long a rule is listened to: one that never ends must not keep the others from speaking."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE = 10.0
"""Seconds of processor time for one rule; all of ours together take a fiftieth of one."""


@contextmanager
def patience() -> Iterator[None]:
    """Raise TimeoutError inside when patience is at its end; where the system has no such clock, wait on."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _enough)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _enough(number: int, frame: FrameType | None) -> None:
    raise TimeoutError
