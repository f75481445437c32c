"""``mlsd new``: begin a design, by an interview or by flags."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd.cli import completion
from mlsd.cli.speech import say, spoken
from mlsd.content.language import LANGUAGES
from mlsd.design import FILE_NAME
from mlsd.errors import ExitCode, Message, UsageError

if TYPE_CHECKING:
    from mlsd.cli.checks.job import Job
    from mlsd.interview.start import Start

HELP = Message("Begin a design by an interview in your terminal, or by flags. Prints the file's path.")


def new(
    template: Annotated[
        str | None,
        typer.Argument(
            help=say(Message("The kind of problem; without it the kinds are listed.")),
            show_default=False,
            autocompletion=completion.templates,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR", help=say(Message("The folder to write (default: ./TEMPLATE)."))),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help=say(Message("Ask everything, not the core only.")))] = False,
    minutes: Annotated[
        float | None,
        typer.Option("--minutes", min=1, metavar="N", help=say(Message("Show a clock with a share for each stage."))),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(
            "--data", metavar="FILE", help=say(Message("Answers in the form of a design file; - reads stdin."))
        ),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help=say(Message("One answer, such as problem.goal.target=1.95."))),
    ] = None,
    defaults: Annotated[
        bool, typer.Option("--defaults", help=say(Message("Take every suggestion, recorded as assumed; ask nothing.")))
    ] = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help=say(Message("Ask nothing; what is not answered stays open.")))
    ] = False,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="DESIGN", help=say(Message("Suggest the answers of this design instead."))),
    ] = None,
    language: Annotated[
        str,
        typer.Option(
            "--language", metavar="CODE", help=say(Message("Language of the document: {codes}.", codes=list(LANGUAGES)))
        ),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help=say(Message("Begin anew where a design is; the old one is kept as .bak.")))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say(Message("Print the design instead of writing it; ask nothing.")))
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help=say(Message("Numbered questions without cursor movement or colour.")))
    ] = False,
) -> int:
    """Write a design and say where it is."""
    from mlsd.cli.folder import design_file
    from mlsd.cli.sitting import can_ask, nobody_to_ask, say_saved, sit, terminal

    quiet = defaults or no_input or dry_run
    asks = not quiet and data != "-" and can_ask()
    if not (asks or quiet or data or sets or source):
        _known(template)
        raise nobody_to_ask()
    job = _job() if asks else None
    taken = defaults or bool(source and not asks and not no_input)
    start = _start(template, data, sets or [], source, taken, full, language, asks, plain)
    if start is None:
        return _left()
    if dry_run:
        _print(start.text())
        return ExitCode.OK
    file = design_file(start.template, output)
    if asks and file.exists() and not force:
        _go_on(file, template, data, sets)
    else:
        titled = _titled(start, plain) if asks else (start, False)
        if titled is None:
            return _left()
        start, leaves = titled
        _write(start, file, force)
        if leaves:
            say_saved(file, terminal(plain))
            return ExitCode.OK
    if job is not None:
        return sit(file, job, minutes, plain, sets or ())
    _print(f"{file}\n")
    return ExitCode.OK


def _known(template: str | None) -> None:
    """A kind of problem that there is not is said before anything else."""
    from mlsd.content.template import template as known

    if template:
        known(template)


def _job() -> Job:
    """What the interview asks of the rules; a slip in the settings is said before anything is written."""
    from mlsd.cli.checks.job import job_here

    return job_here()


def _left() -> int:
    """The person went away before there was a design."""
    from mlsd.cli.console import talk

    look = talk()
    look.line(f"  {look.paint(say(Message('Interrupted before the first question; nothing was written.')))}")
    return ExitCode.INTERRUPTED


def _start(
    template: str | None,
    data: str | None,
    sets: list[str],
    source: str | None,
    defaults: bool,
    full: bool,
    language: str,
    asks: bool,
    plain: bool,
) -> Start | None:
    """How the design begins, from the flags; None if the person left while choosing a template."""
    from mlsd.content.template import template as known
    from mlsd.interview.given import data_of
    from mlsd.interview.start import Start

    answers = data_of(data) if data else {}
    offered = _design_at(source) if source else None
    name = template or str(answers.get("template") or "") or _template_of(offered)
    if not name:
        name = _choose(asks, plain) or ""
        if not name:
            return None
    return Start(
        known(name).name,
        spoken(),
        language=_language(language or str(answers.get("language") or "") or _language_of(offered)),
        sets=tuple(sets),
        data={key: value for key, value in answers.items() if key != "mlsd"},
        offered=offered,
        defaults=defaults,
        full=full,
    )


def _language(code: str) -> str:
    from mlsd.content.language import language

    return language(code).code if code else ""


def _design_at(source: str) -> Path:
    """The design file that --from names: a file, or a folder with one."""
    from mlsd.content.root import examples

    shipped = examples() / source / FILE_NAME
    if not os.path.exists(source) and "/" not in source and os.path.isfile(shipped):  # these two bear any name
        return shipped
    return Path(source) / FILE_NAME if os.path.isdir(source) else Path(source)


def _template_of(offered: Path | None) -> str:
    from mlsd.storage import read

    return (read(offered).design.template or "") if offered is not None else ""


def _language_of(offered: Path | None) -> str:
    """The language that the offered answers are written in."""
    from mlsd.storage import read

    return (read(offered).design.language or "") if offered is not None else ""


def _choose(asks: bool, plain: bool) -> str | None:
    """List the templates with one line each and ask. Raises UsageError where nobody can be asked."""
    from mlsd.cli.sitting import asker, terminal
    from mlsd.content.template import names, summaries
    from mlsd.interview.prompt import Option

    if not asks:
        raise UsageError(
            Message("Which kind of problem is it?"),
            Message("Name a template: mlsd new {names}", names=" | ".join(names())),
        )
    text = spoken().text
    options = tuple(Option(one.name, one.name, text(f"problem.{one.name}", one.summary)) for one in summaries())
    someone = asker(terminal(plain))
    with someone.session():
        return someone.pick(say(Message("What kind of problem is it?")), options)


def _titled(start: Start, plain: bool) -> tuple[Start, bool] | None:
    """The start with the title a person gives, and whether they leave with that; None if they left before.

    The suggested title, taken as it is or left open, is assumed.
    """
    from mlsd.cli.prompts.result import Around, Given, LeaveOpen, Quit, Save
    from mlsd.cli.sitting import asker, terminal
    from mlsd.interview.start import title_prompt

    if start.title or start.offered or "title" in start.data or any(one.startswith("title=") for one in start.sets):
        return start, False
    someone = asker(terminal(plain))
    prompt = title_prompt(start.template, spoken(), start.language)
    with someone.session():
        while not isinstance(result := someone.ask(prompt, Around()), Given | LeaveOpen | Quit | Save):
            pass  # there is nowhere to go back or to jump to yet
    if isinstance(result, Quit):
        return None
    given = result.given if isinstance(result, Save) else result
    if isinstance(given, Given) and not given.untouched:
        start = replace(start, title=str(given.value))
    return start, isinstance(result, Save)


def _go_on(file: Path, template: str | None, data: str | None, sets: list[str] | None) -> None:
    """Go on with the design that is there. Raises UsageError if it is of another kind, or if new answers came along."""
    from mlsd.cli.console import talk
    from mlsd.storage import read

    there = read(file).design.template
    if data or sets or (template and there and there != template):
        raise UsageError(
            Message(
                "{file} is there already, a design of the kind “{there}”.", file=str(file), there=there or "generic"
            ),
            Message("Go on with it: mlsd resume {folder}. Or begin anew: --force.", folder=str(file.parent)),
        )
    look = talk()
    said = Message("{file} is there already; the interview goes on where it stopped.", file=str(file))
    look.line(f"  {look.paint(say(said), 'dim')}")


def _write(start: Start, file: Path, force: bool) -> None:
    from mlsd.cli.folder import prepare
    from mlsd.content.root import templates
    from mlsd.storage.files import write_bytes

    start.text()
    prepare(file)
    write_bytes(file.with_name(start.schema), (templates() / "schema" / start.schema).read_bytes())
    if force and file.is_file():
        write_bytes(file.with_name(f"{file.name}.bak"), file.read_bytes())
    start.write(file.parent, force)


def _print(text: str) -> None:
    from mlsd.cli.console import product

    product().write(text)
