"""The full pass: after the core questions one for every other field, made from the field's own docstring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from typing_extensions import override

from mlsd.design import STAGES, Design, Node, Path
from mlsd.design.doc import Doc, docs
from mlsd.design.path import show, value_at
from mlsd.design.quantity import slugify
from mlsd.errors import Message, ValueRefused
from mlsd.interview import typed
from mlsd.interview.applicable import applicable
from mlsd.interview.documented import doc_of, example_of
from mlsd.interview.entries import Entries
from mlsd.interview.fields import Names, Typed, Words, clean
from mlsd.interview.listed import Entry
from mlsd.interview.picks import Pick, Picks, YesOrNo
from mlsd.interview.question import Part, Question
from mlsd.interview.situation import Situation
from mlsd.interview.step import core
from mlsd.sizing.latency import blocks

HEADS = {
    "problem.risks": "text",
    "deploy.costs": "item",
    "deploy.rollout": "kind",
    "deploy.rollout[].passes_if": "target",
    "pipeline.components[].holds": "what",
    "decisions": "choice",
    "decisions[].rejected": "option",
}
"""Lists that no core question fills, and the field of an entry that its one line says."""
ABOVE_ZERO = ("ab_test.exposure", "ab_test.clusters")
"""Numbers of an experiment of which nothing is left at 0."""
HEADER = ("authors", "currency", "traits", "decisions")
"""What is asked outside the stages."""
_OWN = ("id", "name")


class Place(NamedTuple):
    """A field: its path, and the same with positions left out."""

    path: Path
    pattern: str

    def below(self, key: str) -> Place:
        """A field of the node here."""
        return Place((*self.path, key), f"{self.pattern}.{key}" if self.pattern else key)

    def entry(self, position: int) -> Place:
        """An entry of the list here."""
        return Place((*self.path, position), f"{self.pattern}[]")


@dataclass(frozen=True)
class Heads(Entries):
    """A list whose entries are begun with one field; the others are asked for each entry afterwards."""

    @override
    def read(self, text: str) -> Entry:
        head = self.keys[0]
        value = typed.read((*self.path, 0, head), clean(text))
        made = {"id": slugify(str(value))[:40].rstrip("_")} if "id" in typed.keys_below(self.path) else {}
        return {**made, head: value}

    @override
    def write(self, entry: Entry, language: str = "en") -> str:
        return str(entry.get(self.keys[0], ""))


@dataclass(frozen=True)
class AboveZero(Typed):
    """A number that cannot be 0."""

    @override
    def read(self, text: str, situation: Situation) -> Any:
        value = super().read(text, situation)
        if value == 0:
            raise ValueRefused(Message("“{text}”: nothing can be learnt from 0.", text=clean(text)))
        return value


def questions(situation: Situation) -> list[Question]:
    """The questions that no core question asks, for the design as it stands: by stage, for list entries by entry."""
    found: list[Question] = []
    for key in (*STAGES, *HEADER):
        stage = key if key in STAGES else "header"
        found += _of_field(Place((), "").below(key), stage, situation)
    return found


def _of_field(place: Place, stage: str, situation: Situation) -> Iterator[Question]:
    if not applicable(place.pattern, place.path, situation):
        return
    if typed.kind(place.path).below is None or _is_effect(place.path):
        if place.pattern not in _core(situation) or _beside_core(place, situation):
            yield _question(place, stage, situation)
    elif typed.is_list(place.path):
        yield from _of_list(place, stage, situation)
    else:
        for key in typed.keys_below(place.path):
            yield from _of_field(place.below(key), stage, situation)


def _core(situation: Situation) -> frozenset[str]:
    """Patterns of the fields that the core questions fill in a design like this."""
    return situation.once("core", lambda: frozenset(pattern for step in core(situation) for pattern in step.part.fills))


def _beside_core(place: Place, situation: Situation) -> bool:
    """A field that a core question fills, but not in this entry: the time of a block beside the request path."""
    if place.pattern != "pipeline.components[].p99_ms":
        return False
    block = getattr(value_at(situation.design, place.path[:-1]), "id", None)
    return block not in set(blocks(situation.design.pipeline.request_path))


def _of_list(place: Place, stage: str, situation: Situation) -> Iterator[Question]:
    head = HEADS.get(place.pattern)
    if head:
        asked = _asked(place.entry(0).below(head), situation, entry=False)
        part = Heads(
            (f"{place.pattern}[].{head}",), "", place.pattern, (head,), place=place.path,
            example=example_of((*place.path, 0, head), situation),
        )  # fmt: skip
        yield Question(show(situation.design, place.path), stage, asked, _why((*place.path, 0, head)), (part,))
    for position in range(len(value_at(situation.design, place.path) or [])):
        inside = place.entry(position)
        for key in typed.keys_below(place.path):
            if key not in _OWN and key != head:
                yield from _of_field(inside.below(key), stage, situation)


def _is_effect(path: Path) -> bool:
    """A change is one answer: ``5% relative``."""
    return getattr(typed.kind(path).below, "__name__", "") == "Effect"


def _question(place: Place, stage: str, situation: Situation) -> Question:
    name = show(situation.design, place.path)
    return Question(name, stage, _asked(place, situation), _why(place.path), (_part(place, situation),))


def _part(place: Place, situation: Situation) -> Part:
    made = _made(place, situation)
    return replace(made, example=example_of(place.path, situation)) if made.kind not in ("choice", "choices") else made


def _made(place: Place, situation: Situation) -> Part:
    fills, path = (place.pattern,), place.path
    if _is_effect(path):
        return Typed(fills, place=path)
    known = typed.kind(path)
    many, to = known.is_list, known.target
    if known.is_truth:
        return YesOrNo(fills, place=path)
    if known.values or (to and to != "path" and situation.ids(to)):
        return Picks(fills, place=path) if many else Pick(fills, place=path)
    if many:
        return Names(fills, place=path)
    if place.pattern in ABOVE_ZERO:
        return AboveZero(fills, place=path)
    return Words(fills, place=path) if known.is_prose else Typed(fills, place=path)


def _asked(place: Place, situation: Situation, entry: bool = True) -> Message:
    """The field's question; with its name where several fields share one, with the entry's where there is one."""
    doc, key = doc_of(place.path), str(place.path[-1])
    asked = Message(doc.question)
    if _shared(place.path, doc):
        asked = Message("{question} – {field}", question=asked, field=key.replace("_", " "))
    owner = next(
        (path for end in range(len(place.path), 0, -1) if isinstance((path := place.path[:end])[-1], int)), None
    )
    if owner is None or not entry:
        return asked
    return Message(
        "{name}: {question}",
        name=situation.once(("called", owner), lambda: _called(situation.design, owner)),
        question=asked,
    )


def _called(design: Design, path: Path) -> str:
    entry: Any = value_at(design, path)
    data = entry.filled() if isinstance(entry, Node) else {}
    if "from" in data and "to" in data:
        return f"{data['from']} → {data['to']}"
    known = ("name", "id", "text", "item", "choice", "option", "question", "kind", "component", "target", "what")
    return next((str(data[key]) for key in known if key in data), str(path[-1]))


def _why(path: Path) -> Message | None:
    """What the field's own documentation says of it, else that of the field it belongs to."""
    while path:
        if isinstance(path[-1], str) and (doc := doc_of(path)).why:
            return Message(doc.why)
        path = path[:-1]
    return None


def _shared(path: Path, doc: Doc) -> bool:
    return _asked_by(typed.kind(path).node)[doc.question] > 1


@cache
def _asked_by(node: type[Node]) -> Counter[str]:
    """How many fields of a class ask each question."""
    return Counter(doc.question for doc in docs(node).values())
