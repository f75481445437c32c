"""``mlsd rule``: the page of a rule, or the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from mlsd.cli.speech import say, spoken
from mlsd.errors import ExitCode, Message

if TYPE_CHECKING:
    from mlsd.cli.console import Console
    from mlsd.lint import Rule

HELP = Message("Show the page of a rule, or list all rules.")
Format = Literal["text", "markdown", "json"]


def _codes(incomplete: str) -> list[str]:
    """For the shell's completion."""
    from mlsd.lint import rules

    codes = [entry.code for entry in rules.every()]
    known = [code.lower() for code in codes] if incomplete[:1].islower() else codes
    return [code for code in known if code.startswith(incomplete)]


def rule(
    code: Annotated[
        str,
        typer.Argument(
            help=say(Message("A code or name, such as MET-10 or no-guardrail.")),
            show_default=False,
            autocompletion=_codes,
        ),
    ] = "",
    format: Annotated[  # noqa: A002 - the name of the flag
        Format, typer.Option("--format", "-f", help=say(Message("What the page is written as.")))
    ] = "text",
    every: Annotated[bool, typer.Option("--all", help=say(Message("Every rule, with its page.")))] = False,
) -> int:
    """Print one page, the pages of all rules, or a list of them."""
    from mlsd.cli.console import product
    from mlsd.lint import rules
    from mlsd.lint.formats import FORMATS

    out = product()
    if code.upper() in FORMATS:
        out.line(_format_page(code.upper()))
    elif code:
        out.line(_show([rules.by_code(code)], format, single=True))
    elif every or format == "json":
        out.line(_show(list(rules.every()), format, single=False))
    else:
        _list(out)
    return ExitCode.OK


def _show(found: list[Rule], form: str, *, single: bool) -> str:
    from mlsd.cli.reports import rule_page

    if form == "json":
        from mlsd.cli.json_text import json_text

        data: Any = [rule_page.data(entry, spoken()) for entry in found]
        return json_text(data[0] if single else data)
    if form == "markdown":
        return "\n".join(rule_page.markdown(entry, spoken()) for entry in found)
    from mlsd.cli.console import product

    return "\n\n".join(rule_page.terminal(entry, spoken(), product()) for entry in found)


def _list(out: Console) -> None:
    from mlsd.cli import table
    from mlsd.cli.reports import rule_page
    from mlsd.lint import rules
    from mlsd.lint.formats import FORMATS

    rows = [(entry.code, say(Message("error")), "", say(entry.summary)) for entry in FORMATS.values()]
    for entry in rules.every():
        severity, since = rule_page.said(entry, spoken())
        rows.append((entry.code, severity, since, rule_page.summary(entry, spoken())))
    head = (Message("code"), Message("severity"), Message("since"), Message("finds"))
    table.show([say(title) for title in head], rows, out)
    out.line()
    out.line(out.paint(say(Message("One page: mlsd rule CODE"))))


def _format_page(code: str) -> str:
    from mlsd.lint.formats import FORMATS

    entry = FORMATS[code]
    return f"{entry.code} {entry.name}\n\n{say(entry.summary)}\n\n{say(entry.next_step)}"
