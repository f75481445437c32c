"""Where a new design goes: which folder, and what keeps it from being written there."""

from __future__ import annotations

import os
from pathlib import Path

from mlsd.design import FILE_NAME
from mlsd.design.signs import is_unseen
from mlsd.errors import CannotWrite, Message, UsageError

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def design_file(template: str, given: str | None) -> Path:
    """The file to write: ``./<template>/design.yaml``, or the one in the folder that was given.

    Raises UsageError for a name that no folder should have, and for a default folder that a link leads elsewhere;
    CannotWrite for a file in the way.
    """
    folder = Path(acceptable(given)) if given is not None else Path(template)
    if given is None and not folder.resolve().is_relative_to(Path.cwd().resolve()):
        raise UsageError(
            Message("“{folder}” is a link that leads out of this folder.", folder=str(folder)),
            Message("Say where to write: -o DIR"),
        )
    file = folder / FILE_NAME
    try:
        obstacle = next((part for part in (folder, *folder.parents) if part.exists() and not part.is_dir()), None)
        linked = file.is_symlink()
    except OSError as error:
        raise CannotWrite(
            Message(
                "The folder “{folder}” cannot be used: {reason}.", folder=shown(folder), reason=error.strerror or "?"
            ),
            Message("Choose another with -o DIR."),
        ) from None
    if obstacle is not None:
        raise CannotWrite(
            Message("“{file}” is a file, and the design needs a folder there.", file=str(obstacle)),
            Message("Choose a folder with -o DIR."),
        )
    if linked:
        raise CannotWrite(
            Message("“{file}” is a symbolic link, and mlsd does not write through links.", file=str(file)),
            Message("Name the folder that it leads to: -o DIR"),
        )
    return file


def acceptable(name: str) -> str:
    """The name of a folder as given. Raises UsageError if it is empty, not printable, or a device somewhere."""
    hidden = next(filter(is_unseen, name), None)
    if hidden is not None:
        raise UsageError(
            Message("The folder’s name holds a character that nobody sees (U+{code}).", code=f"{ord(hidden):04X}"),
            Message("Name the folder in letters, digits, “-” and “_”."),
        )
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    for part in parts:
        if part.split(".")[0].strip().casefold() in _DEVICES or part != part.rstrip(" ."):
            raise UsageError(
                Message("“{part}” cannot be the name of a folder on every system.", part=part),
                Message("Name the folder in letters, digits, “-” and “_”."),
            )
    if not name.strip():
        raise UsageError(Message("The folder’s name is empty."), Message("Say where to write: -o DIR"))
    return name


def prepare(file: Path) -> None:
    """Make the folder and see that one may write in it. Raises CannotWrite."""
    from mlsd.storage.files import refuse_linked_folder

    refuse_linked_folder(file)
    folder = file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise unwritable(folder, PermissionError(0, "Permission denied"))


def unwritable(folder: Path, error: OSError) -> CannotWrite:
    """Why nothing can be written in the folder."""
    return CannotWrite(
        Message(
            "Nothing can be written in “{folder}”: {reason}.", folder=shown(folder), reason=error.strerror or str(error)
        ),
        Message("Choose another folder with -o DIR."),
    )


def shown(folder: Path) -> str:
    """A folder as a sentence names it: cut in the middle if it is endless."""
    name = str(folder)
    return name if len(name) <= 80 else f"{name[:40]}…{name[-30:]}"
