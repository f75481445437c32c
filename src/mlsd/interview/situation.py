"""What a question is asked into: the design so far, what is suggested, and the languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from mlsd.design import Design
from mlsd.design.path import value_at
from mlsd.design.quantity import slugify
from mlsd.design.reference import declared, known

if TYPE_CHECKING:
    from mlsd.content.language import Language
    from mlsd.content.template import Template

T = TypeVar("T")
LISTS = frozenset({"ranking", "retrieval"})
WRITTEN = frozenset({"generation", "agent", "summarisation", "translation"})


@dataclass(frozen=True)
class Situation:
    """A design in the middle of its interview."""

    design: Design
    suggested: Design
    """The answers that are offered: the template's, or those of the design one starts from."""
    further: Design
    """Further entries of lists, offered unticked."""
    template: Template
    speech: Language
    """What the tool speaks."""

    @cached_property
    def lists(self) -> bool:
        """Whether things are chosen for a list."""
        task = self.design.model.task
        return task in LISTS if task else self.template.uses.get("lists", False)

    @cached_property
    def llm(self) -> bool:
        """Whether a language model is used."""
        return (
            self.template.uses.get("llm", False)
            or self.design.model.llm is not None
            or self.design.model.task in WRITTEN
            or self.agent
        )

    @cached_property
    def agent(self) -> bool:
        """Whether a model acts."""
        task = self.design.model.task
        return self.template.uses.get("agent", False) or self.design.model.agent is not None or task == "agent"

    def ids(self, to: str) -> list[str]:
        """Ids that a reference may name, in the order in which they were declared."""
        return self.once(("ids", to), lambda: list(known(self.design, to)))

    def hoped(self, to: str) -> frozenset[str]:
        """Ids declared so far, and those still suggested for lists that nobody has answered yet."""
        return self.once(("hoped", to), lambda: frozenset(self.ids(to)) | self._to_come(to))

    def meant(self, to: str, name: str) -> str:
        """The id that a reference means: the one written, or that of what people call so."""
        return name if name in self.hoped(to) else self.once(("called", to), lambda: self._called(to)).get(name, name)

    def _called(self, to: str) -> dict[str, str]:
        """As an id would be made of their names: the names of what a reference may mean, with their ids."""
        found: dict[str, str] = {}
        for design in (self.suggested, self.design):
            for identifier, path in known(design, to).items():
                title = getattr(value_at(design, path), "name", None)
                if title and identifier in self.hoped(to):
                    found[slugify(str(title))] = identifier
        return found

    def _to_come(self, to: str) -> frozenset[str]:
        suggested = known(self.suggested, to).items()
        return frozenset(
            name for name, path in suggested if not getattr(getattr(self.design, str(path[0])), str(path[1]))
        )

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What is made for the key, made once for this situation."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]  # type: ignore[no-any-return]

    @cached_property
    def _made(self) -> dict[object, Any]:
        return {}

    def title(self, name: str) -> str:
        """What people call the thing with this id."""
        for paths in declared(self.design).values():
            if len(paths.get(name, ())) == 3:  # of what is inside an entry, such as user.country, the id says most
                stage, field, place = paths[name]
                entry = getattr(getattr(self.design, str(stage)), str(field))[place]
                return str(getattr(entry, "name", None) or name)
        return name
