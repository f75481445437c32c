"""A report for what reads the results of tests: a suite for each file, a failed case for each finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from typing_extensions import override

from mlsd.cli.reports import Checked, Shape
from mlsd.cli.reports.entry import Entry, entries, of_diagnostic
from mlsd.cli.text import one_line, unspoken
from mlsd.errors import Message
from mlsd.lint import Waived

_NEVER = {0xFFFE: "‹U+FFFE›", 0xFFFF: "‹U+FFFF›"}
"""Characters that XML cannot hold and a terminal does not mind."""


class Form(Shape):
    """JUnit's XML: findings fail, what is waived is skipped, a file that cannot be read is an error."""

    @override
    def start(self) -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mlsd">\n'

    @override
    def file(self, checked: Checked) -> Iterator[str]:
        found = list(entries(checked, self.view.language))
        waived = checked.report.waived
        errors = sum(entry.grave for entry in found)
        counts = {
            "tests": max(1, len(found) + len(waived)),
            "failures": len(found) - errors,
            "errors": errors,
            "skipped": len(waived),
        }
        yield f"  <testsuite{_attributes({'name': checked.file, **counts})}>\n"
        for entry in found:
            yield self._case(checked, entry)
        for aside in waived:
            yield self._skipped(checked, aside)
        if not found and not waived:
            clean = {"name": self.view.language.say(Message("No findings")), "classname": checked.file}
            yield f"    <testcase{_attributes(clean)}/>\n"
        yield "  </testsuite>\n"

    @override
    def end(self) -> Iterator[str]:
        yield "</testsuites>\n"

    def _case(self, checked: Checked, entry: Entry) -> str:
        say = self.view.language.say
        kind = "error" if entry.grave else "failure"
        lines = [str(entry.place)] if entry.place else []
        if entry.also_path:
            where = f"{entry.also_path} ({entry.also_place})" if entry.also_place else entry.also_path
            lines.append(f"{say(Message('against'))}: {where}")
        lines += [f"{say(label)}: {text}" for label, text in entry.details]
        told = _attributes({"type": entry.severity.word, "message": entry.text})
        body = "\n".join(_text(line) for line in lines)
        return f"    <testcase{_named(checked, entry)}>\n      <{kind}{told}>{body}</{kind}>\n    </testcase>\n"

    def _skipped(self, checked: Checked, aside: Waived) -> str:
        entry = of_diagnostic(aside.diagnostic, self.view.language)
        reason = _attributes({"type": "waived", "message": aside.waiver.reason or ""})
        return f"    <testcase{_named(checked, entry)}>\n      <skipped{reason}/>\n    </testcase>\n"


def _named(checked: Checked, entry: Entry) -> str:
    path = f": {entry.path}" if entry.path else ""
    return _attributes({"name": f"{entry.code} {entry.name}{path}", "classname": checked.file})


def _attributes(pairs: Mapping[str, str | int]) -> str:
    return "".join(f' {name}="{_text(str(value))}"' for name, value in pairs.items())


def _text(text: str) -> str:
    return escape(unspoken(one_line(text)).translate(_NEVER))
