"""A report that GitHub reads out of the log of a workflow: an annotation beside the line of each finding.

GitHub shows ten annotations of a level from one step and drops the rest, so the rest are plain lines of the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from typing_extensions import override

from mlsd.cli.reports import Checked, Shape, View
from mlsd.cli.reports.entry import Entry, entries, in_repository
from mlsd.cli.reports.text import WORDS, summary
from mlsd.cli.text import one_line, unspoken
from mlsd.design import Place
from mlsd.errors import Message
from mlsd.lint import Severity

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
MOST = 10
"""Annotations of one level that GitHub shows from one step."""


class Form(Shape):
    """Workflow commands; nothing in a value can end its command or begin another."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.given: Counter[str] = Counter()

    @override
    def file(self, checked: Checked) -> Iterator[str]:
        say, path = self.view.language.say, in_repository(checked.file)
        for entry in entries(checked, self.view.language):
            level = LEVELS[entry.severity]
            yield self._one(level, say(WORDS[entry.severity]), path, entry)
        for left in checked.leftovers:
            title = say(Message("note"))
            yield self._command("notice", title, path, _span(left.place), title, [say(left.message)])

    @override
    def end(self) -> Iterator[str]:
        yield f"{_plain(summary(self.view))}\n"

    def _one(self, level: str, word: str, path: str, entry: Entry) -> str:
        say = self.view.language.say
        against = [(Message("against"), _where(entry.also_path, entry.also_place))] if entry.also_path else []
        lines = [entry.text] + [f"{say(label)}: {text}" for label, text in [*against, *entry.details]]
        span = _span(entry.place, entry.absent)
        return self._command(level, word, path, span, f"{entry.code} {entry.name}", lines)

    def _command(self, level: str, word: str, path: str, span: dict[str, int], title: str, lines: list[str]) -> str:
        self.given[level] += 1
        if self.given[level] > MOST:
            at = f"{path}:{span['line']}" if span else path
            return f"{_plain(f'{word} {at}: {title}: {lines[0]}')}\n"
        properties = {"file": path} | span | {"title": title}
        said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
        return f"::{level} {said}::{_data(lines)}\n"


def _span(place: Place | None, absent: bool = False) -> dict[str, int]:
    """Line and column; GitHub takes columns only where the end stands in the same line.

    What is absent is shown where the part begins that it is missing from, not below its end.
    """
    if place is None:
        return {}
    if absent:
        return {"line": place.line}
    lines = {"line": place.line, "endLine": place.end_line}
    if place.end_line != place.line:
        return lines
    return lines | {"col": place.column, "endColumn": max(place.column, place.end_column - 1)}


def _where(path: str, place: Place | None) -> str:
    return f"{path} ({place})" if place else path


def _data(lines: list[str]) -> str:
    return "%0A".join(_plain(line).replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return _plain(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _plain(text: str) -> str:
    """A line of the log that is no command, in the older way of writing them either."""
    return unspoken(one_line(text))
