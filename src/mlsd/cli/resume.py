"""``mlsd resume``: go on with an interview where it stopped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from mlsd.cli.speech import say
from mlsd.design import FILE_NAME
from mlsd.errors import Message, UsageError

HELP = Message("Go on with an interview where it stopped.")


def resume(
    folder: Annotated[
        str, typer.Argument(metavar="[DIR]", help=say(Message("The folder of the design, or the file.")))
    ] = ".",
    minutes: Annotated[
        float | None,
        typer.Option("--minutes", min=1, metavar="N", help=say(Message("Show a clock with a share for each stage."))),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help=say(Message("Numbered questions without cursor movement or colour.")))
    ] = False,
) -> int:
    """Ask what was not asked yet."""
    from mlsd.cli.checks.job import job_here
    from mlsd.cli.sitting import can_ask, cannot_go_on, sit

    file = find(Path(folder))
    if not can_ask():
        raise UsageError(cannot_go_on(), Message("Answer in {file}, then: mlsd check {file}", file=str(file)))
    return sit(file, job_here(), minutes, plain)


def find(folder: Path) -> Path:
    """The design file that is meant. Raises UsageError that names the designs nearby."""
    for file in (folder, folder / FILE_NAME):
        if os.path.isfile(file):  # unlike Path.is_file, no error for a name that no file can have
            return file
    near = sorted(file.parent for file in folder.glob(f"*/{FILE_NAME}")) if os.path.isdir(folder) else []
    hint = (
        Message("Go on with: mlsd resume {folder}", folder=str(near[0]))
        if near
        else Message("Begin one with: mlsd new")
    )
    raise UsageError(Message("There is no {name} in “{folder}”.", name=FILE_NAME, folder=str(folder)), hint)
