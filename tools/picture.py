"""Make the README's pictures: the wizard at work, from a real session, and a page of the example's PDF.

    python tools/picture.py             write docs/pictures/wizard.svg and docs/pictures/page.png

Needs the development dependencies, Poppler's pdftoppm and Pillow. Look at both before committing them.
"""

from __future__ import annotations

import subprocess
import sys
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "cli"), str(ROOT / "tools"), str(ROOT / "src")]

if TYPE_CHECKING:
    from pyte.screens import Char
    from screen import Screen

PICTURES = ROOT / "docs" / "pictures"
ASKED = "In which order does a request pass them"
TYPED = "gateway 10ms > retrieval 30ms + online_features 15ms > ranker 90ms > policy 10ms"
SHOWN = "60 of 200 ms left"
ROWS, COLUMNS = 24, 84
CELL, LINE, SIZE, MARGIN, BAR = 8.4, 19, 14, 22, 40
"""A letter's width, a line's height, the letters' size, the margin and the title bar, in pixels."""
INK, PAPER, FRAME, FAINT = "#d7deea", "#0f1726", "#2b3750", "#8d99ae"
COLOURS = {"default": INK, "cyan": "#67d4e8", "green": "#86dd9b", "red": "#ff9d9d", "brown": "#f5c36b"}
FONTS = (
    "ui-monospace, SFMono-Regular, Menlo, Consolas, 'JetBrains Mono', 'DejaVu Sans Mono', 'Liberation Mono', monospace"
)


def session(folder: Path) -> Screen:
    """`mlsd new recsys`, taken from question to question up to the request path, which is typed by hand."""
    from screen import Screen

    with Screen("-m", "mlsd", "--lang", "en", "new", "recsys", cwd=folder, rows=ROWS, columns=COLUMNS) as screen:
        seen = ""
        while ASKED not in _drawn(screen, seen):
            seen = screen.text
            keys = seen.splitlines()[-2]
            screen.press(*(("Tab", "Enter") if keys.lstrip().startswith("Tab") else ("Enter",)))
        screen.press("Ctrl-U", TYPED).until(SHOWN)
        while screen.read(0.5):
            pass
        return screen


def _drawn(screen: Screen, seen: str) -> str:
    """The text of the next question, once it is drawn to its last line."""
    while screen.text == seen or "^S" not in screen.text[-80:]:
        assert screen.read(20), screen.text
    while screen.read(0.2):
        pass
    return screen.text


def svg(screen: Screen, title: str) -> str:
    """The screen as a terminal's window, its letters as text; the same on light and on dark paper."""
    from pyte.screens import Char

    empty = Char(" ")
    lines = [[screen.screen.buffer[row].get(x, empty) for x in range(COLUMNS)] for row in range(ROWS)]
    used = [row for row, line in enumerate(lines) if any(letter.data != " " for letter in line)]
    width, top = COLUMNS * CELL + 2 * MARGIN, BAR + MARGIN * 0.8
    height = top + (used[-1] - used[0] + 1) * LINE + MARGIN * 0.7
    cursor = screen.screen.cursor
    middle = BAR / 2 + 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" font-family="{FONTS}" font-size="{SIZE}" fill="{INK}">',
        f"<title>{escape(title)}</title>",
        f'<rect x=".5" y=".5" width="{width - 1:g}" height="{height - 1:g}" rx="10" fill="{PAPER}" stroke="{FRAME}"/>',
        f'<path d="M.5 {BAR}H{width - 0.5:g}" stroke="{FRAME}"/>',
        *(
            f'<circle cx="{22 + 20 * n}" cy="{middle:g}" r="6" fill="{colour}"/>'
            for n, colour in enumerate(("#ff5f57", "#febc2e", "#28c840"))
        ),
        f'<text x="{width / 2:g}" y="{middle + 5:g}" text-anchor="middle" fill="{FAINT}" font-size="13">{title}</text>',
        f'<rect x="{MARGIN + cursor.x * CELL:g}" y="{top + (cursor.y - used[0]) * LINE:g}" width="{CELL}" '
        f'height="{LINE}" fill="{INK}" opacity=".75"/>',
    ]
    for row in range(used[0], used[-1] + 1):
        parts += _line(lines[row], top + (row - used[0]) * LINE + SIZE)
    return "\n".join([*parts, "</svg>", ""])


def _line(line: list[Char], y: float) -> list[str]:
    """The runs of one look, each held to the grid whatever the font at hand."""
    parts, start = [], 0
    for look, letters in groupby(line, key=_look):
        text = "".join(letter.data for letter in letters)
        words, at = text.strip(), start + len(text) - len(text.lstrip())
        start += len(text)
        if words:
            x, long = MARGIN + at * CELL, len(words) * CELL
            parts.append(
                f'<text x="{x:g}" y="{y:g}"{look} textLength="{long:g}" lengthAdjust="spacingAndGlyphs" '
                f'xml:space="preserve">{escape(words, quote=False)}</text>'
            )
    return parts


def _look(letter: Char) -> str:
    colour = COLOURS.get(letter.fg) or (FAINT if letter.fg == "949494" else f"#{letter.fg}")
    look = "" if colour == INK else f' fill="{colour}"'
    look += ' font-weight="700"' if letter.bold else ""
    look += ' font-style="italic"' if letter.italics else ""
    return look + (' text-decoration="underline"' if letter.underscore else "")


def page(folder: Path, resolution: int) -> None:
    """The page of the example's PDF that shows the service, the only one that lies, in as many colours as it needs."""
    from PIL import Image
    from pypdf import PdfReader
    from refresh import PRINTED

    from mlsd.cli.printing import Print
    from mlsd.content.language import language
    from mlsd.storage import read

    loaded = read(ROOT / "examples" / "recsys" / "design.yaml")
    (folder / "page.pdf").write_bytes(Print(loaded, language("en"), "design", PRINTED).content("pdf"))
    boxes = [one.mediabox for one in PdfReader(folder / "page.pdf").pages]
    number = next(n for n, box in enumerate(boxes, 1) if box.width > box.height)
    command = ["pdftoppm", "-f", str(number), "-l", str(number), "-r", str(resolution), "-png", "-singlefile"]
    subprocess.run([*command, folder / "page.pdf", folder / "page"], check=True)
    with Image.open(folder / "page.png") as image:
        image.convert("RGB").quantize(64).save(PICTURES / "page.png", optimize=True)


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        (PICTURES / "wizard.svg").write_text(svg(session(Path(name)), "mlsd new recsys"), encoding="utf-8")
        page(Path(name), resolution=100)
