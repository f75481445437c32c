"""The file that is filled and the journal beside it: every answer is on disk before the next question is asked."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlsd.design import Design
from mlsd.interview.plain import Data
from mlsd.storage.editor import remove, set_value
from mlsd.storage.loader import Loaded, read
from mlsd.storage.stamp import Stamp, changed


@dataclass
class Sheet:
    """design.yaml as it was last read or written: text, data, typed design."""

    file: Path
    text: str
    data: Data
    design: Design
    stamp: Stamp | None

    @classmethod
    def open(cls, file: Path) -> Sheet:
        """Read the file. Raises UsageError or Unreadable."""
        loaded: Loaded = read(file)
        return cls(file, loaded.text, dict(loaded.data), loaded.design, loaded.stamp)

    @property
    def changed(self) -> bool:
        """Whether somebody else wrote the file since."""
        return self.stamp is not None and changed(self.file, self.stamp)

    def write(self, data: Data, design: Design) -> None:
        """Carry out on disk what differs between the data now and ``data``; comments stay. Raises CannotWrite."""
        text = edited(self.text, self.data, data)
        if text != self.text:
            write_text(self.file, text)
            self.stamp = Stamp.taken(self.file)
        self.text, self.data, self.design = text, data, design


def edited(text: str, old: Data, new: Data) -> str:
    """The text with the edits that make the new data of the old."""
    for key in old:
        if key not in new:
            text = remove(text, (key,))
    for key, value in new.items():
        if key not in old:
            text = set_value(text, (key,), value)
        elif old[key] != value or repr(old[key]) != repr(value):
            if key == "assumed":
                text = remove(text, (key,))
            text = set_value(text, (key,), value)
    return text


def write_text(file: Path, text: str) -> None:
    temporary = file.with_name(f".{file.name}.new")
    with temporary.open("w", encoding="utf-8", newline="") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, file)


@dataclass(frozen=True)
class Notes:
    """Position and order of the interview, in ``.mlsd/`` beside the design."""

    file: Path

    @classmethod
    def beside(cls, design: Path) -> Notes:
        return cls(design.parent / ".mlsd" / f"{design.stem}.interview.json")

    def read(self) -> dict[str, Any]:
        """What was noted; nothing if there are no notes or they cannot be read."""
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, notes: dict[str, Any]) -> None:
        """Replace the notes."""
        self.file.parent.mkdir(exist_ok=True)
        write_text(self.file, json.dumps(notes, ensure_ascii=False))
