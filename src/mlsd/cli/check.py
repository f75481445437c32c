"""``mlsd check``: what the rules have to say of designs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from mlsd.cli.speech import say, spoken
from mlsd.errors import ExitCode, Message, UsageError

if TYPE_CHECKING:
    from mlsd.cli.reports import Checked

HELP = Message("Say what is missing and what contradicts itself.")
DEFAULT = "design.yaml"
FailOn = Literal["error", "warning", "info", "never"]
Format = Literal["text", "json"]


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help=say(Message("Design files; a folder means the design.yaml in it, - standard input.")),
            show_default=DEFAULT,
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the name of the flag
        Format, typer.Option("--format", "-f", help=say(Message("What the report is written as.")))
    ] = "text",
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help=say(Message("The severity from which on the exit code is 1.")))
    ] = "error",
) -> int:
    """Check every file, report, and say by the exit code how it went."""
    files = [examine(path) for path in find(paths or [DEFAULT])]
    if format == "json":
        from mlsd.cli.reports import json as report

        sys.stdout.buffer.write(report.text(files, spoken()).encode() + b"\n")  # JSON is UTF-8, whatever the locale
        sys.stdout.buffer.flush()
    else:
        from mlsd.cli.console import product
        from mlsd.cli.reports.text import write

        write(files, product(), spoken())
    return exit_code(files, fail_on)


def find(paths: Sequence[str]) -> list[str]:
    """The files meant: a folder stands for its design.yaml. Raises UsageError for a path that is not there."""
    found = []
    for path in paths:
        if not path:
            raise UsageError(Message("The name of the file is empty."), Message("Name a design file, or leave it out."))
        inside = str(Path(path) / DEFAULT)
        file = inside if path != "-" and os.path.isfile(inside) else path
        if file != "-" and not os.path.exists(file):
            from mlsd.storage.loader import nearest

            raise UsageError(Message("There is no file {path}.", path=path), nearest(file))
        found.append(file)
    return found


def examine(path: str) -> Checked:
    """Read and check one file; a file that cannot be read comes back with its faults."""
    from datetime import UTC, datetime

    from mlsd import lint
    from mlsd.cli.reports import Checked
    from mlsd.errors import Unreadable
    from mlsd.storage import read

    try:
        loaded = read(path)
    except Unreadable as error:
        return Checked(error.file, error.source, lint.Report(), tuple(error.faults))
    report = lint.check(loaded.design, places=loaded.places, today=datetime.now(UTC).date())
    return Checked(loaded.file, loaded.text, report)


def exit_code(files: Sequence[Checked], fail_on: FailOn) -> int:
    """A broken rule outweighs an unreadable file, which outweighs findings."""
    if any(checked.report.broken for checked in files):
        return ExitCode.INTERNAL
    if any(checked.faults for checked in files):
        return ExitCode.UNREADABLE
    worst = max((checked.report.worst() or 0 for checked in files), default=0)
    limit = {"info": 1, "warning": 2, "error": 3}.get(fail_on, 4)
    return ExitCode.FINDINGS if worst >= limit else ExitCode.OK
