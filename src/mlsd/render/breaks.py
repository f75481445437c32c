"""Where a line may end within a word: long ones anywhere, in prose and in the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from mlsd.render.fonts import REGULAR, font
from mlsd.render.tree import Node
from mlsd.render.widths import MONO

LINE = 46.0
"""Width of a line of prose, in sizes of its type."""

LONG_WORD, PIECE = 40, 20
"""A word of so many signs can be broken, into pieces of at most so many."""

LONG_CODE = 24
"""A technical word of more signs than this can be broken after its dots and slashes."""

UNKNOWN = 32
"""Signs from which on no hyphenation knows a word."""

_WHOLE = re.compile(r"((?:A/B|А/Б|A/A)(?:-[^\W\d_]+)?)")
"""Words with a slash that no line may end at."""
_PARTS = re.compile(r"(?<=[_/])(?=.)")
_LONGISH = re.compile(r"\S{12,}")
_DOTS = re.compile(r"(?<=[.:\[\]])(?=\w)")
"""Where ``widths`` takes a word to end as well."""
_CODE_PARTS = re.compile(r"[_./:\[\]]")

# Few documents have such words, and ``re`` compiles what is looked for when it is.
_RUN = r"[^ \n]+"
_GLUE = r"[\u00a0\u202f]+"
_CODE_WORD = r"[^\s_./:\[\]]+"
_HUMPS = r"(?<=[^\w\s'’])(?=\w)|(?<=[^\W\d_A-ZА-ЯЁ])(?=[A-ZА-ЯЁ\d])|(?<=\d)(?=[^\W\d_])"
"""Between the parts of ``userCartRate7d`` and ``2026-11-27``."""
_JOINTS = r"(?<=[\W_])(?<![\s(\[{<‹«“„'\"])(?<!\d\.)(?=[^\W_]|[\[({])"
"""Behind punctuation, before a letter, digit or bracket: no line may begin with most other signs."""
_INSIDE = r"(?<=\w)(?=[^\W_])"

_GAP: Node = {"t": "gap"}


def breakable(text: str, room: float = LINE) -> list[Any]:
    """The text with gaps of no width in words too long for ``room``, in sizes of the type."""
    least = min(LONG_WORD, int(0.8 * room))
    if all(len(word) < least for word in text.split(" ")):  # much quicker than to look for such a word at every sign
        return [text] if text else []
    parts: list[Any] = []
    end = 0
    for found in re.finditer(_RUN, text):
        if len(found[0]) < least or (len(found[0]) < LONG_WORD and _width(found[0]) < room):
            continue
        parts += [text[end : found.start()]] if found.start() > end else []
        parts += _broken(found[0], room)
        end = found.end()
    return [*parts, text[end:]] if end < len(text) else parts


def with_whole_words(text: str, room: float = LINE) -> list[Any]:
    """The text with gaps in long words and none in “A/B”."""
    if "/" not in text:
        return breakable(text, room)
    pieces = _WHOLE.split(text)  # every second one is such a word
    return [
        part
        for number, piece in enumerate(pieces)
        for part in ([_whole(piece)] if number % 2 else breakable(piece, room))
    ]


def _broken(word: str, room: float) -> list[Any]:
    """The word in pieces with a gap behind each; what no-break spaces hold together is let go."""
    if re.search(_GLUE, word):
        return breakable(re.sub(_GLUE, " ", word), room)
    most = min(PIECE, int(room))
    pieces = _cut(word, most)
    if pieces is None:  # boxes part anywhere, even before a comma
        return [_whole(word[place : place + most]) for place in range(0, len(word), most)]
    return [part for piece in pieces for part in (piece, _GAP)]


def _cut(word: str, most: int) -> list[str] | None:
    """Pieces of at most so many signs, best behind punctuation; None where it has a longer run that no line ends in."""
    pieces: list[str] = []
    while len(word) > most:
        end = _last(_JOINTS, word, most) or _last(_INSIDE, word, most)
        if not end:
            return None
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _last(joint: str, word: str, most: int) -> int:
    found = re.compile(joint).finditer(word, most // 4, most + 1)
    return max((place.start() for place in found), default=0)


def narrow(nodes: Sequence[Any], room: float = 0.0) -> list[Any]:
    """Words of a cell, which may be narrow: they can be broken after ``_`` and ``/``, long ones after dots too.

    In a column with a word that does not fit, ``room`` is its width in sizes of its type: there those that no
    hyphenation knows are broken at humps and digits, and where that is not enough, anywhere.
    """
    made: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            made += _between(_pieces(node, room))
        elif node["t"] == "code":
            made += _between([code(piece, 0) for piece in _code_pieces(node["v"], room)])
        elif node["t"] == "whole" and _width(node["v"]) > room > 0:
            made += [_whole(piece) for piece in _split(node["v"], range(0, len(node["v"]), max(1, int(room / 1.1))))]
        else:
            made.append({**node, "c": narrow(node["c"], room)} if "c" in node else node)
    return made


def code(word: str, longest: int = LONG_CODE) -> Node:
    """A technical word, which can be broken at its signs if it is longer than so many."""
    return {"t": "code", "v": word, "breaks": len(word) > longest and bool(_CODE_PARTS.search(word))}


def _pieces(text: str, room: float) -> list[str]:
    ends = [0]
    for word in _LONGISH.finditer(text):
        ends += [word.start() + found.start() for found in re.finditer(_HUMPS if room else _DOTS, word[0])]
    if "_" in text or "/" in text:
        ends += [found.start() for found in _PARTS.finditer(text)]
    pieces = _split(text, ends)
    return [part for piece in pieces for part in _split(piece, _forced(piece, room, REGULAR))] if room else pieces


def _code_pieces(text: str, room: float) -> list[str]:
    return _split(text, _forced(text, room, MONO)) if room else [text]


def _split(text: str, places: Sequence[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise(sorted({0, *places, len(text)}))]


def _forced(text: str, room: float, face: str) -> list[int]:
    """Places within words that are too wide for a column and that nothing else breaks."""
    places: list[int] = []
    for found in re.finditer(_CODE_WORD if face == MONO else _RUN, text):
        word = found[0]
        if (len(word) >= UNKNOWN or word.isupper() or face == MONO) and _width(word, face) > room:
            places += [found.start() + place for place in _steps(word, room, face)]
    return places


def _steps(word: str, room: float, face: str) -> list[int]:
    places: list[int] = []
    used = 0.0
    for place, sign in enumerate(word):
        wide = _width(sign, face)
        if used + wide > room and sign.isalnum() and place:
            places.append(place)
            used = 0.0
        used += wide
    return places


def _width(text: str, face: str = REGULAR) -> float:
    """In sizes of the type, as ``widths`` takes it."""
    return font(face).width(text, 0.92 if face == MONO else 1.05)


def _between(pieces: Sequence[Any]) -> list[Any]:
    return [part for piece in pieces for part in (piece, _GAP)][:-1]


def _whole(text: str) -> Node:
    return {"t": "whole", "v": text}
