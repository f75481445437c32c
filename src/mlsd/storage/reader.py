"""YAML text → plain data, and the place of every value: one pass over libyaml's events, every guard on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import yaml
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from mlsd.design.place import Places
from mlsd.errors import Fault, Message, Unreadable
from mlsd.storage.guard import (
    BOM,
    DEEPEST,
    RefusedError,
    given_twice,
    guard,
    long_key,
    named,
    no_key,
    second_document,
    too_deep,
)
from mlsd.storage.scalar import SPECIAL, meaning
from mlsd.storage.spans import Entry, Node, Source, Tree
from mlsd.storage.syntax import LONGEST_KEY, Objection, objection

Data = Any
"""dict, list, str, int, float, bool or None."""

_PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str, file: str) -> tuple[dict[str, Data], Places]:
    """Read one YAML document that holds a mapping. A file with nothing in it reads as an empty mapping.

    Raises Unreadable with FMT-01 for what is not YAML or not allowed here (more than 1 MiB, more than 50 levels,
    aliases, anchors, tags, a key given twice, several documents, keys that are no text, characters nobody sees),
    FMT-03 if the file holds something else than a mapping.
    """
    data, tree = parse_tree(text, file)
    return data, tree.places()


def parse_tree(text: str, file: str, parser: Any = _PARSER) -> tuple[dict[str, Data], Tree]:
    """As ``parse``, with the offsets themselves, which an edit of the text needs."""
    source = Source(file, text)
    shift = 1 if text.startswith(BOM) else 0
    try:
        guard(text)
        data, root = _Reading(text, shift, parser).document()
    except RefusedError as refused:
        raise unreadable(source, "FMT-01", refused.objection) from None
    except yaml.YAMLError as error:
        if "nesting depth" in str(error) and parser is not yaml.SafeLoader:
            return parse_tree(text, file, yaml.SafeLoader)  # libyaml gives up while it looks ahead; this one says where
        found = objection(error, text[shift:])
        raise unreadable(source, "FMT-01", found._replace(at=found.at + shift)) from None
    if data is None:
        return {}, Tree(source, (root[0], root[1], {}))
    if not isinstance(data, dict):
        raise unreadable(source, "FMT-03", _no_mapping(data, root))
    return data, Tree(source, root)


def unreadable(source: Source, code: str, found: Objection) -> Unreadable:
    """A file with one fault at one character."""
    place = source.place(found.at, min(found.at + 1, len(source.text)))
    return Unreadable(source.file, [Fault(code, found.message, place, found.hint)], source.text)


class _Reading:
    """Walks the events once: a value becomes data and a node of offsets at the same time."""

    def __init__(self, text: str, shift: int, parser: Any) -> None:
        self.text = text
        self.shift = shift
        self.next: Callable[[], Any] = parser(text[shift:]).get_event
        self.depth = 0

    def document(self) -> tuple[Data, Node]:
        self.next()
        if self.next().__class__ is StreamEndEvent:
            return None, (self.shift, self.shift, None)
        found = self.value(self.next())
        self.next()
        event = self.next()
        if event.__class__ is DocumentStartEvent:
            raise second_document(self.start(event))
        return found

    def value(self, event: Any) -> tuple[Data, Node]:
        kind = event.__class__
        if kind is ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                raise named(event, self.start(event))
            start, end = event.start_mark.index + self.shift, event.end_mark.index + self.shift
            word: str = event.value
            if event.style:
                return word, (start, self.block_end(start, end) if event.style in "|>" else end, None)
            if word and word[0] not in SPECIAL:
                return word, (start, end, None)
            return meaning(word), (start, end, None)
        if (kind is not MappingStartEvent and kind is not SequenceStartEvent) or event.anchor or event.tag:
            raise named(event, self.start(event))
        self.depth += 1
        if self.depth > DEEPEST:
            raise too_deep(self.start(event))
        found = self.mapping(event) if kind is MappingStartEvent else self.sequence(event)
        self.depth -= 1
        return found

    def mapping(self, begun: Any) -> tuple[Data, Node]:
        data: dict[str, Data] = {}
        inside: dict[str, Entry] = {}
        next_event, shift, node = self.next, self.shift, None
        while True:
            event: Any = next_event()
            if (kind := event.__class__) is MappingEndEvent:
                end = event.end_mark.index + shift if begun.flow_style or node is None else node[1]
                return data, (self.start(begun), end, inside)
            if kind is not ScalarEvent:
                raise no_key(event, self.start(event), self.text)
            key: str = event.value
            if event.anchor is not None or event.tag is not None:
                raise named(event, self.start(event))
            if len(key) > LONGEST_KEY:
                raise long_key(self.start(event))
            if key in data:
                raise given_twice(key, self.start(event), self.text, inside)
            if not event.style and (not key or (key[0] in SPECIAL and meaning(key) is not key)):
                raise no_key(event, self.start(event), self.text)
            data[key], node = self.value(next_event())
            inside[key] = (event.start_mark.index + shift, event.end_mark.index + shift, node)

    def sequence(self, begun: Any) -> tuple[Data, Node]:
        data: list[Data] = []
        inside: list[Node] = []
        while True:
            event: Any = self.next()
            kind = event.__class__
            if kind is SequenceEndEvent:
                end = event.end_mark.index + self.shift if begun.flow_style or not inside else inside[-1][1]
                return data, (self.start(begun), end, inside)
            value, node = self.value(event)
            data.append(value)
            inside.append(node)

    def start(self, event: Any) -> int:
        return int(event.start_mark.index) + self.shift

    def block_end(self, start: int, end: int) -> int:
        """The end of a block of text; libyaml's own mark stands where the next token may begin.

        Empty lines at its end belong to it only if its header says so (``|+``).
        """
        whole = self.text[start:end]
        lines = whole.rstrip(" ")
        if not lines.endswith(("\n", "\r")):
            return end
        if "+" in whole[:3]:
            return start + len(lines.removesuffix("\n").removesuffix("\r"))
        return start + len(lines.rstrip("\r\n"))


def _no_mapping(data: Data, root: Node) -> Objection:
    read = Message("a list") if isinstance(data, list) else Message("“{value}”", value=data)
    return Objection(
        root[0],
        Message("A design is a mapping of keys to values, and the file holds {read}.", read=read),
        Message("Begin with a key: title: What is designed"),
    )
