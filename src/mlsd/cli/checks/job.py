"""What is asked of every file, and the check of one; both can be sent to another process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from mlsd import lint
from mlsd.cli.reports import Checked
from mlsd.content.registry import use
from mlsd.errors import Unreadable
from mlsd.lint.rule import FOREIGN
from mlsd.lint.rules import every
from mlsd.storage import load, read

if TYPE_CHECKING:
    from mlsd.lint.leftovers import Leftover
    from mlsd.storage import Loaded


@dataclass(frozen=True)
class Job:
    """How to check: ``only`` are the codes that may speak (None: all), ``own`` the user's entries of registries."""

    today: date
    only: frozenset[str] | None = None
    maturity: lint.Maturity | None = None
    plugins: bool = False
    explain: bool = False
    fingerprints: bool = False
    own: Mapping[str, Sequence[Any]] = field(default_factory=dict)

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

    def hears(self, code: str) -> bool:
        """Whether a rule of this code could speak."""
        return code in self.only if self.only is not None else self.plugins or not FOREIGN.fullmatch(code)


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
    report = lint.check(
        design,
        places=loaded.places,
        rules=rules if job.foreign() else None,
        maturity=job.maturity,
        today=job.today,
        only=job.only,
    )
    left: tuple[Leftover, ...] = ()
    if report.expired or report.unused or design.assumed:
        from mlsd.lint.leftovers import leftovers

        left = tuple(leftovers(design, report, rules, loaded.places))
    if job.fingerprints:
        report = _marked(report, loaded)
    if job.explain:
        report = _explained(report, loaded, rules)
    return Checked(loaded.file, loaded.text, report, leftovers=left)


def _marked(report: lint.Report, loaded: Loaded) -> lint.Report:
    from mlsd.lint.fingerprint import fingerprint

    def mark(found: lint.Diagnostic) -> lint.Diagnostic:
        return found._replace(fingerprint=fingerprint(loaded.design, found))

    waived = [entry._replace(diagnostic=mark(entry.diagnostic)) for entry in report.waived]
    return report._replace(diagnostics=[mark(found) for found in report.diagnostics], waived=waived)


def _explained(report: lint.Report, loaded: Loaded, rules: Sequence[lint.Rule]) -> lint.Report:
    from mlsd.lint.why import why

    table = {rule.code: rule for rule in rules}
    found = [entry._replace(why=why(loaded.design, entry, table[entry.code])) for entry in report.diagnostics]
    return report._replace(diagnostics=found)
