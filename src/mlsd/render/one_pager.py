"""A design on one A4 page: every stage in a few sentences, and what to say of it in a minute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mlsd.content.language import Language
from mlsd.design import Design
from mlsd.render.context import context
from mlsd.render.environment import DocumentEnvironment, documents
from mlsd.render.facts.lines import lines
from mlsd.render.filters import tidy
from mlsd.render.fitting import clipped

LEVELS = (1.0, 0.85, 0.7, 0.55, 0.4, 0.25, 0.15, 0.1, 0.06)
"""How much of each part's room is used; the first at which all fits on a page is taken. The last are for signs that the
fonts lack: each prints as a code of some seven letters.
"""
ROOM = {"problem": 950, "numbers": 800, "metrics": 850, "data": 600, "pipeline": 650, "model": 900, "deploy": 850,
        "test": 850, "risks": 800}  # fmt: skip
"""Characters of each part at most."""
LONGEST = 240
"""Characters of one answer at most."""
WORDS = 150
"""Words of the pitch at most: a minute of calm speech."""

Fits = Callable[[str, str], bool]


def one_pager(
    design: Design,
    language: Language,
    *,
    findings: Sequence[Mapping[str, Any]] = (),
    template: Mapping[str, Any] | None = None,
    date: str | None = None,
    fits: Fits | None = None,
) -> str:
    """The page as Markdown. ``fits`` says of a text and its title whether they take one page; the PDF is asked if None.

    Deterministic: the same design and the same ``fits`` give the same page.
    """
    ask = fits or _on_paper
    environment = documents(language)
    values = context(design, language, pictures=None, findings=findings, template=template, date=date)
    values |= lines(values, language)
    text = ""
    for level in LEVELS:
        text = _page(environment, values, level)
        if ask(text, language.code):
            break
    return text


def _page(environment: DocumentEnvironment, values: dict[str, Any], level: float) -> str:
    room = {part: int(characters * level) for part, characters in ROOM.items()}
    entries = max(2, round(8 * level))
    page = clipped(values, int(LONGEST * level))
    return tidy(environment.print("one-pager.md.j2", page | {"room": room, "entries": entries, "words": WORDS}))


def _on_paper(text: str, language: str) -> bool:
    """True if its PDF, in type that is still easy to read, is one page; what cannot be set as PDF is taken to fit."""
    from mlsd.render.pdf import ONE_PAGE_SIZES, NotPrinted, pages, pdf

    try:
        return pages(pdf(text, title="", language=language, one_page=True, size=ONE_PAGE_SIZES[1])) == 1
    except NotPrinted:
        return True
