"""A report as the comment on a pull request: the count, a table of what was found, the details folded.

Words of a design are text here and nothing else: no heading, link, image or tag, no person called and no issue named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from typing_extensions import override

from mlsd.cli.reports import Checked, Shape, View
from mlsd.cli.reports.entry import Entry, entries
from mlsd.cli.reports.text import WORDS, summary
from mlsd.cli.text import shorten, unspoken
from mlsd.design import Place
from mlsd.errors import Counted, Message
from mlsd.lint import Severity
from mlsd.render.escape import code, fence, md_inline

SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}
MOST = 60_000
"""Characters of the findings; a comment may have 65,536."""
WIDEST_LINE = 200
"""Characters of a line of the file that are shown."""
_CALLS = re.compile(r"(@|\\?#)(?=[\w-])")


class _Shown(NamedTuple):
    row: str
    details: str


class Form(Shape):
    """It begins with what is known last, so the findings wait; what would make the comment too long is only counted."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.shown: list[_Shown] = []
        self.notes: list[str] = []
        self.size = 0
        self.left_out = 0

    @override
    def file(self, checked: Checked) -> Iterator[str]:
        lines = checked.text.splitlines()
        if not self.view.statistics:
            for entry in entries(checked, self.view.language):
                self._take(_Shown(self._row(checked, entry), self._details(checked, entry, lines)))
            for left in checked.leftovers:
                where = _where(left.place, checked.file)
                self._note(f"- {where}: {_inline(self.view.language.say(left.message))}")
        yield from ()

    @override
    def end(self) -> Iterator[str]:
        say = self.view.language.say
        yield f"### mlsd: {_inline(summary(self.view))}\n"
        if self.view.statistics:
            yield from self._statistics()
        if self.shown:
            head = (Message("severity"), Message("place"), Message("finding"), Message("rule"))
            yield f"\n| {' | '.join(say(title) for title in head)} |\n|---|---|---|---|\n"
            yield from (entry.row for entry in self.shown)
        if self.left_out:
            more = Counted("… and {count} more finding", "… and {count} more findings", count=self.left_out)
            yield f"\n{say(more)}\n"
        if self.shown:
            yield f"\n<details>\n<summary>{say(Message('Details'))}</summary>\n"
            yield from (entry.details for entry in self.shown)
            yield "\n</details>\n"
        if self.notes:
            yield "\n" + "".join(f"{line}\n" for line in self.notes)

    def _take(self, entry: _Shown) -> None:
        size = len(entry.row) + len(entry.details)
        if self.left_out or self.size + size > MOST:
            self.left_out += 1
            return
        self.size += size
        self.shown.append(entry)

    def _note(self, line: str) -> None:
        if self.size + len(line) <= MOST:
            self.size += len(line)
            self.notes.append(line)

    def _row(self, checked: Checked, entry: Entry) -> str:
        word = f"{SIGNS[entry.severity]} {self.view.language.say(WORDS[entry.severity])}"
        rule = f"{code(entry.code)} {_inline(entry.name)}"
        return f"| {word} | {_where(entry.place, checked.file)} | {_inline(entry.text)} | {rule} |\n"

    def _details(self, checked: Checked, entry: Entry, lines: list[str]) -> str:
        say = self.view.language.say
        said = [f"**{_inline(entry.code)} {_inline(entry.name)}** {_where(entry.place, checked.file)}"]
        said += [_inline(entry.text)]
        if entry.absent:
            said.append(f"{say(Message('not in the file yet'))}: {_code(entry.path)}")
        else:
            said += _excerpt(entry.place, lines)
        if entry.also_path:
            at = f" ({_where(entry.also_place, checked.file)})" if entry.also_place else ""
            said.append(f"{say(Message('against'))}: {_code(entry.also_path)}{at}")
            said += _excerpt(entry.also_place, lines)
        listed = "\n".join(f"- {say(label)}: {_inline(text)}" for label, text in entry.details)
        return "\n" + "\n\n".join([*said, listed] if listed else said) + "\n"

    def _statistics(self) -> Iterator[str]:
        say = self.view.language.say
        rows = self.view.totals.statistics()
        if rows:
            head = (Message("findings"), Message("rule"), Message("severity"))
            yield f"\n| {' | '.join(say(title) for title in head)} |\n|--:|---|---|\n"
        for rule, name, severity, count in rows:
            yield f"| {count} | {code(rule)} {_inline(name)} | {say(WORDS[severity])} |\n"


def _excerpt(place: Place | None, lines: list[str]) -> list[str]:
    """The line of the file, fenced."""
    if place is None or not 0 < place.line <= len(lines):
        return []
    return [str(fence(unspoken(shorten(lines[place.line - 1], WIDEST_LINE)), "yaml"))]


def _where(place: Place | None, file: str) -> str:
    return _code(str(place) if place else file)


def _code(text: str) -> str:
    marked = str(code(text))
    return marked if marked.startswith("`") else _quiet(marked)


def _inline(text: str) -> str:
    return _quiet(str(md_inline(text)))


def _quiet(text: str) -> str:
    """No person is called and no issue is named: what follows the sign is set apart by a comment, which nobody sees."""
    return _CALLS.sub(r"\1<!-- -->", text)
