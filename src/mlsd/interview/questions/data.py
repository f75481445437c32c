"""Core questions 11–15: entities, their characteristics, how data is collected, where the truth comes from."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

from mlsd.design import Design, Path
from mlsd.errors import Message, ValueRefused
from mlsd.interview.entries import Entries
from mlsd.interview.fields import Words, clean
from mlsd.interview.line import Line
from mlsd.interview.lines import LINES
from mlsd.interview.listed import Offer
from mlsd.interview.plain import Data, drop, put
from mlsd.interview.prompt import Answer, Lines, Option
from mlsd.interview.question import Question
from mlsd.interview.situation import Situation

STAGE = "data"


class Arrivals(Entries):
    """New ones and cold start of the entities that are declared: details of entries, never new entries."""

    @override
    def offers(self, situation: Situation) -> list[Offer]:
        known = {entity.id for entity in situation.design.data.entities}
        found = self._details(situation.further) | self._details(situation.suggested)
        return [Offer(key, entry, True) for key, entry in found.items() if key in known]

    def _details(self, design: Design) -> dict[str, dict[str, Any]]:
        every = {str(entry.id): entry.filled() for entry in design.data.entities if entry.id}
        kept = {
            key: {"id": key} | {name: entry[name] for name in self.keys if name in entry}
            for key, entry in every.items()
        }
        return {key: entry for key, entry in kept.items() if len(entry) > 1}

    @override
    def given(self, design: Design, situation: Situation) -> Lines | None:
        offers = {offer.key: offer.entry for offer in self.offers(situation)}
        if design is not situation.design:
            return Lines(list(offers), []) if offers else None
        held = self._details(design)
        ticked = [key for key, entry in held.items() if offers.get(key) == entry]
        own = [self.said(held[key], situation) for key in held if key not in ticked]
        return Lines(ticked, own) if held else None

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        offers = {offer.key: offer.entry for offer in self.offers(situation)}
        places = {entity.id: place for place, entity in enumerate(situation.design.data.entities)}
        chosen = {key: offers[key] for key in answer.ticked if key in offers}
        for line in filter(None, map(clean, answer.own)):
            entry = self._read_in(line, situation)
            chosen[entry["id"]] = entry
        for name, place in places.items():
            for key in self.keys:
                value = chosen.get(str(name), {}).get(key)
                if situation.design.data.entities[place].filled().get(key) == value:
                    continue
                at = (*self.path, place, key)
                drop(data, at) if value is None else put(data, at, value)

    @override
    def _read_in(self, text: str, situation: Situation) -> dict[str, Any]:
        entry, known = LINES[self.notation].read(clean(text)), situation.ids("entity")
        if entry["id"] not in known:
            raise ValueRefused(
                Message("There is no entity “{name}”.", name=entry["id"]),
                Message("Its entities are: {known}.", known=known),
            )
        return dict(entry)

    @override
    def taken(self, situation: Situation, suggestion: Answer | None) -> set[Path]:
        offered = {offer.key: offer.entry for offer in self.offers(situation)}
        entities = situation.design.data.entities
        return {
            path
            for path in self.paths(situation.design)
            if getattr(entities[int(path[2])], str(path[3]))
            == offered.get(str(entities[int(path[2])].id), {}).get(str(path[3]))
        }

    @override
    def paths(self, design: Design) -> list[Path]:
        return [
            (*self.path, place, key)
            for place, entity in enumerate(design.data.entities)
            for key in self.keys
            if key in entity.filled()
        ]

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        shown = given if isinstance(given, Lines) else Lines([], [])
        offers = self.offers(situation)
        return {
            "options": tuple(
                Option(
                    offer.key, self.said(offer.entry, situation), situation.title(offer.key), offer.key in shown.ticked
                )
                for offer in offers
            ),
            "own": tuple(shown.own),
            "example": self.said(offers[0].entry, situation)
            if offers
            else situation.speech.say(LINES[self.notation].example),
            "completions": tuple(situation.ids("entity")),
        }


def has_features(situation: Situation) -> bool:
    """What a language model sees is its context, not a list of features that somebody new has no history for."""
    return not situation.llm


def is_list(situation: Situation) -> bool:
    """Ranking and retrieval, without a language model."""
    return situation.lists and not situation.llm


QUESTIONS = (
    Question(
        "11",
        STAGE,
        Message("What are the entities, and what characterises each?"),
        Message(
            "Features, splits and joins follow from the entities and their keys. What nobody names "
            "here cannot be used later."
        ),
        (
            Entries(
                ("data.entities[].id", "data.entities[].key", "data.entities[].attributes[].name"),
                "entity",
                "data.entities",
                ("key", "attributes"),
            ),
        ),
    ),
    Question(
        "12",
        STAGE,
        Message("How many new ones a day, and what do they get before they have history?"),
        Message(
            "Somebody is always new. A model that knows only those it has seen says nothing about "
            "them in the hours that count."
        ),
        (
            Arrivals(
                ("data.entities[].new_per_day", "data.entities[].cold_start"),
                "arrivals",
                "data.entities",
                ("new_per_day", "cold_start"),
            ),
        ),
        has_features,
        rests_on=("11",),
    ),
    Question(
        "13",
        STAGE,
        Message("How is the data of each collected, and may we use it?"),
        Message(
            "Every source has its own delay, owner and legal ground. One that turns out to be closed "
            "can remove your best feature."
        ),
        (
            Entries(
                (
                    "data.sources[].id",
                    "data.sources[].entity",
                    "data.sources[].collection",
                    "data.sources[].access",
                ),
                "source",
                "data.sources",
                ("entity", "collection", "access"),
                needs=("entity",),
                completes=("entity", "data.sources[].collection", "data.sources[].access"),
            ),
        ),
        rests_on=("11",),
    ),
    Question(
        "14",
        STAGE,
        Message("Where does the truth come from, how late, how rare is a positive?"),
        Message(
            "Labels decide what can be learnt at all. Their delay sets the gap of the split, their "
            "rarity the size of the test."
        ),
        (
            Line(
                ("data.labels.source", "data.labels.origin", "data.labels.delay_days", "data.labels.positive_rate"),
                "labels",
                "data.labels",
                completes=("source", "data.labels.origin"),
            ),
        ),
        rests_on=("22/1",),
    ),
    Question(
        "15",
        STAGE,
        Message("What counts as a negative, and how are negatives drawn?"),
        Message(
            "“Not chosen” is not “not wanted”. Easy negatives make a model look brilliant offline and useless online."
        ),
        (Words(("data.labels.negatives",)),),
        is_list,
    ),
)
