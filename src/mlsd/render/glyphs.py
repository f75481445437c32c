"""Signs that the shipped fonts cannot print, replaced by ones they can: a PDF never shows an empty box."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from mlsd.render.fonts import REGULAR, font

TEXT, CODE = "Literata-Regular.ttf", "JetBrainsMono-Regular.ttf"

_TWINS = {
    "✅": "✓", "☑": "✓", "✔": "✓", "❌": "✗", "❎": "✗", "✖": "✗", "☒": "✗", "⚠": "!", "❗": "!", "❓": "?", "☐": "□",
    "⭐": "★", "🔴": "●", "🟢": "●", "🟡": "●", "⇢": "→", "⟶": "→", "➡": "→", "➜": "→", "∈": "in",
    "∥": "‖", "⟨": "‹", "⟩": "›", "⁄": "/", "▪": "•",
}  # fmt: skip
_DROPPED = re.compile("[\u200b-\u200d\u2060\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\u00ad]")
_CODES = re.compile(r"›‹")


@cache
def _printable(second: str) -> frozenset[str]:
    return frozenset(map(chr, font(REGULAR).advances.keys() | font(second).advances.keys() | {10}))


def printable(text: str, second: str = TEXT) -> str:
    """The text in signs of the sans font or of the second one; others by a twin, or by their code as ‹U+4E2D›."""
    if text.isascii() and text.isprintable():
        return text
    known = _printable(second)
    composed = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    if known.issuperset(composed):
        return composed
    return _CODES.sub(" ", "".join(sign if sign in known else _twin(sign) for sign in composed))


def _twin(sign: str) -> str:
    if sign in _TWINS:
        return _TWINS[sign]
    if unicodedata.category(sign) == "Mn":
        return ""
    return " " if sign.isspace() else f"‹U+{ord(sign):04X}›"
