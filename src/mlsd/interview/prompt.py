"""What the terminal shows and what it hands back: one Prompt at a time, an answer of the Prompt's kind in return."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mlsd.errors import Message, MlsdError

Kind = Literal["prose", "line", "lines", "choice", "choices"]


@dataclass(frozen=True)
class Option:
    """One tick or one choice."""

    value: str
    """What is returned."""
    title: str
    """What is shown, already in the tool's language."""
    hint: str = ""
    ticked: bool = False


@dataclass(frozen=True)
class Understood:
    """How what is typed so far would be read."""

    text: str
    """Shown back as understood (“user · 3 attributes: age, city, tenure”); empty if nothing is typed."""
    error: MlsdError | None = None
    derived: str = ""
    """A value computed as one types: requests per second, what is left of the latency budget, sample size and days."""


@dataclass(frozen=True)
class Lines:
    """The answer to a Prompt of kind “lines”: the values ticked, and the own entries, one line each."""

    ticked: list[str]
    own: list[str]


Answer = str | list[str] | Lines
"""prose, line, choice → str; choices → list of values; lines → Lines. An empty answer leaves the question open."""


def nothing_typed(_: str) -> Understood:
    """For a Prompt whose answers need no reading."""
    return Understood("")


@dataclass(frozen=True)
class Prompt:
    """One thing to ask. Strings are in the tool's language already; a Message is still to be translated."""

    question: str
    """Number of the core question (“8”, “L1”), or the path it fills in a full pass."""
    part: int
    parts: int
    """A question may take several prompts (a pick, then words): this is part 1 of 2."""
    kind: Kind
    stage: str
    number: int
    of: int
    """Prompt n of m over the whole pass."""
    asked: Message
    why: str = ""
    """Why an interviewer asks it."""
    help: tuple[str, ...] = ()
    example: str = ""
    """prose: shown in grey, Tab takes it; else a good example of an answer."""
    initial: str = ""
    """Editable text already there (line), the value selected (choice), the earlier answer on coming back."""
    options: tuple[Option, ...] = ()
    """The choices, or the ticks of a list."""
    own: tuple[str, ...] = ()
    """kind “lines”: own entries given earlier, as lines."""
    shape: Message | None = None
    """How a line is written: “name up 5% to 6% -> business metric”."""
    completions: tuple[str, ...] = ()
    """Ids declared so far, completed by Tab."""
    flag: str = ""
    """How to answer it without a terminal: “--set problem.goal.metric=…”."""
    understand: Callable[[str], Understood] = nothing_typed
    """How a text (prose, line) or one own entry (lines) would be read, and what follows from it."""
    assumed: bool = False
    """What is filled in or ticked here is the template's suggestion: Session.accept() records it as assumed."""
    again: bool = False
    """Asked a second time because an answer changed on which this one rests."""
    refused: MlsdError | None = None
    """Why the answer just given was not taken; what was typed stands here again."""
