"""From a path to a Design: bytes, text, data, types; and every fault on the way with its place."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from mlsd.design import FILE_NAME, FORMAT_VERSION, Design, Places
from mlsd.errors import Fault, Message, Unreadable, UsageError
from mlsd.storage.commas import cut_numbers
from mlsd.storage.faults import faults
from mlsd.storage.ground import ground_of
from mlsd.storage.guard import MOST_BYTES, too_large
from mlsd.storage.reader import parse, unreadable
from mlsd.storage.spans import Source
from mlsd.storage.stamp import Stamp
from mlsd.storage.syntax import Objection

STDIN: Final = "-"


class Loaded(NamedTuple):
    """A design as it was read: the file's name, its text, plain data, the place of every value, the typed design.

    ``stamp`` tells whether the file has changed since; None for standard input.
    """

    file: str
    text: str
    data: Mapping[str, Any]
    places: Places
    design: Design
    stamp: Stamp | None = None


def read(path: str | os.PathLike[str]) -> Loaded:
    """Read a design file, or standard input for ``-``.

    Raises UsageError if there is no such file or it is a folder, Unreadable (FMT-01 … FMT-04) with all faults of what
    it holds in the order of the file.
    """
    if os.fspath(path) == STDIN:
        content, stamp, file = sys.stdin.buffer.read(MOST_BYTES + 1), None, "<stdin>"
    else:
        file = os.fspath(path)
        content, stamp = _bytes(file)
    return load(_text(content, file), file, stamp)


def load(text: str, file: str, stamp: Stamp | None = None) -> Loaded:
    """The design that a text holds. Raises Unreadable (FMT-01 … FMT-04)."""
    data, places = parse(text, file)
    return Loaded(file, text, data, places, _design(data, places, text), stamp)


def load_edited(text: str) -> Loaded:
    """As ``load``, where the text is edited before and after: it is parsed once, and nobody may change its data."""
    ground = ground_of(text)
    places = ground.tree.places()
    return Loaded("", text, ground.data, places, _design(ground.data, places, text))


def _design(data: Mapping[str, Any], places: Places, text: str) -> Design:
    _refuse_newer(data, places, text)
    cut = cut_numbers(data, places, text)
    try:
        design = Design.model_validate(data, context={"currency": data.get("currency")})
    except ValidationError as error:
        raise Unreadable(places.file, _apart(faults(error, data, places, text), cut), text) from None
    if cut:
        raise Unreadable(places.file, cut, text)
    return design


def _apart(found: list[Fault], cut: list[Fault]) -> list[Fault]:
    """All faults in the order of the file, without those that are only what a comma in a number did."""
    inside = [(fault.place.start, fault.place.end) for fault in cut]
    kept = [fault for fault in found if not any(start <= fault.place.start < end for start, end in inside)]
    return sorted([*kept, *cut], key=lambda fault: fault.place.start)


def _bytes(file: str) -> tuple[bytes, Stamp]:
    try:
        with open(file, "rb") as opened:
            status = os.fstat(opened.fileno())
            content = opened.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(Message("There is no file {path}.", path=file), nearest(file)) from None
    except IsADirectoryError:
        raise UsageError(Message("{path} is a folder.", path=file), _inside(file)) from None
    except ValueError:
        raise UsageError(
            Message("{path} is not the name of a file.", path=repr(file)), Message("Start a design with: mlsd new")
        ) from None
    except OSError as error:
        reason = Message("{path} cannot be read: {reason}.", path=file, reason=error.strerror or str(error))
        raise UsageError(reason, Message("Look at the rights of the file and of its folder.")) from None
    return content, Stamp.of(content, status)


def _text(content: bytes, file: str) -> str:
    if len(content) > MOST_BYTES:
        raise unreadable(Source(file, ""), "FMT-01", too_large().objection)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        byte = f"0x{content[error.start]:02X}"
        found = Objection(
            len(before),
            Message("The file is not UTF-8: the byte {byte} stands here.", byte=byte),
            Message("Save it as UTF-8; every editor can."),
        )
        raise unreadable(Source(file, before + "\ufffd"), "FMT-01", found) from None


def _refuse_newer(data: Mapping[str, Any], places: Places, text: str) -> None:
    version = data.get("mlsd")
    if isinstance(version, str) and version.isascii() and version.isdigit():
        version = int(version[:9])
    if isinstance(version, bool) or not isinstance(version, int | float) or version <= FORMAT_VERSION:
        return
    message = Message(
        "The file is in version {version} of the format, and this program reads versions up to {known}.",
        version=version,
        known=FORMAT_VERSION,
    )
    fault = Fault("FMT-04", message, places.values[("mlsd",)], Message("Upgrade mlsd, then read it again."), ("mlsd",))
    raise Unreadable(places.file, [fault], text)


def nearest(file: str) -> Message:
    """The next step where a file is not there: what may have been meant is called nearly so, or in a folder beside."""
    folder = Path(file).parent
    try:
        names = [name for name in os.listdir(folder) if name.endswith((".yaml", ".yml"))]
    except OSError:
        return Message("There is no folder {folder} either.", folder=str(folder))
    designs = sorted(folder.glob(f"*/{FILE_NAME}")) if Path(file).name == FILE_NAME else []
    stems = {Path(name).stem: name for name in names}  # an ending that both have likens nothing
    near = [*designs, *(folder / stems[stem] for stem in get_close_matches(Path(file).stem, stems, 1, 0.6))]
    if near:
        return Message("Did you mean {path}?", path=str(near[0]))
    return Message("Name a design file, or start one with: mlsd new")


def _inside(folder: str) -> Message:
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith((".yaml", ".yml")))
    except OSError:
        names = []
    if not names:
        return Message("There is no design in it. Start one with: mlsd new -o {folder}", folder=folder)
    first = FILE_NAME if FILE_NAME in names else names[0]
    return Message("Name the file in it: {path}", path=os.path.join(folder, first))
