"""The widths of a table's columns."""

from __future__ import annotations

from typing import Any

import pytest

from mlsd.render.widths import PADDING, PAPER, measured


def table(rows: list[list[str]]) -> dict[str, Any]:
    head = [[f"head {number}"] for number in range(len(rows[0]))]
    return measured(head, [[[cell] for cell in row] for row in rows])


def test_a_small_table_is_as_wide_as_its_words() -> None:
    made = table([["a", "b"], ["c", "d"]])
    assert made["fixed"]
    assert sum(made["widths"]) < PAPER / 2


def test_one_long_cell_does_not_make_the_other_columns_narrow() -> None:
    usual = ["a source of some length", "a block of some length", "what is handed on " * 4, ""]
    long = ["log", "lake", "rows", "names and addresses are replaced by tokens " * 5]
    many, alone = table([long, *[usual] * 12])["widths"], table([long, usual])["widths"]
    assert many[2] > alone[2]
    assert many[3] < alone[3]


@pytest.mark.parametrize("cells", [["word " * 40] * 3, ["x" * 300, "y", "z " * 90], ["", "", "w " * 400]])
def test_the_columns_fill_the_page_and_no_more(cells: list[str]) -> None:
    made = table([cells, ["a", "b", "c"]])
    assert sum(made["widths"]) == pytest.approx(PAPER, abs=1)
    assert min(made["widths"]) > PADDING


def test_only_columns_that_cannot_hold_their_longest_word_hyphenate() -> None:
    made = table([["words that fit"] * 7 + ["Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 3]])
    assert made["hyphens"] == [False] * 7 + [True]
