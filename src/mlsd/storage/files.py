"""Writing a file so that it is either the old one or the new one, and never half of each."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from mlsd.errors import CannotWrite, Message
from mlsd.storage.stamp import Stamp, changed

_NEW_FILE: Final = 0o666
_REASONS: Final = {
    errno.ENOSPC: Message("The disk is full."),
    errno.EDQUOT: Message("The disk quota is used up."),
    errno.EFBIG: Message("The file would be larger than this system allows."),
    errno.EROFS: Message("The disk can only be read."),
    errno.EACCES: Message("The folder may not be written to."),
    errno.EPERM: Message("The folder may not be written to."),
    errno.ENOENT: Message("The folder is not there."),
    errno.ENOTDIR: Message("A part of the path is a file, not a folder."),
    errno.ENAMETOOLONG: Message("The name is too long for this system."),
    errno.EEXIST: Message("A file of this name is in the way."),
    errno.EISDIR: Message("It is a folder."),
    errno.ELOOP: Message("A symbolic link in the path leads to itself."),
}


def write_text(
    path: str | os.PathLike[str], text: str, expected: Stamp | None = None, *, lasting: bool = True
) -> Stamp:
    """Write a file as UTF-8 in one step, its mode kept; returns the stamp of what is there now.

    With ``expected`` the file must still be as it was when that stamp was taken. Raises CannotWrite, and what stood
    there before still stands: the path is a symbolic link or no file, the file has changed, no rights, no room.
    A file that is not ``lasting`` is as whole as any other, but may be the old one after a power cut.
    """
    return write_bytes(path, text.encode("utf-8"), expected, lasting=lasting)


def write_bytes(
    path: str | os.PathLike[str], content: bytes, expected: Stamp | None = None, *, lasting: bool = True
) -> Stamp:
    """As ``write_text``, for bytes."""
    target = os.fspath(path)
    with _refusals(target):
        before = _status(target)
        _refuse_changed(target, expected)
        return _replace(target, content, before, expected, lasting)


@contextlib.contextmanager
def writing(path: str | os.PathLike[str]) -> Iterator[Callable[[bytes], None]]:
    """Write a file bit by bit: gives a function that adds bytes, and the new file stands there once the block is done.

    Raises CannotWrite as ``write_bytes`` does, what can be known at once before anything is added. When the block ends
    in an error, what stood there before still stands.
    """
    target = os.fspath(path)
    with _refusals(target):
        before = _status(target)
        folder, name = os.path.split(os.path.abspath(target))
        handle, temporary = tempfile.mkstemp(prefix=".mlsd-", suffix=".tmp", dir=folder)

    def add(content: bytes) -> None:
        with _refusals(target):
            _write_all(handle, content)

    try:
        try:
            yield add
            with _refusals(target):
                _keep_rights(handle, before)
                os.fsync(handle)
        finally:
            os.close(handle)
        with _refusals(target):
            os.replace(temporary, os.path.join(folder, name))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(folder)


@contextlib.contextmanager
def _refusals(target: str) -> Iterator[None]:
    """An error of the operating system within becomes CannotWrite."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise cannot_write(target, error) from None


def cannot_write(path: str, error: OSError | ValueError) -> CannotWrite:
    """The sentence for an error of the operating system."""
    reason = _REASONS.get(error.errno or 0) if isinstance(error, OSError) else Message("This is no name of a file.")
    if reason is None:
        reason = Message("{reason}.", reason=getattr(error, "strerror", None) or str(error))
    return CannotWrite(
        Message("{path} cannot be written. {reason}", path=path, reason=reason),
        Message("Nothing has changed on the disk; name another place, or make room or rights for this one."),
    )


def _status(target: str) -> os.stat_result | None:
    """What stands at the path; None if nothing does. Refuses what is no plain file that may be written."""
    refuse_linked_folder(target)
    try:
        status = os.lstat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode) and not target.startswith("/dev/"):
        raise _linked(target, target)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), target)
    if not stat.S_ISREG(status.st_mode):
        raise CannotWrite(
            Message("{path} is a device or a pipe, not a file.", path=target),
            Message("Write - for standard output, or name a file."),
        )
    if not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise CannotWrite(
            Message("{path} is marked as read-only.", path=target),
            Message("Allow writing to it: chmod u+w {path}", path=target),
        )
    return status


def refuse_linked_folder(path: str | os.PathLike[str]) -> None:
    """Refuses a path whose folders, from the working folder on, are links: a stranger's repository may hold such.

    Raises CannotWrite. Whoever makes a folder asks before, so that none appears where the link leads.
    """
    target = os.fspath(path)
    if os.path.isabs(target):
        return
    folder = os.path.dirname(target)
    while folder:
        if os.path.islink(folder):
            raise _linked(folder, target)
        folder = os.path.dirname(folder)


def _linked(link: str, target: str) -> CannotWrite:
    return CannotWrite(
        Message("{path} is a symbolic link, and writing through it could reach any file.", path=link),
        Message("Name the file it leads to: {path}", path=os.path.realpath(target)),
    )


def _refuse_changed(target: str, expected: Stamp | None) -> None:
    if expected is not None and changed(target, expected):
        raise CannotWrite(
            Message("{path} has changed since it was read.", path=target),
            Message("Somebody else's change is kept: read the file again, then repeat yours."),
        )


def _replace(
    target: str, content: bytes, before: os.stat_result | None, expected: Stamp | None, lasting: bool
) -> Stamp:
    folder, name = os.path.split(os.path.abspath(target))
    handle, temporary = tempfile.mkstemp(prefix=".mlsd-", suffix=".tmp", dir=folder)
    try:
        try:
            _write_all(handle, content)
            _keep_rights(handle, before)
            if lasting:
                os.fsync(handle)
            stamp = Stamp.of(content, os.fstat(handle))
        finally:
            os.close(handle)
        _refuse_changed(target, expected)
        os.replace(temporary, os.path.join(folder, name))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if lasting:
        _sync(folder)
    return stamp


def _write_all(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def _keep_rights(handle: int, before: os.stat_result | None) -> None:
    """Gives the new file the rights of the old one; its owner too, where the system lets us."""
    if not hasattr(os, "fchmod"):
        return
    if before is None:
        mask = os.umask(0o077)
        os.umask(mask)
        os.fchmod(handle, _NEW_FILE & ~mask)
        return
    if hasattr(os, "fchown"):
        with contextlib.suppress(PermissionError):
            os.fchown(handle, before.st_uid, before.st_gid)
    os.fchmod(handle, stat.S_IMODE(before.st_mode))


def _sync(folder: str) -> None:
    """Makes the new name last through a power cut where the system can; the file itself is already safe."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    with contextlib.suppress(OSError):
        os.fsync(handle)
    os.close(handle)
