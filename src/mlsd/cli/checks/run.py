"""A whole run of ``mlsd check``: from its options to the exit code, one file after the other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from mlsd.cli.checks.job import Job, examine, here, job_by, plugins_failed
from mlsd.cli.checks.notes import note
from mlsd.cli.checks.outputs import MARKED, STDOUT, Output, refuse_reading, write
from mlsd.cli.designs import STDIN, collect
from mlsd.cli.reports import Checked, Totals, View
from mlsd.cli.speech import spoken
from mlsd.errors import ExitCode, Message, UsageError
from mlsd.lint import Severity
from mlsd.settings import Settings, settings


@dataclass(frozen=True)
class Options:
    """What stood on the command line; ``flags`` are those that settings may say too, None where they were not given."""

    paths: tuple[str, ...]
    outputs: tuple[Output, ...]
    flags: Mapping[str, Any]
    config: str | None
    no_config: bool
    plugins: bool
    statistics: bool
    explain: bool
    baseline: str
    write_baseline: str
    fix: bool
    dry_run: bool
    jobs: int


def run(options: Options) -> int:
    """Check every file, report, and say by the exit code how it went."""
    _refuse_contradictions(options)
    asked = settings(options.flags, os.environ, here(), config=options.config, no_config=options.no_config)
    files, empty = collect(options.paths)
    refuse_reading(options.outputs, [*files, options.baseline, options.write_baseline, options.config or ""])
    if options.fix and STDIN in files:
        raise UsageError(
            Message("--fix writes files, and standard input is none."), Message("Save it, then name the file.")
        )
    for path in empty:
        note(Message("Nothing in {path} is a design.", path=path))
    failed = options.plugins and plugins_failed()
    job = _job(options, asked)
    totals = Totals()
    with closing(totals.count(_files(files, job, options))) as checked:  # whatever happens, no process is left behind
        _report(options, totals, checked)
    return ExitCode.INTERNAL if failed else exit_code(totals, asked)


def _refuse_contradictions(options: Options) -> None:
    if options.dry_run and not options.fix:
        raise UsageError(Message("--dry-run shows what --fix would do."), Message("Give both, or none."))
    if options.dry_run and any(to.path != STDOUT for to in options.outputs):
        raise UsageError(
            Message("--dry-run shows changes in place of a report, and --output writes one."),
            Message("Leave one of them out."),
        )
    if options.baseline and options.write_baseline:
        raise UsageError(
            Message("--baseline reads what --write-baseline writes."), Message("Write first, and read from then on.")
        )
    if options.config and options.no_config:
        raise UsageError(Message("--config and --no-config exclude one another."), Message("Leave one of them out."))


def _job(options: Options, asked: Settings) -> Job:
    """What is asked of every file."""
    return job_by(
        asked,
        plugins=options.plugins,
        explain=options.explain,
        fingerprints=bool(options.baseline or options.write_baseline or MARKED & {to.form for to in options.outputs}),
    )


def _files(files: list[str], job: Job, options: Options) -> Iterator[Checked]:
    """Every file, checked, mended if asked for, and without what a baseline knows."""
    checked = _checked(files, job, 1 if options.fix else options.jobs)
    if options.fix:
        from mlsd.cli.checks.fixes import mended

        checked = mended(checked, job, write=not options.dry_run)
    if options.baseline or options.write_baseline:
        from mlsd.cli.checks.known import recorded, set_aside

        if options.write_baseline:
            return recorded(checked, options.write_baseline)
        return set_aside(checked, options.baseline, job)
    return checked


def _checked(files: list[str], job: Job, jobs: int) -> Iterator[Checked]:
    """One file after the other, in processes side by side where there are enough of them."""
    job.begin()
    if len(files) == 1:
        return (examine(path, job) for path in files)
    from mlsd.cli.checks.progress import watched
    from mlsd.cli.checks.workers import spread, workers

    count = workers(len(files), jobs)
    checked = spread(files, job, count) if count > 1 else (examine(path, job) for path in files)
    return watched(checked, len(files))


def _report(options: Options, totals: Totals, files: Iterator[Checked]) -> None:
    """Write the report in every form that was asked for; for a difference only its last line, to stderr."""
    if not options.dry_run:
        return write(options.outputs, files, totals, statistics=options.statistics)
    from mlsd.cli.console import talk
    from mlsd.cli.reports.text import summary

    for _ in files:
        pass
    talk().line(summary(View(spoken(), talk(), totals)))
    return None


def exit_code(totals: Totals, asked: Settings) -> int:
    """A broken rule outweighs an unreadable file, which outweighs findings; ``never`` speaks of findings alone."""
    if totals.broken:
        return ExitCode.INTERNAL
    if totals.unread:
        return ExitCode.UNREADABLE
    if asked.fail_on == "never":
        return ExitCode.OK
    if asked.max_warnings is not None and totals.by[Severity.WARNING] > asked.max_warnings:
        note(Message("There are more warnings than --max-warnings allows: {most}.", most=asked.max_warnings))
        return ExitCode.FINDINGS
    return ExitCode.FINDINGS if totals.worst >= Severity[asked.fail_on.upper()] else ExitCode.OK
