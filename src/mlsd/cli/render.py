"""``mlsd render``: print a design as Markdown, HTML or PDF."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd.cli.designs import find
from mlsd.cli.printing import ENDINGS, Document, Form, Print, forms_of
from mlsd.cli.speech import say, spoken
from mlsd.content.language import language as language_of
from mlsd.design import FILE_NAME
from mlsd.design.languages import Code
from mlsd.errors import ExitCode, Message, MlsdError, UsageError

if TYPE_CHECKING:
    from mlsd.storage import Loaded

HELP = Message(
    "Print a design as Markdown, HTML or PDF. It carries the date of the file; SOURCE_DATE_EPOCH sets another."
)
MOST_SIGNS = 12
"""Signs that the PDF could not print and that are named."""
PAUSE = 0.3
"""Seconds between two looks at a watched file."""


def render(
    file: Annotated[
        str, typer.Argument(help=say(Message("The design; a folder means the design.yaml in it.")))
    ] = FILE_NAME,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            show_default="-",
            help=say(
                Message(
                    "Where to: a file ({endings}), - for standard output, s3://bucket/x.pdf; may be repeated.",
                    endings=list(ENDINGS),
                )
            ),
        ),
    ] = None,
    document: Annotated[Document, typer.Option(help=say(Message("The whole design, or one page of it.")))] = "design",
    language: Annotated[
        Code | None,
        typer.Option(help=say(Message("What the print speaks.")), show_default=say(Message("the file's"))),
    ] = None,
    stress: Annotated[
        bool,
        typer.Option(
            "--stress", help=say(Message("Add how far each assumed number can move; takes up to some seconds."))
        ),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help=say(Message("Print again whenever the file is saved.")))
    ] = False,
) -> int:
    """Print to every output; the names of the files written go to stdout."""
    outputs = forms_of(output or ["-"])
    if stress and document != "design":
        raise UsageError(
            Message("One page has no room for --stress."), Message("Leave out --document, or leave out --stress.")
        )
    [path] = find([file])
    if watch and path == "-":
        raise UsageError(Message("Standard input cannot be watched."), Message("Name a file."))
    if not watch:
        once(path, outputs, document, language, stress=stress)
        return ExitCode.OK
    return _watch(path, outputs, document, language, stress=stress)


def once(
    path: str, outputs: Sequence[tuple[str, Form]], document: Document, language: str | None, *, stress: bool = False
) -> None:
    """Read the design, make every print, then write: what cannot be printed leaves nothing behind."""
    from mlsd.cli.checks.job import job_here
    from mlsd.storage import read

    loaded = read(path)
    code = language or loaded.design.language or spoken().code
    printed = Print(loaded, language_of(code), document, timestamp(loaded), stress, job_here())
    made = {output: printed.content(form) for output, form in outputs}
    _write(made)
    if any(form == "pdf" for _, form in outputs):
        _tell_signs(printed.page.text)


def timestamp(loaded: Loaded) -> int:
    """SOURCE_DATE_EPOCH, else when the file was last changed: the same file gives the same bytes."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        if not (given.isascii() and given.isdigit() and len(given) < 12):
            raise UsageError(
                Message("SOURCE_DATE_EPOCH is “{value}”.", value=given),
                Message("It is a number of seconds since 1970."),
            )
        return int(given)
    if loaded.stamp is None:
        from time import time

        return int(time())
    return int(os.stat(loaded.file).st_mtime)


def _write(made: Mapping[str, bytes]) -> None:
    """Write every print, and say where on stdout; all files appear at the end, or none. ``-`` is stdout itself."""
    from contextlib import ExitStack

    from mlsd.cli.console import product
    from mlsd.cli.text import safe_text
    from mlsd.storage.files import writing
    from mlsd.storage.remote import write_remote

    with ExitStack() as files:
        for output, content in made.items():
            if _is_file(output):
                files.enter_context(writing(output))(content)
        for output, content in made.items():
            if "://" in output:
                write_remote(output, content)
    for output, content in made.items():
        if output == "-":
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            product().line(safe_text(output))


def _is_file(output: str) -> bool:
    return output != "-" and "://" not in output


def _tell_signs(text: str) -> None:
    """Say which signs the PDF could not print."""
    from mlsd.cli.console import talk
    from mlsd.cli.text import safe_text
    from mlsd.render.glyphs import unprintable

    if signs := unprintable(text):
        shown = safe_text(" ".join(signs[:MOST_SIGNS])) + " …" * (len(signs) > MOST_SIGNS)
        lacking = Message("The fonts of the PDF lack {signs}: it prints codes or plainer letters instead.", signs=shown)
        talk().line(say(lacking))


def _watch(
    path: str, outputs: Sequence[tuple[str, Form]], document: Document, language: str | None, *, stress: bool
) -> int:
    """Print now and after each save, until Ctrl-C; a file that cannot be read is reported and waited for."""
    from time import sleep

    from mlsd.cli.app import complain
    from mlsd.cli.console import talk

    talk().line(say(Message("Watching {path}; Ctrl-C ends it.", path=path)))
    seen: tuple[int, int] | None = None
    try:
        while True:
            now = _state(path)
            if now is not None and now != seen:
                seen = now
                try:
                    once(path, outputs, document, language, stress=stress)
                except MlsdError as error:
                    complain(error)
            sleep(PAUSE)
    except KeyboardInterrupt:
        return ExitCode.OK


def _state(path: str) -> tuple[int, int] | None:
    """What changes when a file is saved; None while an editor has taken it away to put a new one there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
