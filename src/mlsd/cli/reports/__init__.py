"""A report in the forms in which it leaves the program; the exit code never depends on them.

A form is one module of this package with one class, ``Form``: it is told of every file once and says at once what it
has to say of it, so that no form has to hold what it has said already, and several forms hear of the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from mlsd.errors import Fault
from mlsd.lint import Report, Severity

if TYPE_CHECKING:
    from mlsd.cli.console import Console
    from mlsd.content.language import Language
    from mlsd.lint.leftovers import Leftover


@dataclass(frozen=True, eq=False, repr=False)  # what is left out costs each start half a millisecond
class Checked:
    """One file: its text, and either what the rules say of it or the faults that kept it from being read."""

    file: str
    text: str
    report: Report
    faults: tuple[Fault, ...] = ()
    leftovers: tuple[Leftover, ...] = ()

    @property
    def fixable(self) -> int:
        """How many of its faults and leftovers ``--fix`` mends."""
        return sum(bool(fault.rename) for fault in self.faults) + sum(entry.removable for entry in self.leftovers)


@dataclass
class Totals:
    """What all files together come to, once every one of them has passed by."""

    files: int = 0
    unread: int = 0
    waived: int = 0
    known: int = 0
    fixable: int = 0
    silent: frozenset[str] | None = None
    """Codes of the rules that have nothing to look at in any file that was read."""
    broken: bool = False
    by: Counter[Severity] = field(default_factory=Counter)
    by_rule: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Code and name of a rule → how many findings."""
    severities: dict[str, Severity] = field(default_factory=dict)
    """Code of a rule → the worst severity at which it spoke."""

    def count(self, files: Iterable[Checked]) -> Generator[Checked, None, None]:
        """The files, each counted as it passes by."""
        for checked in files:
            self._add(checked)
            yield checked

    @property
    def not_applicable(self) -> int:
        """How many rules apply to none of the files: a rule is not counted again for each of them."""
        return len(self.silent or ())

    @property
    def worst(self) -> int:
        """The worst severity of a finding, 0 if there is none."""
        return max((severity for severity, count in self.by.items() if count), default=0)

    def _add(self, checked: Checked) -> None:
        from mlsd.lint.formats import FORMATS

        report = checked.report
        self.files += 1
        self.unread += bool(checked.faults)
        self.waived += len(report.waived)
        self.known += len(report.known)
        self.fixable += checked.fixable
        if not checked.faults:
            silent = frozenset(report.not_applicable)
            self.silent = silent if self.silent is None else self.silent & silent
        self.broken = self.broken or bool(report.broken)
        for fault in checked.faults:
            self._finding(fault.code, FORMATS[fault.code].name, Severity.ERROR)
        for diagnostic in report.diagnostics:
            self._finding(diagnostic.code, diagnostic.name, diagnostic.severity)

    def _finding(self, code: str, name: str, severity: Severity) -> None:
        self.by[severity] += 1
        self.by_rule[code, name] += 1
        self.severities[code] = max(severity, self.severities.get(code, severity))

    def statistics(self) -> list[tuple[str, str, Severity, int]]:
        """Code, name, worst severity and count of each rule that found something, most findings first."""
        rows = [(code, name, self.severities[code], count) for (code, name), count in self.by_rule.items()]
        return sorted(rows, key=lambda row: (-row[3], row[0]))


class View(NamedTuple):
    """How a report is looked at: by whom, where, and what of it; ``totals`` are complete after the last file."""

    language: Language
    out: Console
    totals: Totals
    statistics: bool = False


class Shape:
    """What every form has: a beginning, something of each file, an end. Each gives its text piece by piece."""

    spoken: ClassVar[bool] = False
    """Whether it is made for people at a terminal; the others are UTF-8 whatever the terminal can show."""

    def __init__(self, view: View) -> None:
        self.view = view

    def start(self) -> Iterator[str]:
        """What stands before the first file."""
        yield from ()

    def file(self, checked: Checked) -> Iterator[str]:
        """What there is to say of one file."""
        raise NotImplementedError

    def end(self) -> Iterator[str]:
        """What stands after the last file; the totals are complete by then."""
        yield from ()
