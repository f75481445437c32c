"""``--fix``: what can be mended without changing what is meant.

A key with one slip in it gets its right name; an entry of ``waivers`` or ``assumed`` that does nothing is taken out.
Every other byte of the file stays. What was mended is checked again, until nothing is left to mend.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import unified_diff

from mlsd.cli.checks.job import Job, examine_text
from mlsd.cli.checks.notes import note
from mlsd.cli.reports import Checked
from mlsd.design import Path
from mlsd.errors import Counted, Message, ValueRefused
from mlsd.storage import Stamp, parse, remove, rename, write_text

MOST_ROUNDS = 20
"""A file may show new slips once it can be read further; it has few levels."""
MOST_READ = 16 << 20
"""Characters that the edits of one file may read in one run, some seconds: each edit reads the whole text anew."""


def mended(files: Iterable[Checked], job: Job, *, write: bool) -> Iterator[Checked]:
    """The files as they are once mended; with ``write`` false as they were, and the difference goes to stdout.

    Raises CannotWrite; the files before it are mended then, that one and those after it are not.
    """
    for checked in files:
        text, count = mend(checked, job)
        if not count:
            yield checked
        elif write:
            write_text(checked.file, text, Stamp.of(checked.text.encode("utf-8"), os.stat(checked.file)))
            note(Counted("{count} fix in {file}.", "{count} fixes in {file}.", count=count, file=checked.file))
            yield examine_text(text, checked.file, job)
        else:
            _show(checked, text)
            yield checked


def mend(checked: Checked, job: Job) -> tuple[str, int]:
    """The text of the file with all that can be mended, and how many edits that took."""
    before, text, total = checked.text, checked.text, 0
    left = max(1, MOST_READ // max(1, len(text)))
    for _ in range(MOST_ROUNDS):
        text, count, tried = _once(checked, left)
        if not count:
            break
        total, left = total + count, left - tried
        checked = examine_text(text, checked.file, job)
    if total and not left:
        note(Message("{count} fixes of {file} are enough for one run; run it again.", count=total, file=checked.file))
    return (text, total) if total else (before, 0)


def _once(checked: Checked, most: int) -> tuple[str, int, int]:
    """Try at most so many edits, from the end of the file to its beginning, so that no path still needed moves.

    The text, how many edits there were, and how many were tried: one that is refused has read the text as well.
    """
    text, count = checked.text, 0
    edits = [(fault.path, fault.rename) for fault in checked.faults if fault.rename]
    edits += [(path, "") for path in _useless(checked)]
    tried = edits[::-1][:most]
    for path, name in tried:
        try:
            text = rename(text, path, name) if name else remove(text, path)
        except ValueRefused:
            continue
        count += 1
    return text, count, len(tried)


def _useless(checked: Checked) -> list[Path]:
    """What to take out: entries, or the whole list where none of them would be left."""
    entries = [entry.at for entry in checked.leftovers if entry.removable]
    if not entries:
        return []
    data, _ = parse(checked.text, checked.file)
    leaving = Counter(str(path[0]) for path in entries)
    whole = {key for key, count in leaving.items() if not isinstance(data[key], list) or count == len(data[key])}
    return list(dict.fromkeys(path[:1] if path[0] in whole else path for path in entries))


def _show(checked: Checked, text: str) -> None:
    """The difference on stdout, in the form that ``patch`` takes."""
    from mlsd.cli.console import product

    out = product()
    before, after = (_lines(whole) for whole in (checked.text, text))
    name = f"{checked.file}\t" if " " in checked.file else checked.file  # as diff(1) ends a name with a space
    for line in unified_diff(before, after, name, name):
        end = "\r" if line.endswith("\r\n") else ""
        out.line(out.paint(line.rstrip("\r\n"), *_COLOURS.get(line[:1], ())) + end)
        if not line.endswith("\n"):
            out.line("\\ No newline at end of file")


def _lines(text: str) -> list[str]:
    """The lines as ``patch`` counts them."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


_COLOURS = {"+": ("green",), "-": ("red",), "@": ("dim",)}
