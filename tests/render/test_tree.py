"""Markdown to the tree: what may pass, and under which name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mlsd.render.block import md_block
from mlsd.render.escape import md_inline, one_line
from mlsd.render.parser import blocks
from mlsd.render.tree import headings, title_apart, tree, words

PRINTS = sorted(Path(__file__).parents[2].glob("examples/*/*.md"))
OTHER_READER = MarkdownIt("js-default", {"html": False, "linkify": False})
"""A parser that is not ours: what it finds in our prints, the tree has too."""


def test_headings_get_the_ids_that_github_gives_them() -> None:
    text = (
        "# Title\n\n## 1. Data & labels\n\n## Данные и признаки\n\n## Same\n\n## Same\n\n### Same-1\n\n## `code` _it_\n"
    )
    assert headings(tree(text)) == [
        (1, "title", "Title"),
        (2, "1-data--labels", "1. Data & labels"),
        (2, "данные-и-признаки", "Данные и признаки"),
        (2, "same", "Same"),
        (2, "same-1", "Same"),
        (3, "same-1-1", "Same-1"),
        (2, "code-it", "code it"),
    ]


def test_a_link_leads_to_a_heading_or_to_the_web_or_is_plain_words() -> None:
    text = "## Цель\n\n[a](#цель) [b](#nowhere) [c](https://x.org/?a=1&b) [d](mailto:a@b.c) [e](ftp://x) [f](file:///etc)\n"
    kinds = [(node["t"], words(node["c"])) for node in tree(text)[1]["c"] if isinstance(node, dict)]
    assert kinds == [("ref", "a"), ("span", "b"), ("a", "c"), ("a", "d")]


def test_a_script_is_no_link() -> None:
    text = "[x](JaVaScRiPt:alert\\(1\\)) [y](data:text/html,x)"
    assert all(isinstance(node, str) for node in tree(text)[0]["c"])


def test_a_picture_is_its_description() -> None:
    assert tree("![a chart](https://x.org/a.png)") == [{"t": "p", "c": ["a chart"]}]


def test_the_contents_list_of_the_markdown_is_left_to_the_page() -> None:
    text = "# T\n\nIntro.\n\n## Contents\n\n- [A](#a)\n  - [B](#b)\n\n## A\n\n- [B](#b)\n\n### B\n"
    title, intro, body = title_apart(tree(text))
    assert (words(title), [block["t"] for block in intro]) == ("T", ["p"])
    assert [block["t"] for block in body] == ["h", "ul", "h"]


@pytest.mark.parametrize("kind", ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
def test_a_quote_may_be_a_callout(kind: str) -> None:
    assert tree(f"> [!{kind}]\n> **Open.** Who?") == [
        {"t": "quote", "kind": kind.lower(), "c": [{"t": "p", "c": ["", {"t": "b", "c": ["Open."]}, " Who?"]}]}
    ]


def test_any_other_quote_stays_a_quote() -> None:
    assert tree("> [!EVIL] x") == [{"t": "quote", "kind": "", "c": [{"t": "p", "c": ["[!EVIL] x"]}]}]


def test_items_may_be_ticked() -> None:
    items = tree("- [ ] one\n- [x] two\n- three")[0]["c"]
    assert [item.get("check") for item in items] == [False, True, None]


def test_a_box_that_is_escaped_is_text() -> None:
    """What an answer writes is escaped, so nobody ticks a box by an answer."""
    items = tree(f"- {md_inline('[x] approved')}\n- three")[0]["c"]
    assert [(item.get("check"), words(item["c"][0]["c"])) for item in items] == [
        (None, "[x] approved"),
        (None, "three"),
    ]


@pytest.mark.parametrize("text", ["> " * 40 + "x", "".join("  " * n + "- x\n" for n in range(100)), "**_" * 500 + "x"])
def test_depth_is_bounded(text: str) -> None:
    assert _depth(tree(text)) < 60
    assert "x" in json.dumps(tree(text))


@pytest.mark.parametrize("before", range(12))
def test_a_list_has_items_at_any_depth(before: int) -> None:
    text = "> " * before + "- a\n" + "".join("> " * before + "  " * n + "- b\n" for n in range(1, 9))
    for node in _nodes(tree(text)):
        if node["t"] in ("ul", "ol"):
            assert {child["t"] for child in node["c"]} == {"li"}


def test_a_table_that_is_too_deep_is_read_cell_by_cell() -> None:
    quoted = tree("> " * 30 + "| a | b |\n" + "> " * 30 + "|---|---|\n" + "> " * 30 + "| *c* | d |\n")
    cells = [words(node["c"]) for node in _nodes(quoted) if node["t"] == "p"]
    assert cells == ["a", "b", "c", "d"]


def test_tags_are_signs() -> None:
    said = " ".join(words(node["c"]) for node in tree("<b>x</b> <!-- y -->\n\n<script>\nz\n</script>\n"))
    assert said.split() == ["<b>x</b>", "<!--", "y", "-->", "<script>", "z", "</script>"]


def test_a_list_without_empty_lines_is_tight() -> None:
    [tight] = tree("- a *b*\n  - c\n- d\n")
    assert [[child["t"] for child in item["c"]] for item in tight["c"]] == [["p", "ul"], ["p"]]
    assert all(node["tight"] for node in _nodes([tight]) if node["t"] == "p")
    assert not any("tight" in node for node in _nodes(tree("- a\n\n- b\n")))


@pytest.mark.parametrize("path", PRINTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_another_reader_finds_the_same_words_in_our_prints(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "".join(_all_words(blocks(text))).split() == "".join(_other_words(text)).split()


@given(st.text())
def test_an_escaped_text_reads_as_it_was_written(text: str) -> None:
    [line] = tree(f"a {md_inline(text)}")
    assert words(line["c"]).removeprefix("a").strip() == one_line(text).replace("\x00", "�").strip()


@given(st.text(alphabet="ab #*_`[]()<>!|-\n\t>&1.~\\:/", max_size=200))
def test_prose_never_becomes_a_heading_a_table_or_a_link(text: str) -> None:
    assert {node["t"] for node in _nodes(tree(str(md_block(text))))} <= {"p", "ul", "ol", "li", "pre", "b"}


@given(st.text(alphabet="ab #*_`[]()<>!|-\n\t>&1.~\\", max_size=200))
def test_any_text_gives_a_tree_of_plain_data(text: str) -> None:
    assert json.loads(json.dumps(tree(text))) == tree(text)


def _depth(node: object) -> int:
    if isinstance(node, dict):
        return 1 + max(map(_depth, node.values()), default=0)
    return 1 + max(map(_depth, node), default=0) if isinstance(node, list) else 0


def _nodes(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        yield found
    for below in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from _nodes(below)


def _all_words(found: Any) -> Iterator[str]:
    """Texts in the order of the document, a space after each block."""
    if isinstance(found, str):
        yield found
    for key in ("head", "rows", "c", "v") if isinstance(found, dict) else ():
        yield from _all_words(found.get(key, ()))
        yield " " if found["t"] not in ("b", "i", "s", "a", "ref", "code") else ""
    for below in found if isinstance(found, list) else ():
        yield from _all_words(below)
        yield " " if isinstance(below, list) else ""


def _other_words(text: str) -> Iterator[str]:
    for token in OTHER_READER.parse(text):
        for part in token.children or ([token] if token.type in ("fence", "code_block") else []):
            yield " " if part.type in ("softbreak", "hardbreak") else part.content
        yield " " if token.nesting <= 0 else ""
