from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.cli.text import cells, folded, one_line, safe_text, shorten, unspoken, wrap


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain text", "plain text"),
        ("выручка за сессию ≥ 5 %", "выручка за сессию ≥ 5 %"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("Windows\r\nlines", "Windows\nlines"),
        ("\x1b[31mred", "‹U+001B›[31mred"),
        ("\x1b]8;;https://evil\x1b\\click", "‹U+001B›]8;;https://evil‹U+001B›\\click"),
        ("\x1b]52;c;cGF3bmVk\x07", "‹U+001B›]52;c;cGF3bmVk‹U+0007›"),
        ("\x9b31m", "‹U+009B›31m"),
        ("over\rwritten", "over‹U+000D›written"),
        ("back\x08space\x7f", "back‹U+0008›space‹U+007F›"),
        ("user\u202egnp.exe", "user‹U+202E›gnp.exe"),
        ("\u2066isolate\u2069", "‹U+2066›isolate‹U+2069›"),
        ("zero\u200bwidth\ufeff", "zero‹U+200B›width‹U+FEFF›"),
        ("lone \ud800 surrogate", "lone ‹U+D800› surrogate"),
        ("line\u2028separator", "line‹U+2028›separator"),
        ("[/precision]@k [link=https://evil]", "[/precision]@k [link=https://evil]"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_shown(written: str, shown: str) -> None:
    assert safe_text(written) == shown


@given(st.text(alphabet=st.characters()))
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    for character in safe_text(text):
        assert character in "\n\t\u00ad" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


@given(st.text())
def test_safe_text_is_left_alone_the_second_time(text: str) -> None:
    assert safe_text(safe_text(text)) == safe_text(text)


def test_what_a_log_would_obey_is_broken() -> None:
    assert unspoken("::error::a\n\n \t::group::b\nc ::d:: ##[e] ###[f]") == (
        ": :error::a\n\n \t: :group::b\nc ::d:: # #[e] ## #[f]"
    )


def test_empty_lines_cost_their_number() -> None:
    began = time.process_time()
    unspoken("\n" * 200_000)
    assert time.process_time() - began < 2


def test_one_line() -> None:
    assert one_line("  a\n  b\t\x1bc ") == "a b ‹U+001B›c"


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("short", 10, "short"),
        ("a sentence that goes on", 12, "a sentence…"),
        ("oneverylongwordwithoutaspace", 10, "oneverylo…"),
        ("推荐系统设计", 7, "推荐系…"),
    ],
)
def test_shorten(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


@given(st.text(), st.integers(2, 80))
def test_shorten_keeps_to_the_width(text: str, width: int) -> None:
    assert cells(shorten(text, width)) <= width


def test_wrap_counts_the_indent_and_keeps_line_breaks() -> None:
    assert wrap("one two three\nfour", 11, indent="  ") == ["  one two", "  three", "  four"]


def test_wrap_does_not_break_at_a_no_break_space() -> None:
    assert wrap("about 5\u00a0% more", 7) == ["about", "5\u00a0%", "more"]


def test_a_folded_line_keeps_its_words_its_colour_and_its_indent() -> None:
    line = "    \x1b[2mway out:\x1b[0m closes at a budget of 20 000 EUR"
    assert folded(line, 28, " " * 6) == "    \x1b[2mway out:\x1b[0m closes at a\n      budget of 20 000 EUR"
    assert folded(line, 80, " " * 6) == line
    assert folded("oneverylongwordwithoutaspace and more", 10, "  ") == "oneverylongwordwithoutaspace\n  and more"
