"""Markdown to one HTML page that needs nothing else: no script, no font, no image, no request.

The page is written from the same tree as the PDF, so what a text may become is decided in one place (``tokens``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from mlsd.content.language import language as language_of
from mlsd.content.root import templates
from mlsd.errors import Message
from mlsd.render.alerts import alerts
from mlsd.render.html_tree import Writer
from mlsd.render.tree import headings, title_apart, tree, words

if TYPE_CHECKING:
    from jinja2 import Template

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What the page may load: its own style and pictures inside it."""


def html(
    markdown_text: str,
    *,
    title: str,
    language: str = "en",
    diagrams: Sequence[str | Sequence[str]] = (),
    authors: Sequence[str] = (),
    description: str = "",
) -> str:
    """The document as one self-contained page; the n-th SVG of ``diagrams`` stands for the n-th Mermaid fence.

    A sequence of SVGs there is one picture on several sheets.

    ``title`` names the page where the text has no heading of its own; ``language`` is the document's (``en``, ``ru``).
    """
    from markupsafe import Markup

    say = language_of(language).say
    heading, intro, body = title_apart(tree(markdown_text))
    writer = Writer(diagrams, _labels(say), first=words(heading) or title)
    entries = [(level, name, text) for level, name, text in headings(body) if level <= 3]
    return _template().render(
        language=language,
        title=title,
        policy=POLICY,
        description=description,
        authors=", ".join(authors),
        style=Markup((templates() / "pages" / "page.css").read_text(encoding="utf-8")),
        words={"skip": say(Message("Skip to the text")), "contents": say(Message("Contents"))},
        heading=Markup(writer.inline(heading or [title])),
        intro=Markup(writer.blocks(intro)),
        contents=entries if len(entries) > 1 else (),
        body=Markup(writer.blocks(body)),
    )


def _labels(say: Callable[[Message], str]) -> dict[str, str]:
    return {
        "table": say(Message("Table")),
        "figure": say(Message("Figure")),
        "code": say(Message("Code")),
        "open": say(Message("open")),
        "done": say(Message("done")),
        **alerts(say),
    }


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((templates() / "pages" / "page.html.j2").read_text(encoding="utf-8"))
