"""What is asked of every file, and the check of one; both can be sent to another process."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd import lint
from mlsd.cli.reports import Checked
from mlsd.content.registry import use
from mlsd.content.template import names
from mlsd.errors import Message, Unreadable, UsageError
from mlsd.lint.rule import FOREIGN
from mlsd.lint.rules import every
from mlsd.settings import Settings, settings
from mlsd.storage import load, read

if TYPE_CHECKING:
    from mlsd.design import Design, Places
    from mlsd.lint.leftovers import Leftover
    from mlsd.storage import Loaded


class Job(NamedTuple):
    """How to check: ``only`` are the codes that may speak (None: all), ``own`` the user's entries of registries."""

    today: date
    only: frozenset[str] | None = None
    maturity: lint.Maturity | None = None
    plugins: bool = False
    explain: bool = False
    fingerprints: bool = False
    own: Mapping[str, Sequence[Any]] = {}  # never changed

    def begin(self) -> None:
        """Make this process know what the job knows; once, before its first file."""
        use(self.own)
        self.rules()

    def rules(self) -> tuple[lint.Rule, ...]:
        """Our rules, and those of installed packages."""
        return (*every(), *self.foreign())

    def foreign(self) -> tuple[lint.Rule, ...]:
        """The rules of installed packages."""
        if not self.plugins:
            return ()
        from mlsd.lint.plugins import installed

        return installed().rules

    def report(self, design: Design, places: Places | None = None) -> lint.Report:
        """What the rules say of a design."""
        return lint.check(
            design,
            places=places,
            rules=self.rules() if self.foreign() else None,
            maturity=self.maturity,
            today=self.today,
            only=self.only,
        )

    def hears(self, code: str) -> bool:
        """Whether a rule of this code could speak."""
        return code in self.only if self.only is not None else self.plugins or not FOREIGN.fullmatch(code)


def job_by(asked: Settings, **more: Any) -> Job:
    """The job that settings ask for, with what only flags can say of it. Raises UsageError for an unknown code."""
    job = Job(
        today=datetime.now(UTC).date(),
        maturity=lint.Maturity.of(asked.maturity) if asked.maturity else None,
        own=_own(asked),
        **more,
    )
    if not asked.select and not asked.ignore:
        return job
    return job._replace(only=_only(asked, job.rules()))


def _only(asked: Settings, rules: Sequence[lint.Rule]) -> frozenset[str]:
    """The codes that may speak; an unknown one is an error of whoever said it."""
    from mlsd.lint.selection import selection

    none: tuple[str, ...] = ()
    for key, chosen, left in (("select", asked.select, none), ("ignore", none, asked.ignore)):
        try:
            selection(chosen, left, rules)
        except UsageError as error:
            if place := asked.places.get(key):
                error.message = Message("{place}: {problem}", place=place, problem=error.message)
            raise
    return selection(asked.select, asked.ignore, rules)


def job_here() -> Job:
    """The job of a command without flags for it, begun: what is set for the working folder or by the person holds.

    So a print, an interview and ``mlsd stress`` say what ``mlsd check`` says. A package whose rules cannot be used is
    named on stderr.
    """
    plugins_failed()
    job = job_by(settings({}, os.environ, here()), plugins=True)
    job.begin()
    return job


def plugins_failed() -> bool:
    """Whether a package's rules could not be loaded; each such package is named on stderr."""
    from mlsd.lint.plugins import installed

    failures = installed().failures
    if failures:
        from mlsd.cli.app import complain

        for failure in failures:
            complain(failure)
    return bool(failures)


def here() -> Path:
    """The working folder; one that was deleted holds no settings."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path()


def _own(asked: Settings) -> Mapping[str, Any]:
    """The entries of the user's own registries."""
    if not asked.registries:
        return {}
    from mlsd.storage.registries import read_registries

    return read_registries(asked.registries)


def examine(path: str, job: Job) -> Checked:
    """Read and check one file; a file that cannot be read comes back with its faults."""
    try:
        return judge(read(path), job)
    except Unreadable as error:
        return Checked(error.file, error.source, lint.Report(), tuple(error.faults))


def examine_text(text: str, file: str, job: Job) -> Checked:
    """The same for a text that a file could hold."""
    try:
        return judge(load(text, file), job)
    except Unreadable as error:
        return Checked(error.file, error.source, lint.Report(), tuple(error.faults))


def judge(loaded: Loaded, job: Job) -> Checked:
    """What the rules say of a design that was read."""
    design, rules = loaded.design, job.rules()
    report = job.report(design, loaded.places)
    left: tuple[Leftover, ...] = ()
    if report.expired or report.unused or design.assumed or design.template not in (None, *names()):
        from mlsd.lint.leftovers import leftovers

        left = tuple(leftovers(design, report, rules, loaded.places))
    if job.fingerprints:
        report = _marked(report, loaded)
    if job.explain:
        report = _explained(report, loaded, rules, job.maturity)
    return Checked(loaded.file, loaded.text, report, leftovers=left)


def _marked(report: lint.Report, loaded: Loaded) -> lint.Report:
    from mlsd.lint.fingerprint import fingerprint

    def mark(found: lint.Diagnostic) -> lint.Diagnostic:
        return found._replace(fingerprint=fingerprint(loaded.design, found))

    waived = [entry._replace(diagnostic=mark(entry.diagnostic)) for entry in report.waived]
    return report._replace(diagnostics=[mark(found) for found in report.diagnostics], waived=waived)


def _explained(
    report: lint.Report, loaded: Loaded, rules: Sequence[lint.Rule], maturity: lint.Maturity | None
) -> lint.Report:
    from mlsd.lint.decisive import Deciders
    from mlsd.lint.why import why

    design, codes = loaded.design, {entry.code for entry in report.diagnostics}
    table = {rule.code: (rule, Deciders(design, rule, maturity)) for rule in rules if rule.code in codes}
    found = [entry._replace(why=why(design, entry, *table[entry.code])) for entry in report.diagnostics]
    return report._replace(diagnostics=found)
