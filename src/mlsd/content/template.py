"""What is known of one kind of problem: the facts rules read, and the suggestions, questions and lists people see.

All text is English and a msgid of the domain ``problem.<name>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd.content.root import templates
from mlsd.content.sections import Sections
from mlsd.errors import Message, UsageError

if TYPE_CHECKING:
    from mlsd.design import Design

LAST = "generic"


class Summary(NamedTuple):
    """One line of the list of templates."""

    name: str
    title: str
    summary: str


class Guardrails(NamedTuple):
    """What a guardrail is about here: in words, and as beginnings of words to look for in its id, name or metric."""

    text: str = ""
    any_of: tuple[str, ...] = ()


class Pitfall(NamedTuple):
    """A mistake that people make at one stage of such a problem, and the key of its source."""

    stage: str
    text: str
    source: str


class Template:
    """One kind of problem; each part is read when it is asked for, none can be changed."""

    def __init__(self, sections: Sections) -> None:
        self._sections = sections
        self.name: str = sections.get("name")

    def __repr__(self) -> str:
        return f"Template({self.name!r})"

    @property
    def domain(self) -> str:
        """The gettext domain of its sentences."""
        return f"problem.{self.name}"

    @cached_property
    def summary(self) -> Summary:
        """Name, title and one line about it."""
        return Summary(self.name, self._sections.get("title"), self._sections.get("summary"))

    @cached_property
    def uses(self) -> Mapping[str, bool]:
        """Which of the conditional questions apply: ``lists``, ``llm``, ``agent``."""
        return MappingProxyType(self._sections.get("uses", {}))

    @cached_property
    def traits(self) -> Mapping[str, str]:
        """Trait → ``none``, ``weak`` or ``strong``."""
        return MappingProxyType(self._sections.get("traits", {}))

    @cached_property
    def core_entities(self) -> Mapping[str, tuple[str, ...]]:
        """Entity that such a design cannot do without → other names of it."""
        return MappingProxyType({name: tuple(also) for name, also in self._sections.get("core_entities", {}).items()})

    @cached_property
    def guardrails(self) -> Guardrails:
        """What at least one guardrail should be about."""
        given = self._sections.get("guardrails", {})
        return Guardrails(given.get("text", ""), tuple(given.get("any_of", ())))

    @cached_property
    def leaks(self) -> tuple[str, ...]:
        """Shell patterns of features that are known only after the outcome."""
        return tuple(self._sections.get("leaks", ()))

    @cached_property
    def simple_fallback(self) -> str:
        """What answers when the model does not."""
        return str(self._sections.get("simple_fallback", ""))

    @cached_property
    def design(self) -> Design:
        """The suggestion: a whole design that agrees with itself."""
        return _design(self._sections.get("design", {}))

    @cached_property
    def also(self) -> Design:
        """Further entries of lists that are typical and offered unticked."""
        return _design(self._sections.get("also", {}))

    @cached_property
    def why(self) -> Mapping[str, str]:
        """Number of a core question, as text → why an interviewer asks it here."""
        return MappingProxyType({number: entry["why"] for number, entry in self._sections.get("questions", {}).items()})

    @cached_property
    def follow_ups(self) -> Mapping[str, tuple[str, ...]]:
        """Stage → what an interviewer asks next."""
        return _lines(self._sections.get("follow_ups", {}))

    @cached_property
    def checklist(self) -> Mapping[str, tuple[str, ...]]:
        """Stage → what a reviewer looks for."""
        return _lines(self._sections.get("checklist", {}))

    @cached_property
    def pitfalls(self) -> tuple[Pitfall, ...]:
        """Mistakes that are typical of this kind of problem, in the order of the stages."""
        return tuple(Pitfall(**entry) for entry in self._sections.get("pitfalls", ()))


@cache
def names() -> tuple[str, ...]:
    """The names of all templates in alphabetical order, ``generic`` last."""
    found = {file.stem for file in (templates() / "problems").glob("*.yaml")}
    return tuple(sorted(found, key=lambda name: (name == LAST, name)))


def summaries() -> list[Summary]:
    """One line for each template, in the order of ``names()``; nothing else of the files is parsed."""
    return [template(name).summary for name in names()]


@cache
def template(name: str) -> Template:
    """The template of that name; raises UsageError, which names the nearest one, if there is none."""
    if name not in names():
        raise _unknown(name)
    return Template(Sections(templates() / "problems" / f"{name}.yaml"))


def _unknown(name: str) -> UsageError:
    import difflib

    every = ", ".join(names())
    near = difflib.get_close_matches(name.casefold().replace("_", "-"), names(), n=1, cutoff=0.5)
    if near:
        hint = Message("Did you mean “{near}”? The templates are: {every}.", near=near[0], every=every)
    else:
        hint = Message("The templates are: {every}.", every=every)
    return UsageError(Message("There is no template “{name}”.", name=name), hint)


def _design(data: Mapping[str, Any]) -> Design:
    from mlsd.design import Design

    return Design.model_validate(data, context={"currency": data.get("currency")})


def _lines(data: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({stage: tuple(lines) for stage, lines in data.items()})
