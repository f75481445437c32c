"""A design file with other values in some places, for as long as the question is asked."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mlsd.errors import Message, Unreadable, UsageError

if TYPE_CHECKING:
    from mlsd.design import Design, Path
    from mlsd.storage import Loaded


@dataclass(frozen=True)
class Change:
    """One ``path=value`` of the command line."""

    path: str
    value: str


@dataclass(frozen=True)
class Asked:
    """The design the question is about, and the file it came from."""

    design: Design
    file: str


def asked(file: str, sets: Sequence[str]) -> tuple[Asked, list[Change]]:
    """The design in a file with every change applied; the file is only read.

    Raises UsageError for a path that is not there and a value that its field cannot hold, Unreadable for the file.
    """
    from mlsd.cli.designs import find
    from mlsd.storage import read

    [path] = find([file])
    loaded = read(path)
    changes = [_change(text) for text in sets]
    return Asked(_changed(loaded, changes), loaded.file), changes


def _change(text: str) -> Change:
    path, sign, value = text.partition("=")
    if not sign or not path.strip() or not value.strip():
        raise UsageError(
            Message("“{text}” does not say what to set.", text=text),
            Message("Write path=value, for example: --set problem.scale.rps_peak=1200"),
        )
    return Change(path.strip(), value.strip())


def _changed(loaded: Loaded, changes: Sequence[Change]) -> Design:
    from pydantic import ValidationError

    from mlsd.design import Design
    from mlsd.design.path import find

    if not changes:
        return loaded.design
    data = deepcopy(loaded.design.filled())
    for change in changes:
        at = find(loaded.design, change.path)
        _put(data, at, _value(change.value))
    try:
        return Design.model_validate(data, context={"currency": data.get("currency")})
    except ValidationError as error:
        raise _refusal(error, changes) from None


def _put(data: Any, at: Path, value: object) -> None:
    for step, following in pairwise(at):
        if isinstance(data, dict):
            data.setdefault(step, [] if isinstance(following, int) else {})
        data = data[step]
    data[at[-1]] = value


def _value(text: str) -> object:
    """The value as the reader of a design file reads it; what is no YAML is text."""
    from mlsd.storage import parse

    try:
        data, _ = parse(f"value: {text}\n", "--set")
    except Unreadable:
        return text
    return data.get("value", text)


def _refusal(error: Any, changes: Sequence[Change]) -> UsageError:
    first = error.errors()[0]
    context = first.get("ctx") or {}
    reason = context.get("message") or Message("this value does not fit here.")
    where = ", ".join(change.path for change in changes)
    return UsageError(Message("--set {path}: {reason}", path=where, reason=reason), context.get("hint"))
