"""JSON that no terminal and no log obeys: what would be obeyed or hidden is written as JSON's own escape."""

from __future__ import annotations

import json
from typing import Any

from mlsd.cli.text import is_hidden


def json_text(data: Any, *, flat: bool = False) -> str:
    """The data, indented or ``flat`` on one line; the same strings for a program, harmless on a screen."""
    text = json.dumps(data, ensure_ascii=False, indent=None if flat else 2, allow_nan=False).translate(_ESCAPED)
    return text.replace("##[", "#\\u0023[")  # a command to runners of GitHub, wherever in a line it stands


class _Escapes(dict[int, str]):
    """Each character that a terminal would obey or hide, as its escape."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = json.dumps(character)[1:-1] if is_hidden(character) else character
        return self[code]


_ESCAPED = _Escapes()
