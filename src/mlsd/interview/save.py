"""The file that is filled: every answer is on disk before the next question is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any, Final

from mlsd.design import Design, Path
from mlsd.errors import Unreadable
from mlsd.interview.plain import Data
from mlsd.storage.editor import remove, set_value
from mlsd.storage.files import write_text
from mlsd.storage.loader import Loaded, load, load_edited, read
from mlsd.storage.stamp import Stamp, changed

ASSUMED: Final = ("assumed",)
_ASSUMED: Final = re.compile(
    r"^assumed:(?:[^\n]*\n|[^\n]*\Z)(?:(?:[ \t-][^\n]*)?(?:\n|\Z))*?(?=[^\s-]|\Z)", re.MULTILINE
)


@dataclass
class Sheet:
    """design.yaml as it was last read or written: text, data, typed design."""

    file: File
    text: str
    data: Data
    design: Design
    stamp: Stamp | None

    @classmethod
    def open(cls, file: File) -> Sheet:
        """Read the file. Raises UsageError or Unreadable."""
        loaded = read(file)
        return cls(file, loaded.text, dict(loaded.data), loaded.design, loaded.stamp)

    @property
    def changed(self) -> bool:
        """Whether somebody else wrote the file since."""
        return self.stamp is not None and changed(self.file, self.stamp)

    def write(self, data: Data) -> None:
        """Carry out on disk what differs between the data now and ``data``; comments stay.

        Raises CannotWrite, or ValueRefused where the file is written in a way that cannot be edited.
        """
        if data == self.data and repr(data) == repr(self.data):
            return
        loaded = _same_or_none(edited(self.text, self.data, data), data)
        loaded = loaded or load(set_value(self.text, (), data), str(self.file))
        if loaded.text != self.text:
            self.stamp = write_text(self.file, loaded.text, self.stamp)
        self.text, self.data, self.design = loaded.text, dict(loaded.data), loaded.design


def _same_or_none(text: str, data: Data) -> Loaded | None:
    """The design that an edited text holds; None if it is not the one that was meant."""
    try:
        loaded = load_edited(text)
    except Unreadable:
        return None
    return loaded if loaded.data == data else None


def edited(text: str, old: Data, new: Data) -> str:
    """The text with the edits that make the new data of the old."""
    for path, value in _differences(old, new):
        if path != ASSUMED:
            text = remove(text, path) if value is None else set_value(text, path, value)
    if old.get("assumed") != new.get("assumed"):
        text = _with_assumed(text, new.get("assumed", []))
    return text


def _differences(old: Data, new: Data, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Path and new value of what differs, as deep as mappings go; None for what is gone."""
    for key in old:
        if key not in new:
            yield (*at, key), None
    for key, value in new.items():
        before = old.get(key)
        if isinstance(before, dict) and isinstance(value, dict) and before and value:
            yield from _differences(before, value, (*at, key))
        elif before != value or repr(before) != repr(value):
            yield (*at, key), value


def _with_assumed(text: str, paths: list[str]) -> str:
    """The text with another list of what is assumed; it is the tool's own, so it is written as a whole."""
    block = _ASSUMED.search(text)
    lines = "".join(f"  - {path}\n" for path in paths)
    written = f"assumed:\n{lines}" if paths else ""
    if block is None:
        return f"{text.rstrip()}\n\n{written}" if paths else text
    rest = text[block.end() :]
    return (
        f"{text[: block.start()].rstrip()}\n\n{written}{rest}"
        if paths
        else text[: block.start()].rstrip() + f"\n{rest}"
    )
