"""Sound designs of other kinds than the examples: whatever a rule finds in them it must be able to defend."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlsd.lint import Severity, check
from mlsd.storage import load

FILES = sorted((Path(__file__).parent / "sound").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_but_remarks_is_said_of_a_sound_design(file: Path) -> None:
    report = check(load(file.read_text(encoding="utf-8"), file.name).design)
    assert not report.broken
    found = [entry for entry in report.diagnostics if entry.severity > Severity.INFO]
    assert [(entry.code, entry.path) for entry in found] == []
    assert len(report.diagnostics) <= 2


def test_they_are_of_nine_kinds() -> None:
    assert len(FILES) == 9
