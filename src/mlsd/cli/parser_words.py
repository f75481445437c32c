"""What typer says by itself (headings of help pages, refusals of flags) in a language other than its own.

typer's sentences are written into its code without a way to translate them. They are few and short, so each is kept
here as a pattern: what it prints is recognised by its words and said again. What is not recognised stays English.
Nobody who speaks English with mlsd imports this module.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from typer.core import TyperCommand, TyperGroup

from mlsd.cli.speech import say
from mlsd.errors import Message

PHRASES = (
    Message("Usage: ", domain="click"),
    Message("Error: {error}", domain="click"),
    Message("Try '{command}' for help.", domain="click"),
    Message("Arguments", domain="click"),
    Message("Options", domain="click"),
    Message("Commands", domain="click"),
    Message("Show this message and exit.", domain="click"),
    Message("Install completion for the current shell.", domain="click"),
    Message(
        "Show completion for the current shell, to copy it or customize the installation.", domain="click"
    ),
    Message("default: {default}", domain="click"),
    Message("env var: {var}", domain="click"),
    Message("required", domain="click"),
    Message("Missing command.", domain="click"),
    Message("Missing argument {name}.", domain="click"),
    Message("Missing option {name}.", domain="click"),
    Message("No such command {name}. Did you mean {near}?", domain="click"),
    Message("No such command {name}.", domain="click"),
    Message("No such option: {name} (Possible options: {near})", domain="click"),
    Message("No such option: {name}", domain="click"),
    Message("Option {name} requires an argument.", domain="click"),
    Message("Option {name} requires {count} arguments.", domain="click"),
    Message("Option {name} does not take a value.", domain="click"),
    Message("Got unexpected extra argument(s) ({arguments})", domain="click"),
    Message("Invalid value for {name}: {reason}", domain="click"),
    Message("Invalid value: {reason}", domain="click"),
    Message("{value} is not one of {choices}.", domain="click"),
    Message("{value} is not in the range {range}.", domain="click"),
    Message("{value} is not a valid float range.", domain="click"),
    Message("{value} is not a valid int range.", domain="click"),
    Message("{value} is not a valid float.", domain="click"),
    Message("{value} is not a valid int.", domain="click"),
    Message("{value} is not a valid boolean. Recognized values: {known}", domain="click"),
)  # fmt: skip
PLACES = (
    Message("[OPTIONS]", domain="click"),
    Message("COMMAND", domain="click"),
    Message("[ARGS]", domain="click"),
)
"""Words of the usage line."""
VALUES = {
    "FILE": Message("FILE", domain="click"),
    "DIR": Message("DIR", domain="click"),
    "CODE": Message("CODE", domain="click"),
    "CODES": Message("CODES", domain="click"),
    "DESIGN": Message("DESIGN", domain="click"),
    "PATH=VALUE": Message("PATH=VALUE", domain="click"),
    "NAME=SUM": Message("NAME=SUM", domain="click"),
    "<str>": Message("<text>", domain="click"),
}
"""What stands for the value of a flag."""
ARGUMENTS = {
    "template": Message("template", domain="click"),
    "paths": Message("paths", domain="click"),
    "path": Message("path", domain="click"),
    "file": Message("file", domain="click"),
    "code": Message("code", domain="click"),
    "[DIR]": Message("[DIR]", domain="click"),
}
"""What stands for an argument, and not for a command of the same name."""


_QUOTED = re.compile(r"'([^']*)'")


def again(text: str) -> str:
    """What typer said, said in the language of this process; unchanged if it is none of its phrases."""
    for pattern, phrase in _patterns():
        found = pattern.fullmatch(text)
        if found:
            values = {name: _QUOTED.sub(r"«\1»", again(value)) for name, value in found.groupdict().items()}
            return say(Message(phrase.text, domain=phrase.domain, **values))
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Message], ...]:
    return tuple((_pattern(phrase.text), phrase) for phrase in PHRASES)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(text)), re.DOTALL)


_REMARK = re.compile(r"(?P<help>.*?)(?:  )?(?:\[(?P<remarks>[^\]]+)\])?", re.DOTALL)


def _described(text: str) -> str:
    """The help of a flag, and what typer says about it in brackets."""
    found = _REMARK.fullmatch(text)
    if not found or not found["remarks"]:
        return again(text)
    remarks = "; ".join(again(remark) for remark in found["remarks"].split("; "))
    return f"{again(found['help'])}  [{remarks}]" if found["help"] else f"[{remarks}]"


def _named(text: str, names: Mapping[str, Message]) -> str:
    """The text with these names, where they stand alone, said again."""
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{known})(?![\w=])", lambda found: say(names[found[0]]), text)


class _Headings:
    """A page of help whose headings and remarks are said again; mixed into the formatter that typer uses."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        args = _named(args, ARGUMENTS)
        for place in PLACES:
            args = args.replace(place.text, say(place))
        super().write_usage(prog, args, prefix or again("Usage: "))  # type: ignore[misc]

    def write_heading(self, heading: str) -> None:
        self._names = ARGUMENTS if heading == "Arguments" else VALUES if heading == "Options" else {}
        super().write_heading(again(heading))  # type: ignore[misc]

    def write_dl(self, rows: Sequence[tuple[str, str]], *widths: int, **named: int) -> None:
        names = getattr(self, "_names", {})
        said = [(_named(term, names) if names else term, _described(text)) for term, text in rows]
        super().write_dl(said, *widths, **named)  # type: ignore[misc]


class _Again:
    """A command whose help and refusals are said again."""

    def get_help(self, ctx: Any) -> str:
        return _with_headings(ctx, super().get_help)  # type: ignore[misc]

    def get_usage(self, ctx: Any) -> str:
        return _with_headings(ctx, super().get_usage)  # type: ignore[misc]

    def make_context(self, *args: Any, **named: Any) -> Any:
        with _refusals():
            return super().make_context(*args, **named)  # type: ignore[misc]

    def invoke(self, ctx: Any) -> Any:
        with _refusals():
            return super().invoke(ctx)  # type: ignore[misc]


class Command(_Again, TyperCommand):
    """One command."""


class Group(_Again, TyperGroup):
    """The command that holds the others."""


def _with_headings(ctx: Any, ask: Callable[[Any], str]) -> str:
    if not issubclass(ctx.formatter_class, _Headings):
        ctx.formatter_class = type("Headings", (_Headings, ctx.formatter_class), {})
    return ask(ctx)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        said = getattr(error, "format_message", str)()
        if hasattr(error, "show") and "\n" not in said:  # a whole help page is said again already
            error.show = partial(_show, error, said)
        raise


def _show(error: Any, said: str, file: Any = None) -> None:
    """Usage, where there is help, and what is wrong, on stderr."""
    out = file or sys.stderr
    context = getattr(error, "ctx", None)
    if context is not None:
        command = f"{context.command_path} {context.help_option_names[0]}"
        print(context.get_usage(), again(f"Try '{command}' for help."), "", sep="\n", file=out)
    print(again(f"Error: {said}"), file=out)
