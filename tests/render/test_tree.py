"""Markdown to the tree: what may pass, and under which name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.render.tree import headings, title_apart, tree, words


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


@pytest.mark.parametrize("text", ["> " * 40 + "x", "".join("  " * n + "- x\n" for n in range(100)), "**_" * 500 + "x"])
def test_depth_is_bounded(text: str) -> None:
    assert _depth(tree(text)) < 60
    assert "x" in json.dumps(tree(text))


@given(st.text(alphabet="ab #*_`[]()<>!|-\n\t>&1.~\\", max_size=200))
def test_any_text_gives_a_tree_of_plain_data(text: str) -> None:
    assert json.loads(json.dumps(tree(text))) == tree(text)


def _depth(node: object) -> int:
    if isinstance(node, dict):
        return 1 + max(map(_depth, node.values()), default=0)
    return 1 + max(map(_depth, node), default=0) if isinstance(node, list) else 0
