"""Where a line may end within a long word: no word runs off the page, however it is made."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.render.breaks import PIECE, breakable, narrow
from mlsd.render.fonts import font
from mlsd.render.widths import MONO

GAP = {"t": "gap"}


def spelled(nodes: list[Any]) -> str:
    return "".join(node if isinstance(node, str) else node.get("v", "") for node in nodes)


@pytest.mark.parametrize("piece", ["abc,", "(abc,", "0.25,", "a.b_c/", "x;y:", "key=v&", "[1]"])
def test_a_long_word_ends_a_line_behind_its_punctuation(piece: str) -> None:
    parts = breakable("So: " + piece * 20)
    pieces = [part for part in parts[1:] if part != GAP]
    assert spelled(parts) == "So: " + piece * 20
    assert all(len(part) <= PIECE for part in pieces)
    assert all(part[0].isalnum() or part[0] in "[(" for part in pieces[1:])
    assert not any(before[-2:].strip("0123456789") == "." for before in pieces[:-1])


@pytest.mark.parametrize("sign", [",", "(", ")", "—", "%", "«"])
def test_a_run_of_signs_that_no_line_may_begin_with_is_boxed(sign: str) -> None:
    assert breakable(sign * 45) == [{"t": "whole", "v": sign * length} for length in (20, 20, 5)]


def test_words_held_together_by_no_break_spaces_are_let_go_where_they_are_too_long() -> None:
    assert breakable("1\u00a0000\u00a0000 users") == ["1\u00a0000\u00a0000 users"]
    assert breakable("\u00a0".join(["seven"] * 9)) == [" ".join(["seven"] * 9)]


def test_a_title_breaks_by_the_width_of_its_letters() -> None:
    assert breakable("Персонализированные рекомендации", 17.0) == ["Персонализированные рекомендации"]
    assert breakable("W" * 20, 17.0) == ["W" * 17, GAP, "WWW", GAP]


def wide(part: Any) -> float:
    text = part if isinstance(part, str) else part["v"]
    return font(MONO).width(text, 0.9) if isinstance(part, dict) and part["t"] == "code" else font().width(text, 0.85)


@given(st.text("aW.,;:()[]_-/=% \u00a0", max_size=120), st.sampled_from([17.0, 28.0, 46.0]))
def test_nothing_is_lost_and_no_piece_is_long(text: str, room: float) -> None:
    parts = breakable(text, room)
    assert spelled(parts).replace("\u00a0", " ") == text.replace("\u00a0", " ")
    words = [word for part in parts for word in (part if isinstance(part, str) else part.get("v", "")).split(" ")]
    assert all(len(word) < 40 for word in words)


@pytest.mark.parametrize(
    "node", ["W" * 39, "XMLHTTPREQUEST", {"t": "code", "v": "W" * 39}, {"t": "whole", "v": "—" * 20}]
)
def test_no_piece_of_a_narrow_cell_is_wider_than_its_column(node: Any) -> None:
    pieces = [part for part in narrow([node], 6.0) if part != GAP]
    assert spelled(pieces) == (node if isinstance(node, str) else node["v"])
    assert len(pieces) > 1
    assert max(wide(part) for part in pieces) <= 6.0
