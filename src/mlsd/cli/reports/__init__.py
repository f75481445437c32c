"""A report in the forms in which it leaves the program; the exit code never depends on them."""

from __future__ import annotations

from typing import NamedTuple

from mlsd.errors import Fault
from mlsd.lint import Report


class Checked(NamedTuple):
    """One file: its text, and either what the rules say of it or the faults that kept it from being read."""

    file: str
    text: str
    report: Report
    faults: tuple[Fault, ...] = ()
