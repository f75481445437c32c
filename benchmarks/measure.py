"""Fresh processes side by side: each command once a round, so that what else the machine does disturbs all alike."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

Command = Sequence[str]


@dataclass
class Runs:
    """What one command took in every round; the smallest is what other work disturbed least."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """User and system time of the process in seconds, all its threads together."""
    memory: float = 0.0
    """Highest resident memory of all rounds in MB (a million bytes)."""

    def add(self, command: Command, environment: Mapping[str, str], *, any_exit: bool = False) -> None:
        """Run it once more; a command that finds faults may say so by its exit code."""
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode and not any_exit:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")
        self.wall.append(time.perf_counter() - begin)
        self.processor.append(usage.ru_utime + usage.ru_stime)
        self.memory = max(self.memory, usage.ru_maxrss * 1024 / 1e6)


def side_by_side(commands: Mapping[str, Command], rounds: int, *, any_exit: bool = False) -> dict[str, Runs]:
    """Each command ``rounds`` times, in turns; a first round compiles modules, warms caches and is not counted."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"NO_COLOR": "1", "COLUMNS": "80", "LC_ALL": "C.UTF-8", "MLSD_LANG": "en"}
    found = {name: Runs() for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            (found[name] if number else Runs()).add(command, environment, any_exit=any_exit)
    return found


@dataclass(frozen=True)
class Ratio:
    """One command's time as a multiple of another's: smallest by smallest, and median by median."""

    smallest: float
    median: float
    wall: float

    @classmethod
    def of(cls, runs: Runs, base: Runs) -> Ratio:
        """In processor time; ``wall`` is smallest by smallest on the clock."""
        return cls(
            min(runs.processor) / min(base.processor),
            median(runs.processor) / median(base.processor),
            min(runs.wall) / min(base.wall),
        )
