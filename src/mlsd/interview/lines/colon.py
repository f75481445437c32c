"""Lines of the form `head: part, part` and `part, part`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd.errors import Message
from mlsd.interview.lines.line import Line, Misread, line
from mlsd.interview.lines.slots import Head, Slot, head_and_rest, joined, read_slots, write_slots
from mlsd.interview.lines.tongue import Tongue


def colon_line(name: str, shape: Message, example: Message, head: Head, slots: Sequence[Slot]) -> Line:
    """A line `head: part, part`; parts may be left out from the end."""

    def read(text: str) -> dict[str, Any]:
        before, after = head_and_rest(text)
        return head.read(before) | read_slots(after, slots)

    def write(entry: Mapping[str, Any], language: Tongue) -> str:
        return joined(head.write(entry, language), write_slots(entry, slots, language))

    return line(name, shape, example, read, write)


def comma_line(name: str, shape: Message, example: Message, slots: Sequence[Slot]) -> Line:
    """A line `part, part`; parts may be left out from the end."""

    def read(text: str) -> dict[str, Any]:
        fields = read_slots(text, slots)
        if not fields:
            raise Misread
        return fields

    return line(name, shape, example, read, lambda entry, language: write_slots(entry, slots, language))
