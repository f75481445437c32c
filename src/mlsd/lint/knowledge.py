"""What rules may know beside the design: its template's facts, the traits, the registries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mlsd.content.template import Template, names, template
from mlsd.design import Design


@dataclass(frozen=True)
class Knowledge:
    """The template of a design (None where the design names none that is known) and its traits."""

    template: Template | None
    traits: dict[str, str]

    @classmethod
    def of(cls, design: Design) -> Knowledge:
        """What is known of this design's kind of problem; the design's own ``traits`` win over the template's."""
        known = template(design.template) if design.template in names() else None
        return cls(known, dict(known.traits if known else {}) | design.traits.filled())

    def strong(self, trait: str) -> bool:
        """Whether the trait is strong; weaker ones let no rule fire."""
        return self.traits.get(trait) == "strong"

    @cached_property
    def lists(self) -> bool:
        """Whether this kind of problem answers with a list chosen among many things."""
        return bool(self.template and self.template.uses.get("lists"))
