"""What every picture of ours is drawn with: fonts, the light colours of print, and how numbers and words stand in SVG.

A page restyles the colours through the classes, see ``templates/pages/page.css``.
"""

from __future__ import annotations

from html import escape

FONTS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
INK, SOFT, PAPER = "#0f172a", "#475569", "#ffffff"
MAIN, EDGE, BAND, STRIP_FILL = "#1e293b", "#64748b", "#f4f6f9", "#e3e8ef"

COLOURS = {
    "terminal": ("#1e293b", "#1e293b"),
    "source": ("#e7f5ee", "#2f855a"),
    "store": ("#fdf3dc", "#b7791f"),
    "model": ("#ece9fc", "#5b4bc4"),
    "service": ("#e6f0fb", "#2b6cb0"),
    "job": ("#eef1f5", "#64748b"),
    "missing": ("#ffffff", "#c2410c"),
}
"""Fill and outline of each kind of box, told apart by their shapes as well."""


def opening(role: str, wide: float, tall: float, size: float, title: str, description: str) -> str:
    """The first tag of a picture, and its name and description for those who cannot see it."""
    box = f'width="{length(wide)}" height="{length(tall)}" viewBox="0 0 {length(wide)} {length(tall)}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{role}" role="img" {box} '
        f'font-family="{FONTS}" font-size="{length(size)}">'
    )
    told = f"\n<desc>{escape(description)}</desc>" if description else ""
    return f"{head}\n<title>{escape(title)}</title>{told}"


def length(value: float) -> str:
    """A length in px, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def line_of(role: str, x: float, y: float, words: str, look: str) -> str:
    """One line of words, its baseline starting at a place."""
    return f'<text class="{role}" x="{length(x)}" y="{length(y)}" {look}>{escape(words)}</text>'
