"""The person's own editor, for answers of more than a line."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mlsd.errors import Message, UsageError


def command(environ: Mapping[str, str]) -> list[str]:
    """The editor and its flags: $VISUAL, $EDITOR, or one that is installed. Raises UsageError if there is none."""
    for name in ("VISUAL", "EDITOR"):
        written = environ.get(name, "").strip()
        if written:
            try:
                return shlex.split(written)
            except ValueError:
                raise UsageError(
                    Message("${name} cannot be read: {written}", name=name, written=written),
                    Message("Set it to a command with balanced quotes, such as “vim” or “code --wait”."),
                ) from None
    for installed in ("nano", "vim", "vi", "notepad"):
        if shutil.which(installed):
            return [installed]
    raise UsageError(Message("No editor was found."), Message("Set $EDITOR to one, for example EDITOR=nano."))


def edit(text: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """What the person made of the text; None if they emptied the file: then nothing changes.

    The file is private, gone afterwards, and named to the editor by its whole path. Raises UsageError if there is no
    editor, or if it fails.
    """
    program = command(environ)
    with tempfile.TemporaryDirectory(prefix="mlsd-") as folder:
        file = Path(folder).resolve() / "answer.md"
        file.write_text(text + "\n" if text else "", encoding="utf-8")
        separator = ["--"] if takes_separator(program[0]) else []
        try:
            ended = subprocess.run([*program, *separator, str(file)], check=False)
        except OSError:
            raise UsageError(
                Message("The editor “{program}” cannot be started.", program=program[0]),
                Message("Set $EDITOR to one that is installed, for example EDITOR=nano."),
            ) from None
        if ended.returncode != 0:
            raise UsageError(
                Message("The editor “{program}” ended with an error.", program=Path(program[0]).name),
                Message("Nothing was changed. It is given “--” and the file; set $EDITOR to one that takes them."),
            )
        if not file.exists():
            return None
        return file.read_text(encoding="utf-8", errors="replace").strip() or None


def takes_separator(program: str) -> bool:
    """Whether ``--`` may stand before the path: not where the editor would open a file of that name."""
    return Path(program).stem.casefold() not in ("notepad", "notepad++")
