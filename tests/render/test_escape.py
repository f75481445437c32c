"""Words of a design as Markdown: what comes out reads as it was written and is never structure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mlsd.render.block import md_block
from mlsd.render.escape import code, fence, md_inline, one_line, visible

PARSER = MarkdownIt("js-default", {"html": False, "linkify": False}).enable("table")


def words(markdown: str) -> str:
    """The text a reader sees of one paragraph."""
    inline = [token for token in PARSER.parse(markdown) if token.type == "inline"]
    return "".join(child.content for token in inline for child in token.children or [])


def shapes(markdown: str) -> list[str]:
    return [token.type for token in PARSER.parse(markdown)]


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("CTR | uplift\n## 7. Approved by CTO", r"CTR \| uplift \#\# 7. Approved by CTO"),
        ("*bold* _it_ `code` [a](http://b) <b>", r"\*bold\* \_it\_ \`code\` \[a\](http\://b) \<b\>"),
        ("cart_users by user_id", "cart_users by user_id"),
        ("- item", r"\- item"),
        ("3. item", r"3\. item"),
        ("3.5 items", "3.5 items"),
        ("===", r"\==="),
        ("+ 5 %", r"\+ 5 %"),
        ("-5 %", "-5 %"),
        ("Q&A &amp; &#65; $x$ ~y~ C:\\dir", r"Q&A \&amp; &\#65; \$x\$ \~y\~ C:\\dir"),
        ("www.evil.example", r"www\.evil.example"),
        ("{{7*7}} {% raw %}", r"{{7\*7}} {% raw %}"),
        ("  a\t b \u2028 c\x85d  ", "a b c d"),
        ("5\u00a0%", "5\u00a0%"),
    ],
)
def test_inline(written: str, markdown: str) -> None:
    assert md_inline(written) == markdown


def test_what_hides_is_shown() -> None:
    assert visible("a\x1b[31m\u202eb\u2066\x00\ud800") == "a‹U+001B›[31m‹U+202E›b‹U+2066›‹U+0000›‹U+D800›"
    assert visible("emoji 👩\u200d🚀 and 日本") == "emoji 👩\u200d🚀 and 日本"


@given(st.text())
def test_inline_reads_as_it_was_written(text: str) -> None:
    assert words(f"a {md_inline(text)}").removeprefix("a").strip() == one_line(text).strip()


@given(st.text())
def test_inline_is_one_paragraph_wherever_it_begins(text: str) -> None:
    assert shapes(str(md_inline(text))) in (["paragraph_open", "inline", "paragraph_close"], [])


@given(st.text(alphabet="|\\`-:*_<>&#$~[]() \n"))
def test_inline_stays_in_its_cell(text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {md_inline(text)} | {code(text)} |\n"
    cells = [shape for shape in shapes(table) if shape in ("td_open", "tr_open")]
    assert cells == ["tr_open", "tr_open", "td_open", "td_open"]


@given(st.text(alphabet="`~\nab "))
def test_a_fence_holds_what_is_in_it(text: str) -> None:
    tokens = PARSER.parse(f"{fence(text, 'mermaid')}\n\nafter")
    assert [token.type for token in tokens][:2] == ["fence", "paragraph_open"]
    assert tokens[0].content.rstrip("\n") == text.rstrip("\n")


def test_block_keeps_paragraphs_lists_and_fences() -> None:
    written = (
        "# Approved\nFirst line\nof *two*.\n\n- one\n- two | three\n\n2) next\n\n"
        "```sql\nSELECT `a`\n# not a heading\n```\nend"
    )
    assert md_block(written) == (
        "**Approved**\n\nFirst line of \\*two\\*.\n\n- one\n- two \\| three\n\n2. next\n\n"
        "```\nSELECT `a`\n# not a heading\n```\n\nend"
    )


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("- wrapped over\n  two lines\n- next\nlazily", "- wrapped over two lines\n- next lazily"),
        ("- a\n  - b\n    wrapped\n  - c\n- d", "- a\n  - b wrapped\n  - c\n- d"),
        ("1. one\n   - sub\n2. two", "1. one\n   - sub\n2. two"),
        ("- a\n\n  more of a\n\nafter", "- a\n\n  more of a\n\nafter"),
        ("- only", "- only"),
        ("- x\n1. y", "- x\n\n1. y"),
        ("Done by\n2027. Then more", "Done by 2027. Then more"),
        ("It ends on the\n12. Then more", "It ends on the 12. Then more"),
    ],
)
def test_lists_of_a_block(written: str, markdown: str) -> None:
    assert md_block(written) == markdown


@given(st.text(alphabet="#*-+=_`~>|<:1.) \tab\n"))
def test_a_block_has_no_heading_table_quote_or_rule(text: str) -> None:
    harmless = {"paragraph", "bullet_list", "ordered_list", "list_item", "fence", "inline"}
    found = shapes(f"before\n\n{md_block(text)}\n\nafter")
    assert {shape.removesuffix("_open").removesuffix("_close") for shape in found} <= harmless


def test_code_only_where_code_can_hold_it() -> None:
    assert code("user_id, item_id") == "`user_id, item_id`"
    assert code("a`b") == r"a\`b"
    assert code("a|b") == r"a\|b"
