"""Where a report goes and in which form; several forms at once hear of each file while it is there.

Every ``-o`` belongs to the ``-f`` before it, and a format without one goes to standard output: ``-f sarif -o out.sarif
-f text``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from typing import NamedTuple

from mlsd.cli.console import Console, product
from mlsd.cli.reports import Checked, Shape, Totals, View
from mlsd.cli.speech import spoken
from mlsd.cli.streams import HungUp
from mlsd.errors import Message, UsageError

STDOUT = "-"
MARKED = frozenset({"json", "jsonl", "sarif", "gitlab"})
"""The forms that need the fingerprint of each finding."""


ENDINGS = {".sarif": "sarif", ".json": "json", ".jsonl": "jsonl", ".xml": "junit", ".md": "markdown"}
"""The forms that the name of a file asks for where no flag does."""


class Output(NamedTuple):
    """One form, and the file it is written to."""

    form: str
    path: str = STDOUT


def paired(order: Sequence[str], forms: Sequence[str], paths: Sequence[str], default: str) -> tuple[Output, ...]:
    """The outputs that a command line asks for; ``order`` names its flags ``format`` and ``output`` as they came.

    One format and one file belong together whichever came first. Raises UsageError where two would share one place, or
    a file has no format.
    """
    if "" in paths:
        raise UsageError(Message("--output names no file."), Message("Write - for standard output."))
    if len(paths) == 1 and len(forms) <= 1:
        form = forms[0] if forms else ENDINGS.get(os.path.splitext(paths[0])[1].lower(), default)
        return (Output(form, paths[0]),)
    left, names = iter(forms), iter(paths)
    asked: list[tuple[str, list[str]]] = [] if forms else [(default, [])]
    for flag in order:
        if flag == "format":
            asked.append((next(left), []))
        elif flag == "output":
            path = next(names)
            if not asked:
                raise UsageError(
                    Message("--output {path} stands before every --format.", path=path),
                    Message("Write each file after its format: -f sarif -o out.sarif -f text"),
                )
            asked[-1][1].append(path)
    found = tuple(Output(form, path) for form, named in asked for path in named or [STDOUT])
    _refuse_shared(found)
    return found


def _refuse_shared(outputs: Sequence[Output]) -> None:
    first: dict[str, Output] = {}
    for output in outputs:
        place = output.path if output.path == STDOUT else _place(output.path)
        before = first.setdefault(place, output)
        if before is output:
            continue
        hint = Message("Give all but one of them a file: -f sarif -o out.sarif -f text")
        if output.path == STDOUT:
            both = Message("{one} and {other} would both go to standard output.", one=before.form, other=output.form)
        else:
            both = Message(
                "{one} and {other} would both go to {path}.", one=before.form, other=output.form, path=output.path
            )
            hint = Message("Give each of them a file of its own.")
        raise UsageError(both, hint)


def refuse_reading(outputs: Sequence[Output], read: Iterable[str]) -> None:
    """Raises UsageError where a report would replace a file that this check reads."""
    places = {_place(output.path): output.path for output in outputs if output.path != STDOUT}
    for path in read if places else ():
        if path and _place(path) in places:
            raise UsageError(
                Message("The report would replace {path}, which is read.", path=places[_place(path)]),
                Message("Give it a name of its own: -f sarif -o out.sarif"),
            )


def _place(path: str) -> str:
    """What two names of one file have in common."""
    try:
        return os.path.realpath(path)
    except FileNotFoundError:  # the working folder was deleted
        return path


def write(outputs: Iterable[Output], files: Iterable[Checked], totals: Totals, *, statistics: bool) -> None:
    """Write the report in every form, file by file.

    Raises CannotWrite. The files of the forms take their places when the whole report has been written, or not at all.
    A reader of standard output who goes away takes nothing from them; the process ends as if there were none.
    """
    with ExitStack() as stack:
        ends = [_end(output, totals, statistics, stack) for output in outputs]
        for end in ends:
            end.put_all(end.form.start())
        for checked in files:
            for end in ends:
                end.put_all(end.form.file(checked))
            if all(end.left for end in ends):
                break
        for end in ends:
            end.put_all(end.form.end())
    for end in ends:
        if end.left:
            raise end.left


@dataclass
class _End:
    """A form, and what writes its pieces."""

    form: Shape
    put: Callable[[str], None]
    left: HungUp | None = None
    """How the process ends, once the reader has gone away."""

    def put_all(self, pieces: Iterator[str]) -> None:
        if self.left:
            return
        try:
            for piece in pieces:
                self.put(piece)
        except HungUp as end:
            self.left = end


def _end(output: Output, totals: Totals, statistics: bool, stack: ExitStack) -> _End:
    kind: type[Shape] = import_module(f"mlsd.cli.reports.{output.form}").Form
    page = Console(StringIO(), colour=False, unicode=True)
    if output.path == STDOUT:
        out = product()
        put, page = (out.write, out) if kind.spoken else (out.data, page)
        return _End(kind(View(spoken(), page, totals, statistics)), put)
    from mlsd.storage.files import writing

    add = stack.enter_context(writing(output.path))
    return _End(kind(View(spoken(), page, totals, statistics)), lambda piece: add(piece.encode()))
