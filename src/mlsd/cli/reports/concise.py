"""A report of one line a finding, as editors and grep read it."""

from __future__ import annotations

from collections.abc import Iterator

from typing_extensions import override

from mlsd.cli.reports import Checked, Shape
from mlsd.cli.reports.entry import Entry, entries
from mlsd.cli.reports.text import COLOURS, WORDS, statistics, summary
from mlsd.cli.text import one_line
from mlsd.design import Place
from mlsd.errors import Message


class Form(Shape):
    """``design.yaml:5:11: error MOD-05 The split is random, …``, and in the end the line that counts."""

    spoken = True

    @override
    def file(self, checked: Checked) -> Iterator[str]:
        if self.view.statistics:
            return
        for entry in entries(checked, self.view.language):
            yield self._line(checked, entry)
        for left in checked.leftovers:
            yield self._with(checked, left.place, self._said(Message("note"), "dim"), left.message)

    @override
    def end(self) -> Iterator[str]:
        if self.view.statistics:
            yield from statistics(self.view)
        yield f"{summary(self.view)}\n"

    def _line(self, checked: Checked, entry: Entry) -> str:
        word = self._said(WORDS[entry.severity], COLOURS[entry.severity])
        return self._with(checked, entry.place, f"{word} {self.view.out.paint(entry.code, 'bold')}", entry.text)

    def _with(self, checked: Checked, place: Place | None, head: str, text: Message | str) -> str:
        paint = self.view.out.paint
        where = one_line(str(place) if place else f"{checked.file}:1:1")
        return f"{paint(where)}: {head} {paint(one_line(self.view.language.say(text)))}\n"

    def _said(self, word: Message, colour: str) -> str:
        return self.view.out.paint(self.view.language.say(word), colour)
