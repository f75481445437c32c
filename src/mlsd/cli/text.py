"""Text at the edge: what a value may do to a terminal, which is nothing."""

from __future__ import annotations

import re
import unicodedata

from mlsd.design.signs import is_unseen

_KEPT = frozenset("\n\t\u00ad")
_STYLE = re.compile("\x1b\\[[0-9;]*m")
_COMMAND = re.compile(r"(?m)^([^\S\n]*)::")


def is_hidden(character: str) -> bool:
    """Whether a terminal would obey the character, or not show it."""
    return character not in _KEPT and is_unseen(character)


class _Shown(dict[int, str]):
    """A table for str.translate that decides on each character once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = f"‹U+{code:04X}›" if is_hidden(character) else character
        return self[code]


_TABLE = _Shown()


def safe_text(text: str) -> str:
    """The text with everything shown that a terminal would obey or hide.

    Control characters (ESC and with it every sequence, C1, DEL), bidi overrides and isolates, zero-width characters and
    lone surrogates become ‹U+202E›; line breaks and tabs stay. A Windows line end becomes a plain one.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_TABLE)


def unspoken(text: str) -> str:
    """The text without what GitHub obeys in a log: ``::error::`` at the start of a line, ``##[group]`` anywhere."""
    return _COMMAND.sub(r"\1: :", text).replace("##[", "# #[")


def one_line(text: str) -> str:
    """The safe text on one line: every run of white space is one space."""
    return safe_text(" ".join(text.split()))


def shorten(text: str, width: int) -> str:
    """One line of at most ``width`` cells, cut at a word where one is near; the cut shows as “…”."""
    line = one_line(text)
    if cells(line) <= width:
        return line
    kept = ""
    for character in line:
        if cells(kept) + cells(character) > width - 1:
            break
        kept += character
    word, _, rest = kept.rpartition(" ")
    inside = line[len(kept)] != " "
    return (word if inside and word and len(rest) < 16 else kept).rstrip(" ,;:.·") + "…"


def cells(text: str) -> int:
    """How many cells of a terminal the text takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def folded(line: str, width: int, indent: str) -> str:
    """A painted line broken at spaces so that a terminal this wide breaks no word; what follows is indented."""
    if cells(_STYLE.sub("", line)) <= width:
        return line
    lines, taken = [""], 0
    for word in line.split(" "):
        room = cells(_STYLE.sub("", word)) + 1
        if taken > len(indent) and taken + room - 1 > width:
            lines.append(indent)
            taken = len(indent)
        lines[-1] += f"{word} "
        taken += room
    return "\n".join(part.rstrip() for part in lines)


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """The safe text as lines of at most ``width`` cells, each after ``indent``; its own line breaks are kept."""
    paragraphs = (paragraph.replace("\t", " ").split(" ") for paragraph in safe_text(text).split("\n"))
    lines = (folded(indent + " ".join(filter(None, words)), width, indent) for words in paragraphs)
    return [part.rstrip() for line in lines for part in line.split("\n")]
