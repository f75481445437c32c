"""A report for programs that read line by line: each line is JSON of its own, as in ``json``, and names its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typing_extensions import override

from mlsd.cli.json_text import json_text
from mlsd.cli.reports import Checked, Shape
from mlsd.cli.reports.json import SCHEMA_VERSION, file_data, statistics
from mlsd.lint import Severity

KINDS = {"diagnostics": "finding", "waived": "waived", "leftovers": "leftover"}
"""What ``json`` calls a list → what a line calls one entry of it."""


class Form(Shape):
    """A line for each finding, waived finding and leftover, and one in the end that counts them."""

    @override
    def file(self, checked: Checked) -> Iterator[str]:
        data = file_data(checked, self.view.language)
        for name, kind in KINDS.items():
            for entry in data[name]:
                about = {"about": entry.pop("kind")} if "kind" in entry else {}
                yield _line(kind, {"file": data["path"]} | about | entry)

    @override
    def end(self) -> Iterator[str]:
        totals = self.view.totals
        if self.view.statistics:
            for row in statistics(totals):
                yield _line("statistics", row)
        counts = {severity.word: totals.by[severity] for severity in sorted(Severity, reverse=True)}
        yield _line(
            "summary",
            {"files": totals.files, "unread": totals.unread}
            | counts
            | {
                "waived": totals.waived,
                "not_applicable": totals.not_applicable,
                "baseline": totals.known,
                "fixable": totals.fixable,
            },
        )


def _line(kind: str, data: dict[str, Any]) -> str:
    return json_text({"schema_version": SCHEMA_VERSION, "kind": kind} | data, flat=True) + "\n"
