"""Signs that no font of ours has: what stands in their place, and that one can be told."""

from __future__ import annotations

import pytest

from mlsd.render.glyphs import printable, unprintable


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("推荐", "‹U+63A8 U+8350›"),
        ("Nguyễn", "Nguyên"),
        ("x ∈ ℝ", "x in R"),
        ("✅ done", "✓ done"),
        ("naïve x̂", "naïve x̂"),
    ],
)
def test_what_stands_for_a_sign_that_no_font_has(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_signs_that_lose_something_are_named_once_each() -> None:
    assert unprintable("推荐推 Nguyễn ✅ ∈ ℝ é Я x̂") == ["推", "荐", "ễ"]
