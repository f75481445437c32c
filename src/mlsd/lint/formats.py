"""The codes of files that cannot be read; the reader finds them, so they have a page but no check."""

from __future__ import annotations

from typing import NamedTuple

from mlsd.errors import Message
from mlsd.lint.diagnostic import Sentence


class FormatCode(NamedTuple):
    """A code of the reader: its name, what it means, and what to do."""

    code: str
    name: str
    summary: Message
    next_step: Message


FORMATS = {
    entry.code: entry
    for entry in (
        FormatCode(
            "FMT-01",
            "syntax",
            Sentence("The file is not YAML, or not the safe part of it that a design is written in."),
            Sentence(
                "Go to the place named; tags, aliases, a key given twice and files over 1 MiB are refused on purpose."
            ),
        ),
        FormatCode(
            "FMT-02",
            "unknown-key",
            Sentence("A key is not part of the format."),
            Sentence(
                "Take the nearest right word that the message names, or look it up with: mlsd schema. Where one letter "
                "is missing, too many or swapped, or a capital or a dash stands in the way, mlsd check --fix mends it."
            ),
        ),
        FormatCode(
            "FMT-03",
            "wrong-type",
            Sentence("A value cannot be read as what its field holds."),
            Sentence(
                "The message says what was read and what is allowed. Text that looks like a number needs quotes, and "
                "so does text in brackets with a comma in it: [up to 15,000 EUR] is a list of two."
            ),
        ),
        FormatCode(
            "FMT-04",
            "newer-version",
            Sentence("The file was written by a newer mlsd."),
            Sentence("Upgrade mlsd; nothing was changed in the file."),
        ),
    )
}
