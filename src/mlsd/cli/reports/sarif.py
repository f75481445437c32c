"""A report in SARIF 2.1.0, which code scanning and editors read.

What is in it comes in the order in which it is known: results first, the rules they name after the last of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any
from urllib.parse import quote

from typing_extensions import override

from mlsd import __version__
from mlsd.cli.json_text import json_text
from mlsd.cli.reports import Checked, Shape, View
from mlsd.cli.reports.entry import Entry, entries, in_repository, of_diagnostic
from mlsd.cli.reports.sarif_rules import descriptor
from mlsd.cli.text import safe_text
from mlsd.design import Place
from mlsd.errors import Message
from mlsd.lint import Severity
from mlsd.lint.rules import every

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
"""What a reader of SARIF calls the folder that relative addresses start from."""
FINGERPRINT = "mlsdFinding/v1"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK, _BRACKETS = re.compile(r"\]\s*\("), re.compile(r"([\\\[\]])")
_PLACEHOLDER = re.compile(r"\{([0-9]+)\}")


class Form(Shape):
    """One run with all results, waived ones among them as suppressed."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.comma = ""
        self.rules: dict[str, int] = {}
        """Code of each rule that spoke → its position among the rules of the run."""

    @override
    def start(self) -> Iterator[str]:
        yield (
            f'{{\n  "$schema": "{SCHEMA}",\n  "version": "2.1.0",\n  "runs": [\n    {{\n'
            '      "columnKind": "unicodeCodePoints",\n      "results": ['
        )

    @override
    def file(self, checked: Checked) -> Iterator[str]:
        for entry in entries(checked, self.view.language):
            yield self._one(self._result(checked, entry))
        for aside in checked.report.waived:
            result = self._result(checked, of_diagnostic(aside.diagnostic, self.view.language))
            reason = {"justification": safe_text(aside.waiver.reason)} if aside.waiver.reason else {}
            yield self._one(result | {"suppressions": [{"kind": "inSource", "status": "accepted"} | reason]})

    @override
    def end(self) -> Iterator[str]:
        known = {rule.code: rule for rule in self._all()}
        driver = {
            "name": "mlsd",
            "semanticVersion": __version__,
            "rules": [descriptor(code, known, self.view.language) for code in self.rules],
        }
        whole = {"tool": {"driver": driver}, "invocations": [{"executionSuccessful": not self.view.totals.broken}]}
        yield "\n      ]" if self.comma else "]"
        for key, value in whole.items():
            yield f',\n      "{key}": {indent(json_text(value), "      ").lstrip()}'
        yield "\n    }\n  ]\n}\n"

    def _all(self) -> Iterator[Any]:
        """Our rules, and those of installed packages where one of them spoke."""
        own = every()
        yield from own
        if not self.rules.keys() <= {rule.code for rule in own}:
            from mlsd.lint.plugins import installed

            yield from installed().rules

    def _one(self, result: dict[str, Any]) -> str:
        comma, self.comma = self.comma, ","
        return f"{comma}\n{indent(json_text(result), '        ')}"

    def _result(self, checked: Checked, entry: Entry) -> dict[str, Any]:
        result: dict[str, Any] = {
            "ruleId": entry.code,
            "ruleIndex": self.rules.setdefault(entry.code, len(self.rules)),
            "level": LEVELS[entry.severity],
            "message": {"text": _message(self._text(entry))},
            "locations": [_location(checked.file, entry.place, entry.path, entry.absent)],
        }
        if entry.also_path:
            said = {"message": {"text": f"{self.view.language.say(Message('against'))}: {_message(entry.also_path)}"}}
            result["relatedLocations"] = [{"id": 1} | _location(checked.file, entry.also_place, entry.also_path) | said]
        return result | {"partialFingerprints": {FINGERPRINT: entry.fingerprint}}

    def _text(self, entry: Entry) -> str:
        """The sentence, and below it what a page beside the code has room for."""
        lines = [f"{self.view.language.say(label)}: {text}" for label, text in entry.details]
        return "\n".join([entry.text, *lines])


def _message(text: str) -> str:
    """The text as people will look at it, without anything that SARIF would read as a link or fill in.

    Where brackets could make a link, all of them are escaped, and so are the backslashes that could undo that.
    """
    shown = safe_text(text)
    if _LINK.search(shown):
        shown = _BRACKETS.sub(r"\\\1", shown)
    return _PLACEHOLDER.sub(r"{{\1}}", shown)


def _location(file: str, place: Place | None, path: str, absent: bool = False) -> dict[str, Any]:
    """Where it stands; what is absent stands in the line in which the part begins that it is missing from."""
    physical: dict[str, Any] = {"artifactLocation": address(file)}
    if place:
        end = {"startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column}
        physical["region"] = {"startLine": place.line} | ({} if absent else end)
    logical = {"logicalLocations": [{"fullyQualifiedName": path}]} if path else {}
    return {"physicalLocation": physical} | logical


def address(file: str) -> dict[str, str]:
    """The file as an address relative to the root of the repository; one outside of it whole."""
    path = in_repository(file)
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": ROOT}
