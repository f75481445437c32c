"""Where one is on the walk: which prompts were left, which are to be asked again, which comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mlsd.storage.journal import Journal


@dataclass
class Walk:
    """The position and the order in which prompts were left, by their keys (“8”, “22/2”)."""

    position: str | None = None
    trail: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    """Left earlier, to be asked once more."""
    staying: str | None = None
    """The stage one jumped into and walks through, answered or not."""

    def seen(self, key: str) -> bool:
        """Whether the prompt was answered or left open."""
        return key in self.trail

    def leave(self, key: str) -> None:
        """The prompt was answered or left open."""
        if key in self.again:
            self.again.remove(key)
        if key not in self.trail:
            self.trail.append(key)

    def forward(self, order: Sequence[str], stages: Sequence[str]) -> None:
        """Go to the next prompt: the next of the stage one jumped into, else the next not yet left or asked again."""
        place = order.index(self.position) if self.position in order else -1
        after = [*range(place + 1, len(order)), *range(place + 1)]
        if self.staying and place + 1 < len(order) and stages[place + 1] == self.staying:
            self.position = order[place + 1]
            return
        self.staying = None
        self.position = next((order[number] for number in after if self.waits(order[number])), None)

    def waits(self, key: str) -> bool:
        """Whether the prompt is still to be asked."""
        return key in self.again or not self.seen(key)

    def back(self, order: Sequence[str]) -> bool:
        """Go to the prompt that was left before this one; False at the first."""
        trail = [key for key in self.trail if key in order]
        place = trail.index(self.position) if self.position in trail else len(trail)
        if not place:
            return False
        self.position, self.staying = trail[place - 1], None
        return True

    def jump(self, stage: str, order: Sequence[str], stages: Sequence[str]) -> None:
        """Go to the first prompt of a stage that waits, or to its first and through all of it if none does."""
        inside = [key for key, home in zip(order, stages, strict=True) if home == stage]
        if not inside:
            return
        waiting = [key for key in inside if self.waits(key)]
        self.position = (waiting or inside)[0]
        self.staying = None if waiting else stage

    def keep(self, order: Sequence[str]) -> None:
        """Go on at the first that waits, where the prompt one stood at does not apply any more."""
        if self.position is not None and self.position not in order:
            self.position = next((key for key in order if self.waits(key)), None)

    def store(self, journal: Journal) -> None:
        """Into the journal."""
        journal.question, journal.order, journal.revisit = self.position, list(self.trail), list(self.again)
        journal.stage = self.staying

    @classmethod
    def restored(cls, journal: Journal) -> Walk:
        """From the journal."""
        return cls(journal.question, list(journal.order), list(journal.revisit), journal.stage)
