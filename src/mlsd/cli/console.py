"""The one place that decides how the terminal is spoken to: colour, symbols, width, and which stream carries what.

stdout carries products (a path, a print, a report); stderr carries talk (questions, notes, errors).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TextIO

from mlsd.cli.text import cells, one_line, safe_text, shorten, unspoken

Colour = Literal["auto", "always", "never"]

STYLES = {
    "bold": "1", "dim": "2", "italic": "3", "underline": "4", "red": "31", "green": "32", "yellow": "33", "blue": "34",
    "magenta": "35", "cyan": "36", "grey": "90",
}  # fmt: skip
SYMBOLS = {
    "done": ("✓", "+"), "error": ("✗", "x"), "warning": ("▲", "!"), "info": ("●", "i"), "open": ("○", "o"),
    "assumed": ("≈", "~"), "pointer": ("›", ">"), "on": ("◉", "[x]"), "off": ("○", "[ ]"), "dot": ("·", "|"),
    "arrow": ("→", "->"), "more": ("…", "..."), "rule": ("─", "-"), "bar": ("━", "="), "branch": ("└", "`-"),
    "half": ("◐", "~"), "up": ("↑", "^"), "down": ("↓", "v"), "again": ("↻", "@"),
}  # fmt: skip
_ASCII = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "−": "-",
     "→": "->", "←": "<-", "≥": ">=", "≤": "<=", "≈": "~", "×": "x", "·": "|", "‹": "<", "›": ">", "\u00a0": " ",
     "\u202f": " ", "\u2009": " ", "≠": "!=", "•": "*", "✓": "+", "✗": "x", "÷": "/", "№": "No.", "↑": "^", "↓": "v"}
)  # fmt: skip


def wants_colour(environ: Mapping[str, str], terminal: bool, choice: Colour = "auto") -> bool:
    """Whether to colour: the flag, then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, CLICOLOR=0, the terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if environ.get(name, "0") not in ("", "0"):
            return True
    return terminal and environ.get("CLICOLOR") != "0" and environ.get("TERM") != "dumb"


def wants_unicode(environ: Mapping[str, str], encoding: str) -> bool:
    """Whether ✓ and → can be shown: not where the locale is C, nor where the encoding has no such character."""
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if locale in ("C", "POSIX"):
        return False
    try:
        "✓→…“◉".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def wants_plain(environ: Mapping[str, str]) -> bool:
    """Whether the terminal, or the person at it, asks for prompts without cursor movement."""
    return environ.get("TERM") == "dumb" or environ.get("MLSD_ACCESSIBLE", "0") not in ("", "0")


@dataclass(frozen=True, eq=False, repr=False)  # what is left out costs each start half a millisecond
class Console:
    """One stream, and what may be written to it."""

    stream: TextIO
    colour: bool
    unicode: bool
    plain: bool = False
    """Read aloud rather than looked at: no lines drawn."""

    @property
    def width(self) -> int:
        """Columns of the terminal: COLUMNS, else what the stream says, else 80; never under 20."""
        given = os.environ.get("COLUMNS", "")
        if given.isdigit() and int(given) > 0:
            return max(20, int(given))
        try:
            return max(20, os.get_terminal_size(self.stream.fileno()).columns or 80)
        except (OSError, ValueError):
            return 80

    def symbol(self, name: str) -> str:
        """The symbol, or what stands for it where there is only ASCII."""
        return SYMBOLS[name][0 if self.unicode else 1]

    def paint(self, text: str, *styles: str) -> str:
        """The text in these styles, made safe; as it is where there is no colour."""
        shown = self.letters(safe_text(text))
        if not self.colour or not styles or not shown:
            return shown
        return f"\x1b[{';'.join(STYLES[style] for style in styles)}m{shown}\x1b[0m"

    def letters(self, text: str) -> str:
        """The text with typographic signs spelt in ASCII where the terminal has no others. Letters stay letters."""
        return text if self.unicode else text.translate(_ASCII)

    def cut(self, text: str, room: int) -> str:
        """The text on one line of at most so many cells, in letters this terminal has."""
        whole = self.letters(one_line(text))
        if cells(whole) <= room:
            return whole
        return shorten(whole, room) if self.unicode else self.letters(shorten(whole, max(room - 2, 1)))

    def line(self, text: str = "") -> None:
        """Write one line that has been painted already. A character that the encoding lacks becomes its escape."""
        self.write(text + "\n")

    def write(self, text: str) -> None:
        """Write and flush; in a log of GitHub no word of a design becomes a command."""
        if os.environ.get("GITHUB_ACTIONS"):
            text = unspoken(text)
        encoding = self.stream.encoding or "utf-8"
        self.stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        self.stream.flush()

    def data(self, text: str) -> None:
        """Write and flush what programs read: the text as it is, in UTF-8 whatever the locale."""
        self.stream.flush()
        self.stream.buffer.write(text.encode())
        self.stream.buffer.flush()


def console(stream: TextIO, choice: Colour = "auto") -> Console:
    """The console of a stream, decided from the environment."""
    environ = os.environ
    return Console(
        stream,
        wants_colour(environ, stream.isatty(), choice),
        wants_unicode(environ, stream.encoding or "ascii"),
    )


def product(choice: Colour = "auto") -> Console:
    """Where products go: stdout."""
    return console(sys.stdout, choice)


def talk(choice: Colour = "auto") -> Console:
    """Where talk goes: stderr."""
    return console(sys.stderr, choice)
