"""The data of the Typst template: where a line may end, and where it may not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mlsd.render.paper import paper


def body(markdown: str) -> list[dict[str, Any]]:
    data = paper(
        f"# T\n\n## S\n\n{markdown}", title="T", authors=[], language="en", diagrams=[], description="", size=None
    )
    blocks: list[dict[str, Any]] = json.loads(data)["body"]
    return blocks[1:]


@pytest.mark.parametrize("word", ["A/B", "A/B-test", "А/Б-тест", "A/A"])
def test_the_name_of_a_test_is_whole(word: str) -> None:
    assert body(f"An {word} decides.")[0]["c"] == ["An ", {"t": "whole", "v": word}, " decides."]


def test_other_words_with_a_slash_are_words() -> None:
    assert body("and/or, 5 GB/day")[0]["c"] == ["and/or, 5\u00a0GB/day"]


WIDE_TABLE = (
    "| "
    + " | ".join("abcdefgh")
    + " |\n|"
    + "---|" * 8
    + "\n| {word} |"
    + " internationalisation considered |" * 7
    + "\n"
)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("userCartRateSmoothed7dV2", ["user", "Cart", "Rate", "Smoothed", "7", "d", "V2"]),
        ("com.example.features.UserCtr", ["com.", "example.", "features.", "UserCtr"]),
        ("2026-11-27T10:00:00Z", ["2026-", "11-", "27", "T10:", "00:", "00", "Z"]),
        ("Streichholzschächtelchenfabrik", ["Streichholzschächtelchenfabrik"]),
    ],
)
def test_a_word_that_no_hyphenation_knows_is_broken_in_a_column_too_narrow_for_it(word: str, pieces: list[str]) -> None:
    first, other = (body(WIDE_TABLE.format(word=text))[0]["rows"][0]["c"][0] for text in (word, "userId7d"))
    assert [node for node in first if node != {"t": "gap"}] == pieces
    assert other == ["userId7d"]


def test_a_word_in_a_table_can_be_broken_after_its_joints() -> None:
    [table] = body("| a_b | c |\n|---|---|\n| revenue_per/session | **x_y** |\n")
    gap = {"t": "gap"}
    assert table["head"][0] == ["a_", gap, "b"]
    assert table["rows"][0]["c"] == [
        ["revenue_", gap, "per/", gap, "session"],
        [{"t": "b", "c": ["x_", gap, "y"]}],
    ]


@pytest.mark.parametrize(
    ("markdown", "breaks"),
    [
        ("`a.b`", False),
        ("`request_path.retrieval.p99`", True),
        ("`requestpathretrievalpninety`", False),
        ("| `a.b` |\n|---|\n| x |", True),
        ("| `ab` |\n|---|\n| x |", False),
    ],
)
def test_a_technical_word_can_be_broken_where_it_is_long_or_its_room_narrow(markdown: str, breaks: bool) -> None:
    [block] = body(markdown)
    [code] = block["c"] if block["t"] == "p" else block["head"][0]
    assert code["breaks"] is breaks
