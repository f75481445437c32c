"""What the docstring of a field gives to the question that asks for it: its words, and an example of an answer."""

from __future__ import annotations

import re

from mlsd.design import Path
from mlsd.design.doc import Doc, docs
from mlsd.errors import MlsdError
from mlsd.interview import typed
from mlsd.interview.situation import Situation

_AHEAD = r"(?:[Ff]or example,?|such as|[Нн]апример,?|такие как|такой как|такая как|вроде|скажем,)"
_EXAMPLE = re.compile(rf"{_AHEAD}\s+(?:`([^`]+)`|[“«]([^”»]+)[”»]|([0-9][0-9.,]*))")
_FIRST = re.compile(r"\A(?:`([0-9][^`]*)`|([0-9]+))\s+(?:means|or|for|from|–|или|для|из|означает)\s")
"""What a docstring begins to explain: `30%` means …, 7 for weeks."""
_QUOTED = re.compile(r"[“«]([^”»]{12,})[”»]")


def doc_of(path: Path) -> Doc:
    """The docstring of the field at a path."""
    known = typed.kind(path)
    return docs(known.node).get(known.name) or Doc(str(path[-1]).replace("_", " "))


def example_of(path: Path, situation: Situation) -> str:
    """The answer that the docstring gives as an example; empty where it gives none that could be typed here."""
    words = " ".join(situation.speech.text("mlsd", paragraph) for paragraph in doc_of(path).help)
    found = (
        _EXAMPLE.search(words) or _FIRST.search(words) or (_QUOTED.search(words) if typed.kind(path).is_prose else None)
    )
    said = next(filter(None, found.groups()), "").rstrip(".,") if found else ""
    try:
        return said if said and typed.read(path, said, situation.design.currency) is not None else ""
    except MlsdError:
        return ""
