"""An interview in a hostile folder: what stands in the design is shown on the terminal, and never obeyed by it."""

from __future__ import annotations

from pathlib import Path

import hostile
import pytest
from screen import Screen

from mlsd.storage import read


@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["drawn", "plain"])
def test_a_hostile_design_is_gone_on_with(tmp_path: Path, plain: tuple[str, ...]) -> None:
    """S10, S11: titles, ids, options and recaps of a stranger's design draw nothing and set no title or clipboard."""
    data = hostile.attacked(*hostile.TERMINAL.values(), *hostile.RICH.values())
    (tmp_path / "design.yaml").write_text(hostile.as_yaml(data | {"template": "recsys", "maturity": "interview"}))
    (tmp_path / ".mlsd").mkdir()
    (tmp_path / ".mlsd" / "journal.json").write_text('{"question": "\\u001b]0;owned\\u0007", "stage": "\\u202e"}')
    with Screen("-m", "mlsd", "resume", str(tmp_path), *plain) as screen:
        screen.until("\n>" if plain else "^S")
        screen.press("Ctrl-C" if plain else "Ctrl-S")
        code = screen.ended()
    assert code in (0, 130)
    for obeyed in (b"owned\x07", b"\x1b]52", b"\x1bP", "\u202e".encode(), "\u2066".encode(), b"\x1b]8;", b"\xc2\x9b"):
        assert obeyed not in screen.raw, obeyed
    assert b"Traceback" not in screen.raw
    assert read(tmp_path / "design.yaml").data["problem"] == data["problem"]
