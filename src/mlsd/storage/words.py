"""One value as YAML writes it, in a way that readers of YAML 1.1 and of YAML 1.2 understand alike."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, Final

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from mlsd.design.units import Percentage
from mlsd.errors import Message, ValueRefused
from mlsd.storage.scalar import MOST_DIGITS, Scalar, meaning

WIDEST: Final = 120

_BEGINS: Final = frozenset("?:,[]{}#&*!|>'\"%@`=<~")
_HIDDEN: Final = (
    "\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
"""Controls, marks of direction, signs without a width; the joiners of Persian and of emoji stay as they are."""
_UNSEEN: Final = re.compile(f"[{_HIDDEN}]")
_CONTROL: Final = re.compile(f"[\x00-\x08\x0b-\x1f{_HIDDEN}\t]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ENDS_EARLY: Final = re.compile(r": |:\Z| #")
_ENDS_EARLY_IN_FLOW: Final = re.compile(r"[,\[\]{}?:]| #")
_NUMBER_ELSEWHERE: Final = re.compile(
    r"[-+.0-9][-+0-9_.:eE]*\Z|[-+]?0[xob][0-9a-fA-F_]+\Z|[-+]?\.(inf|Inf|INF|nan|NaN|NAN)\Z"
)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_SINGLE_LETTERS: Final = frozenset("yYnN")
_YAML_1_1: Final = Resolver()
_TEXT: Final = "tag:yaml.org,2002:str"


def word(value: Scalar, flow: bool) -> str:
    """A value on one line; ``flow`` says that it stands between braces or brackets, where more needs quotes.

    Raises ValueRefused for what a file cannot hold: infinities, halves of characters.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if len(str(abs(value))) <= MOST_DIGITS else _large(value)
    if isinstance(value, float):
        return _number(value)
    return value if is_plain(value, flow) else quoted(value)


def is_plain(text: str, flow: bool) -> bool:
    """True if the text needs no quotes: every reader takes it for this text."""
    if not text or text != text.strip() or text[0] in _BEGINS or _CONTROL.search(text) or "\n" in text:
        return False
    if text == "-" or text.startswith(("- ", "---", "...")) or _SURROGATE.search(text):
        return False
    if (_ENDS_EARLY_IN_FLOW if flow else _ENDS_EARLY).search(text):
        return False
    return bool(_DATE.match(text)) or _is_text_everywhere(text)


def _is_text_everywhere(text: str) -> bool:
    if meaning(text) is not text or text in _SINGLE_LETTERS or _NUMBER_ELSEWHERE.match(text):
        return False
    resolved: str = _YAML_1_1.resolve(ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return resolved == _TEXT


def quoted(text: str) -> str:
    """The text in double quotes, with escapes for whatever an editor would not show."""
    if _SURROGATE.search(text):
        raise ValueRefused(
            Message("The text holds bytes that are no characters."), Message("Type it again, without pasting.")
        )
    return _UNSEEN.sub(lambda found: _escape(ord(found.group())), json.dumps(text, ensure_ascii=False))


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def block(text: str, indent: int, column: int) -> str | None:
    """The text as a block of lines, or None if it is better on one line.

    Text of several lines becomes a literal block (``|``), a long line a folded one (``>-``).
    """
    if _CONTROL.search(text) or _SURROGATE.search(text):
        return None
    if "\n" not in text:
        return _folded(text, indent) if column + len(word(text, flow=False)) > WIDEST else None
    lines = text.removesuffix("\n").split("\n")
    if lines[0][:1] in ("", " ") or not lines[-1] or any(line != line.rstrip() for line in lines):
        return None
    header = "|" if text.endswith("\n") else "|-"
    return "\n".join([header, *(" " * indent + line if line else "" for line in lines)])


def _folded(text: str, indent: int) -> str | None:
    lines = textwrap.wrap(text, max(WIDEST - indent, 40), break_long_words=False, break_on_hyphens=False)
    if " ".join(lines) != text or len(lines[0]) > WIDEST - indent:
        return None
    return "\n".join([">-", *(" " * indent + line for line in lines)])


def _large(value: int) -> str:
    """A whole number of more digits than every reader keeps: with an exponent where that loses nothing."""
    return _number(float(value)) if abs(value) < 10**300 and int(float(value)) == value else str(value)


def as_written(value: Any) -> Any:
    """The data with every number that was a percentage as one again: ``5%``, where that is no longer than a number."""
    if isinstance(value, Percentage):
        written = format((Decimal(repr(float(value))) * 100).normalize(), "f")
        return f"{written}%" if len(written) <= MOST_DIGITS else float(value)
    if isinstance(value, Mapping):
        return {key: as_written(entry) for key, entry in value.items()}
    return [as_written(entry) for entry in value] if isinstance(value, list) else value


def _number(value: float) -> str:
    if not isfinite(value):
        raise ValueRefused(Message("{value} is not a finite number.", value=value), Message("Write a finite number."))
    written = repr(value)
    if "e" not in written:
        return written
    plain = format(Decimal(written), "f")
    if len(plain) <= MOST_DIGITS and "." in plain:
        return plain
    mantissa, exponent = written.split("e")
    return f"{mantissa}{'' if '.' in mantissa else '.0'}e{int(exponent):+03d}"
