"""The PDF: the same bytes, tagged, with bookmarks; nothing of a text is ever run, nothing ever fetched."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from mlsd.render.diagram import Edge, Graph, Lane, Node, svg
from mlsd.render.pdf import pages, pdf

TEXT = """# Похожие товары · Related items

Intro with `design.yaml`.

## Problem

The goal, see [Данные](#данные) and [the web](https://example.org/).

| metric | today | why |
|---|---:|---|
ROWS

### Details

> [!IMPORTANT]
> **Open.** Who is called at night?

## Данные

Журнал показов хранится четыреста дней.

```mermaid
flowchart LR
```

## Appendix

The end.
""".replace("ROWS", "\n".join(f"| metric number {n} | {n} % | because it says so |" for n in range(60)))

PAYLOADS = [
    '#read("main.typ")',
    '#read("/etc/passwd")',
    "#panic()",
    '$ x $ #eval("1+1")',
    '#import "@preview/cetz:0.3.0"',
    "#let f() = f(); #f()",
    "*/ #sys.inputs.data",
    "<label> @label \\ ~ -- ---",
    "{{7*7}} {% raw %}",
    "] ) } ; #set page(width: 1pt)",
]


def wide() -> str:
    nodes = tuple(Node(f"n{number}", f"block number {number}", "service", "l") for number in range(8))
    edges = tuple(Edge(f"n{number}", f"n{number + 1}", "данные") for number in range(7))
    return svg(Graph("Служба & its data", (Lane("l", "Online"),), nodes, edges, "One leads to the next."))


def flat(reader: PdfReader) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


def titles(outline: list[object]) -> list[str]:
    found: list[str] = []
    for entry in outline:
        found += titles(entry) if isinstance(entry, list) else [str(getattr(entry, "title", ""))]
    return found


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(TEXT, title="Related items", authors=["A. Author"], diagrams=[wide()], timestamp=1_700_000_000)


def test_the_same_text_gives_the_same_bytes(made: bytes) -> None:
    again = pdf(TEXT, title="Related items", authors=["A. Author"], diagrams=[wide()], timestamp=1_700_000_000)
    assert again == made


def test_title_authors_language_bookmarks_and_tags(made: bytes) -> None:
    reader = PdfReader(io.BytesIO(made))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Related items", "A. Author")
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert titles(reader.outline) == ["Problem", "Details", "Данные", "Appendix"]
    assert b"pdfuaid" in made


def test_the_words_are_there_in_both_alphabets(made: bytes) -> None:
    text = flat(PdfReader(io.BytesIO(made)))
    for words in ("Похожиетовары", "Журналпоказовхранитсячетыреста", "Whoiscalledatnight?", "Important", "Contents"):
        assert words in text


def test_a_wide_picture_has_a_landscape_page_and_a_long_table_repeats_its_head(made: bytes) -> None:
    found = PdfReader(io.BytesIO(made)).pages
    turned = [page.extract_text() for page in found if page.mediabox.width > page.mediabox.height]
    assert len(turned) == 1
    assert "Служба & its data" in turned[0]
    assert sum("metric today why" in page.extract_text().replace("\n", " ") for page in found) >= 2


def test_a_landscape_page_follows_the_contents_and_tears_no_text_apart() -> None:
    found = PdfReader(io.BytesIO(pdf(TEXT, title="x", diagrams=[wide()], timestamp=1_700_000_000))).pages
    assert [page.mediabox.width > page.mediabox.height for page in found].index(True) == 1
    last = re.sub(r"\s+", "", found[-1].extract_text())
    assert "Журналпоказов" in last
    assert "Figure1,page2" in last
    assert "Theend." in last


def test_a_picture_stands_whole_between_the_text_before_and_behind_it() -> None:
    """One that floats would stand above the heading of its section, or below the next one."""
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="700"><title>Tall</title></svg>'
    text = "# Notes\n\nBefore.\n\n" + "A line.\n\n" * 12 + "```mermaid\nx\n```\n\nAfter.\n"
    first, second = PdfReader(io.BytesIO(pdf(text, title="x", diagrams=[drawn], timestamp=1))).pages
    assert "Before." in first.extract_text()
    assert "Tall" in second.extract_text()
    assert "After." in second.extract_text()


@pytest.mark.parametrize(("sources", "turned"), [(9, True), (14, False)])
def test_a_picture_wide_and_tall_stays_within_its_page(sources: int, turned: bool) -> None:
    nodes = tuple(Node(f"n{number}", f"block {number}", "service", "l") for number in range(8))
    lone = tuple(Node(f"m{number}", f"source {number}", "service", "d") for number in range(sources))
    edges = tuple(Edge(f"n{number}", f"n{number + 1}", "data") for number in range(7))
    drawn = svg(Graph("All", (Lane("l", "Online"), Lane("d", "Data")), (*nodes, *lone), edges, "One after another."))
    made = pdf(TEXT, title="x", diagrams=[drawn], timestamp=1_700_000_000)
    page = PdfReader(io.BytesIO(made)).pages[1]
    assert (page.mediabox.width > page.mediabox.height) is turned
    heights: list[float] = []

    def visit(text: str, at: list[float], *_: object) -> None:
        if text.strip() and at[0] != 1:  # the picture's own letters are scaled
            heights.append(at[5])

    page.extract_text(visitor_text=visit)
    assert len(heights) > 60
    assert 54 < min(heights) < max(heights) < float(page.mediabox.height) - 65


def test_pages_counts_as_a_reader_does(made: bytes) -> None:
    assert pages(made) == len(PdfReader(io.BytesIO(made)).pages) > 3
    assert pages(pdf("# One", title="One")) == 1


def test_one_page_is_compact() -> None:
    text = "# T\n\n" + "## Stage\n\nA sentence that says something about this stage of the design.\n\n" * 16
    assert pages(pdf(text, title="T", one_page=True)) == 1
    assert pages(pdf(text, title="T")) > 1


def test_the_name_of_a_part_stands_beside_its_words_on_a_compact_page() -> None:
    found: list[tuple[str, float]] = []

    def visit(text: str, at: list[float], *_: object) -> None:
        found.extend((line.strip(), round(at[4])) for line in text.split("\n") if line.strip())

    made = pdf("# T\n\n**Problem.** " + "word " * 60, title="T", one_page=True)
    PdfReader(io.BytesIO(made)).pages[0].extract_text(visitor_text=visit)
    (name, left), *lines = found[1:]
    assert name == "Problem."
    assert len(lines) >= 2
    assert {place for _, place in lines} == {lines[0][1]}
    assert lines[0][1] > left + 40


def test_the_lines_at_head_and_foot_of_a_page_are_one_line_each() -> None:
    names = [f"Somebody Number{number} Of A Large Department" for number in range(9)]
    text = TEXT.replace("# Похожие товары · Related items", "# " + "A title that goes on and on " * 8)
    said = PdfReader(io.BytesIO(pdf(text, title="T", authors=names))).pages[-1].extract_text()
    assert "A title that goes on and on A title that goes on and on A title that goes on…" in said
    assert "Number0 Of A Large Department, Somebody Number1 Of A Large Department…" in said
    assert "Number2" not in said


@pytest.mark.parametrize("paragraphs", [0, 12, 24])
def test_contents_stand_on_one_page_whatever_room_a_title_leaves(paragraphs: int) -> None:
    text = "# T\n\n" + "Intro.\n\n" * paragraphs + "\n\n".join(f"## Part {n}\n\nx" for n in range(1, 41))
    found = (page.extract_text() for page in PdfReader(io.BytesIO(pdf(text, title="T"))).pages)
    contents = next(page for page in found if "Contents" in page)
    assert [number for number in range(1, 41) if f"Part {number}" not in contents] == []


def test_the_name_of_a_test_is_not_broken() -> None:
    text = "\n\n".join("слово " * 12 + "а" * extra + " A/B-тест" for extra in range(1, 30))
    found = PdfReader(io.BytesIO(pdf(text, title="T", language="ru"))).pages
    lines = [line for page in found for line in page.extract_text().splitlines()]
    assert sum("A/B-тест" in line for line in lines) == 29


def test_only_web_and_mail_links_survive() -> None:
    text = (
        "[a](https://a.example/) [b](mailto:a@b.example) [c](javascript:x) [d](file:///etc/passwd) [e](ftp://x.example)"
    )
    reader = PdfReader(io.BytesIO(pdf(text, title="T")))
    links = [note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])]
    assert links == ["https://a.example/", "mailto:a@b.example"]


def test_typst_in_a_text_is_printed_not_run() -> None:
    text = "\n\n".join(f"1. {payload}\n\n`{payload}`\n\n```\n{payload}\n```" for payload in PAYLOADS)
    printed = flat(PdfReader(io.BytesIO(pdf(text, title=PAYLOADS[0], authors=PAYLOADS, description=PAYLOADS[1]))))
    assert [payload for payload in PAYLOADS if printed.count(re.sub(r"\s+", "", payload)) < 2] == []


def test_signs_that_no_font_has_are_spelt_out() -> None:
    printed = flat(PdfReader(io.BytesIO(pdf("## 🚀 中 ✅ ⚠️ \u202e й\n\n`🚀`", title="🚀"))))
    assert "‹U+1F680›" in printed
    assert "‹U+4E2D›✓!" in printed
    assert "й" in printed


ODD = [
    "",
    "#",
    "> " * 40 + "deep",
    "x" * 10_000,
    "| " + "a | " * 30 + "\n|" + "---|" * 30,
    "- [ ]",
    "#### four\n\n## two",
    "```mermaid\nx\n```",
    "![](x)",
    "1. ## heading\n\n> # quoted",
    "| a |\n|---|\n| " + "long " * 3000 + "|",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_documents_are_printed_too(text: str) -> None:
    assert pages(pdf(text, title="T")) >= 1


def test_a_document_that_the_standard_for_readers_aloud_refuses_is_printed_without_it() -> None:
    made = pdf("text without a title", title="")
    assert "text without a title" in PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert b"pdfuaid" not in made
    assert b"pdfuaid" in pdf("text", title="T")
