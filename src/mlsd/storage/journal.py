"""Where the interview stopped: position, order and time only. Every answer is in the design file already."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from mlsd.errors import CannotWrite, Message
from mlsd.storage.files import cannot_write, refuse_linked_folder, write_text

FOLDER: Final = ".mlsd"
FILE: Final = "journal.json"
_MOST_BYTES: Final = 1 << 20


@dataclass
class Journal:
    """The state of an interview that the design itself does not hold; questions are named by their ids."""

    folder: Path
    """The folder of the design."""
    question: str | None = None
    """The question that was open."""
    template: str | None = None
    """The problem template the questions came from."""
    mode: str | None = None
    """“full” for a pass that asks every field."""
    source: str | None = None
    """The design file whose answers are suggested instead of the template's."""
    stage: str | None = None
    """The stage one jumped into and walks through."""
    minutes: float = 0.0
    """How long the interview may take; 0 where nobody said."""
    seconds: float = 0.0
    """How long the interview has taken so far."""
    spent: dict[str, float] = field(default_factory=dict)
    """How much of that each stage has taken."""
    order: list[str] = field(default_factory=list)
    """The questions in the order in which they were met."""
    answered: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    revisit: list[str] = field(default_factory=list)
    """Questions to come back to."""

    def save(self) -> None:
        """Write ``.mlsd/journal.json`` beside the design. Raises CannotWrite."""
        folder = self.folder / FOLDER
        _refuse_link(folder)
        refuse_linked_folder(folder)
        try:
            folder.mkdir(exist_ok=True)
            ignore = folder / ".gitignore"
            if not ignore.exists():
                write_text(ignore, "*\n")
        except OSError as error:
            raise cannot_write(str(folder), error) from None
        state = {name: value for name, value in asdict(self).items() if name != "folder"}
        write_text(folder / FILE, json.dumps(state, ensure_ascii=False, indent=1) + "\n", lasting=False)


def load(folder: str | os.PathLike[str]) -> Journal:
    """The journal of the design in a folder; a fresh one if there is none or it cannot be understood.

    Raises CannotWrite if ``.mlsd`` is a symbolic link.
    """
    base = Path(folder)
    _refuse_link(base / FOLDER)
    state = _state(base / FOLDER / FILE)
    journal = Journal(base)
    for part in fields(journal):
        value = state.get(part.name)
        if part.name != "folder" and _fits(value, getattr(journal, part.name)):
            setattr(journal, part.name, value)
    return journal


def _state(file: Path) -> dict[str, Any]:
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return {}
        state = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def _fits(value: Any, usual: Any) -> bool:
    if isinstance(usual, list):
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if isinstance(usual, dict):
        return isinstance(value, dict) and all(_fits(seconds, 0.0) for seconds in value.values())
    if isinstance(usual, float):
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")
    return isinstance(value, str)


def _refuse_link(folder: Path) -> None:
    if folder.is_symlink():
        raise CannotWrite(
            Message("{path} is a symbolic link, and mlsd keeps its notes in a folder of its own.", path=str(folder)),
            Message("Delete the link; mlsd makes the folder again."),
        )
