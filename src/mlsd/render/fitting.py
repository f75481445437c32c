"""Making words fit: texts cut at a sentence, lists at an entry, always with a sign that something is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from mlsd.render.filters import ended, markdown

ELLIPSIS = "…"
_PARAGRAPHS = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


def clipped(value: Any, longest: int) -> Any:
    """Plain data with every text in it cut to at most so many characters."""
    if isinstance(value, str):
        return cut(value, longest)
    if isinstance(value, dict):
        return {key: clipped(entry, longest) for key, entry in value.items()}
    return [clipped(entry, longest) for entry in value] if isinstance(value, list) else value


def cut(text: str, longest: int) -> str:
    """The text up to the last sentence that fits; where the first does not, up to a word, with an ellipsis."""
    if len(text) <= longest:
        return text
    head = text[:longest]
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] > longest // 3:
        return f"{head[: ends[-1]]} {ELLIPSIS}"
    return cut_at_word(text, longest)


def opening(text: str, longest: int) -> str:
    """The first paragraph of a text, cut if it is long; an ellipsis tells that more follows."""
    first, *more = _PARAGRAPHS.split(text.strip())
    shown = cut(first, longest)
    return f"{shown} {ELLIPSIS}" if more and not shown.endswith(ELLIPSIS) else shown


def cut_at_word(text: str, longest: int) -> str:
    """The text up to the last word that fits, with an ellipsis if words are missing."""
    if len(text) <= longest:
        return text
    head = text[:longest]
    word = head.rsplit(" ", 1)[0] if " " in head else head
    return word.rstrip(" ,;:.–-") + ELLIPSIS


def few(values: Sequence[Any], most: int) -> list[Any]:
    """The first entries; an ellipsis stands for the others."""
    return [*values[:most], ELLIPSIS] if len(values) > most else list(values)


def fit(sentences: Iterable[Any], room: int, reference: str) -> Markup:
    """Whole sentences while there is room; what is left out is told by a reference to its section.

    An ellipsis stands before it where sentences are missing, unless one stands there already.
    """
    kept: list[Markup] = []
    used, left_out, clipped_one = 0, False, False
    for sentence in sentences:
        shown = Markup("") if isinstance(sentence, Undefined) else markdown(sentence)
        if not shown:
            continue
        if used + len(shown) > room:
            left_out = True
            continue
        kept.append(ended(shown))
        used += len(shown) + 1
        clipped_one = clipped_one or ELLIPSIS in shown
    if left_out or clipped_one:
        told = not left_out or (kept and kept[-1].endswith(ELLIPSIS))
        kept.append(Markup("→\u00a0" if told else ELLIPSIS + "\u00a0→\u00a0") + markdown(reference))
    return Markup(" ").join(kept)


def spoken(sentences: Sequence[Sequence[Any]], most: int) -> Markup:
    """The weightiest sentences that together have at most so many words, in the order they are told.

    Each is ``[weight, sentence]``; 1 is the weightiest.
    """
    told = [(weight, place, sentence) for place, (weight, sentence) in enumerate(sentences) if _said(sentence)]
    chosen: list[tuple[int, Any]] = []
    words = 0
    for _, place, sentence in sorted(told, key=lambda entry: (entry[0], entry[1])):
        count = len(str(sentence).split())
        if words + count <= most:
            chosen.append((place, sentence))
            words += count
    return Markup(" ").join(ended(sentence) for _, sentence in sorted(chosen, key=lambda entry: entry[0]))


def _said(sentence: Any) -> bool:
    return not isinstance(sentence, Undefined) and bool(markdown(sentence))
