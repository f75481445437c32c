"""``mlsd check``: what the rules have to say of designs."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperCommand

from mlsd.cli import completion
from mlsd.cli.speech import say
from mlsd.design import FILE_NAME
from mlsd.errors import Message

HELP = Message("Say what is missing and what contradicts itself.")
FailOn = Literal["error", "warning", "info", "never"]
Maturity = Literal["interview", "design", "pilot", "production"]
_ORDER = "mlsd.order"


class Format(StrEnum):
    """Each is a module of ``cli/reports`` with a class ``Form``."""

    TEXT = auto()
    CONCISE = auto()
    JSON = auto()
    JSONL = auto()
    SARIF = auto()
    JUNIT = auto()
    GITHUB = auto()
    GITLAB = auto()
    MARKDOWN = auto()


def _flag(*names: str, text: Message, **more: Any) -> Any:
    """A flag with its help, in the language of this process."""
    return typer.Option(*names, help=say(text), **more)


def kind(base: type[TyperCommand] | None) -> type[TyperCommand]:
    """The command's class: it remembers in which order the flags came, which their lists of values do not say."""

    class InOrder(base or TyperCommand):  # type: ignore[misc]
        def parse_args(self, ctx: Any, args: list[str]) -> Any:
            left = super().parse_args(ctx, list(args))
            *_, order = self.make_parser(ctx).parse_args(list(args))
            ctx.meta[_ORDER] = [flag.name for flag in order]
            return left

    return InOrder


def check(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help=say(
                Message(
                    "Design files, folders, patterns in quotes, - for standard input. A folder means its own "
                    "design.yaml, or every one below it."
                )
            ),
            show_default=FILE_NAME,
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the name of the flag
        list[Format] | None,
        _flag(
            "--format",
            "-f",
            text=Message("What the report is written as; may be repeated with a file for each."),
            show_default="text",
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        _flag(
            "--output",
            "-o",
            metavar="FILE",
            text=Message("Where the report goes in the format named before it."),
            show_default="-",
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        _flag(
            "--select",
            metavar="CODES",
            text=Message("Only these rules: codes, MET for all MET codes, or names."),
            autocompletion=completion.codes,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        _flag("--ignore", metavar="CODES", text=Message("All rules but these."), autocompletion=completion.codes),
    ] = None,
    maturity: Annotated[
        Maturity | None, _flag("--maturity", text=Message("Check as if the designs claimed to be so far."))
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        _flag("--fail-on", text=Message("The severity from which on the exit code is 1."), show_default="error"),
    ] = None,
    max_warnings: Annotated[
        int | None,
        _flag(
            "--max-warnings",
            metavar="N",
            min=0,
            text=Message("More warnings than this, and the exit code is 1, unless --fail-on never."),
        ),
    ] = None,
    statistics: Annotated[
        bool,
        _flag(
            "--statistics",
            text=Message(
                "Count the findings of each rule: in their place in text, concise and markdown, beside them in json."
            ),
        ),
    ] = False,
    explain: Annotated[
        bool, _flag("--explain", text=Message("Say of each finding what was read and what was compared."))
    ] = False,
    baseline: Annotated[
        str, _flag("--baseline", metavar="FILE", text=Message("Show only findings that are not in this file."))
    ] = "",
    write_baseline: Annotated[
        str, _flag("--write-baseline", metavar="FILE", text=Message("Write the findings of today into this file."))
    ] = "",
    fix: Annotated[
        bool, _flag("--fix", text=Message("Mend what can be mended without changing what is meant."))
    ] = False,
    dry_run: Annotated[
        bool, _flag("--dry-run", text=Message("With --fix: show the changes and write nothing."))
    ] = False,
    jobs: Annotated[
        int,
        _flag(
            "--jobs",
            "-j",
            metavar="N",
            min=0,
            text=Message("Processes that share the files; as many as help, if not said."),
            show_default=False,
        ),
    ] = 0,
    config: Annotated[
        str | None,
        _flag("--config", metavar="FILE", text=Message("The settings, instead of those that would be found.")),
    ] = None,
    no_config: Annotated[bool, _flag("--no-config", text=Message("Read no settings from files."))] = False,
    no_plugins: Annotated[
        bool, _flag("--no-plugins", text=Message("Leave out the rules of other installed packages."))
    ] = False,
) -> int:
    """Check every file, report, and say by the exit code how it went."""
    from mlsd.cli.checks.outputs import paired
    from mlsd.cli.checks.run import Options, run

    flags = {
        "select": tuple(select) if select else None,
        "ignore": tuple(ignore) if ignore else None,
        "maturity": maturity,
        "fail_on": fail_on,
        "max_warnings": max_warnings,
    }
    return run(
        Options(
            paths=tuple(paths or [FILE_NAME]),
            outputs=paired(ctx.meta[_ORDER], [str(form) for form in format or []], output or [], Format.TEXT),
            flags=flags,
            config=config,
            no_config=no_config,
            plugins=not no_plugins,
            statistics=statistics,
            explain=explain,
            baseline=baseline,
            write_baseline=write_baseline,
            fix=fix,
            dry_run=dry_run,
            jobs=jobs,
        )
    )
