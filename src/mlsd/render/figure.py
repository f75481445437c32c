"""A picture as the Typst template wants it: in the text, on a page of its own, or on several."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from mlsd.render.fonts import REGULAR
from mlsd.render.glyphs import printable
from mlsd.render.sheet import size, stands
from mlsd.render.tree import Node

PORTRAIT = 620.0
"""Pictures up to this width in px stand in the text; wider ones get a page of their own."""


def figure(
    drawn: str | Sequence[str], number: int, caption: list[Any] | None, *, word: str, compact: bool
) -> Node | None:
    """The figure of this number, ``word`` is what a figure is called; None if there is no picture in it.

    One on pages of its own has them as ``sheets``.
    """
    svgs = [drawn] if isinstance(drawn, str) else drawn
    if not (box := size(svgs[0])):
        return None
    first = {
        "t": "diagram",
        "id": f"figure-{number}",
        "number": number,
        **_picture(svgs[0]),
        "caption": caption or [_element(svgs[0], "title")],
        "numbered": caption is None,
        "place": "text" if compact or box[0] <= PORTRAIT else "page",
        "share": min(1.0, box[0] / PORTRAIT),
    }
    if first["place"] == "text":
        return first
    return {**first, "sheets": [first] if len(svgs) == 1 else _sheets(first, svgs, f"{word} {number}")}


def _sheets(first: Node, svgs: Sequence[str], named: str) -> list[Node]:
    """A picture on several pages; each says which it is, and all but the first repeat its number."""
    shown = [{**first, "caption": [*first["caption"], f" {_element(svgs[0], 'title')}."]}]
    for number, svg in enumerate(svgs[1:], 2):
        own = {"id": f"{first['id']}-{number}", "numbered": False, "caption": [f"{named}. {_element(svg, 'title')}."]}
        shown.append({**first, **_picture(svg), **own})
    return shown


def _picture(drawn: str) -> Node:
    svg = printable(drawn, REGULAR)
    wide, tall = size(svg) or (1.0, 1.0)
    alt = _element(svg, "desc") or _element(svg, "title")
    return {"svg": svg, "alt": alt, "slope": tall / wide, "upright": stands(svg)}


def _element(svg: str, name: str) -> str:
    found = re.search(rf"<{name}>(.*?)</{name}>", svg, re.DOTALL)
    return html.unescape(found[1]) if found else ""
