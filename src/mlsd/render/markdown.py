"""A design as Markdown: the canonical print, from which HTML and PDF are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from mlsd.content.language import Language
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.render.context import context, plain
from mlsd.render.diagram import graph_of
from mlsd.render.environment import documents
from mlsd.render.escape import one_line
from mlsd.render.facts.moves import moves
from mlsd.render.filters import tidy
from mlsd.render.pictures import Picture, pictures
from mlsd.render.view.brands import brand
from mlsd.render.view.figures import Figures
from mlsd.render.view.names import Names

Kind = Literal["design", "one-pager"]


class Markdown(NamedTuple):
    """A print: its text, its title, and the picture that each Mermaid fence of the text shows, in their order."""

    text: str
    title: str
    diagrams: list[Picture]


def document(
    design: Design,
    *,
    language: Language,
    kind: Kind = "design",
    findings: Sequence[Mapping[str, Any]] = (),
    waived: Sequence[Mapping[str, Any]] = (),
    template: Mapping[str, Any] | None = None,
    date: str | None = None,
    stressed: Sequence[Mapping[str, Any]] | None = None,
) -> Markdown:
    """Print the design in this language, whatever of it is answered.

    ``findings``: plain dicts with code, name, severity, message, path, question, working, ways_out, worst first, texts
    already translated; ``waived`` the same with reason. ``template``: plain facts of the problem template (name,
    summary). ``date``: the day of the print as it is to be shown, None to leave it out. ``stressed``: how
    far each assumed number can move, dicts with path, now, below, above, moves; None to leave it out.
    """
    title = one_line(design.title or "") or language.say(Message("Untitled design"))
    if kind == "one-pager":
        from mlsd.render.one_pager import one_pager

        text = one_pager(design, language, findings=findings, template=template, date=date)
        return Markdown(text, title, [])
    graph = graph_of(_with_brands(design.filled()), language.say)
    figures = Figures(language, design.currency)
    drawn = pictures(design, graph, figures, Names(design, language.say))
    values = context(design, language, pictures=drawn, findings=findings, waived=waived, template=template, date=date)
    values["stressed"] = None if stressed is None else moves(design, values["design"], plain(stressed))
    printed = documents(language).print("design.md.j2", values)
    return Markdown(tidy(printed), title, drawn.drawn())


def _with_brands(data: dict[str, Any]) -> dict[str, Any]:
    """The design's data with tools named as they spell themselves."""
    for stage, entries in (("pipeline", "components"), ("deploy", "storage")):
        for entry in data.get(stage, {}).get(entries, []):
            if "tool" in entry:
                entry["tool"] = brand(entry["tool"])
    return data
