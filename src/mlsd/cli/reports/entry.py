"""A finding or a fault in the words of the forms that show both alike, and where its file stands for other programs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mlsd.cli.reports import Checked
from mlsd.cli.reports.working import working_text
from mlsd.content.language import Language
from mlsd.design import Design, Place
from mlsd.design.path import show
from mlsd.errors import Fault, Message
from mlsd.lint import Diagnostic, Severity
from mlsd.lint.fingerprint import of_fault
from mlsd.lint.formats import FORMATS
from mlsd.settings import ROOTS


class Entry(NamedTuple):
    """One thing that was found, everything said in one language."""

    code: str
    name: str
    severity: Severity
    text: str
    path: str
    place: Place | None
    details: tuple[tuple[Message, str], ...]
    """A label and a text each: the working, the question to ask oneself, the ways out."""
    also_path: str = ""
    also_place: Place | None = None
    absent: bool = False
    fingerprint: str = ""
    grave: bool = False
    """Not a verdict about the design: its file could not be read, or the rule broke."""


def entries(checked: Checked, language: Language) -> Iterator[Entry]:
    """What was found in one file, in the order of the report; what a waiver sets aside is not among it."""
    for fault in checked.faults:
        yield _of_fault(fault, language)
    for diagnostic in checked.report.diagnostics:
        yield of_diagnostic(diagnostic, language, grave=diagnostic.code in checked.report.broken)


def of_diagnostic(diagnostic: Diagnostic, language: Language, *, grave: bool = False) -> Entry:
    """A finding of a rule."""
    return Entry(
        diagnostic.code,
        diagnostic.name,
        diagnostic.severity,
        language.say(diagnostic.message),
        diagnostic.path,
        diagnostic.place,
        tuple(_details(diagnostic, language)),
        diagnostic.also_path,
        diagnostic.also_place,
        diagnostic.absent,
        diagnostic.fingerprint,
        grave,
    )


def _details(diagnostic: Diagnostic, language: Language) -> Iterator[tuple[Message, str]]:
    if diagnostic.working:
        yield Message("working"), working_text(diagnostic.working, language)
    if diagnostic.why:
        from mlsd.cli.reports.why import why_lines

        yield from why_lines(diagnostic.why, language)
    if diagnostic.question:
        yield Message("ask yourself"), language.say(diagnostic.question)
    for way in diagnostic.ways_out:
        yield Message("way out"), language.say(way)


def _of_fault(fault: Fault, language: Language) -> Entry:
    return Entry(
        fault.code,
        FORMATS[fault.code].name,
        Severity.ERROR,
        language.say(fault.message),
        show(Design(), fault.path),
        fault.place,
        ((Message("next"), language.say(fault.hint)),) if fault.hint else (),
        fingerprint=of_fault(fault),
        grave=True,
    )


def in_repository(file: str) -> str:
    """The way to a file from the root of the repository that it is in, with slashes on every system.

    That is what services mean by a path. Where there is no repository, it starts at the working folder; a file outside
    has its whole path.
    """
    if file.startswith("<"):
        return file
    folder, name = os.path.split(file)
    try:
        home = os.path.realpath(folder)
        root = _root(home) or Path(os.path.realpath(os.getcwd()))
    except FileNotFoundError:  # the working folder was deleted
        return Path(file).as_posix()
    whole = Path(home, name)
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()


@cache
def _root(folder: str) -> Path | None:
    here = Path(folder)
    for above in (here, *here.parents):
        if any(os.path.lexists(above / mark) for mark in ROOTS):
            return above
    return None
