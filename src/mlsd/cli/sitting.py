"""One sitting of an interview, from the decision how to ask to the sentence that says how it ended."""

from __future__ import annotations

import gc
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd.cli.console import Console, product, talk, wants_plain
from mlsd.cli.speech import called, say, spoken
from mlsd.cli.text import wrap
from mlsd.errors import ExitCode, Message, UsageError

if TYPE_CHECKING:
    from mlsd.cli.checks.job import Job
    from mlsd.cli.wizard import Asker, Ending, Wizard


UNBROKEN = "\u00a0"
"""Keeps a command on one line while a sentence is broken into lines."""


def can_ask(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether there is somebody to ask: a terminal to read from and to draw on, and no word against it."""
    return not _against(environ) and all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _against(environ: Mapping[str, str]) -> str:
    """The variable that says to ask nothing; empty if none does."""
    names = ("MLSD_NO_INPUT", "CI")
    return next((name for name in names if environ.get(name, "").casefold() not in ("", "0", "false")), "")


def nobody_to_ask(environ: Mapping[str, str] = os.environ) -> UsageError:
    """The one sentence for a call that would have to ask and cannot."""
    if name := _against(environ):
        return UsageError(
            Message(
                "Nothing is asked, as {name} is set: answer with --defaults, --data FILE, --set PATH=VALUE or "
                "--from DESIGN, or leave all open with --no-input.",
                name=name,
            )
        )
    return UsageError(
        Message(
            "There is no terminal to ask questions on: answer with --defaults, --data FILE, --set PATH=VALUE or "
            "--from DESIGN, or leave all open with --no-input."
        )
    )


def cannot_go_on(environ: Mapping[str, str] = os.environ) -> Message:
    """Why an interview cannot be gone on with."""
    if name := _against(environ):
        return Message("“mlsd resume” asks questions, and {name} is set, so nothing is asked.", name=name)
    return Message("“mlsd resume” asks questions, and there is no terminal to ask on.")


def terminal(plain: bool) -> Console:
    """The terminal that is talked on; one for plain prompts has no colour."""
    look = talk()
    return replace(look, colour=False, plain=True) if plain or wants_plain(os.environ) else look


def asker(look: Console) -> Asker:
    """Whoever asks on this terminal: drawn prompts, or plain ones where they are wished for."""
    _load()
    if look.plain:
        from mlsd.cli.prompts.plain import Plain

        return Plain(look, say)
    from mlsd.cli.prompts.terminal import Terminal

    return Terminal(look, say)


def _load() -> None:
    """Load the interview and the rules now: a person waits for the first question, never for a later one.

    What is loaded stays to the end, so the collector need not look through it; what an answer leaves behind it takes
    away in many small pieces, where a short command had better wait for one large one that never comes.
    """
    from mlsd.lint.rules import every

    import_module("mlsd.cli.wizard")
    every()
    gc.freeze()
    gc.set_threshold(10_000, 20)


def sit(file: Path, job: Job, minutes: float | None, plain: bool, sets: Sequence[str] = ()) -> int:
    """Hold the interview over a design file until it is finished, saved or interrupted; the exit code says which."""
    from mlsd.cli.wizard import Ending, Wizard
    from mlsd.interview.session import Session

    look = terminal(plain)
    session = Session(file, spoken())
    session.journal.minutes = minutes or session.journal.minutes
    wizard = Wizard(session, asker(look), look, spoken(), job, session.journal.minutes or None)
    if wizard.session.prompt() is None:
        wizard.again()
    ending = wizard.run()
    _farewell(wizard, ending, file, look, sets)
    if ending is Ending.INTERRUPTED:
        return ExitCode.INTERRUPTED
    out = product()
    if not out.stream.isatty():  # a person has just read it
        out.line(out.paint(str(file)))
    return ExitCode.OK


def _farewell(wizard: Wizard, ending: Ending, file: Path, look: Console, sets: Sequence[str]) -> None:
    """What the design came to and what comes next; or where it is saved and how to go on."""
    from mlsd.cli.wizard import Ending
    from mlsd.interview.start import repeat

    where = str(file)
    try:
        look.line()
        if ending is Ending.FINISHED:
            for line in wizard.recap.summary():
                look.line(line)
            look.line()
            program = shlex.join(called())
            again = program + repeat(wizard.session.design, file, sets).removeprefix("mlsd")
            for line in wizard.recap.next_steps(program, shlex.quote(where), again):
                look.line(line)
            look.line()
            look.line(f"  {look.paint(say(Message('Written: {file}', file=where)))}")
            return
        say_saved(file, look, interrupted=ending is Ending.INTERRUPTED)
    except OSError:
        return


def say_saved(file: Path, look: Console, *, interrupted: bool = False) -> None:
    """Where the answers are, and how to go on."""
    command = shlex.join([*called(), "resume", str(file.parent)]).replace(" ", UNBROKEN)
    saved = (
        Message("Interrupted. Every answer is saved in {file}; go on with: {command}", file=str(file), command=command)
        if interrupted
        else Message("Every answer is saved in {file}. Go on with: {command}", file=str(file), command=command)
    )
    for line in wrap(say(saved), min(look.width, 100), "  "):
        look.line(look.letters(line.replace(UNBROKEN, " ")))
