"""How long a rule is listened to: one that never ends must not keep the others from speaking."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE = 10.0
"""Seconds of processor time for one rule; all of ours together take a fiftieth of one."""


@contextmanager
def patience() -> Iterator[Callable[[], None]]:
    """While it lasts, each call of what it gives begins a new rule's time; at its end TimeoutError is raised there.

    Where the system has no such clock, nothing ends.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    before = signal.signal(signal.SIGVTALRM, _enough)
    try:
        yield _begin
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _begin() -> None:
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)


def _enough(number: int, frame: FrameType | None) -> None:
    raise TimeoutError
