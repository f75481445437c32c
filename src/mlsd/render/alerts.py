"""The titles of alerts (``[!NOTE]`` and the like), the same on a page and on paper."""

from __future__ import annotations

from collections.abc import Callable

from mlsd.errors import Message


def alerts(say: Callable[[Message], str]) -> dict[str, str]:
    """Kind of alert → its title in the document's language."""
    return {
        "note": say(Message("Note")),
        "tip": say(Message("Tip")),
        "important": say(Message("Important")),
        "warning": say(Message("Warning")),
        "caution": say(Message("Caution")),
    }
