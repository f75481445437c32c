"""What templates do to values: sentences, tables, contents. Each escapes what it is given and returns Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from mlsd.render import escape
from mlsd.render.block import is_item, md_block

_HEADING = re.compile(r"^(#{2}) (.+)$")
_ENDED_TWICE = re.compile(r"((?:…|(?<!\.)\.)†?)\.$")
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


def markdown(value: Any) -> Markup:
    """What a template prints: Markdown as it is, anything else escaped on one line, nothing for nothing."""
    if value is None:
        return Markup("")
    return value if isinstance(value, Markup) else escape.md_inline(str(value))


def block(value: Any) -> Markup:
    """Prose of several paragraphs; one alone is written as a sentence."""
    text = str(value or "").strip()
    return md_block(text) if "\n" in text or is_item(text) else sentence(text)


def join(values: Iterable[Any], between: str = ", ") -> Markup:
    """The values one after another; empty ones are left out. Where one of them has a comma, semicolons divide them."""
    printed = list(_printed(values))
    divided = between == ", " and any(", " in value for value in printed)
    return Markup("; " if divided and len(printed) > 1 else between).join(printed)


def prose(values: Iterable[Any]) -> Markup:
    """Sentences as one paragraph; those whose condition did not hold are left out."""
    return join([ended(value) for value in _printed(values)], " ")


def ended(value: Any) -> Markup:
    """The sentence; an ellipsis or a shortened word (п. п.) at its end takes no full stop of its own."""
    return Markup(_ENDED_TWICE.sub(r"\1", str(markdown(value))))


def codes(values: Iterable[Any]) -> Markup:
    """Technical words one after another, each in code type."""
    return join([escape.code(str(value)) for value in values if value])


def sentence(value: Any) -> Markup:
    """The words as a sentence: a capital in front, a full stop behind unless one stands there."""
    text = str(markdown(value)).strip()
    body = text.rstrip("†")
    if not body:
        return Markup(text)
    daggers = text[len(body) :]
    stop = "" if body.endswith((".", "!", "?", "…", ":", ";")) else "."
    return Markup(_raised(body) + daggers + stop)


def clause(value: Any) -> Markup:
    """The words without the full stop at their end, to go on after them."""
    text = str(markdown(value)).strip()
    body = text.rstrip("†")
    return Markup(body.removesuffix(".") + text[len(body) :])


def capital(value: Any) -> Markup:
    """The words with a capital in front."""
    return Markup(_raised(str(markdown(value))))


_SPELT = re.compile(r"\S*(?:[_^0-9]|://|(?<=\w)[A-ZА-ЯЁ])")
"""A word whose letters are as they are: an id, an address, iOS, pass^4."""


def _raised(text: str) -> str:
    """The text with a capital in front, unless its first word is spelt as it is."""
    return text if _SPELT.match(text) else text[:1].upper() + text[1:]


def space_before(value: Any) -> Markup:
    """The words with a space before them; nothing stays nothing."""
    text = markdown(value)
    return Markup(" ") + text if text else text


def indent(depth: int) -> Markup:
    """The spaces before an item of a list at this depth, 0 to 8."""
    return Markup("  " * max(0, min(int(depth), 8)))


def contents(body: str) -> Markup:
    """A list of links to the headings of the second level."""
    lines = []
    fence = ""
    for line in body.split("\n"):
        if line.startswith("```"):
            ticks = line[: len(line) - len(line.lstrip("`"))]
            fence = "" if fence and line == ticks and len(ticks) >= len(fence) else fence or ticks
        found = None if fence else _HEADING.match(line)
        if found:
            lines.append(f"- [{found[2]}](#{anchor(found[2])})")
    return Markup("\n".join(lines))


def anchor(heading: str) -> str:
    """The name under which a heading can be linked to, as GitHub makes it."""
    return _NOT_IN_ANCHOR.sub("", heading.lower()).replace(" ", "-")


def table_with(gap: str) -> Callable[[Iterable[Any], Sequence[Any]], Markup]:
    """The filter that prints a table; ``gap`` stands in a cell that ought to be answered."""

    def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[Sequence[str]]) -> Markup:
        """A column is key, heading and, if wanted, ``open`` (an empty cell is a gap), ``right`` (numbers) or ``code``.

        A column in which no row has anything is left out, unless it is an open one.
        """
        rows = list(rows)
        kept = [column for column in columns if "open" in column[2:] or any(_cell(row.get(column[0])) for row in rows)]
        lines = [_row(markdown(column[1]) for column in kept), _row(_rule(column) for column in kept)]
        lines += [_row(_shown(row, column) or _missing(row, column, gap) for column in kept) for row in rows]
        return Markup("\n".join(lines))

    return table


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _shown(row: Mapping[str, Any], column: Sequence[str]) -> str:
    value = row.get(column[0])
    return escape.code(str(value)) if "code" in column[2:] and value else _cell(value)


def _missing(row: Mapping[str, Any], column: Sequence[str], gap: str) -> str:
    """An open cell is a gap; one that holds an empty text is left empty on purpose."""
    return gap if "open" in column[2:] and row.get(column[0]) != "" else ""


def _rule(column: Sequence[str]) -> str:
    return "---:" if "right" in column[2:] else "---"


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return str(join(value))
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return str(markdown(value))


def _printed(values: Iterable[Any]) -> Iterator[Markup]:
    for value in values:
        shown = Markup("") if isinstance(value, Undefined) else markdown(value)
        if shown:
            yield shown


def tidy(text: str) -> str:
    """Single empty lines between blocks, none at the ends of lines; fenced text is left as it is."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        ticks = line[: len(line) - len(line.lstrip("`"))]
        if fence:
            lines.append(line)
            fence = "" if line == ticks and len(ticks) >= len(fence) else fence
            continue
        fence = ticks if len(ticks) >= 3 else ""
        line = line.rstrip(" ")
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"
