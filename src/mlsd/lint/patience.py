"""How long a rule is listened to: one that never ends must not keep the others from speaking."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE = 10.0
"""Seconds of processor time for one rule; all of ours together take a fiftieth of one."""


class Clock:
    """The time of one rule: from ``begin`` on TimeoutError is raised when it is over, unless ``end`` came before.

    This one never ends anything; it is for systems that have no such clock, and for threads that may not set it.
    """

    def begin(self) -> None:
        """A rule is asked."""

    def end(self) -> None:
        """It has answered; what follows is no fault of the rule."""


class _Timer(Clock):
    def begin(self) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)

    def end(self) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@contextmanager
def patience() -> Iterator[Clock]:
    """The clock for the rules that are asked while it lasts."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield Clock()
        return
    before, timer = signal.signal(signal.SIGVTALRM, _enough), _Timer()
    try:
        yield timer
    finally:
        timer.end()
        signal.signal(signal.SIGVTALRM, before)


def _enough(number: int, frame: FrameType | None) -> None:
    raise TimeoutError
