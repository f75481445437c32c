"""Parts of a question that are picked: one value of an enum, several, yes or no, or ids that were declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from mlsd.design import Design, Path
from mlsd.design.path import value_at
from mlsd.errors import Message, ValueRefused
from mlsd.interview import typed
from mlsd.interview.fields import Fixed
from mlsd.interview.plain import Data, put
from mlsd.interview.prompt import Answer, Kind, Option
from mlsd.interview.situation import Situation
from mlsd.interview.titles import hint_of, title_of

NEVER_ITSELF = frozenset({"fallback"})
"""Fields that name something of their own kind, and never the very entry they belong to."""


@dataclass(frozen=True)
class Pick(Fixed):
    """One value of an enum, or one of the ids declared."""

    among: Callable[[Situation], list[str]] | None = field(default=None, kw_only=True)

    @property
    @override
    def kind(self) -> Kind:
        return "choice"

    def values(self, situation: Situation) -> list[str]:
        """What can be picked."""
        if self.among:
            return self.among(situation)
        to = typed.target(self.path)
        if to is None:
            return list(typed.values(self.path))
        itself = value_at(situation.design, (*self.path[:-1], "id")) if self.path[-1] in NEVER_ITSELF else None
        return [known for known in situation.ids(to) if known != itself]

    @override
    def given(self, design: Design, situation: Situation) -> str | None:
        found = self.value(design, situation)
        if isinstance(found, list):
            found = found[0] if found else None
        return found if found in self.values(situation) else None

    @override
    def mends(self, situation: Situation) -> bool:
        return bool(self.gone(situation))

    def gone(self, situation: Situation) -> list[Option]:
        """What the design holds here and nothing declares any more: shown, and not to be chosen again."""
        held, known = self.value(situation.design, situation) or [], self.values(situation)
        every = held if isinstance(held, list) else [held]
        told = situation.speech.say(Message("no longer declared"))
        return [Option(value, value, told) for value in every if value not in known]

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        known = self.values(situation)
        if answer not in known:
            raise ValueRefused(
                Message("“{text}” is not one of the choices.", text=str(answer)),
                Message("Choose one of: {known}.", known=known),
            )
        put(data, self.path, [answer] if typed.is_list(self.path) else answer)

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        return {
            "initial": given or "",
            "options": (
                *(option(self.path, value, situation) for value in self.values(situation)),
                *self.gone(situation),
            ),
            "example": self._example(situation),
        }

    def _example(self, situation: Situation) -> str:
        """What is suggested, as it is called where it is picked."""
        suggested = self.suggestion(situation)
        return option(self.path, suggested, situation).title if isinstance(suggested, str) else ""


@dataclass(frozen=True)
class YesOrNo(Fixed):
    """True, false, or not said."""

    @property
    @override
    def kind(self) -> Kind:
        return "choice"

    @override
    def given(self, design: Design, situation: Situation) -> str | None:
        found = self.value(design, situation)
        return None if found is None else str(found).lower()

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        if answer not in ("true", "false"):
            raise ValueRefused(Message("“{text}” is neither yes nor no.", text=str(answer)))
        put(data, self.path, answer == "true")

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        say = situation.speech.say
        options = (Option("true", say(Message("yes"))), Option("false", say(Message("no"))))
        return {"initial": given or "", "options": options, "example": self.suggestion(situation) or ""}


@dataclass(frozen=True)
class Picks(Pick):
    """Several values of an enum, or several of the ids declared."""

    @property
    @override
    def kind(self) -> Kind:
        return "choices"

    @override
    def given(self, design: Design, situation: Situation) -> list[str] | None:  # type: ignore[override]
        found = list(self.value(design, situation) or [])
        known = self.values(situation)
        return [value for value in found if value in known] or None

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        known = self.values(situation)
        for value in answer:
            if value not in known:
                raise ValueRefused(
                    Message("“{text}” is not one of the choices.", text=str(value)),
                    Message("Choose among: {known}.", known=known),
                )
        put(data, self.path, list(dict.fromkeys(answer)))

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        ticked = given if isinstance(given, list) else []
        known = (option(self.path, value, situation, value in ticked) for value in self.values(situation))
        return {"options": (*known, *self.gone(situation))}


def option(path: Path, value: str, situation: Situation, ticked: bool = False) -> Option:
    """The option for a value: its title in the tool's language, an id beside its name."""
    say = situation.speech.say
    if typed.target(path):
        name = situation.title(value)
        return Option(value, name, "" if name == value else value, ticked)
    title, hint = title_of(str(path[-1]), value), hint_of(str(path[-1]), value)
    return Option(value, say(title), say(hint) if hint else "", ticked)
