"""Standard input, output and error as this program needs them, and the end of the process.

Python leaves a closed stream as None, cuts what an unbuffered or non-blocking one does not take at once, and makes an
error of a reader who has gone away (``| head``). Here they are always there, written whole, and that reader ends the
process quietly.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

if TYPE_CHECKING:
    from types import FrameType

HUNG_UP = 141
"""The exit code when the reader of the output has gone away, as a shell has it for SIGPIPE."""
CANNOT_WRITE = 73
"""As in `ExitCode`, which `--version` does not wait for."""


class HungUp(SystemExit):
    """The reader of a stream has gone away: the end of the process, unless it has something left to do."""


class Ended(BaseException):
    """The system asks the process to end; ``code`` is the one that a shell gives for the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def ready() -> None:
    """Make the three streams fit to be used."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w" if number else "r", encoding="utf-8"))  # noqa: SIM115
        elif number:
            setattr(sys, name, _whole(stream))


def end_in_order() -> None:
    """Let SIGTERM and a hung-up terminal unwind the process, which raises Ended wherever it is."""
    import signal

    for ending in ("SIGTERM", "SIGHUP"):
        known = getattr(signal, ending, None)
        if known is not None and signal.getsignal(known) is signal.SIG_DFL:  # nohup has it ignored
            signal.signal(known, _end)


def leave(code: int) -> NoReturn:
    """End the process at once: to take 500 modules apart, object by object, is a twentieth of a short run.

    Whatever has to be put back (a terminal, a temporary folder, a pool of processes) is put back by whoever took it.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except HungUp:
            code = code or HUNG_UP
        except (OSError, ValueError):
            code = code or CANNOT_WRITE
    os._exit(code)


def _whole(stream: TextIO) -> TextIO:
    """The stream with a buffer of its own, which goes on until everything is written."""
    number = stream.fileno()
    if not os.get_blocking(number):
        os.set_blocking(number, True)
    buffer = io.BufferedWriter(_Reader(number, "w", closefd=False))
    return io.TextIOWrapper(
        buffer, encoding=stream.encoding, errors=stream.errors, line_buffering=bool(stream.line_buffering)
    )


class _Reader(io.FileIO):
    """Whoever reads the stream. Once it has gone away, nothing more is said to it."""

    gone = False

    def write(self, data: Any, /) -> int:
        """Write what is taken at once. Raises HungUp where there is no reader any more."""
        if self.gone:
            return len(data)
        try:
            return super().write(data)
        except BrokenPipeError:
            self.gone = True
            raise HungUp(HUNG_UP) from None


def _end(number: int, frame: FrameType | None) -> None:
    """Unwind, so that processes and temporary files go too."""
    raise Ended(number)
