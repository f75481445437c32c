"""A terminal for tests: a program behind a pseudo-terminal, and what its screen shows."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

SRC = str(Path(__file__).parents[2] / "src")
KEYS = {
    "Enter": "\r", "Tab": "\t", "Shift-Tab": "\x1b[Z", "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C",
    "Esc": "\x1b", "F1": "\x1bOP", "F4": "\x1bOS", "Ctrl-C": "\x03", "Ctrl-E": "\x05", "Ctrl-G": "\x07",
    "Ctrl-N": "\x0e", "Ctrl-S": "\x13", "Ctrl-U": "\x15", "Ctrl-X": "\x18", "Space": " ",
    "Backspace": "\x7f", "Delete": "\x1b[3~",
}  # fmt: skip


class Roll(pyte.Screen):
    """A screen that remembers the lines that went off its top; pyte's own wraps every single call for that."""

    def __init__(self, columns: int, lines: int) -> None:
        self.above: list[str] = []
        super().__init__(columns, lines)

    def index(self) -> None:
        """Go down a line; on the last one everything moves up."""
        top, bottom = self.margins or (0, self.lines - 1)
        if self.cursor.y == bottom:
            self.above.append("".join(self.buffer[top][column].data for column in range(self.columns)).rstrip())
        super().index()


class Screen:
    """A running program; ``press`` types, ``until`` waits for a text, ``text`` is what a person sees."""

    def __init__(
        self,
        *arguments: str,
        cwd: Path | None = None,
        rows: int = 24,
        columns: int = 80,
        env: Mapping[str, str] | None = None,
    ) -> None:
        environ = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environ |= {"PYTHONPATH": SRC, "TERM": "xterm-256color", "LANG": "C.UTF-8", "EDITOR": "false"} | dict(env or {})
        self.screen = Roll(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._shown: str | None = ""
        self.process = pexpect.spawn(
            sys.executable, list(arguments), cwd=cwd and str(cwd), env=environ, dimensions=(rows, columns), timeout=20
        )
        # the delays are for programs that turn their echo off late; ours is asked only when it waits for keys
        self.process.delaybeforesend = self.process.delayafterread = None
        self.process.ptyproc.delayafterclose = self.process.ptyproc.delayafterterminate = 0.01

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.process.isalive():
            self.process.kill(signal.SIGKILL)
            self.process.wait()
        self.process.close()

    def press(self, *keys: str) -> Screen:
        """Type: names of keys, or text."""
        for key in keys:
            self.process.send(KEYS.get(key, key))
        return self

    def read(self, seconds: float) -> bool:
        """Take in what arrives within this time; whether anything did."""
        try:
            data = self.process.read_nonblocking(65536, seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self.raw += data
        self.stream.feed(data)
        self._shown = None
        return True

    def until(self, *texts: str, seconds: float = 20) -> Screen:
        """Wait until the screen shows every one of these texts."""
        end = time.monotonic() + seconds
        while not all(text in self.text for text in texts):
            if not self.read(0.2) and (time.monotonic() > end or not self.process.isalive()):
                self.read(0.2)
                assert all(text in self.text for text in texts), f"{texts} not on the screen:\n{self.text}"
        return self

    def until_gone(self, text: str, seconds: float = 20) -> Screen:
        """Wait until the screen does not show this text any more."""
        end = time.monotonic() + seconds
        while text in self.text:
            self.read(0.2)
            assert time.monotonic() < end, f"{text} still on the screen:\n{self.text}"
        return self

    def ended(self, seconds: float = 60) -> int:
        """Wait for the end of the program: its exit code, or minus the signal that ended it."""
        end = time.monotonic() + seconds
        while self.process.isalive():
            self.read(0.2)
            assert time.monotonic() < end, f"still running:\n{self.text}"
        while self.read(0.2):
            pass
        self.process.close()
        return -self.process.signalstatus if self.process.signalstatus else self.process.exitstatus

    @property
    def text(self) -> str:
        """The screen, without what is blank at the ends."""
        if self._shown is None:
            self._shown = "\n".join(line.rstrip() for line in self.screen.display).strip("\n")
        return self._shown

    def wipe(self) -> None:
        """Forget what the screen showed: what is seen next is new."""
        self.screen.reset()
        self._shown = None

    @property
    def history(self) -> str:
        """All lines that went off the top, and the screen."""
        return "\n".join([*self.screen.above, self.text])
