"""The report for people: whole lines for programs and files, no broken word in a terminal."""

from __future__ import annotations

import io

import pytest

from mlsd import lint
from mlsd.cli.console import Console
from mlsd.cli.reports import Checked, Totals, View
from mlsd.cli.reports.text import Form
from mlsd.content.language import language
from mlsd.design import Design


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def report(stream: io.StringIO) -> str:
    empty = Design.model_validate({"mlsd": 1})
    page = View(language("ru"), Console(stream, False, True), Totals(), False)
    return "".join(Form(page).file(Checked("design.yaml", "mlsd: 1\n", lint.check(empty))))


def test_a_terminal_gets_lines_that_it_need_not_break(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    whole, shown = report(io.StringIO()), report(Terminal())
    assert max(map(len, whole.splitlines())) > 60
    assert max(map(len, shown.splitlines())) <= 60
    assert shown.split() == whole.split()
