"""``mlsd size``: what follows from a design, or from a few flags."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from mlsd.cli.calculators import WORDS
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.cli.speech import say
from mlsd.derived.fact import Derived
from mlsd.design import FILE_NAME
from mlsd.errors import ExitCode, Message

HELP = Message("Compute what follows from a design, or from flags alone. For example: mlsd size ab --help")
FILE_HELP = Message("Every number that follows from a design file. The word may be left out.")
FILE = "file"

Ending = Callable[[Callable[..., int]], Callable[..., None]]


def group(
    app_class: type[TyperGroup] | None, command_class: type[TyperCommand] | None, ending: Ending
) -> tuple[typer.Typer, type[TyperGroup]]:
    """The words below ``mlsd size``, each loaded when it is asked for; what is no such word is a file."""

    class Sizes(app_class or TyperGroup):  # type: ignore[misc]
        """A group whose default word is ``file``."""

        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self.commands = dict.fromkeys((FILE, *WORDS))  # what a word is likened to

        def parse_args(self, ctx: Any, args: list[str]) -> Any:
            """Put the default word in front where none is said."""
            completed = not args and ctx.resilient_parsing  # Tab offers the words
            if not completed and not (args and _a_word(args[0])):
                args = [FILE, *args]
            return super().parse_args(ctx, args)

        def list_commands(self, ctx: Any) -> list[str]:
            """Every word, in the order of the help."""
            return [FILE, *WORDS]

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            """One word as a command."""
            if cmd_name not in (FILE, *WORDS):
                return None
            return _command(cmd_name, command_class, ending)

    return typer.Typer(rich_markup_mode=None, help=say(HELP)), Sizes


def _a_word(text: str) -> bool:
    """Whether this is a word of the group, or was meant as one: like one and no file."""
    from difflib import get_close_matches

    words = (FILE, *WORDS, "-h", "--help")
    return text in words or bool(get_close_matches(text, words) and not Path(text).exists())


def _command(word: str, command_class: type[TyperCommand] | None, ending: Ending) -> Any:
    if word == FILE:
        function, text = size, FILE_HELP
    else:
        module = import_module(f"mlsd.cli.calculators.{word}")
        function, text = getattr(module, word), module.HELP
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(word, cls=command_class, help=say(text), context_settings={"help_option_names": ["-h", "--help"]})(
        ending(function)
    )
    return typer.main.get_command(alone)


def size(
    file: Annotated[
        str, typer.Argument(help=say(Message("A design file, or a folder with a design.yaml.")), show_default=FILE_NAME)
    ] = FILE_NAME,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="PATH=VALUE",
            help=say(Message("What if this were so? Nothing is written. May be repeated.")),
            show_default=False,
        ),
    ] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """Every number that follows from the design, then what is missing to compute the rest."""
    from mlsd.cli.what_if import asked
    from mlsd.derived.every import every

    loaded, changes = asked(file, sets or [])
    currency = loaded.design.currency
    found = [_in(currency, derived) for derived in every(loaded.design) if derived.begun]
    remarks = [
        Message("What if {path} were {value}? Nothing was written.", path=change.path, value=change.value)
        for change in changes
    ]
    data = {"what_if": {change.path: change.value for change in changes}} if changes else {}
    show(Answer(found, data, None, remarks, loaded.file), format)
    return ExitCode.OK


def _in(currency: str | None, derived: Derived) -> Derived:
    """The number with the file's currency in its units."""
    working = derived.working
    if working is None or not currency:
        return derived
    inputs = tuple(entry._replace(unit=entry.unit.replace("money", currency)) for entry in working.inputs)
    return derived._replace(working=working._replace(inputs=inputs, unit=working.unit.replace("money", currency)))
