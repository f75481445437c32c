"""The fonts that are shipped: how wide a text is in them, and which characters they have.

Widths are read from the font files themselves (tables ``head``, ``hhea``, ``hmtx`` and ``cmap`` format 4 of the
OpenType specification), so a box drawn around a text fits it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import NamedTuple

from mlsd.content.root import templates

REGULAR, BOLD, ITALIC = "Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Italic.ttf"


def folder() -> Path:
    """Where the font files and their licences lie."""
    return templates() / "pages" / "fonts"


class Font(NamedTuple):
    """A font file: advance widths by code point, as shares of the font size."""

    advances: Mapping[int, float]

    def width(self, text: str, size: float) -> float:
        """Width of one line of text at this size, in the unit of the size; kerning is left out."""
        try:
            return size * sum(map(self.advances.__getitem__, map(ord, text)))
        except KeyError:
            return size * sum(self.advances.get(ord(sign)) or _stand_in(sign) for sign in text)


def _stand_in(sign: str) -> float:
    return 1.0 if ord(sign) > 0x2E7F else 0.62


@cache
def font(name: str = REGULAR) -> Font:
    """The shipped font of this file name."""
    data = (folder() / name).read_bytes()
    tables = _tables(data)
    units = unpack_from(">H", data, tables["head"] + 18)[0]
    metrics = unpack_from(">H", data, tables["hhea"] + 34)[0]
    widths = unpack_from(">" + "Hh" * metrics, data, tables["hmtx"])[::2]
    glyphs = _characters(data, tables["cmap"])
    return Font({sign: widths[min(glyph, metrics - 1)] / units for sign, glyph in glyphs.items()})


def _tables(data: bytes) -> dict[str, int]:
    count = unpack_from(">H", data, 4)[0]
    records = (unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
    return {tag.decode("ascii"): offset for tag, _, offset, _ in records}


def _characters(data: bytes, start: int) -> dict[int, int]:
    count = unpack_from(">H", data, start + 2)[0]
    offsets = (unpack_from(">I", data, start + 8 + 8 * index)[0] for index in range(count))
    table = next(start + offset for offset in offsets if unpack_from(">H", data, start + offset)[0] == 4)
    segments = unpack_from(">H", data, table + 6)[0] // 2
    ends, starts, deltas, ranges = (
        unpack_from(f">{segments}H", data, table + 14 + 2 * segments * part + (2 if part else 0)) for part in range(4)
    )
    length = unpack_from(">H", data, table + 2)[0]
    glyphs = unpack_from(f">{(length - 16 - 6 * segments) // 2}H", data, table + 16 + 6 * segments)
    found: dict[int, int] = {}
    for index, (first, last, delta, place) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        signs = range(first, min(last, 0xFFFE) + 1)
        if not place:
            found.update((sign, (sign + delta) & 0xFFFF) for sign in signs)
            continue
        offset = index + place // 2
        here = glyphs[offset : offset + len(signs)]
        found.update((sign, (glyph + delta) & 0xFFFF) for sign, glyph in zip(signs, here, strict=True) if glyph)
    return found
