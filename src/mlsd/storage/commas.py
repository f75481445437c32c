"""Commas between braces and brackets that ended a value although they belong to it: what can be told of them.

Nothing is mended here. What was meant is the writer's to say; these only say where the comma stands and what it did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from mlsd.design import Path, Place, Places
from mlsd.errors import Fault, Message, ValueRefused

_TAIL_OF_NUMBER: Final = re.compile(r"[0-9]+ ?\S*\Z")
_BETWEEN_DIGITS: Final = re.compile(r"[0-9],[0-9]{3}(?![0-9])")
_ENDS_IN_NUMBER: Final = re.compile(r"(?:^|[\s(~<>=≤≥±+–$€£₽])[0-9]{1,3}\Z")
_THREE_DIGITS: Final = re.compile(r"[0-9]{3}(?![0-9])")
_PARTS: Final = re.compile(r"(\s*[,;]\s*)")
_CUT = Message("The comma before “{digits}” ends an entry of the list, and it seems to stand inside a number.")
_QUOTE = Message("Put the whole entry in quotes; if two are meant, put a space after the comma.")

Data = Any


def split_number(path: Path, around: Data, places: Places, text: str) -> Message | None:
    """``{margin: 0,5 %}`` reads as margin 0 and a key “5 %”: the number wanted quotes."""
    before = _before(path, around)
    if before is None or not _TAIL_OF_NUMBER.match(str(path[-1])):
        return None
    end, start = places.keys.get(path), places.values.get((*path[:-1], before))
    if end is None or start is None:
        return None
    return Message(
        'A comma between braces ends the value; a number with a comma needs quotes: {key}: "{number}".',
        key=before,
        number=text[start.start : end.end],
    )


def cut_text(path: Path, around: Data, places: Places, text: str) -> Message | None:
    """``{text: quick, but wrong}`` reads as “quick” and a key “but wrong” without a value: the text wanted quotes."""
    key = places.keys.get(path)
    if key is None or _before(path, around) is None or not text[: key.start].rstrip().endswith(","):
        return None
    keys = list(around)
    valued = [known for known in keys[: keys.index(path[-1])] if around[known] is not None]
    if not valued or not isinstance(around[valued[-1]], str):
        return None
    return Message(
        'A comma between braces ended the text before it; put the whole text in quotes: {key}: "…".', key=valued[-1]
    )


def _before(path: Path, around: Data) -> str | None:
    """The key before one that has no value; None if there is none or it has one."""
    key = path[-1]
    if not isinstance(around, dict) or key not in around or around[key] is not None:
        return None
    keys = list(around)
    return next(iter(keys[: keys.index(key)][-1:]), None)


def cut_numbers(data: Mapping[str, Data], places: Places, text: str) -> list[Fault]:
    """FMT-03 for each entry in brackets that a comma inside a number ended: ``[loans up to 15,000 EUR]``.

    Only where nothing else can have been meant: words without quotes, digits on both sides of the comma and no space,
    exactly three behind it, and no other comma of this list that parts its entries without a space.
    """
    if not _BETWEEN_DIGITS.search(text):
        return []
    return [fault for path, entries in _lists((), data) for fault in _cuts(path, entries, places, text)]


def _lists(path: Path, data: Data) -> Iterator[tuple[Path, list[Data]]]:
    if isinstance(data, list):
        yield path, data
    inside = enumerate(data) if isinstance(data, list) else data.items() if isinstance(data, dict) else ()
    for step, value in inside:
        if isinstance(value, list | dict):
            yield from _lists((*path, step), value)


def _cuts(path: Path, entries: list[Data], places: Places, text: str) -> Iterator[Fault]:
    whole = places.values.get(path)
    if len(entries) < 2 or whole is None or text[whole.start : whole.start + 1] != "[":
        return
    spans = [places.values[(*path, number)] for number in range(len(entries))]
    between = [text[left.end : right.start] for left, right in pairwise(spans)]
    for number in _cut_after([text[span.start : span.end] for span in spans], between):
        left, right = spans[number], spans[number + 1]
        place = Place(*left[:3], *right[3:5], left.start, right.end)
        message = Message(_CUT.text, digits=text[right.start : right.start + 3])
        yield Fault("FMT-03", message, place, _QUOTE, (*path, number + 1))


def refuse_cut(text: str) -> None:
    """Refuses a line of entries with commas between them, where one of these seems to stand inside a number."""
    parts = _PARTS.split(text.strip())
    for number in _cut_after(parts[::2], parts[1::2]):
        raise ValueRefused(
            Message(_CUT.text, digits=parts[2 * number + 2][:3]),
            Message("Write the number with spaces: 15 000; if two entries are meant, put a space after the comma."),
        )


def _cut_after(words: Sequence[str], between: Sequence[str]) -> list[int]:
    """The entries after which a comma stands inside a number; none if another comma parts entries without a space."""
    cut: list[bool] = []
    for (left, right), sign in zip(pairwise(words), between, strict=True):
        tight = sign == ","
        cut.append(tight and (_is_cut(left, right) or (cut[-1:] == [True] and _goes_on(left, right))))
        if tight and not cut[-1]:
            return []
    return [number for number, here in enumerate(cut) if here and not (number and cut[number - 1])]


def _goes_on(left: str, right: str) -> bool:
    """The thousands behind the millions: ``1,200,000``."""
    return len(left) == 3 and left.isdigit() and bool(_THREE_DIGITS.match(right))


def _is_cut(left: str, right: str) -> bool:
    """Whether one number goes on from the end of the left words to the start of the right ones.

    Two bare numbers, and a bare number before words, may be a list: ``[7,365]``, ``[10,100 ms]``. No number of its own
    begins with a nought, though.
    """
    if not _ENDS_IN_NUMBER.search(left) or not _THREE_DIGITS.match(right):
        return False
    return right.startswith("0") or not left.isdigit()
