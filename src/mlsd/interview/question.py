"""A question of the interview: what it asks, why, what it fills, and the parts in which it is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mlsd.design import Design, Path
from mlsd.errors import Message
from mlsd.interview.plain import Data
from mlsd.interview.prompt import Answer, Kind, Understood

if TYPE_CHECKING:
    from mlsd.interview.situation import Situation


def always(_: Situation) -> bool:
    """What applies to every design."""
    return True


@dataclass(frozen=True)
class Part:
    """One prompt of a question. A subclass says how its answer is read from a design and written into one."""

    fills: tuple[str, ...]
    """The fields as patterns: ``metrics.online[].id``."""
    asked: Message | None = field(default=None, kw_only=True)
    """What this part asks, where the question's own sentence asks more than this part."""
    applies: Callable[[Situation], bool] = field(default=always, kw_only=True)
    """Whether this part is asked at all."""
    shape: Message | None = field(default=None, kw_only=True)
    example: str = field(default="", kw_only=True)

    @property
    def kind(self) -> Kind:
        """How it is asked."""
        raise NotImplementedError

    def given(self, design: Design, situation: Situation) -> Answer | None:
        """The answer that a design holds; None if it holds none."""
        raise NotImplementedError

    def suggestion(self, situation: Situation) -> Answer | None:
        """The answer that is offered: what the suggested design holds."""
        return self.given(situation.suggested, situation)

    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        """Write the answer into the data of a design. Raises MlsdError if it cannot be read."""
        raise NotImplementedError

    def clear(self, data: Data, situation: Situation) -> None:
        """Remove what this part fills."""
        raise NotImplementedError

    def paths(self, design: Design) -> list[Path]:
        """What it has filled in this design: fields, or whole entries of a list."""
        raise NotImplementedError

    def taken(self, situation: Situation, suggestion: Answer | None) -> set[Path]:
        """Of what it has filled in the situation's design: what is as it was suggested."""
        same = suggestion is not None and self.given(situation.design, situation) == suggestion
        return set(self.paths(situation.design)) if same else set()

    def typed_whole(self, answer: Answer, situation: Situation) -> bool:
        """Whether all that a typed answer fills stands in it, so that nothing of it is assumed."""
        return True

    def mends(self, situation: Situation) -> bool:
        """Whether the answer shown differs from the one the design holds, as that refers to what is gone."""
        return False

    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        """The fields of the Prompt that depend on the answer shown: initial, example, options, own, completions."""
        raise NotImplementedError

    def understand(self, text: str, situation: Situation) -> Understood:
        """How a typed text would be read."""
        return Understood(text.strip())


@dataclass(frozen=True)
class Question:
    """A core question (“8”, “L1”), or in a full pass the path it fills."""

    id: str
    stage: str
    asked: Message
    why: Message | None
    """Why an interviewer asks it; None for a field of the full pass of which its documentation says nothing."""
    parts: tuple[Part, ...]
    applies: Callable[[Situation], bool] = always
    rests_on: tuple[str, ...] = ()
    """Questions, or parts of them (“22/1”), whose changed answer makes this one worth another look."""
    help: tuple[Message | str, ...] = ()

    @property
    def fills(self) -> tuple[str, ...]:
        """Patterns of all fields that its parts fill."""
        return tuple(dict.fromkeys(pattern for part in self.parts for pattern in part.fills))

    def key(self, part: int) -> str:
        """The key of the prompt for a part, counted from 1: “8”, or “22/2” where there are several."""
        return self.id if len(self.parts) == 1 else f"{self.id}/{part}"


def matches(pattern: str, path: Path) -> bool:
    """True if the pattern covers the path or something inside or above it."""
    steps = tuple(re.findall(r"\[\]|[^.\[\]]+", pattern))
    return all(
        (step == "[]" and isinstance(found, int)) or step == found for step, found in zip(steps, path, strict=False)
    )
