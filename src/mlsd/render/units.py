"""A number and its unit stay on one line, in what people typed too."""

from __future__ import annotations

import re

SIGNS = "%‰€$£₽"
WORDS = (
    "ms", "s", "min", "h", "d", "KB", "MB", "GB", "TB", "EUR", "USD", "RUB", "GPU", "bps", "pp", "rps",
    "мс", "с", "мин", "ч", "КБ", "МБ", "ГБ", "ТБ", "руб", "млн", "млрд", "тыс", "дн",
)  # fmt: skip
"""Units that are short enough to be carried to the next line with their number."""

_SPACE = re.compile(rf"(?<=\d) (?=(?:[{SIGNS}]|(?:{'|'.join(WORDS)}|\d{{3}})\b))")


def glued(text: str) -> str:
    """The text with a no-break space between a number and a unit that follows it, and between its thousands."""
    return _SPACE.sub("\u00a0", text)
