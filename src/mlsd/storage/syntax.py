"""What libyaml objects to, said as a fact and a next step."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import yaml

from mlsd.errors import Message


class Objection(NamedTuple):
    """A fault of the text at an offset, before it has a file and a place."""

    at: int
    message: Message
    hint: Message


_QUOTE = Message('If it is text, put it in quotes: "70 %: all", "> 0.2", "@home".')
_ALIGN = Message("Start the keys of one mapping in the same column, and the entries of a list with “- ”.")
_CLOSE = Message("Close what was opened, and put a comma between entries.")
_TAB = Message("A tab stands where spaces indent.")
_SPACES = Message("Indent with spaces.")
_END_QUOTE = Message("Close the quote; a quote mark inside is written twice ('') or as \\\".")
_TWO_COLONS = Message("A second “: ” stands here, where a value has already begun.")
_QUOTE_COLON = Message('Put text with a colon in quotes: "Note: all". A key starts in the column of its neighbours.')
_BACKSLASH = Message("“\\” begins nothing known here.")
_HALF = Message("This escape names no character.")
_WHOLE = Message('Write the character itself; an escape of a rare one has eight digits: "\\U0001F600".')
_TWO_BACKSLASHES = Message("Write “\\\\” for a backslash, or use single quotes: 'C:\\data'.")
_NO_KEY = Message("This line is neither a key with its “: ” nor the value of one.")
_STRANGER = Message("This does not belong to the mapping or list above it.")
_NO_LIST = Message("A list cannot begin here.")
_NEXT_LINE = Message("Begin the list on the next line, or write it in brackets: [a, b].")
_NOT_ALONE = Message("After “>” or “|” only a line break may stand.")
_MISSING = Message("A value is missing here.")
_FILL = Message("Write the value, or leave its key out.")
_AFTER_END = Message("The file goes on here, after its one value has ended.")
_ORDER = Message("A line that begins with “%” gives an order to YAML, and this order is not known.")
_DELETE = Message("Delete the line.")

_KNOWN: Final[list[tuple[str, Message, Message]]] = [
    ("mapping values are not allowed", _TWO_COLONS, _QUOTE_COLON),
    ("tab character that violates", _TAB, _SPACES),
    ("unknown escape", _BACKSLASH, _TWO_BACKSLASHES),
    ("invalid Unicode character escape", _HALF, _WHOLE),
    ("decimal number", _HALF, _WHOLE),
    ("unexpected end of stream", Message("A quote is opened here and never closed."), _END_QUOTE),
    ("unexpected document", Message("A quote is opened here and never closed."), _END_QUOTE),
    ("could not find expected ':'", _NO_KEY, _ALIGN),
    ("expected '-' indicator", _STRANGER, _ALIGN),
    ("expected key", _STRANGER, _ALIGN),
    ("expected <block end>", _STRANGER, _ALIGN),
    ("sequence entries are not allowed", _NO_LIST, _NEXT_LINE),
    ("mapping keys are not allowed", Message("A key cannot begin here."), _ALIGN),
    ("comment or line break", _NOT_ALONE, _QUOTE),
    ("comment or a line break", _NOT_ALONE, _QUOTE),
    ("chomping or indentation", _NOT_ALONE, _QUOTE),
    ("node content", _MISSING, _FILL),
    ("<document start>", _AFTER_END, _ALIGN),
    ("incompatible", _ORDER, _DELETE),
]
LONGEST_KEY: Final = 100
"""Characters of a key; YAML itself gives up at 1024, escapes included."""
TOO_LONG = Message("A key is longer than {most} characters.", most=LONGEST_KEY)
SHORTEN = Message("Shorten it; what it means may stand behind the colon.")
_YAML_GIVES_UP: Final = 1000
_AT_CONTEXT: Final = ("unexpected end of stream", "unexpected document", "could not find expected ':'")
_NAMES: Final = re.compile("scanning an (alias|anchor)")


def objection(error: yaml.YAMLError, text: str) -> Objection:
    """The sentence for an error of libyaml, or of the pure-Python parser, whose words differ a little."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Objection(0, Message("The file is not YAML."), Message("Save it as UTF-8 text."))
    problem, context = error.problem or "", error.context or ""
    begun = error.context_mark
    mark = (begun if any(words in problem for words in _AT_CONTEXT) else None) or error.problem_mark or begun
    at = min(mark.index, len(text)) if mark is not None else 0
    if _ends_long_key(text, at):
        return Objection(at, TOO_LONG, SHORTEN)
    if "expected ',' or" in problem and begun is not None:
        opened = Message("The bracket opened on line {line} is not closed, or a comma is missing.", line=begun.line + 1)
        return Objection(at, opened, _CLOSE)
    if _NAMES.search(context):
        return Objection(at, Message("“*” or “&” begins a name in YAML, and here none follows."), _QUOTE)
    if "directive" in problem + context:
        return Objection(at, _ORDER, _DELETE)
    return _by_sign(problem, text, at) or _by_words(problem, at)


def _ends_long_key(text: str, at: int) -> bool:
    """Whether the parser stumbled over the colon of a key that was too long for it to see as one."""
    key = text[text.rfind("\n", 0, at) + 1 : at]
    return text[at : at + 1] == ":" and len(key) > _YAML_GIVES_UP and ": " not in key


def _by_sign(problem: str, text: str, at: int) -> Objection | None:
    sign = text[at : at + 1]
    if "cannot start any token" in problem:
        if sign == "\t":
            return Objection(at, _TAB, _SPACES)
        return Objection(at, Message("No value can begin with “{sign}”.", sign=sign), _QUOTE)
    if "node content" in problem and not text[at:].strip():
        return Objection(at, Message("The file ends here, and a bracket or brace is still open."), _CLOSE)
    return None


def _by_words(problem: str, at: int) -> Objection:
    for words, message, hint in _KNOWN:
        if words in problem:
            return Objection(at, message, hint)
    return Objection(at, Message("This is not YAML: {problem}.", problem=problem), _QUOTE)
