"""Parts of a question that fill fields with a fixed place: words, a pick, several picks, one line of fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mlsd.design import Design, Node, Path
from mlsd.design.path import find, show, value_at
from mlsd.design.quantity import effect_text, shares_text
from mlsd.errors import Message, MlsdError, ValueRefused
from mlsd.interview import typed
from mlsd.interview.lines import LINES
from mlsd.interview.lines.slots import figure
from mlsd.interview.plain import Data, drop, put
from mlsd.interview.prompt import Answer, Kind, Lines, Option, Understood
from mlsd.interview.question import Part
from mlsd.interview.situation import Situation
from mlsd.interview.titles import hint_of, title_of

Derive = Callable[[Situation, dict[str, Any]], "Message | None"]


def path_of(pattern: str) -> Path:
    """The path of a pattern without lists."""
    return tuple(pattern.split("."))


@dataclass(frozen=True)
class _Fixed(Part):
    """One field with a fixed place."""

    place: Path = field(default=(), kw_only=True)
    """Where it stands, if that is in an entry of a list."""

    @property
    def path(self) -> Path:
        """The field's place."""
        return self.place or path_of(self.fills[0])

    def value(self, design: Design, situation: Situation) -> Any:
        """What a design holds there; in another design the entry is found by its id."""
        return value_in(design, self.path, situation)

    def clear(self, data: Data, situation: Situation) -> None:
        drop(data, self.path)

    def paths(self, design: Design) -> list[Path]:
        found = value_at(design, self.path)
        empty = found in (None, [], {}) or (isinstance(found, Node) and found.is_empty)
        return [] if empty else [self.path]


@dataclass(frozen=True)
class Words(_Fixed):
    """A sentence or a few words."""

    @property
    def kind(self) -> Kind:
        return "prose"

    def given(self, design: Design, situation: Situation) -> str | None:
        return self.value(design, situation) or None

    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        put(data, self.path, clean(answer))

    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        return {"initial": given or "", "example": self.suggestion(situation) or self.example}


@dataclass(frozen=True)
class Pick(_Fixed):
    """One value of an enum, or one of the ids declared."""

    among: Callable[[Situation], list[str]] | None = field(default=None, kw_only=True)

    @property
    def kind(self) -> Kind:
        return "choice"

    def values(self, situation: Situation) -> list[str]:
        """What can be picked."""
        if self.among:
            return self.among(situation)
        to = typed.target(self.path)
        return situation.ids(to) if to else list(typed.values(self.path))

    def given(self, design: Design, situation: Situation) -> str | None:
        found = self.value(design, situation)
        if isinstance(found, list):
            found = found[0] if found else None
        return found if found and (design is situation.design or found in self.values(situation)) else None

    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        known = [*self.values(situation), self.given(situation.design, situation)]
        if answer not in known:
            raise ValueRefused(
                Message("“{text}” is not one of the choices.", text=str(answer)),
                Message("Choose one of: {known}.", known=[value for value in known if value]),
            )
        put(data, self.path, [answer] if typed.is_list(self.path) else answer)

    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        values = self.values(situation)
        if isinstance(given, str) and given not in values:
            values.insert(0, given)
        return {
            "initial": given or "",
            "options": tuple(option(self.path, value, situation) for value in values),
            "example": self.suggestion(situation) or "",
        }


@dataclass(frozen=True)
class YesOrNo(_Fixed):
    """True, false, or not said."""

    @property
    def kind(self) -> Kind:
        return "choice"

    def given(self, design: Design, situation: Situation) -> str | None:
        found = self.value(design, situation)
        return None if found is None else str(found).lower()

    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        if answer not in ("true", "false"):
            raise ValueRefused(Message("“{text}” is neither yes nor no.", text=str(answer)))
        put(data, self.path, answer == "true")

    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        say = situation.speech.say
        options = (Option("true", say(Message("yes"))), Option("false", say(Message("no"))))
        return {"initial": given or "", "options": options, "example": self.suggestion(situation) or ""}


@dataclass(frozen=True)
class Picks(Pick):
    """Several values of an enum, or several of the ids declared."""

    @property
    def kind(self) -> Kind:
        return "choices"

    def given(self, design: Design, situation: Situation) -> list[str] | None:  # type: ignore[override]
        found = list(self.value(design, situation) or [])
        known = self.values(situation)
        return [value for value in found if design is situation.design or value in known] or None

    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        known = self.values(situation) + (self.given(situation.design, situation) or [])
        for value in answer:
            if value not in known:
                raise ValueRefused(
                    Message("“{text}” is not one of the choices.", text=str(value)),
                    Message("Choose among: {known}.", known=known),
                )
        put(data, self.path, list(dict.fromkeys(answer)))

    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        ticked = given if isinstance(given, list) else []
        values = list(dict.fromkeys(self.values(situation) + ticked))
        return {"options": tuple(option(self.path, value, situation, value in ticked) for value in values)}


@dataclass(frozen=True)
class Line(Part):
    """One line that fills several fields of a node, in a notation of `interview.lines`."""

    notation: str
    home: str
    """The node whose fields the line fills: ``problem.goal``."""
    derive: Derive | None = field(default=None, kw_only=True)
    completes: tuple[str, ...] = field(default=(), kw_only=True)
    """What Tab completes: kinds of ids, or dotted paths of enums."""

    @property
    def kind(self) -> Kind:
        return "line"

    def given(self, design: Design, situation: Situation) -> str | None:
        held = self.held(design)
        if design is not situation.design:
            held = {key: value for key, value in held.items() if self._there(key, value, situation)}
        return self.write(held) if held else None

    def held(self, design: Design) -> dict[str, Any]:
        """The fields of this line that a design answers, as plain data by key."""
        node = value_at(design, path_of(self.home))
        filled = node.filled() if isinstance(node, Node) else {}
        return {key: value for key in self.keys() if (value := _inside(filled, key)) not in (None, {}, [])}

    def _there(self, key: str, value: Any, situation: Situation) -> bool:
        """Whether a suggested value refers to nothing that is missing."""
        to = typed.target((*path_of(self.home), *path_of(key)))
        return to is None or value in situation.hoped(to)

    def write(self, held: dict[str, Any]) -> str:
        """The line that gives these fields."""
        return str(LINES[self.notation].write(held))

    def keys(self) -> list[str]:
        """Keys below the home, dotted where deeper."""
        return [pattern.removeprefix(self.home + ".") for pattern in self.fills]

    def read(self, text: str, situation: Situation) -> dict[str, Any]:
        """The fields that a text gives. Raises MlsdError if it cannot be read."""
        return dict(LINES[self.notation].read(text))

    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        found = self.read(clean(answer), situation)
        self.clear(data, situation)
        for key, value in found.items():
            put(data, (*path_of(self.home), *path_of(key)), value)

    def clear(self, data: Data, situation: Situation) -> None:
        for key in self.keys():
            drop(data, (*path_of(self.home), *path_of(key)))

    def paths(self, design: Design) -> list[Path]:
        return [(*path_of(self.home), *path_of(key)) for key in self.held(design)]

    def taken(self, situation: Situation, suggestion: Answer | None) -> set[Path]:
        offered = self.held(situation.suggested)
        now = self.held(situation.design)
        return {(*path_of(self.home), *path_of(key)) for key, value in now.items() if offered.get(key) == value}

    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        return {
            "initial": given or "",
            "example": self.suggestion(situation) or self.example,
            "completions": completions(self.completes, situation),
        }

    def understand(self, text: str, situation: Situation) -> Understood:
        if not text.strip():
            return Understood("")
        try:
            found = self.read(clean(text), situation)
            shown = self.write(found)
        except MlsdError as error:
            return Understood("", error)
        derived = self.derive(situation, found) if self.derive else None
        return Understood(shown, derived=situation.speech.say(derived) if derived else "")


@dataclass(frozen=True)
class Typed(_Fixed):
    """One field as its type reads it: a number, a date, a name, `70/30`; several values are joined by commas."""

    derive: Derive | None = field(default=None, kw_only=True)
    offers: Callable[[Situation], list[str]] | None = field(default=None, kw_only=True)
    """Names that Tab completes."""

    @property
    def kind(self) -> Kind:
        return "line"

    def given(self, design: Design, situation: Situation) -> str | None:
        return written(self.value(design, situation)) or None

    def read(self, text: str, situation: Situation) -> Any:
        """The value that a text gives. Raises MlsdError if it cannot be read."""
        return typed.read(self.path, clean(text), situation.design.currency)

    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        put(data, self.path, self.read(answer, situation))

    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        to = typed.target(self.path)
        known = self.offers(situation) if self.offers else situation.ids(to) if to and to != "path" else []
        return {
            "initial": given or "",
            "example": self.suggestion(situation) or self.example,
            "completions": tuple(known) or typed.values(self.path),
        }

    def understand(self, text: str, situation: Situation) -> Understood:
        if not text.strip():
            return Understood("")
        try:
            value = self.read(text, situation)
        except MlsdError as error:
            return Understood("", error)
        derived = self.derive(situation, {str(self.path[-1]): value}) if self.derive else None
        return Understood(written(value), derived=situation.speech.say(derived) if derived else "")


@dataclass(frozen=True)
class Names(_Fixed):
    """A list of words: what is typical is ticked, own ones are one a line."""

    offers: Callable[[Situation], list[str]] | None = field(default=None, kw_only=True)

    @property
    def kind(self) -> Kind:
        return "lines"

    def typical(self, situation: Situation) -> list[str]:
        """What can be ticked."""
        suggested = [str(value) for value in self.value(situation.suggested, situation) or []]
        further = [str(value) for value in self.value(situation.further, situation) or []]
        return list(dict.fromkeys(suggested + further + (self.offers(situation) if self.offers else [])))

    def given(self, design: Design, situation: Situation) -> Lines | None:
        found = [str(value) for value in self.value(design, situation) or []]
        typical = self.typical(situation)
        ticked = [value for value in found if value in typical]
        return Lines(ticked, [value for value in found if value not in typical]) if found else None

    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        own = [typed.read(self.path, text, situation.design.currency) for line in answer.own if (text := clean(line))]
        put(data, self.path, list(dict.fromkeys([*answer.ticked, *(one for found in own for one in found)])))

    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        shown = given if isinstance(given, Lines) else Lines([], [])
        typical = self.typical(situation)
        return {
            "options": tuple(Option(value, value, "", value in shown.ticked) for value in typical),
            "own": tuple(shown.own),
            "example": self.example or next(iter(typical), ""),
        }


def value_in(design: Design, path: Path, situation: Situation) -> Any:
    """What stands at a path of the situation's design in another one, where entries are found by their ids."""
    if design is situation.design or all(isinstance(step, str) for step in path):
        return value_at(design, path)
    name = show(situation.design, path)
    for known in (design, situation.further):
        try:
            found = value_at(known, find(known, name))
        except ValueRefused:
            continue
        if found not in (None, [], {}):
            return found
    return None


def written(value: Any) -> str:
    """A value as one types it."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(written(one) for one in value)
    if isinstance(value, dict):
        return shares_text([float(share) for share in value.values()])
    if isinstance(value, Node):
        return "" if value.is_empty else effect_text(float(value.value), value.kind or "relative")  # type: ignore[attr-defined]
    return figure(value) if isinstance(value, int | float) else str(value)


def clean(answer: Any) -> str:
    """The text without the space around it; characters nobody sees are refused."""
    text = str(answer).strip().replace("\r\n", "\n")
    for letter in text:
        if not letter.isprintable() and letter not in "\n\t\u00a0\u202f\u2009":
            raise ValueRefused(
                Message("The answer holds a character that nobody sees ({name}).", name=f"U+{ord(letter):04X}"),
                Message("Type the answer again, or paste it as plain text."),
            )
    return text


def option(path: Path, value: str, situation: Situation, ticked: bool = False) -> Option:
    """The option for a value: its title in the tool's language, an id beside its name."""
    say = situation.speech.say
    if typed.target(path):
        name = situation.title(value)
        return Option(value, name, "" if name == value else value, ticked)
    title, hint = title_of(str(path[-1]), value), hint_of(str(path[-1]), value)
    return Option(value, say(title), say(hint) if hint else "", ticked)


def completions(kinds: tuple[str, ...], situation: Situation) -> tuple[str, ...]:
    """Ids and enum values that a line may hold."""
    found: list[str] = []
    for kind in kinds:
        found += typed.values(_positions(kind)) if "." in kind else situation.ids(kind)
    return tuple(dict.fromkeys(found))


def _positions(pattern: str) -> Path:
    return tuple(step for key in pattern.split(".") for step in ((key[:-2], 0) if key.endswith("[]") else (key,)))


def _inside(filled: dict[str, Any], key: str) -> Any:
    found: Any = filled
    for step in key.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found
