"""A person's own registries: names of metrics, losses, models and tools, in the form of those that ship with mlsd.

A folder holds ``metrics.yaml``, ``losses.yaml``, ``models.yaml``, ``tools.yaml``, or some of them. They are read like
designs, with every guard, and each entry is checked, so that a slip is one sentence with its place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path as Folder
from typing import Any, Final

from mlsd.content.registry import KINDS, VERSION, words_of
from mlsd.design import Path, Place
from mlsd.errors import Message, MlsdError, Unreadable, UsageError
from mlsd.storage.guard import MOST_BYTES
from mlsd.storage.reader import parse

FILES: Final = {"metrics": ("metrics",), "losses": ("losses",), "models": ("families", "models"), "tools": ("tools",)}
"""Name of a file → its sections."""

Data = Any


def read_registries(folders: Sequence[Folder]) -> Mapping[str, Sequence[Any]]:
    """Section → its entries, those of later folders last.

    Raises UsageError for a folder that is not there, for a file that cannot be read and for an entry that is wrong.
    """
    found: dict[str, list[Any]] = {}
    for folder in folders:
        if not os.path.isdir(folder):
            raise UsageError(
                Message("There is no folder {folder} with registries.", folder=os.fspath(folder)),
                Message("It is named in the settings; mend its path there, relative to their file."),
            )
        for name, sections in FILES.items():
            file = folder / f"{name}.yaml"
            if os.path.isfile(file):
                for section, entry in _entries(file, sections):
                    found.setdefault(section, []).append(entry)
    return found


def _entries(file: Folder, sections: Sequence[str]) -> Iterator[tuple[str, Any]]:
    reading = _Reading(file)
    for key, value in reading.data.items():
        if key == "mlsd_registry":
            if value != VERSION:
                raise reading.wrong((key,), Message("This version of registries is not known."), _VERSION)
        elif key not in sections:
            raise reading.unknown((key,), key, ["mlsd_registry", *sections])
        else:
            yield from ((key, entry) for entry in reading.section(key, value))


class _Reading:
    """One file, and the sentences about it."""

    def __init__(self, file: Folder) -> None:
        try:
            with file.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(
                Message("{path} cannot be read: {reason}.", path=os.fspath(file), reason=reason),
                Message("Look at the rights of the file and of its folder."),
            ) from None
        try:
            self.data, self.places = parse(content.decode("utf-8"), os.fspath(file))
        except UnicodeDecodeError:
            raise UsageError(
                Message("{path} is not UTF-8.", path=os.fspath(file)), Message("Save it as UTF-8; every editor can.")
            ) from None
        except Unreadable as error:
            if error.faults[0].code == "FMT-03":  # its sentence is about designs, and quotes all that it found
                first = Message("Begin with a key: {key}", key=f"{FILES[file.stem][0]}:")
                raise MlsdError(_NO_REGISTRY, first, error.place) from None
            raise MlsdError(error.message, error.hint, error.place) from None

    def section(self, name: str, value: Data) -> Iterator[Any]:
        if not isinstance(value, list):
            raise self.wrong((name,), Message("A list of entries belongs here."), _EXAMPLE)
        for position, data in enumerate(value):
            yield self.entry(name, (name, position), data)

    def entry(self, section: str, at: Path, data: Data) -> Any:
        """One entry as the registry knows it."""
        kind = KINDS[section]
        if not isinstance(data, dict) or not isinstance(data.get("id"), str) or not data["id"].strip():
            raise self.wrong(at, Message("An entry needs an id."), _EXAMPLE)
        values = {}
        for key, value in data.items():
            if key not in kind._fields:
                raise self.unknown((*at, key), key, list(kind._fields))
            values[key] = self.value(section, key, value, (*at, key))
        return kind(**values)

    def value(self, section: str, key: str, value: Data, at: Path) -> Any:
        """The value of one field, of the type that the field has."""
        default = KINDS[section]._field_defaults.get(key, "")
        if isinstance(default, bool):
            if not isinstance(value, bool):
                raise self.wrong(at, Message("“{key}” is true or false.", key=key))
            return value
        known = words_of(section, key)
        if isinstance(default, str):
            if not isinstance(value, str):
                raise self.wrong(at, Message("“{key}” is a word.", key=key))
            if known and value not in known:
                raise self.unknown(at, value, known)
            return value
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self.wrong(
                at, Message("“{key}” is a list of words.", key=key), Message("Write it in brackets: [a, b].")
            )
        for position, word in enumerate(value):
            if known and word not in known:
                raise self.unknown((*at, position), word, known)
        return type(default)(value)

    def unknown(self, at: Path, word: str, known: Sequence[str]) -> MlsdError:
        near = get_close_matches(word, known, 1)
        hint = Message("The words that may stand here are {keys}.", keys=", ".join(known))
        if near:
            hint = Message("Did you mean “{key}”?", key=near[0])
        place = self.places.keys[at] if at[-1] == word else None
        return self.wrong(at, Message("“{key}” is not known here.", key=word), hint, place)

    def wrong(self, at: Path, message: Message, hint: Message | None = None, place: Place | None = None) -> MlsdError:
        """The error at the value there, or at another place."""
        return MlsdError(message, hint, place or self.places.values[at])


_NO_REGISTRY = Message("A registry is a mapping of keys to lists of entries, and the file holds something else.")
_VERSION = Message("Write: mlsd_registry: {version}", version=VERSION)
_EXAMPLE = Message("Write entries such as: {example}", example="- {id: our_metric, names: [our metric]}")
