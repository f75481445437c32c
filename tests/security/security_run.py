"""What a command said and did, for assertions."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

JOINERS = "\u200c\u200d"
"""Persian and emoji need them; prints keep them, the terminal shows them."""


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def hidden(text: str, kept: str = "") -> list[str]:
    """The characters in a text that a terminal would obey or not show."""
    never = {"Cc", "Cf", "Cs", "Zl", "Zp", "Co"}
    allowed = "\n\t\u00ad" + kept
    found = {sign for sign in set(text) if sign not in allowed and unicodedata.category(sign) in never}
    return sorted(f"U+{ord(sign):04X}" for sign in found)


def snapshot(folder: Path) -> dict[str, bytes | str | None]:
    """All that is below a folder: bytes of files, targets of links, None for folders."""
    return {
        str(entry.relative_to(folder)): (
            os.readlink(entry) if entry.is_symlink() else entry.read_bytes() if entry.is_file() else None
        )
        for entry in sorted(folder.rglob("*"))
    }
