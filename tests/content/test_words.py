"""Lists of words: what is found in a text, and that each list is whole."""

from __future__ import annotations

import pytest

from mlsd.content.root import templates
from mlsd.content.sections import parse
from mlsd.content.words import Words, abbreviations, groups, vague

LISTS = parse((templates() / "registries" / "words.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fast, and good", ["fast", "good"]),
        ("FAST", ["FAST"]),
        ("faster than breakfast", []),
        ("быстрее, Быстрый, небыстро", ["быстрее", "Быстрый"]),
        ("fast_answers", ["fast"]),
        ("", []),
    ],
)
def test_a_word_is_found_whole_and_a_star_stands_for_every_ending(text, found):
    assert list(Words(["fast", "good", "быстр*"]).within(text)) == found


@pytest.mark.parametrize("name", ["vague", "groups", "abbreviations"])
def test_no_word_stands_in_a_list_twice_and_each_is_a_word(name):
    words = LISTS[name]
    assert len({word.casefold() for word in words}) == len(words)
    assert [word for word in words if not word.removesuffix("*").isalnum()] == []


def test_the_lists_are_those_of_the_registry():
    assert "качественно" in vague()
    assert "country" in groups()
    assert "GPU" in abbreviations()
    assert "NDCG" not in abbreviations()
