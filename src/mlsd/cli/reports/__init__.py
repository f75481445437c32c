"""A report in the forms in which it leaves the program; the exit code never depends on them."""

from __future__ import annotations

from dataclasses import dataclass

from mlsd.errors import Fault
from mlsd.lint import Report


@dataclass(frozen=True)
class Checked:
    """One file: its text, and either what the rules say of it or the faults that kept it from being read."""

    file: str
    text: str
    report: Report
    faults: tuple[Fault, ...] = ()
