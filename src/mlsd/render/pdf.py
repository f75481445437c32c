"""Markdown to PDF: a tree of plain data, printed by the fixed Typst template ``templates/pages/page.typ``.

Nothing of the text is ever read as Typst; the compiler sees an empty folder, our fonts and no packages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mlsd.content.root import templates
from mlsd.errors import ExitCode, Message, MlsdError
from mlsd.render.fonts import folder
from mlsd.render.paper import paper

ONE_PAGE_SIZES = (8.6, 8.2, 7.8, 7.4)
"""Sizes of type, in pt, that a compact page may take; the first is the best to read."""

SPACIOUS = (10.4, 9.8, 9.2)
"""Sizes tried before those where a page has room to spare."""

_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)")


class NotPrinted(MlsdError):
    """The PDF could not be made: a fault of mlsd, not of the design."""

    exit_code = ExitCode.INTERNAL


def pdf(
    markdown_text: str,
    *,
    title: str,
    authors: Sequence[str] = (),
    language: str = "en",
    diagrams: Sequence[str | Sequence[str]] = (),
    timestamp: int = 0,
    description: str = "",
    one_page: bool = False,
    size: float | None = None,
) -> bytes:
    """The document as a tagged PDF (PDF/UA-1 where its content allows), byte for byte the same for the same arguments.

    The n-th SVG of ``diagrams`` stands for the n-th Mermaid fence; a sequence of them is one picture on several
    sheets. ``timestamp`` is in seconds since 1970, UTC.
    ``one_page`` sets it compactly, without contents, in type of ``size`` pt, or else in the largest that fits a page;
    whether it fits, ``pages`` tells. Raises NotPrinted if the compiler refuses the document.
    """
    sizes: Sequence[float | None] = [None]
    if one_page:
        sizes = (*SPACIOUS, *ONE_PAGE_SIZES) if size is None else [size]
    made = b""
    for points in sizes:
        data = paper(
            markdown_text,
            title=title,
            authors=authors,
            language=language,
            diagrams=diagrams,
            description=description,
            size=points,
        )
        made = _compile(data, timestamp)
        if not one_page or pages(made) == 1:
            break
    return made


def _compile(data: str, timestamp: int) -> bytes:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder())])
    template = (templates() / "pages" / "page.typ").read_bytes()
    with TemporaryDirectory(prefix="mlsd-") as empty:
        nothing = Path(empty) / "packages"
        nothing.mkdir()
        for standard in ("ua-1", "1.7"):
            compiler = typst.Compiler(  # one for each try: it forgets its source once it has read it
                template, root=empty, font_paths=fonts, package_path=str(nothing), package_cache_path=str(nothing)
            )
            try:
                made = compiler.compile(
                    format="pdf", sys_inputs={"data": data}, pdf_standards=[standard], timestamp=timestamp
                )
            except typst.TypstError as error:
                reason = error
            else:
                assert isinstance(made, bytes)
                return made
    raise NotPrinted(Message("The PDF could not be made: {reason}", reason=str(reason)[:300]),
                     Message("Please report this with the design; Markdown and HTML are not affected."))  # fmt: skip


def pages(pdf_bytes: bytes) -> int:
    """How many pages a PDF made here has."""
    return max(int(found) for found in _COUNT.findall(pdf_bytes))
