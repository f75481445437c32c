"""``mlsd rule``: the page of a rule, or the list of all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mlsd.cli import completion
from mlsd.cli.speech import say, spoken
from mlsd.errors import ExitCode, Message, UsageError

if TYPE_CHECKING:
    from mlsd.cli.console import Console
    from mlsd.lint import Rule
    from mlsd.lint.formats import FormatCode

HELP = Message("Show the page of a rule, or list all rules.")
Format = Literal["text", "markdown", "json"]


def rule(
    code: Annotated[
        str,
        typer.Argument(
            help=say(Message("A code or name, such as MET-10 or no-guardrail; the letters MET list theirs.")),
            show_default=False,
            autocompletion=completion.code,
        ),
    ] = "",
    format: Annotated[  # noqa: A002 - the name of the flag
        Format, typer.Option("--format", "-f", help=say(Message("What the page is written as.")))
    ] = "text",
    every: Annotated[bool, typer.Option("--all", help=say(Message("Every rule, with its page.")))] = False,
    no_plugins: Annotated[
        bool, typer.Option("--no-plugins", help=say(Message("Leave out the rules of other installed packages.")))
    ] = False,
) -> int:
    """Print one page, the pages of all rules, or a list of them."""
    from mlsd.cli.console import product
    from mlsd.lint.formats import FORMATS
    from mlsd.lint.rules import by_code

    if code and every:
        raise UsageError(
            Message("A rule and --all exclude one another."),
            Message("Leave one of them out: mlsd rule {code}", code=code),
        )
    out, rules = product(), _rules(no_plugins)
    known: list[Rule | FormatCode] = [*FORMATS.values(), *rules]
    some = _begun(code, known) if code else known
    if code and not some:
        unread = _format_code(code)
        out.line(_show([unread or by_code(code, rules)], format, single=True))
    elif every or format == "json" or (code and format == "markdown"):
        out.line(_show(some, format, single=False))
    else:
        _list(some, out)
    return ExitCode.OK


def _begun(letters: str, known: list[Rule | FormatCode]) -> list[Rule | FormatCode]:
    """The rules of a stage or subject, named by the letters that their codes begin with."""
    start = letters.strip().upper().removesuffix("-")
    return [entry for entry in known if start.isalpha() and entry.code.startswith(f"{start}-")]


def _rules(no_plugins: bool) -> list[Rule]:
    """Our rules, then those of installed packages; a package whose rules cannot be used is named on stderr."""
    from mlsd.lint.rules import every

    if no_plugins:
        return list(every())
    from mlsd.cli.app import complain
    from mlsd.lint.plugins import installed

    for failure in installed().failures:
        complain(failure)
    return [*every(), *installed().rules]


def _format_code(code: str) -> FormatCode | None:
    """The code of a file that cannot be read, as people write it: FMT-02, fmt-2, unknown-key."""
    from mlsd.lint.formats import FORMATS

    wanted = re.sub(r"^fmt-?0?([0-9])$", r"FMT-0\1", code.strip().lower())
    return next((entry for entry in FORMATS.values() if wanted in (entry.code, entry.name)), None)


def _show(found: list[Rule | FormatCode], form: str, *, single: bool) -> str:
    from mlsd.cli.reports import rule_page

    if form == "json":
        from mlsd.cli.json_text import json_text

        data: Any = [rule_page.data(entry, spoken()) for entry in found]
        return json_text(data[0] if single else data)
    if form == "markdown":
        return "\n".join(rule_page.markdown(entry, spoken()) for entry in found)
    from mlsd.cli.console import product

    return "\n\n".join(rule_page.terminal(entry, spoken(), product()) for entry in found)


def _list(found: list[Rule | FormatCode], out: Console) -> None:
    from mlsd.cli import table
    from mlsd.cli.reports import rule_page

    rows = []
    for entry in found:
        severity, since = rule_page.said(entry, spoken())
        rows.append((entry.code, severity, since, rule_page.summary(entry, spoken())))
    head = (Message("code"), Message("severity"), Message("since"), Message("finds"))
    table.show([say(title) for title in head], rows, out)
    out.line()
    out.line(out.paint(say(Message("One page: mlsd rule CODE"))))
