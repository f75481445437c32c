"""How a file looked when it was read, so that nobody's work is written over."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple


class Stamp(NamedTuple):
    """Time of change (ns), size (bytes) and digest of a file's content."""

    mtime_ns: int
    size: int
    digest: str

    @classmethod
    def of(cls, content: bytes, status: os.stat_result) -> Stamp:
        """The stamp of bytes that were read from an open file."""
        return cls(status.st_mtime_ns, len(content), _digest(content))

    @classmethod
    def taken(cls, path: str | os.PathLike[str]) -> Stamp | None:
        """The stamp of the file as it stands now; None if no file can be read there."""
        try:
            with Path(path).open("rb") as file:
                status = os.fstat(file.fileno())
                return cls.of(file.read(), status)
        except OSError:
            return None


def changed(path: str | os.PathLike[str], stamp: Stamp) -> bool:
    """True if the file holds something else than when the stamp was taken, or is gone. A mere touch is no change."""
    now = Stamp.taken(path)
    return now is None or (now.size, now.digest) != (stamp.size, stamp.digest)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
