"""The wizard behind a pseudo-terminal: how soon a key shows, and how soon the next question stands after Enter."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

MOST = 60
"""Questions answered at most: the whole interview."""
FEWEST = 40
LETTERS = "companions"
SILENCE = 0.25
"""Seconds without output after which a screen counts as drawn."""
LONGEST = 15.0
STYLES = re.compile(rb"\x1b\[[0-9;]*m")
COUNTER = re.compile(rb"\d+/\d+ ")
"""Which question of how many: a new number is drawn only with a new question."""


class NotMeasured(Exception):
    """The interview did not go as expected."""


class Sitting(NamedTuple):
    """Seconds from a key to its echo, and from Enter to the last byte of the next question."""

    echoes: list[float]
    questions: list[float]


class Terminal:
    """``mlsd new`` at the other end of a pseudo-terminal of 80 by 24."""

    def __init__(self, folder: str) -> None:
        child, self.terminal = pty.fork()
        if child == 0:
            environment = {"PATH": os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8", "TERM": "xterm-256color"}
            environment["PROMPT_TOOLKIT_NO_CPR"] = "1"  # nobody here answers where the cursor stands
            command = [str(Path(sys.executable).with_name("mlsd")), "new", "recsys", "-o", str(Path(folder) / "design")]
            os.chdir(folder)
            os.execve(command[0], command, environment)
        self.child = child
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def press(self, key: str) -> tuple[float, float, bytes]:
        """Seconds to the first and to the last byte of what a key brings about, and what that is.

        Time in which the wizard could run and the machine ran others instead is taken off.
        """
        waited, begin = self.waited(), time.perf_counter()
        os.write(self.terminal, key.encode())
        return self.drawn(begin, waited)

    def waited(self) -> float:
        """Seconds for which the wizard has waited for a processor so far; 0 where the system does not tell."""
        try:
            return int(Path(f"/proc/{self.child}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
        except OSError:
            return 0.0

    def drawn(self, begin: float, waited: float = 0.0) -> tuple[float, float, bytes]:
        """Wait until the screen stands; at most LONGEST."""
        first = last = 0.0
        seen = b""
        while time.perf_counter() - begin < LONGEST:
            ready, _, _ = select.select([self.terminal], [], [], SILENCE if seen else LONGEST)
            if not ready:
                break
            try:
                seen += os.read(self.terminal, 65536)
            except OSError:
                break
            last = max(time.perf_counter() - begin - (self.waited() - waited), 0.0001)
            first = first or last
        if not seen:
            raise NotMeasured("the wizard fell silent")
        return first, last, seen

    def close(self) -> None:
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.terminal)


def sit() -> Sitting:
    """Begin an interview, type into its first text, and answer with what is offered, as long as that moves on."""
    with TemporaryDirectory() as folder:
        terminal = Terminal(folder)
        try:
            _, _, screen = terminal.drawn(time.perf_counter())
            echoes: list[float] = []
            questions: list[float] = []
            refused = 0
            while len(questions) < MOST:
                offers = b"take the example" in STYLES.sub(b"", screen)
                if offers and not echoes:
                    for letter in LETTERS:
                        first, _, seen = terminal.press(letter)
                        if letter.encode() in seen:
                            echoes.append(first)
                        terminal.press("\x7f")
                if offers:
                    terminal.press("\t")
                _, last, screen = terminal.press("\r")
                if COUNTER.search(screen):
                    questions.append(last)
                    refused = 0
                elif b"mlsd check" in screen or (refused := refused + 1) > 3:
                    break
            if not echoes or len(questions) < FEWEST:
                raise NotMeasured(f"the interview stopped after {len(questions)} questions")
            if not (Path(folder) / "design" / "design.yaml").exists():
                raise NotMeasured("no answer reached the disk")
            return Sitting(echoes, questions)
        finally:
            terminal.close()


def best(sittings: int = 3) -> Sitting:
    """The same interview several times over: for each key and each question the smallest of its times."""
    held = [sit() for _ in range(sittings)]
    return Sitting(
        [min(times) for times in zip(*(each.echoes for each in held), strict=False)],
        [min(times) for times in zip(*(each.questions for each in held), strict=False)],
    )


if __name__ == "__main__":
    for name, seconds in best()._asdict().items():
        print(name, " ".join(f"{each * 1000:.1f}" for each in seconds))
