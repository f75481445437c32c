"""What stands below the summary of an interview."""

from __future__ import annotations

import io
from datetime import date
from typing import cast

import pytest

from mlsd.cli.checks.job import Job
from mlsd.cli.console import Console
from mlsd.cli.recap import Recap
from mlsd.content.language import language
from mlsd.interview.session import Session

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
    steps = recap.next_steps("recsys/design.yaml", "mlsd new recsys -o recsys-2 --data recsys/design.yaml")
    assert "\n".join(steps) == shown
