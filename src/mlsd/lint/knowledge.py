"""What rules may know beside the design: its template's facts and the traits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mlsd.content.template import Template, names, template
from mlsd.design import Design
from mlsd.design.data import Entity
from mlsd.design.metrics import Metric
from mlsd.errors import Message

_WORD = re.compile(r"[^\W_]+")


class Knowledge(NamedTuple):
    """The template of a design (None where the design names none that is known) and its traits."""

    template: Template | None
    traits: Mapping[str, str]

    @classmethod
    def of(cls, design: Design) -> Knowledge:
        """What is known of this design's kind of problem; the design's own ``traits`` win over the template's."""
        known = template(design.template) if design.template in names() else None
        return cls(known, dict(known.traits if known else {}) | design.traits.filled())

    def strong(self, trait: str) -> bool:
        """Whether the trait is strong; weaker ones let no rule fire."""
        return self.traits.get(trait) == "strong"

    def uses(self, part: str) -> bool:
        """Whether designs of this kind have the part: ``lists``, ``llm`` or ``agent``."""
        return self.template is not None and self.template.uses.get(part, False)

    @property
    def core_entities(self) -> tuple[str, ...]:
        """The entities that this kind of problem cannot do without."""
        return tuple(self.template.core_entities) if self.template else ()

    def has_entity(self, core: str, entities: Iterable[Entity]) -> bool:
        """Whether one of the entities is the core one, under its own name or another that the template knows."""
        other = self.template.core_entities[core] if self.template else ()
        wanted = {name.casefold() for name in (core, *other)}
        return any(wanted & set(_words(entity.id, entity.name)) for entity in entities)

    def called(self, core: str, entities: Iterable[Entity]) -> list[tuple[int, Entity]]:
        """The entities that are the core one, each with its place: by its own name, else by another that the template
        knows. The whole name counts, as a category of items is no item.
        """
        known = self.template.core_entities.get(core, ()) if self.template else ()
        named = [
            (at, entity, {text.casefold() for text in (entity.id, entity.name) if text})
            for at, entity in enumerate(entities)
        ]
        own = [(at, entity) for at, entity, names in named if core in names]
        return own or [(at, entity) for at, entity, names in named if names.intersection(known)]

    def guards(self, metric: Metric) -> bool:
        """Whether the metric is about what a guardrail of this kind of problem should be about."""
        wanted = tuple(word.casefold() for word in self.template.guardrails.any_of) if self.template else ()
        return not wanted or any(word.startswith(wanted) for word in _words(metric.id, metric.metric, metric.name))

    def said(self, text: str) -> Message:
        """A sentence of the template, translatable."""
        return Message(
            text.replace("{", "{{").replace("}", "}}"), domain=self.template.domain if self.template else "mlsd"
        )


def _words(*texts: str | None) -> list[str]:
    """The whole texts and each of their words, case-folded."""
    given = [text.casefold() for text in texts if text]
    return given + [word for text in given for word in _WORD.findall(text)]
