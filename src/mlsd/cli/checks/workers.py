"""Files shared out to processes: results in the order of the files, and never more of them in memory than a few."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from time import sleep

from mlsd.cli.checks.job import Job, examine
from mlsd.cli.designs import STDIN
from mlsd.cli.reports import Checked
from mlsd.errors import ExitCode, Message, MlsdError

ENOUGH = 12
"""So many files cost as much as starting a process for them."""
CHUNK = 8
"""Files that one message to a process names."""
LOOK = 1.0
"""Seconds between two looks of a process at whether its parent is still there."""
AHEAD = 3
"""Chunks of one process that are on their way while the first is written out."""


class WorkerDied(MlsdError):
    """A process ended in the middle of its work."""

    exit_code = ExitCode.INTERNAL


def workers(files: int, jobs: int) -> int:
    """How many processes to start for so many files; ``jobs`` is what was asked for, 0 for what helps."""
    return min(jobs, files) if jobs else max(1, min(_cores(), files // ENOUGH))


def _cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(files: Sequence[str], job: Job, count: int) -> Iterator[Checked]:
    """Every file checked, in order. Raises WorkerDied if a process ends before its work does.

    What this process has loaded by now, a copy of it need not load.
    """
    size = max(1, min(CHUNK, len(files) // count))
    pool = ProcessPoolExecutor(count, get_context(_way()), _prepare, (job, os.getpid()))
    waiting: deque[tuple[Sequence[str], Future[list[Checked]] | None]] = deque()
    try:
        for start in range(0, len(files), size):
            chunk = files[start : start + size]
            waiting.append((chunk, None if STDIN in chunk else pool.submit(_chunk, chunk)))
            if len(waiting) > count * AHEAD:
                yield from _done(*waiting.popleft(), job)
        while waiting:
            yield from _done(*waiting.popleft(), job)
    except BrokenProcessPool:
        raise WorkerDied(
            Message("A process that checked files has died; this report is not whole."),
            Message("Find the file with: mlsd check --jobs 1"),
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _way() -> str:
    """A copy of this process where that is quick and safe, which it is not beside other threads; else a new one."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


_job: Job


def _prepare(job: Job, parent: int) -> None:
    """The first act of a process: Ctrl-C is for the one that started it, and it does not outlive that one."""
    global _job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_the_parent, args=(parent,), daemon=True).start()
    job.begin()
    _job = job


def _end_with_the_parent(parent: int) -> None:
    """A parent that is killed cannot call its processes off, and they would hold its output open for ever."""
    while os.getppid() == parent:
        sleep(LOOK)
    os._exit(ExitCode.INTERNAL)


def _chunk(paths: Sequence[str]) -> list[Checked]:
    return [examine(path, _job) for path in paths]


def _done(chunk: Sequence[str], work: Future[list[Checked]] | None, job: Job) -> list[Checked]:
    """What a process came to; standard input is read here, and here is checked what a process cannot send."""
    try:
        if work is not None:
            return work.result()
    except (BrokenProcessPool, MlsdError):
        raise
    except Exception:
        pass  # a rule of another package has put into its finding what only this process can hold
    return [examine(path, job) for path in chunk]
