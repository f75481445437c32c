"""Which design files are meant by the paths of a command line: files, folders, patterns, standard input."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from mlsd.design import FILE_NAME
from mlsd.errors import Message, NothingFound, UsageError

STDIN = "-"
SKIPPED = frozenset({"node_modules", "venv", "__pycache__"})
"""Folders in which nobody keeps designs; hidden ones (``.git``, ``.venv``) are passed by too."""
_MAGIC = re.compile(r"[*?[]")


def find(paths: Sequence[str]) -> list[str]:
    """The files meant: a folder stands for its design.yaml. Raises UsageError for a path that is not there."""
    return [_one(path) for path in paths]


def _one(path: str) -> str:
    if not path:
        raise UsageError(Message("The name of the file is empty."), Message("Name a design file, or leave it out."))
    inside = str(Path(path) / FILE_NAME)
    file = inside if path != STDIN and os.path.isfile(inside) else path
    if file != STDIN and not os.path.exists(file):
        from mlsd.storage.loader import nearest

        raise UsageError(Message("There is no file {path}.", path=path), nearest(file))
    return file


def collect(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """The files meant, each once and in a stable order, and the folders and patterns in which there is none.

    A folder stands for its own design.yaml; one that has none, for every design.yaml below it. A pattern such as
    ``designs/**/*.yaml`` stands for the files and folders that it fits. What is searched is never left through a
    symbolic link. Raises UsageError for a path that is not there, NothingFound if there is no file at all.
    """
    found: dict[str, str] = {}
    empty = []
    for path in paths:
        before = len(found)
        files = [_short(file) for file in _meant(path)]
        for file in files:
            found.setdefault(file if file == STDIN else os.path.realpath(file), file)
        if not files and len(found) == before:
            empty.append(path)
    if not found:
        raise NothingFound(
            Message("Nothing in {paths} is a design.", paths=list(paths)),
            Message(
                "A design is called {name}; name other files themselves, or by a pattern in quotes.", name=FILE_NAME
            ),
        )
    return list(found.values()), empty


def _short(file: str) -> str:
    """The name without ``./`` before it, so that it is one however its folder was named; a dash stays behind one."""
    rest = file.removeprefix(f".{os.sep}")
    return file if rest.startswith("-") else rest


def _meant(path: str) -> Iterator[str]:
    if path and _MAGIC.search(path) and not os.path.lexists(path):
        for match in _fitting(path):
            yield from _below(match, named=False) if os.path.isdir(match) else [match]
        return
    file = _one(path)
    yield from _below(file, named=True) if file != STDIN and os.path.isdir(file) else [file]


def _below(folder: str, *, named: bool) -> Iterator[str]:
    """The folder's own design, or those below it; a link is followed only from a folder that somebody named."""
    own = os.path.join(folder, FILE_NAME)
    if os.path.isfile(own) and (named or not os.path.islink(own)):
        yield own
        return
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _every(entry.path)


def _every(folder: str) -> Iterator[str]:
    """Every design in the folder and below it."""
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _every(entry.path)
        elif entry.name == FILE_NAME and entry.is_file(follow_symlinks=False):
            yield entry.path


def _fitting(pattern: str) -> Iterator[str]:
    """The files and folders that a pattern fits; ``**`` stands for any number of folders."""
    parts = Path(pattern).parts
    fixed = next(position for position, part in enumerate(parts) if _MAGIC.search(part))
    start = os.path.join(*parts[:fixed]) if fixed else "."
    if not os.path.isdir(start):
        return
    for path in _walk(start, parts[fixed:]):
        yield path if fixed else os.path.relpath(path, start)


def _walk(folder: str, parts: Sequence[str]) -> Iterator[str]:
    from fnmatch import fnmatchcase

    here, below = parts[0], parts[1:]
    if here == "**":
        if below:
            yield from _walk(folder, below)
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, parts)
            elif not below and entry.is_file(follow_symlinks=False):
                yield entry.path
        return
    for entry in _entries(folder):
        if not fnmatchcase(entry.name, here):
            continue
        if not below:
            if entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False):
                yield entry.path  # a pipe would never end
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, below)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What stands in the folder, by name, without what is hidden, skipped or a symbolic link."""
    try:
        with os.scandir(folder) as entries:
            shown = [entry for entry in entries if not entry.name.startswith(".") and entry.name not in SKIPPED]
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            Message("{path} cannot be read: {reason}.", path=folder, reason=reason),
            Message("Look at the rights of the folder."),
        ) from None
    return sorted((entry for entry in shown if not entry.is_symlink()), key=lambda entry: entry.name)
