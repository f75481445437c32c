"""How large a picture stands on a page of its own, and which way that page is turned."""

from __future__ import annotations

import re

LANDSCAPE, UPRIGHT = (757.0, 431.0), (510.0, 680.0)
"""Width and height in pt that a page of A4 has for a picture beside its caption; ``page.typ`` has them too, in mm."""

READABLE = 0.5
"""Least size in pt of a px on paper: names in boxes are of 12 px, the smallest words of 10."""

SCREEN, SMALLEST = 920.0, 0.7
"""Width in px that a wide screen has for a picture beside the contents; least size there of one of its px."""

_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def size(svg: str) -> tuple[float, float] | None:
    """Width and height of a picture in px; None if it has none."""
    found = _SIZE.search(svg)
    return (float(found[1]), float(found[2])) if found else None


def scale(svg: str, *, upright: bool) -> float:
    """Size in pt that a px of the picture gets on such a page."""
    room = UPRIGHT if upright else LANDSCAPE
    return min(there / needed for there, needed in zip(room, size(svg) or room, strict=True))


def stands(svg: str) -> bool:
    """Whether the picture is larger on a page that is not turned."""
    return scale(svg, upright=True) > scale(svg, upright=False)


def on_paper(svg: str) -> bool:
    """Whether the picture can be read on a page."""
    return best(svg) >= READABLE


def on_screen(svg: str) -> bool:
    """Whether the picture can be read on a wide screen without scrolling; on a narrow one it scrolls."""
    wide, _ = size(svg) or (0.0, 0.0)
    return wide * SMALLEST <= SCREEN


def best(svg: str) -> float:
    """Size in pt of a px on the page that suits the picture best."""
    return scale(svg, upright=stands(svg))
