"""Words of a design as Markdown that cannot become structure: no heading, table, link, fence or tag of their own.

Every function takes text as people wrote it. What has been made safe is a ``Markup``, which the environment prints as
it is; everything else is escaped by ``md_inline`` on its way out.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from mlsd.design.signs import is_unseen

_KEPT = frozenset("\n\t\u00ad\u200c\u200d")
"""Hidden signs that belong to words: a soft hyphen, and what joins or parts letters."""
_SPACES = re.compile("[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
_ALWAYS = re.compile(r"[\\`*\[\]<>|$~#]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_AUTOLINK = re.compile(r"(?<=[A-Za-z0-9+.-]):(?=//)|(?<=\b[wW]{3})\.")
_MARKER = re.compile(r"^(?:[-+=:](?=[-=: ]|$)|[+](?=\s|$))")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_SUSPECT = re.compile(r"[\\`*\[\]<>|$~#_&]|://|[wW]{3}\.|^[-+=:\d]")
"""What every sign that is escaped has in it or around it: most lines have none, and are not looked at closer."""
_CODE = re.compile(r"[^`|\s](?:[^`|]*[^`|\s])?")


def visible(text: str) -> str:
    """The text with control, bidi and zero-width characters shown as ‹U+202E›; line breaks and tabs stay."""
    if text.replace("\u00a0", " ").isprintable():  # nothing hidden is; of spaces, only the plain one
        return text
    return "".join(_shown(sign) for sign in text.replace("\r\n", "\n"))


def _shown(sign: str) -> str:
    hidden = sign not in _KEPT and is_unseen(sign)
    return f"‹U+{ord(sign):04X}›" if hidden else sign


def one_line(text: str) -> str:
    """The visible text on one line; spaces that do not break are kept."""
    line = text.strip()
    return line if line.isprintable() and "  " not in line else visible(_SPACES.sub(" ", line).strip())


def md_inline(text: str) -> Markup:
    """The text on one line, every sign that Markdown would act on escaped; safe in a cell, an item and a heading."""
    line = one_line(text)
    if not _SUSPECT.search(line):
        return Markup(line)
    line = _ALWAYS.sub(r"\\\g<0>", line)
    line = _AUTOLINK.sub(r"\\\g<0>", _ENTITY.sub(r"\\&", line))
    line = _NUMBERED.sub(r"\1\\\2", _MARKER.sub(r"\\\g<0>", line))
    return Markup(line)


def code(text: str) -> Markup:
    """A technical word in code type; one with signs that code cannot hold everywhere, or a
    command of GitHub's logs, is plain escaped text.
    """
    line = one_line(text)
    return Markup(f"`{line}`") if _CODE.fullmatch(line) and "##[" not in line else md_inline(line)


def fence(content: str, language: str = "") -> Markup:
    """A fenced block whose fence is longer than any run of backticks within."""
    longest = max((len(run) for run in re.findall(r"`+", content)), default=0)
    ticks = "`" * max(3, longest + 1)
    lines = "\n".join(visible(line) for line in content.split("\n")).rstrip("\n")
    return Markup(f"{ticks}{language}\n{lines}\n{ticks}")
