"""Habits of our Markdown that get a form of their own on a page."""

from __future__ import annotations

from mlsd.render.html import html
from mlsd.render.tree import title_apart, tree, words


def test_the_facts_under_a_title_become_rows() -> None:
    facts = "- **Authors:** A. Author\n- **Date:** today"
    _, intro, body = title_apart(tree(f"# T\n\n{facts}\n\nText.\n\n## S\n\n{facts}\n"))
    assert intro[0] == {
        "t": "facts",
        "rows": [{"label": "Authors", "c": ["A. Author"]}, {"label": "Date", "c": ["today"]}],
    }
    assert [node["t"] for node in body] == ["h", "ul"]


def test_the_emphasised_line_below_a_picture_is_its_caption() -> None:
    nodes = tree("```mermaid\nflowchart LR\n```\n\n*Figure 1. The path.*\n\n*Not this.*")
    assert [node["t"] for node in nodes] == ["diagram", "p"]
    assert words(nodes[0]["caption"]) == "Figure 1. The path."
    page = html("```mermaid\nflowchart LR\n```\n\n*The path.*", title="T", diagrams=["<svg><title>x</title></svg>"])
    assert "<figcaption>The path.</figcaption>" in page


def test_a_question_nobody_answered_is_an_open_callout_and_a_quote_of_words_is_not() -> None:
    assert [node["kind"] for node in tree("> **Open:** Who?\n\nand\n\n> **Not** open")[::2]] == ["open", ""]
    assert '<div class="callout open" role="note">' in html("> **Открыто:** Кто?", title="T", language="ru")


def test_a_gap_in_a_sentence_is_marked() -> None:
    assert '<em class="gap">⟨open⟩</em> and <em>not</em>' in html("*⟨open⟩* and *not*", title="T")


def test_an_introduction_stays_with_what_it_introduces() -> None:
    assert [node.get("sticky", False) for node in tree("These:\n\n- a\n\nText:\n\ntext")] == [True, False, False, False]


def test_two_pictures_with_only_a_caption_between_them_stand_side_by_side() -> None:
    fence = "```mermaid\nflowchart LR\n```\n\n"
    [row, alone] = tree(f"{fence}*One.*\n\n{fence}*Two.*\n\n{fence}*Three.*")
    assert (row["t"], alone["t"]) == ("row", "diagram")
    assert [words(picture["caption"]) for picture in (*row["c"], alone)] == ["One.", "Two.", "Three."]
    assert [node["t"] for node in tree(fence + fence)] == ["diagram", "diagram"]
    drawn = ["<svg><title>x</title></svg>"] * 2
    page = html(f"{fence}*One.*\n\n{fence}*Two.*", title="T", diagrams=drawn)
    assert '<div class="row"><figure>' in page
    assert page.count("<figcaption>") == 2
