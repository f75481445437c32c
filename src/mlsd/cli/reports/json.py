"""A report for programs: versioned JSON, lines and columns from 1."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from textwrap import indent
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from mlsd.cli.json_text import json_text
from mlsd.cli.reports import Checked, Shape, Totals
from mlsd.cli.reports.working import working_text
from mlsd.content.language import Language
from mlsd.design import Place
from mlsd.design.path import show
from mlsd.errors import Fault, Message
from mlsd.lint import Diagnostic, Severity, Waived
from mlsd.lint.formats import FORMATS
from mlsd.lint.leftovers import Leftover

if TYPE_CHECKING:
    from mlsd.lint.why import Why

SCHEMA_VERSION = 1


class Form(Shape):
    """The whole report, file by file; keys are only ever added within one ``schema_version``."""

    comma = ""

    @override
    def start(self) -> Iterator[str]:
        yield f'{{\n  "schema_version": {SCHEMA_VERSION},\n  "files": ['

    @override
    def file(self, checked: Checked) -> Iterator[str]:
        yield f"{self.comma}\n{indent(json_text(file_data(checked, self.view.language)), '    ')}"
        self.comma = ","

    @override
    def end(self) -> Iterator[str]:
        yield "\n  ]" if self.comma else "]"
        if self.view.statistics:
            yield f',\n  "statistics": {indent(json_text(statistics(self.view.totals)), "  ").lstrip()}'
        yield "\n}\n"


def statistics(totals: Totals) -> list[dict[str, Any]]:
    """Each rule that found something, and how often."""
    return [
        {"code": code, "name": name, "severity": severity.word, "count": count}
        for code, name, severity, count in totals.statistics()
    ]


def file_data(checked: Checked, language: Language) -> dict[str, Any]:
    """Everything about one file as plain data."""
    report = checked.report
    diagnostics = [_fault(fault, language) for fault in checked.faults]
    diagnostics += [diagnostic_data(diagnostic, language) for diagnostic in report.diagnostics]
    counts = {severity.word: report.count(severity) for severity in sorted(Severity, reverse=True)}
    counts["error"] += len(checked.faults)
    return {
        "path": checked.file,
        "diagnostics": diagnostics,
        "waived": [_waived(entry, language) for entry in report.waived],
        "leftovers": [_leftover(entry, language) for entry in checked.leftovers],
        "summary": counts
        | {
            "waived": len(report.waived),
            "not_applicable": len(report.not_applicable),
            "baseline": len(report.known),
            "fixable": checked.fixable,
        },
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
        **({"fingerprint": diagnostic.fingerprint} if diagnostic.fingerprint else {}),
        **({"why": _why(diagnostic.why, language)} if diagnostic.why else {}),
    }


def _why(why: Why, language: Language) -> dict[str, Any]:
    read = [
        {
            "path": entry.path or None,
            "name": language.say(entry.name),
            "value": _carried(entry.value, language),
            "unit": entry.unit,
            "origin": entry.origin,
        }
        for entry in why.read
    ]
    return {
        "read": read,
        "carried": {name: _carried(value, language) for name, value in why.carried},
        "fires_when": language.say(why.compared),
        "has_working": why.certain,
        "places_not_named": why.more,
    }


def _carried(value: Any, language: Language) -> Any:
    """The value as JSON has it."""
    if isinstance(value, Message):
        return language.say(value)
    if isinstance(value, list | tuple):
        return [_carried(entry, language) for entry in value]
    if isinstance(value, dict):
        return {str(key): _carried(entry, language) for key, entry in value.items()}
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


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


def _leftover(entry: Leftover, language: Language) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "message": language.say(entry.message),
        "path": entry.path,
        **_place(entry.place),
        "fixable": entry.removable,
    }


def _place(place: Place | None) -> dict[str, int | None]:
    return {"line": place.line if place else None, "column": place.column if place else None}
