"""The time of an interview: how long it runs, and with ``--minutes`` what each stage has used of its share."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from mlsd.cli.prompts.result import Say, Tab
from mlsd.errors import Message

SHARES = {"problem": 3.0, "metrics": 2.0, "data": 2.5, "pipeline": 2.5, "model": 3.0, "deploy": 1.0, "ab_test": 1.0}
"""Minutes of a quarter of an hour, as the core questions were laid out."""


class Clock:
    """Runs from its making, on top of the seconds of earlier sittings; is told which stage one is at.

    ``spent``: the seconds that earlier sittings took at each stage.
    """

    def __init__(
        self,
        minutes: float | None = None,
        before: float = 0.0,
        spent: Mapping[str, float] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.minutes = minutes
        self._before = before
        self._now = now
        self._began = self._since = now()
        self._spent: Counter[str] = Counter(spent)
        self._stage = ""

    def at(self, stage: str) -> None:
        """One is at this stage from now on."""
        self._spent[self._stage] += self._now() - self._since  # type: ignore[assignment]
        self._since, self._stage = self._now(), stage

    @property
    def total(self) -> float:
        """Seconds since the first question, earlier sittings included."""
        return self._before + self._now() - self._began

    def spent(self, stage: str) -> float:
        """Seconds at a stage so far."""
        return self._spent[stage] + (self._now() - self._since if stage == self._stage else 0.0)

    @property
    def stages(self) -> dict[str, float]:
        """Seconds at every stage so far."""
        return {stage: self.spent(stage) for stage in {*self._spent, self._stage} if stage}

    def shown(self) -> str:
        """``2:05``; with a limit ``2:05 of 45:00``, in signs that need no translation."""
        elapsed = as_clock(self.total)
        return elapsed if self.minutes is None else f"{elapsed} / {as_clock(self.minutes * 60)}"

    def share(self, stage: str, stages: Sequence[str]) -> float:
        """Minutes that a stage may take of the whole, shared as the core questions are."""
        whole = sum(SHARES.get(one, 0.0) for one in stages) or 1.0
        return (self.minutes or 0.0) * SHARES.get(stage, 0.0) / whole

    def hurry(self, tabs: Sequence[Tab], say: Say) -> str:
        """“12 of 7 minutes on model, deploy is empty”; nothing while the stage keeps to its share."""
        if self.minutes is None or not self._stage:
            return ""
        titles: Mapping[str, str] = {tab.stage: tab.title for tab in tabs}
        share = self.share(self._stage, list(titles))
        if self.spent(self._stage) <= share * 60 or not share:
            return ""
        used, allowed = int(self.spent(self._stage) // 60), max(1, round(share))
        used = max(used, allowed)
        title = titles.get(self._stage, self._stage)
        empty = [tab.title for tab in tabs if tab.state == "empty" and tab.stage != self._stage]
        if not empty:
            return say(Message("{used} of {allowed} minutes on {stage}", used=used, allowed=allowed, stage=title))
        return say(
            Message(
                "{used} of {allowed} minutes on {stage}, {empty} is empty",
                used=used, allowed=allowed, stage=title, empty=empty[0],
            )
        )  # fmt: skip


def as_clock(seconds: float) -> str:
    """``2:05``, and from an hour on ``1:02:05``."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
