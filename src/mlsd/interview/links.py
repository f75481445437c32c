"""Links of an entry to metrics that are not declared any more: which they are, and to what they lead instead."""

from __future__ import annotations

from typing import Any

from mlsd.design.reference import RESERVED
from mlsd.interview.situation import Situation

LINKS = "links_to"


def lost(entry: dict[str, Any], situation: Situation) -> list[str]:
    """The metrics that the entry links to and that nothing declares or still suggests."""
    known = situation.hoped("metric") | RESERVED
    return [name for name in entry.get(LINKS) or [] if name not in known]


def mended(entry: dict[str, Any], situation: Situation, instead: str | None) -> dict[str, Any]:
    """The entry without such links; with one to ``instead`` where no other is left."""
    gone = lost(entry, situation)
    if not gone:
        return entry
    kept = [name for name in entry[LINKS] if name not in gone] or ([instead] if instead else [])
    return {key: value for key, value in entry.items() if key != LINKS} | ({LINKS: kept} if kept else {})
