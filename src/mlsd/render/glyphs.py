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
    "∥": "‖", "⟨": "‹", "⟩": "›", "⁄": "/", "▪": "•", "≫": ">>", "≪": "<<", "∼": "~", "≃": "≈", "≡": "=", "∝": "~",
    "∧": "and", "∨": "or", "∀": "for all", "∃": "exists", "∉": "not in", "ℝ": "R", "ℕ": "N", "ℤ": "Z", "𝔼": "E",
    "ᵀ": "^T", "∇": "grad", "ᵢ": "_i", "ⱼ": "_j",
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


def unprintable(text: str) -> list[str]:
    """The signs of a text that ``printable`` gives by their code or without their marks, each once, in its order."""
    if text.isascii():
        return []
    known = _printable(TEXT)
    signs = dict.fromkeys(_DROPPED.sub("", unicodedata.normalize("NFC", text)))
    return [sign for sign in signs if not (sign in known or sign in _TWINS or sign.isspace())]


def _twin(sign: str) -> str:
    if sign in _TWINS:
        return _TWINS[sign]
    if unicodedata.category(sign) == "Mn":
        return ""
    if sign.isspace():
        return " "
    return _plainer(sign) or f"‹U+{ord(sign):04X}›"


def _plainer(sign: str) -> str:
    """A letter with as many of its marks as the fonts know: ê for ế; empty where they know none of it."""
    parts = unicodedata.normalize("NFD", sign)
    tries = (unicodedata.normalize("NFC", parts[:length]) for length in range(len(parts) - 1, 0, -1))
    return next((shorter for shorter in tries if len(shorter) == 1 and shorter in _printable(TEXT)), "")
