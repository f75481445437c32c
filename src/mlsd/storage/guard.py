"""What a design file may not hold although YAML allows it, and what is said then."""

from __future__ import annotations

import re
from typing import Any, Final

from yaml.events import AliasEvent, ScalarEvent

from mlsd.errors import Message
from mlsd.storage.spans import Entry, Source
from mlsd.storage.syntax import SHORTEN, TOO_LONG, Objection

MOST_BYTES: Final = 1 << 20
DEEPEST: Final = 50
BOM: Final = "\ufeff"

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_COMMA: Final = re.compile(r"[0-9],\Z")
_WRITE_OUT = Message("Write the value itself; text that begins so goes in quotes.")


class RefusedError(Exception):
    """Reading stops here."""

    def __init__(self, at: int, message: Message, hint: Message) -> None:
        self.objection = Objection(at, message, hint)


def guard(text: str) -> None:
    """Refuses a text that is too long or holds characters which editors do not show."""
    if len(text) > MOST_BYTES or (len(text) * 4 > MOST_BYTES and len(text.encode("utf-8", "replace")) > MOST_BYTES):
        raise too_large()
    body = text.removeprefix(BOM)
    if body.replace("\n", "").isprintable():
        return
    found = _UNSEEN.search(body)
    if found:
        raise RefusedError(
            found.start() + len(text) - len(body),
            Message("Here stands a character that nobody sees ({name}).", name=f"U+{ord(found.group()):04X}"),
            Message("Delete it, or write it as an escape in double quotes."),
        )


def too_large() -> RefusedError:
    """For a text of more than MOST_BYTES."""
    return RefusedError(
        0,
        Message("The file is larger than 1 MiB."),
        Message("Keep what a reader of the design needs, and link to the rest."),
    )


def too_deep(at: int) -> RefusedError:
    """For a bracket or a list inside DEEPEST others."""
    return RefusedError(
        at,
        Message("Lists and mappings stand more than {deepest} deep in one another.", deepest=DEEPEST),
        Message("Close a bracket: no field of a design is deeper than ten."),
    )


def second_document(at: int) -> RefusedError:
    """For a “---” after the first document."""
    return RefusedError(
        at,
        Message("A second document begins here, and a design is one document."),
        Message("Delete the “---” between them, or keep the second in a file of its own."),
    )


def named(event: Any, at: int) -> RefusedError:
    """For an alias, an anchor or a tag."""
    if event.__class__ is AliasEvent:
        repeats = Message(
            "“*{name}” repeats another part of the file (an alias), which a design may not.", name=event.anchor
        )
        return RefusedError(at, repeats, _WRITE_OUT)
    if event.anchor is not None:
        names = Message("“&{name}” names a part to repeat it (an anchor), which a design may not.", name=event.anchor)
        return RefusedError(at, names, _WRITE_OUT)
    tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
    return RefusedError(
        at, Message("“{tag}” sets the type of a value (a tag), which a design may not.", tag=tag), _WRITE_OUT
    )


def no_key(event: Any, at: int, text: str) -> RefusedError:
    """For a key that is a list, a mapping, a number, a truth value or nothing."""
    if event.__class__ is AliasEvent:
        return named(event, at)
    if event.__class__ is not ScalarEvent:
        return RefusedError(
            at,
            Message("A key must be text, and here stands a list or a mapping."),
            Message("Write a word before the colon; text in brackets or braces goes in quotes."),
        )
    if not event.value:
        return RefusedError(
            at, Message("A key is missing before the colon."), Message("Write the key, or delete the line.")
        )
    if _COMMA.search(text, max(0, at - 40), at):
        return RefusedError(
            at,
            Message("The comma before “{key}” ends the value, so a key seems to begin here.", key=event.value),
            Message('Put a number with a comma in quotes: "0,5 %".'),
        )
    return RefusedError(
        at,
        Message("A key must be text, and “{key}” reads as something else.", key=event.value),
        Message('Put it in quotes: "{key}".', key=event.value),
    )


def long_key(at: int) -> RefusedError:
    """For a key of more than LONGEST_KEY characters, which no file could hold in every style."""
    return RefusedError(at, TOO_LONG, SHORTEN)


def given_twice(key: str, at: int, text: str, inside: dict[str, Entry]) -> RefusedError:
    """For a key that the mapping already has, naming the line of the first."""
    first = Source("", text).place(inside[key][0], inside[key][1])
    return RefusedError(
        at,
        Message("The key “{key}” is given twice, first on line {line}.", key=key, line=first.line),
        Message("Keep one of the two."),
    )
