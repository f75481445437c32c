"""Every row of the table of speed and memory, measured in one run, as ratios side by side.

Run: python benchmarks/run.py [rounds]    (in the environment that mlsd is installed in)

Writes benchmarks/RESULTS.md. A time is user and system time of a fresh process, the smallest of all rounds, because a
clock on the wall also counts what else the machine does; the median and the wall are shown beside it.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import peers
from measure import Command, Ratio, Runs, side_by_side

HERE = Path(__file__).parent
DESIGN = HERE / "design.yaml"
BARE = (sys.executable, "-c", "import re, sys")
MODEL = (sys.executable, "-c", "from pydantic import BaseModel\nclass M(BaseModel):\n    a: int\nM(a=1)")


class Row(NamedTuple):
    """One line of the table."""

    what: str
    bound: str
    measured: str
    holds: bool | None
    beside: str = ""


def times(what: str, words: str, limit: float, runs: Runs, base: Runs) -> Row:
    """A row whose bound is a multiple of another command's time."""
    found = Ratio.of(runs, base)
    beside = (
        f"median {found.median:.2f}, wall {found.wall:.2f}; "
        f"{min(runs.processor) * 1000:.0f} ms against {min(base.processor) * 1000:.0f} ms"
    )
    return Row(what, f"{limit:.2f} × {words}", f"{found.smallest:.2f} ×", found.smallest <= limit, beside)


def processes(rounds: int) -> Iterator[Row]:
    """The rows that are whole processes."""
    mlsd = str(Path(sys.executable).with_name("mlsd"))
    with TemporaryDirectory() as folder:
        pdf = str(Path(folder) / "design.pdf")
        ran = side_by_side({"bare": BARE, "version": (mlsd, "--version")}, rounds * 5)  # short ones need more of them
        ran |= side_by_side(
            {
                "model": MODEL,
                "check": (mlsd, "check", str(DESIGN)),
                "pdf": (mlsd, "render", str(DESIGN), "-o", pdf),
            },
            rounds,
        )
    yield times("`mlsd --version`", "`python -c 'import re, sys'`", 1.15, ran["version"], ran["bare"])
    yield help_row(mlsd, rounds)
    pydantic = "importing pydantic and making one model"
    yield times("`mlsd check` of the design", pydantic, 2.0, ran["check"], ran["model"])
    memory = ran["check"].memory
    yield Row("its peak memory", "45 MB", f"{memory:.1f} MB", memory <= 45)
    yield times("PDF of the design, cold", "the same", 3.5, ran["pdf"], ran["model"])


def help_row(mlsd: str, rounds: int) -> Row:
    """``--help`` against that of every peer that could be installed."""
    commands: dict[str, Command] = {"mlsd": (mlsd, "--help")}
    commands |= {name: (str(found), "--help") for name in peers.PEERS if (found := peers.program(name))}
    what, bound = "`mlsd --help`", "the fastest peer's `--help`"
    if len(commands) == 1:
        return Row(what, bound, "not measured", None, "no peer could be installed: no network")
    ran = side_by_side(commands, rounds)
    own = ran.pop("mlsd")
    fastest = min(ran, key=lambda name: min(ran[name].processor))
    found = Ratio.of(own, ran[fastest])
    each = ", ".join(f"{name} {peers.version(name)}: {min(runs.processor) * 1000:.0f} ms" for name, runs in ran.items())
    beside = f"{min(own.processor) * 1000:.0f} ms; {each}"
    return Row(what, f"{bound} ({fastest})", f"{found.smallest:.2f} ×", found.smallest <= 1, beside)


def reader_row() -> Row:
    """The reader against libyaml's events."""
    import reading

    found = reading.milliseconds(DESIGN.read_text(encoding="utf-8"))
    ratio = found[reading.MLSD] / found[reading.EVENTS]
    beside = f"{found[reading.MLSD]:.2f} ms against {found[reading.EVENTS]:.2f} ms"
    return Row("reader, places included", "2.50 × draining libyaml's events", f"{ratio:.2f} ×", ratio <= 2.5, beside)


def wizard_rows() -> Iterator[Row]:
    """The wizard behind a pseudo-terminal."""
    import wizard

    try:
        found = wizard.best()
    except wizard.NotMeasured as error:
        yield Row("wizard", "a frame of 60 Hz; 80 ms", "not measured", None, str(error))
        return
    for what, bound, limit, seconds in (
        ("wizard: a key's echo", "a frame of 60 Hz (16.7 ms)", 1 / 60, found.echoes),
        ("wizard: from Enter to the next question, fsync included", "80 ms", 0.08, found.questions),
    ):
        ordered = sorted(seconds)
        middle = f"{median(ordered) * 1000:.1f} ms"
        beside = f"slowest of {len(ordered)}, each the smallest of three sittings; median {middle}"
        yield Row(what, bound, f"{ordered[-1] * 1000:.1f} ms", ordered[-1] <= limit, beside)


def many_rows() -> Iterator[Row]:
    """Many and large designs; what grows in this process comes last, since its children would inherit it."""
    import checking

    side = checking.workers()
    beside = f"{min(side.one.wall):.1f} s against {min(side.two.wall):.1f} s for {checking.FILES} designs"
    yield Row("two workers", "1.70 × one", f"{side.gain:.2f} ×", side.gain >= 1.7, beside)
    yield Row(
        f"peak memory for {checking.FILES} designs",
        "45 MB, as for one",
        f"{side.one.memory:.1f} MB",
        side.one.memory <= 45,
    )
    for what, runs in zip(("of many designs", "of a design so many times as large"), checking.growth(), strict=True):
        yield growth_row(what, runs)
    speeds = list(checking.beside())
    own = next(speed for name, _, speed in speeds if name == "mlsd")
    others = [f"{name} {version}: {speed:.1f}" for name, version, speed in speeds if name != "mlsd"]
    yield Row("files a second, one process", "side by side", f"{own:.1f}", None, ", ".join(others))
    found = checking.judged()
    parts = f"{found.reading:.2f} ms to read, {found.validation:.2f} to validate, {found.rules:.2f} for all rules"
    yield Row("validation and all rules", "0.50 × reading the file", f"{found.ratio:.2f} ×", found.ratio <= 0.5, parts)


def growth_row(what: str, runs: dict[int, Runs]) -> Row:
    """What each further one costs from 4 to 16 against from 1 to 4.

    By the clock: the steps are few milliseconds, and the processor's time is counted in ticks of four on some machines.
    """
    one, four, sixteen = (min(runs[step].wall) for step in (1, 4, 16))
    ratio = ((sixteen - four) / 12) / ((four - one) / 3)
    times = ", ".join(f"{min(ran.wall) * 1000:.0f} ms" for ran in runs.values())
    return Row(f"`mlsd check` {what}", "linear over 1, 4, 16", f"{ratio:.2f} × a step", ratio <= 1.25, times)


def table(rows: list[Row], rounds: int) -> str:
    """The page RESULTS.md."""
    verdict = {True: "holds", False: "**missed**", None: "open"}
    text = DESIGN.read_text(encoding="utf-8")
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    lines = [
        "# Speed and memory",
        "",
        f"Made by `python benchmarks/run.py {rounds}` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.",
        "",
        "| what | bound | measured | verdict | beside |",
        "|---|---|---|---|---|",
        *(f"| {row.what} | {row.bound} | {row.measured} | {verdict[row.holds]} | {row.beside} |" for row in rows),
        "",
        f"A time is user and system time of a fresh process, smallest of {rounds} rounds in turns after one not",
        "counted; a multiple is one such time over another of the same run. Modules are compiled. Peak memory is the",
        "highest of all rounds. “median” is median over median, “wall” smallest over smallest on the clock.",
        "The wizard is timed by the clock, less the time in which it could run and the machine ran others instead.",
        "The linear rows, the reader, validation and rules are timed by the clock too, smallest of many rounds.",
        "",
        f"The design: `benchmarks/design.yaml`, {len(text.splitlines())} lines, {len(text.encode()) / 1000:.1f} KB.",
        "",
        f"The machine: {os.cpu_count()} cores ({processor()}), {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, pydantic {version('pydantic')}, typst {version('typst')}; "
        f"load average while measuring {busy}.",
        "",
    ]
    return "\n".join(lines)


def processor() -> str:
    """Its name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    rows = [*processes(rounds), *many_rows(), reader_row(), *wizard_rows()]
    page = table(rows, rounds)
    (HERE / "RESULTS.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
