"""A report for programs: versioned JSON, lines and columns from 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlsd.cli.json_text import json_text
from mlsd.cli.reports import Checked
from mlsd.cli.reports.working import working_text
from mlsd.content.language import Language
from mlsd.design import Place
from mlsd.design.path import show
from mlsd.errors import Fault
from mlsd.lint import Diagnostic, Severity, Waived
from mlsd.lint.formats import FORMATS

SCHEMA_VERSION = 1


def text(files: Sequence[Checked], language: Language) -> str:
    """The whole report; keys are only ever added within one ``schema_version``."""
    report = {"schema_version": SCHEMA_VERSION, "files": [_file(checked, language) for checked in files]}
    return json_text(report)


def _file(checked: Checked, language: Language) -> dict[str, Any]:
    report = checked.report
    diagnostics = [_fault(fault, language) for fault in checked.faults]
    diagnostics += [diagnostic_data(diagnostic, language) for diagnostic in report.diagnostics]
    counts = {severity.word: report.count(severity) for severity in sorted(Severity, reverse=True)}
    counts["error"] += len(checked.faults)
    return {
        "path": checked.file,
        "diagnostics": diagnostics,
        "waived": [_waived(entry, language) for entry in report.waived],
        "summary": counts | {"waived": len(report.waived), "not_applicable": len(report.not_applicable)},
    }


def diagnostic_data(diagnostic: Diagnostic, language: Language) -> dict[str, Any]:
    """One diagnostic as plain data, its sentences in the language given."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.word,
        "message": language.say(diagnostic.message),
        "path": diagnostic.path,
        **_place(diagnostic.place),
        "question": language.say(diagnostic.question) if diagnostic.question else None,
        "working": working_text(diagnostic.working, language) if diagnostic.working else None,
        "ways_out": [language.say(way) for way in diagnostic.ways_out],
        "also": {"path": diagnostic.also_path, **_place(diagnostic.also_place)} if diagnostic.also_path else None,
    }


def _fault(fault: Fault, language: Language) -> dict[str, Any]:
    from mlsd.design import Design

    return {
        "code": fault.code,
        "name": FORMATS[fault.code].name,
        "severity": Severity.ERROR.word,
        "message": language.say(fault.message),
        "path": show(Design(), fault.path),
        **_place(fault.place),
        "question": None,
        "working": None,
        "ways_out": [language.say(fault.hint)] if fault.hint else [],
        "also": None,
    }


def _waived(entry: Waived, language: Language) -> dict[str, Any]:
    waiver = entry.waiver
    return diagnostic_data(entry.diagnostic, language) | {
        "reason": waiver.reason,
        "until": waiver.until.isoformat() if waiver.until else None,
        "by": waiver.by,
    }


def _place(place: Place | None) -> dict[str, int | None]:
    return {"line": place.line if place else None, "column": place.column if place else None}
