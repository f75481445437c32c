"""A report for GitLab's code quality: one list, of which a merge request shows what is new."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from textwrap import indent
from typing import Any

from typing_extensions import override

from mlsd.cli.json_text import json_text
from mlsd.cli.reports import Checked, Shape, View
from mlsd.cli.reports.entry import Entry, entries, in_repository
from mlsd.cli.text import one_line
from mlsd.lint import Severity

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
GRAVE = "blocker"


class Form(Shape):
    """An object for each finding; GitLab knows nothing of waived ones."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.comma = ""

    @override
    def start(self) -> Iterator[str]:
        yield "["

    @override
    def file(self, checked: Checked) -> Iterator[str]:
        path = in_repository(checked.file)
        seen: Counter[str] = Counter()
        for entry in entries(checked, self.view.language):
            seen[entry.fingerprint] += 1
            yield f"{self.comma}\n{indent(json_text(_data(entry, path, seen[entry.fingerprint])), '  ')}"
            self.comma = ","

    @override
    def end(self) -> Iterator[str]:
        yield "\n]\n" if self.comma else "]\n"


def _data(entry: Entry, path: str, time: int) -> dict[str, Any]:
    """GitLab shows one entry of a fingerprint, so that of a finding is told apart by file, and by time within it."""
    own = hashlib.blake2b(
        f"{path}\0{entry.fingerprint}\0{time}".encode(errors="surrogateescape"), digest_size=16
    ).hexdigest()
    begin, end = (entry.place.line, entry.place.end_line) if entry.place else (1, 1)
    return {
        "description": one_line(f"{entry.code} {entry.name}: {entry.text}"),
        "check_name": entry.code,
        "fingerprint": own,
        "severity": GRAVE if entry.grave else SEVERITIES[entry.severity],
        "location": {"path": path, "lines": {"begin": begin, "end": end}},
    }
