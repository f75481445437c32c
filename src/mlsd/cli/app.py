"""The command line: which commands there are, and what happens to an error that reaches the top."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from errno import EDQUOT, EIO, ENOSPC
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlsd.cli import speech
from mlsd.cli.speech import say
from mlsd.cli.streams import Ended
from mlsd.content.language import LANGUAGES
from mlsd.errors import CannotWrite, ExitCode, Message, MlsdError

if TYPE_CHECKING:
    from typer.core import TyperCommand, TyperGroup

COMMANDS = ("new", "resume", "check", "render", "size", "stress", "explain", "rule", "schema", "doctor")
"""Every command, in the order of the help; each is a function of that name in a module of that name."""


def build(commands: Sequence[str] = COMMANDS) -> typer.Typer:
    """The application with these commands, its help in the language of this process."""
    group, command = _kinds()
    app = typer.Typer(
        name="mlsd",
        cls=group,
        help=say(
            Message(
                "A compiler for ML system designs: it asks, computes, contradicts and prints. Everything runs here; "
                "nothing is sent anywhere. Begin with: mlsd new recsys"
            )
        ),
        epilog=say(
            Message(
                "Exit codes: 0 clean, 1 findings, 2 usage, 3 no design found, 65 unreadable file, 70 fault of mlsd, "
                "73 cannot write, 130 interrupted."
            )
        ),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for name in commands:
        module = import_module(f"mlsd.cli.{name}")
        if hasattr(module, "group"):
            below, kind = module.group(group, command, _ending)
            app.add_typer(below, name=name, cls=kind)
            continue
        own = module.kind(command) if hasattr(module, "kind") else command
        app.command(name, cls=own, help=say(module.HELP))(_ending(getattr(module, name)))
    return app


def _kinds() -> tuple[type[TyperGroup] | None, type[TyperCommand] | None]:
    """The classes of the application and its commands; None for typer's own, which speak English."""
    if speech.spoken().code == "en":
        return None, None
    from mlsd.cli.parser_words import Command, Group

    return Group, Command


def _options(
    lang: Annotated[
        str,
        typer.Option(
            "--lang", metavar="CODE", help=say(Message("What the tool speaks: {codes}.", codes=list(LANGUAGES)))
        ),
    ] = "",
    version: Annotated[
        bool,
        typer.Option("--version", "-V", is_eager=True, callback=_version, help=say(Message("Print the version."))),
    ] = False,
) -> None:
    """Options that stand before the command; ``--lang`` has been read by then."""


def _version(asked: bool) -> None:
    if asked:
        from mlsd import __version__

        print(f"mlsd {__version__}")
        raise typer.Exit


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return the exit code; whatever goes wrong becomes a sentence on stderr."""
    try:
        speech.spoken()
        # A command that is named first stands alone: typer looks at every flag of every command it is given.
        named = [name for name in arguments[:1] if name in COMMANDS]
        return build(named or COMMANDS)(list(arguments), prog_name="mlsd", standalone_mode=False) or ExitCode.OK
    except Ended as end:
        return end.code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.OK
    except MlsdError as error:
        complain(error)
        return error.exit_code
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except OSError as error:
        if error.errno not in (ENOSPC, EIO, EDQUOT):
            return _confess(error)
        refused = CannotWrite(
            Message("The output cannot be written: {reason}.", reason=error.strerror or str(error)),
            Message("Make room, or send it elsewhere."),
        )
        complain(refused)
        return refused.exit_code
    except Exception as error:
        if hasattr(error, "show") and hasattr(error, "exit_code"):  # a refusal of typer's, whose class it hides
            return _refuse(error)
        return _confess(error)


def _refuse(error: Any) -> int:
    """The usage and what is wrong, with nothing in it that a terminal or a log would obey."""
    from io import StringIO

    from mlsd.cli.console import talk
    from mlsd.cli.text import safe_text

    said = StringIO()
    error.show(file=said)
    with suppress(OSError):
        talk().write(safe_text(said.getvalue()))
    return int(error.exit_code)


def _ending(command: Callable[..., int]) -> Callable[..., None]:
    """The command as typer takes it: its exit code raised, Ctrl-C an exit code too."""

    @wraps(command)
    def end(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except KeyboardInterrupt:
            code = ExitCode.INTERRUPTED
        raise typer.Exit(int(code))

    return end


def complain(error: MlsdError) -> None:
    """The error and the next step, on stderr; where that cannot be written, the exit code says it."""
    from mlsd.cli.console import talk
    from mlsd.cli.text import one_line

    out = talk()
    place = f"{error.place}: " if error.place else ""
    word = out.paint(say(Message("error")), "red", "bold")
    with suppress(OSError):
        out.line(f"{word}: {out.paint(one_line(place + say(error.message)))}")
        if error.hint:
            out.line(f"  {out.paint(one_line(say(error.hint)), 'dim')}")


def _confess(error: Exception) -> int:
    """A fault of our own; MLSD_DEBUG=1 shows where."""
    if os.environ.get("MLSD_DEBUG"):
        raise error
    from mlsd.cli.console import talk

    out = talk()
    kind = type(error).__name__
    out.line(
        out.paint(
            say(Message("mlsd broke ({kind}: {error}); this is a fault of mlsd, not yours.", kind=kind, error=error))
        )
    )
    out.line(
        "  " + out.paint(say(Message("Run it again with MLSD_DEBUG=1 and report what it prints, with: mlsd doctor")))
    )
    return ExitCode.INTERNAL
