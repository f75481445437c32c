"""A baseline: the findings that were there before, so that only new ones are shown. Versioned JSON, sorted, small."""

from __future__ import annotations

import errno
import json
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from mlsd.errors import Message, UsageError
from mlsd.storage.files import write_text

VERSION: Final = 1
_MOST_BYTES: Final = 16 << 20


class Entry(NamedTuple):
    """One finding: the rule's code, its path without positions, and its fingerprint."""

    rule: str
    path: str
    fingerprint: str


Baseline = Mapping[str, Counter[Entry]]
"""File, as it is called from the folder of the baseline, → its findings and how often each is there."""


def name_in(baseline: str, file: str) -> str:
    """What a baseline calls a file: the way from its own folder, with slashes on every system."""
    folder = os.path.dirname(os.path.abspath(baseline))
    try:
        return Path(os.path.relpath(os.path.abspath(file), folder)).as_posix()
    except ValueError:  # another drive
        return Path(os.path.abspath(file)).as_posix()


def read_baseline(path: str) -> Baseline:
    """The findings in a baseline. Raises UsageError if there is none, or one that this version cannot read."""
    try:
        if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
            raise OSError(errno.EINVAL, "a device or a pipe")
        with open(path, "rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
    except IsADirectoryError:
        raise UsageError(
            Message("{path} is a folder.", path=path),
            Message("Name a file in it: {path}", path=os.path.join(path, "known.json")),
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            Message("{path} cannot be read: {reason}.", path=path, reason=reason),
            Message("Write a baseline with: mlsd check --write-baseline {path}", path=path),
        ) from None
    try:
        data: Any = json.loads(content) if len(content) <= _MOST_BYTES else None
        version, files = data["mlsd_baseline"], data["files"]
        if version == VERSION:
            return {str(file): Counter(_entry(line) for line in lines) for file, lines in files.items()}
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise _no_baseline(path) from None
    if isinstance(version, int) and version > VERSION:
        raise UsageError(Message("{path} was written by a newer mlsd.", path=path), Message("Upgrade mlsd."))
    raise _no_baseline(path)


def write_baseline(path: str, found: Baseline) -> None:
    """Write the file, each finding on a line of its own. Raises CannotWrite, and what stood there still stands."""
    files = {file: sorted(" ".join(entry) for entry in found[file].elements()) for file in sorted(found)}
    data = {"mlsd_baseline": VERSION, "files": {file: lines for file, lines in files.items() if lines}}
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _entry(line: Any) -> Entry:
    rule, _, rest = line.partition(" ")
    path, _, fingerprint = rest.rpartition(" ")
    return Entry(rule, path, fingerprint)


def _no_baseline(path: str) -> UsageError:
    return UsageError(
        Message("{path} is not a baseline.", path=path),
        Message("Name another file, which mlsd check --write-baseline writes."),
    )
