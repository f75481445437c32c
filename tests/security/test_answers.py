"""What strangers write into a design is shown, printed and written, and never obeyed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import hostile
import pytest
from markdown_it import MarkdownIt
from security_run import JOINERS, Ran, hidden

from mlsd.cli.printing import Print
from mlsd.content.language import language
from mlsd.design import Design
from mlsd.storage import dump, load, parse

Command = Callable[..., Ran]
TAGS = hostile.TERMINAL["tags"]
MARKDOWN = MarkdownIt("commonmark").enable("table")
TAGS_THAT_ACT = {
    "script",
    "iframe",
    "object",
    "embed",
    "img",
    "base",
    "form",
    "input",
    "video",
    "audio",
    "foreignobject",
}


def saved(*texts: str, whole: bool = True) -> Path:
    file = Path("design.yaml")
    data = hostile.attacked(*texts) if whole else hostile.attacked_example(*texts)
    file.write_text(hostile.as_yaml(data), encoding="utf-8")
    return file


def printed(texts: Iterable[str], document: Any = "design") -> Print:
    return Print(load(hostile.as_yaml(hostile.attacked(*texts)), "design.yaml"), language("en"), document, 0)


def test_the_attack_reaches_every_text_of_the_schema() -> None:
    attacked = Design.model_validate(hostile.attacked("zq"))
    empty = [path for path, node in attacked.walk() if node.is_empty]
    assert empty == []
    assert sum(value == "zq" for _, value in attacked.leaves()) > 250


@pytest.mark.parametrize("text", hostile.CORPUS.values(), ids=hostile.CORPUS)
def test_check_shows_it_harmless(mlsd: Command, text: str) -> None:
    """S10, S11: no escape sequence, no hidden character, no markup reaches the terminal, in either form."""
    saved("zq")
    lines = len(mlsd("check").out.splitlines())
    saved(text)
    report = mlsd("check")
    assert (report.code, report.err) == (1, "")
    assert hidden(report.out) == []
    found = mlsd("check", "--format", "json")
    assert hidden(found.out) == []
    diagnostics = json.loads(found.out)["files"][0]["diagnostics"]
    assert text in " ".join(entry["message"] for entry in diagnostics)  # whole; [link=…] and {…} as they were written
    assert len(report.out.splitlines()) == lines  # no line of its own


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_a_report_of_many_findings_is_harmless(mlsd: Command, kind: str) -> None:
    """S10, S11: the same in a design on which nearly every rule speaks."""
    text = Path(saved(*hostile.KINDS[kind].values(), whole=False)).read_text().replace("interview", "design")
    Path("design.yaml").write_text(text)
    report = mlsd("check")
    assert report.code == 1
    assert len(re.findall(r"^design\.yaml:\d+:\d+: (error|warning|info): .*\]$", report.out, re.MULTILINE)) > 10
    assert hidden(report.said) == []


def test_markdown_shows_characters_that_are_tags() -> None:
    """S10: text hidden in tag characters (U+E0041 …) is shown in a print."""
    assert hidden(printed([TAGS]).content("md").decode(), JOINERS) == []


def outline(markdown: str) -> list[str]:
    """Every block and every link of a Markdown text, without its words; lists may follow the words."""
    found = []
    for token in MARKDOWN.parse(markdown):
        if token.type.endswith("_open") and not re.match("(paragraph|bullet|ordered|list)", token.type):
            found.append(token.type + token.tag)
        elif token.type in ("fence", "html_block", "hr", "code_block"):
            found.append(token.type + token.info)
        found += [child.type for child in token.children or () if child.type in ("link_open", "image", "html_inline")]
    return found


@cache
def expected(document: str) -> list[str]:
    return outline(printed(["zq zq"], document).page.text)


@pytest.mark.parametrize("kind", hostile.KINDS)
@pytest.mark.parametrize("document", ["design", "one-pager"])
def test_markdown_and_html_keep_their_shape(kind: str, document: str) -> None:
    """S2, S12, S13, S14: no section, table row, link, tag or arrow of its own; nothing computed; nothing hidden."""
    page = printed([text for text in hostile.KINDS[kind].values() if text != TAGS], document)
    text = page.content("md").decode()
    assert hidden(text, JOINERS) == []
    assert [entry for entry in outline(text) if entry != "fence"] == expected(document)  # a quoted fence stays one
    if kind == "template":
        assert r"{{7\*7}}" in text
    harmless(page.content("html").decode(), kind)


class Browser(HTMLParser):
    """What a browser would act on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def harmless(page: str, kind: str) -> None:
    assert hidden(page, JOINERS) == []
    seen = Browser(page)
    names = [tag for tag, _ in seen.tags]
    assert names.count("style") == 1
    assert names.count("title") == 1 + names.count("svg")
    for tag, attributes in seen.tags:
        assert tag not in TAGS_THAT_ACT, tag
        assert not [name for name in attributes if name.startswith("on")], attributes
        assert not re.search(r"url\(|expression|@import", attributes.get("style") or ""), attributes
        assert not attributes.get("src")
        if attributes.get("href"):
            assert re.match(r"https://|mailto:|#|data:,$", str(attributes["href"])), attributes
    if kind == "html":
        assert "<script>alert(1)</script>" in "".join(seen.text)


@pytest.mark.parametrize("document", ["design", "one-pager"])
def test_pdf_prints_it_as_words(document: str) -> None:
    """S15: nothing is read, imported, evaluated or panics; the words of the attack stand in the text."""
    from pypdf import PdfReader

    texts = [text for kind in ("drawn", "html", "template") for text in hostile.KINDS[kind].values()]
    reader = PdfReader(BytesIO(printed([hostile.DRAWN["typst"], *texts], document).content("pdf")))
    words = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    assert "#panic()" in words
    assert "root:" not in words
    if document == "design":
        assert "{{7*7}}" in words.replace(" ", "")
    assert "/JavaScript" not in str(reader.trailer["/Root"])
    targets = [
        str(note.get_object().get("/A", {}).get("/URI", ""))
        for sheet in reader.pages
        for note in sheet.get("/Annots") or ()
    ]
    assert not [target for target in targets if "evil.example" in target or target.startswith(("javascript", "file"))]


@pytest.mark.parametrize("text", hostile.CORPUS.values(), ids=hostile.CORPUS)
def test_what_is_written_is_read_again(text: str) -> None:
    """S8, S9, S10: YAML written by mlsd means what was said, whatever it says, and hides nothing in an editor."""
    data = hostile.attacked(text)
    written = dump(data)
    assert hidden(written, JOINERS) == []
    assert parse(written, "design.yaml")[0] == data


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_new_takes_it_as_answers(mlsd: Command, kind: str) -> None:
    """S2, S4: `--data` and `--set` keep an answer as it is; no answer says where the file goes."""
    texts = list(hostile.KINDS[kind].values())
    saved(*texts)
    begun = mlsd("new", "recsys", "--data", "design.yaml", "--set", f"title=t {texts[0]}", "--no-input", "-o", "out")
    assert (begun.code, begun.out, begun.err) == (0, "out/design.yaml\n", "")
    title = load(Path("out/design.yaml").read_text(encoding="utf-8"), "").design.title
    assert title == f"t {texts[0]}".strip()
    assert sorted(os.listdir()) == ["design.yaml", "out"]
    assert set(os.listdir("out")) <= {"design.yaml", ".mlsd", "mlsd-1.schema.json"}
