"""What comes back from a question, and what stands around one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from mlsd.errors import Message
from mlsd.interview.prompt import Answer, Lines, Prompt


@dataclass(frozen=True)
class Given:
    """An answer, and whether it is what was offered: then the template's suggestion was accepted as it is."""

    value: Answer
    untouched: bool = False
    own: bool = field(default=False, compare=False)
    """Every word of it was typed: what equals the suggestion is no assumption."""

    @property
    def is_empty(self) -> bool:
        """Nothing was answered: the question stays open."""
        value = self.value
        return not (value.ticked or value.own) if isinstance(value, Lines) else not value


@dataclass(frozen=True)
class Back:
    """To the question before. ``given`` is what stood there, where something was touched and can be read; ``unread``
    is what was typed and cannot.
    """

    given: Given | None = None
    unread: str = ""


@dataclass(frozen=True)
class LeaveOpen:
    """Don't know yet."""


@dataclass(frozen=True)
class Jump:
    """To the first open question of a stage; ``given`` and ``unread`` as with Back."""

    stage: str
    given: Given | None = None
    unread: str = ""


@dataclass(frozen=True)
class Save:
    """Leave; go on another day; ``given`` and ``unread`` as with Back."""

    given: Given | None = None
    unread: str = ""


@dataclass(frozen=True)
class Quit:
    """Ctrl-C, or the terminal went away; ``given`` and ``unread`` as with Back."""

    given: Given | None = None
    unread: str = ""


Result = Given | Back | LeaveOpen | Jump | Save | Quit

Say = Callable[[Message | str], str]
"""Translates a sentence: ``Language.say``."""

State = Literal["done", "part", "empty"]


@dataclass(frozen=True)
class Tab:
    """One stage as the header and the jump menu show it."""

    stage: str
    title: str
    state: State
    detail: str = ""
    """How complete it is: “4 of 7, 1 assumed”."""


@dataclass(frozen=True)
class Around:
    """What stands around a question: the stages, the time."""

    tabs: tuple[Tab, ...] = ()
    time: Callable[[], str] = lambda: ""
    """Elapsed time, or what the clock says; asked again every second."""
    hurry: Callable[[], str] = lambda: ""
    """“12 of 7 minutes on model, deploy is empty”; empty as long as there is time."""
    keep: Callable[[Given], None] = lambda _: None
    """Writes down a list that is still being given, so that nothing that was added to it can be lost."""


def offered(prompt: Prompt) -> Answer:
    """What Enter would answer if nothing were touched."""
    if prompt.kind == "lines":
        return Lines([option.value for option in prompt.options if option.ticked], list(prompt.own))
    if prompt.kind == "choices":
        return [option.value for option in prompt.options if option.ticked]
    if prompt.kind == "choice":
        return prompt.initial or next((option.value for option in prompt.options if option.ticked), "")
    return prompt.initial
