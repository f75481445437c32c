"""Findings that a baseline knows: set aside, counted, and missed when they are gone."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mlsd.cli.checks.job import Job
from mlsd.cli.checks.notes import note
from mlsd.cli.designs import STDIN
from mlsd.cli.reports import Checked
from mlsd.errors import Counted, Message
from mlsd.lint import Diagnostic
from mlsd.storage.baseline import Baseline, Entry, name_in, read_baseline, write_baseline

_POSITION = re.compile(r"\[[0-9]+\]")
MOST_NAMED = 5
"""Entries that are gone and named one by one; of more only the number is said."""


def set_aside(files: Iterable[Checked], path: str, job: Job) -> Iterator[Checked]:
    """The files without the findings that the baseline at this path knows; in the end, which of these are gone."""
    known = read_baseline(path)
    return _without(files, known, path, job)


def _without(files: Iterable[Checked], known: Baseline, path: str, job: Job) -> Iterator[Checked]:
    gone: list[str] = []
    seen: set[str] = set()
    for checked in files:
        seen.add(_name(path, checked.file))
        left = Counter(known.get(_name(path, checked.file), Counter()))
        if checked.faults:
            yield checked
            continue
        kept, aside = [], []
        for diagnostic in checked.report.diagnostics:
            entry = _entry(diagnostic)
            if left[entry] > 0 and diagnostic.code not in checked.report.broken:
                left[entry] -= 1
                aside.append(diagnostic)
            else:
                kept.append(diagnostic)
        gone += [
            f"{checked.file}: {entry.rule} {entry.path}" for entry in sorted(left.elements()) if job.hears(entry.rule)
        ]
        yield replace(checked, report=checked.report._replace(diagnostics=kept, known=aside))
    _say_gone(gone, path)
    _say_moved(known, seen, path)


def recorded(files: Iterable[Checked], path: str) -> Iterator[Checked]:
    """The files with all their findings set aside; in the end the baseline at this path is written.

    A rule that broke is never set aside, and a file that could not be read keeps nothing. Raises UsageError if another
    kind of file stands at the path.
    """
    if os.path.lexists(path):
        read_baseline(path)
    return _recorded(files, path)


def _recorded(files: Iterable[Checked], path: str) -> Iterator[Checked]:
    found: dict[str, Counter[Entry]] = {}
    for checked in files:
        broken = checked.report.broken
        aside = [diagnostic for diagnostic in checked.report.diagnostics if diagnostic.code not in broken]
        kept = [diagnostic for diagnostic in checked.report.diagnostics if diagnostic.code in broken]
        found[_name(path, checked.file)] = Counter(_entry(diagnostic) for diagnostic in aside)
        yield replace(checked, report=checked.report._replace(diagnostics=kept, known=aside))
    write_baseline(path, found)
    count = sum(counter.total() for counter in found.values())
    note(Counted("{count} finding is in {path} now.", "{count} findings are in {path} now.", count=count, path=path))


def _name(baseline: str, file: str) -> str:
    return STDIN if file == "<stdin>" else name_in(baseline, file)


def _entry(diagnostic: Diagnostic) -> Entry:
    return Entry(diagnostic.code, _POSITION.sub("[]", diagnostic.path) or "-", diagnostic.fingerprint)


def _say_moved(known: Baseline, seen: set[str], path: str) -> None:
    """Files of the baseline that are nowhere any more; others were only not asked for."""
    folder = os.path.dirname(os.path.abspath(path))
    for file in sorted(set(known) - seen - {STDIN}):
        if not os.path.lexists(os.path.join(folder, file)):
            count = known[file].total()
            note(
                Counted(
                    "{file} is not there any more, and {path} has {count} finding of it; if it moved, write it anew.",
                    "{file} is not there any more, and {path} has {count} findings of it; if it moved, write it anew.",
                    count=count,
                    file=file,
                    path=path,
                )
            )


def _say_gone(gone: list[str], path: str) -> None:
    if not gone:
        return
    count = Counted(
        "{count} entry of {path} no longer occurs; write it anew with --write-baseline.",
        "{count} entries of {path} no longer occur; write it anew with --write-baseline.",
        count=len(gone),
        path=path,
    )
    note(count)
    if len(gone) <= MOST_NAMED:
        for entry in gone:
            note(Message("Gone: {entry}", entry=entry))
