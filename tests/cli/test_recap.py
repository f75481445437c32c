"""What stands below the summary of an interview."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from mlsd.cli.checks.job import Job
from mlsd.cli.console import Console
from mlsd.cli.recap import Recap
from mlsd.content.language import language
from mlsd.interview.session import Session
from mlsd.interview.start import Start

WIDE = """\
  mlsd check recsys/design.yaml                          all findings, with their lines
  mlsd render recsys/design.yaml -o design.pdf           the document
  mlsd new recsys -o recsys-2 --data recsys/design.yaml  makes this design again"""
NARROW = """\
  mlsd check recsys/design.yaml  all findings, with their lines
  mlsd render recsys/design.yaml -o design.pdf  the document
  mlsd new recsys -o recsys-2 --data recsys/design.yaml
    makes this design again"""


@pytest.mark.parametrize(("columns", "shown"), [(120, WIDE), (80, NARROW)])
def test_every_next_step_says_what_it_is_for(columns: int, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    recap = Recap(Console(io.StringIO(), False, True), language("en"), cast("Session", None), Job(date.min))
    steps = recap.next_steps("mlsd", "recsys/design.yaml", "mlsd new recsys -o recsys-2 --data recsys/design.yaml")
    assert "\n".join(steps) == shown


def test_a_name_that_nothing_declares_is_named_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    file = Start("recsys", language("en"), defaults=True).write(tmp_path)
    note = "    ▲ Not declared so far: gmv_per_user."
    assert note not in summary(file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("metric: revenue_per_session", "metric: gmv_per_user", 1), encoding="utf-8")
    assert summary(file)[-1] == note
    riper = file.read_text(encoding="utf-8").replace("maturity: interview", "maturity: design")
    file.write_text(riper, encoding="utf-8")
    assert note not in summary(file)  # XST-04 says so now


def summary(file: Path) -> list[str]:
    look = Console(io.StringIO(), False, True)
    return list(Recap(look, language("en"), Session(file, language("en")), Job(date(2026, 1, 1))).summary())
