"""No word of a PDF leaves its page or prints over its neighbour, however long it is and whatever it is made of."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from mlsd.render.pdf import pdf

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (Debian: poppler-utils)")

LONG = [
    "W" * 39,
    "W" * 300,
    "abc," * 60,
    "(abc," * 60,
    "[" + "0.25,0.75," * 40 + "]",
    "user.embedding_v2/" * 20,
    "https://example.com/" + "path/" * 40 + "?q=" + "a=b&" * 30,
    "held\u00a0together\u00a0" * 30,
    "," * 200,
    "—" * 120,
    "推荐系统" * 40,
    "x̂" * 60,
]


class Word(NamedTuple):
    """A piece of text on a page, in pt."""

    left: float
    top: float
    right: float
    bottom: float


def printed(markdown: str, folder: Path) -> list[list[Word]]:
    """The words of each page."""
    (folder / "x.pdf").write_bytes(pdf(markdown, title="x", authors=["W" * 200]))
    told = subprocess.run(["pdftotext", "-bbox", folder / "x.pdf", "-"], capture_output=True, text=True, check=True)
    box = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">')
    return [[Word(*map(float, found.groups())) for found in box.finditer(page)] for page in told.stdout.split("<page ")]


@pytest.mark.parametrize("word", LONG)
@pytest.mark.parametrize(
    "form", ["{}", "`{}`", "**{}**", "- {}", "> {}", "## {}", "### {}", "| a | b |\n|---|---|\n| {} | {} |"]
)
def test_a_long_word_stays_within_the_margins(word: str, form: str, tmp_path: Path) -> None:
    escaped = re.sub(r"([|_*\[\]])", r"\\\1", word) if "`" not in form else word
    text = "# T\n\n## S\n\n" + form.format(escaped, escaped) + "\n"
    words = [word for page in printed(text, tmp_path) for word in page]
    assert len(words) > 3
    assert [word for word in words if word.left < 60 or word.right > 595.3 - 60] == []


@pytest.mark.parametrize("word", LONG)
def test_a_long_word_of_a_narrow_column_stays_in_it(word: str, tmp_path: Path) -> None:
    cell = re.sub(r"([|_*\[\]])", r"\\\1", word)
    row = " | ".join(
        [cell, "some words", f"`{word[:60]}`".replace("|", ""), "internationalisation", cell, "three", "x"]
    )
    for page in printed(f"# T\n\n|{'a|' * 7}\n|{'---|' * 7}\n| {row} |\n", tmp_path):
        for one, other in combinations(page, 2):
            beside = min(one.right, other.right) - max(one.left, other.left)
            above = min(one.bottom, other.bottom) - max(one.top, other.top)
            assert not (beside > 1.5 and above > 5)
