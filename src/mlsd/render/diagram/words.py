"""Words in boxes and on arrows: measured in the shipped font and broken into lines that fit."""

from __future__ import annotations

import re
from unicodedata import category

from mlsd.render.fonts import BOLD, REGULAR, font

LABEL, DETAIL, ARROW = 12.0, 10.0, 10.0
"""Font sizes of a box's label, of the line below it and of an arrow's label, in px."""

_BREAKS = re.compile(r"(?<=[-–/_.,·])(?=\w)")


def shown(text: str) -> str:
    """One line without control, format and private-use signs, which no font can draw."""
    return " ".join("".join("�" if category(sign)[0] == "C" else sign for sign in " ".join(text.split())).split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line in px."""
    return font(BOLD if bold else REGULAR).width(text, size)


def wrap(text: str, widest: float, size: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines, none wider than ``widest``; what does not fit ends in an ellipsis."""
    pieces = _pieces(shown(text[:400]), widest, size, bold)
    done: list[str] = []
    line = ""
    for gap, piece in pieces:
        longer = line + gap + piece if line else piece
        if not line or width(longer, size, bold=bold) <= widest:
            line = longer
            continue
        done.append(line)
        line = piece
    done += [line] if line else []
    return tuple(done) if len(done) <= lines else (*done[: lines - 1], _cut(done[lines - 1], widest, size, bold))


def _pieces(text: str, widest: float, size: float, bold: bool) -> list[tuple[str, str]]:
    """Words with the gap before them; a word that is too wide falls apart at a joint, then anywhere."""
    found: list[tuple[str, str]] = []
    for word in text.split():
        gap = " "
        parts = [word] if width(word, size, bold=bold) <= widest else _BREAKS.split(word)
        for part in parts:
            while part:
                head = _fitting(part, widest, size, bold)
                found.append((gap, head))
                part, gap = part[len(head) :], ""
    return found


def _fitting(word: str, widest: float, size: float, bold: bool) -> str:
    end = len(word)
    while end > 1 and width(word[:end], size, bold=bold) > widest:
        end -= 1
    return word[:end]


def _cut(line: str, widest: float, size: float, bold: bool) -> str:
    while line and width(line + "…", size, bold=bold) > widest:
        line = line[:-1]
    return line.rstrip(" ,;:.") + "…"
