"""An answer becomes data: the part writes it, the types judge it, `assumed` is kept up. Nothing here knows a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from mlsd.design import Design
from mlsd.design.path import show
from mlsd.interview import typed
from mlsd.interview.assumed import kept_up, without
from mlsd.interview.plain import Data, copied, put
from mlsd.interview.question import Part
from mlsd.interview.situation import Situation

Change = Callable[[Data], Any]


def take(part: Part, situation: Situation, data: Data, change: Change, own: bool = False) -> tuple[Data, Design]:
    """The design after a change by this part, as data and typed. Raises MlsdError; the data given stays as it is.

    ``own``: nothing that the part fills is assumed afterwards.
    """
    suggestion = part.suggestion(situation)
    old, changed = situation.design, copied(data)
    change(changed)
    new = judged(changed)
    now = replace(situation, design=new)
    kept = kept_up(old.assumed, old, new, part.paths(old), part.paths(new), part.taken(now, suggestion))
    for path in part.paths(new) if own else []:
        kept = without(kept, new, show(new, path))
    put(changed, ("assumed",), kept)
    return changed, new.model_copy(update={"assumed": kept})


def judged(data: Data) -> Design:
    """The typed design of some data. Raises MlsdError for what no field may hold."""
    try:
        return Design.model_validate(data, context={"currency": data.get("currency")})
    except ValidationError as error:
        raise typed.refused(error) from None
