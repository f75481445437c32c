"""The reference pages, made from the code: what a field asks, what a rule says, what a command takes and returns."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import field_page

from mlsd import errors
from mlsd.content.language import language
from mlsd.errors import ExitCode

MADE = "<!-- Made by tools/refresh.py: change the code that it is made from. -->"


def fields() -> str:
    """Every field of a design file."""
    return field_page.page(MADE)


def rules() -> str:
    """The page of every rule, and the codes of files that cannot be read."""
    from mlsd.cli.reports import rule_page
    from mlsd.lint.formats import FORMATS
    from mlsd.lint.rules import every

    english = language("en")
    lines = ["# The rules", "", MADE, "", "`mlsd rule CODE` shows one of these pages in the terminal.", ""]
    lines += ["| code | name | severity | from maturity | finds |", "|---|---|---|---|---|"]
    for rule in every():
        severity, since = rule.severity.word, rule.since.name.lower()
        found = rule_page.summary(rule, english)
        lines.append(f"| {rule.code} | `{rule.name}` | {severity} | `{since}` | {found} |")
    for entry in FORMATS.values():
        lines.append(f"| {entry.code} | `{entry.name}` | error | | {english.say(entry.summary)} |")
    lines += ["", *(rule_page.markdown(rule, english) for rule in every())]
    lines += [rule_page.markdown(entry, english) for entry in FORMATS.values()]
    return "\n".join(lines)


GROUPS = {
    "PRB": "problem", "MET": "metrics", "DAT": "data and labels", "FEA": "features", "PIP": "pipeline and load",
    "MOD": "model", "DEP": "deployment", "ABT": "A/B test", "LLM": "language models", "AGT": "agents",
    "XST": "across stages", "ETH": "people", "DOC": "the document",
}  # fmt: skip


def readme(text: str) -> str:
    """The README with its table of rules made again: how many of each group, and three that are errors."""
    from mlsd.lint import Severity
    from mlsd.lint.rules import every

    rows = [f"{len(every())} rules:", "", "| about | rules | such as |", "|---|---|---|"]
    for start, about in GROUPS.items():
        group = [rule for rule in every() if rule.code.startswith(start)]
        grave = sorted(group, key=lambda rule: rule.severity is not Severity.ERROR)[:3]
        such = ", ".join(f"[{rule.name.replace('-', ' ')}](docs/reference/rules.md#{anchor(rule)})" for rule in grave)
        rows.append(f"| {about} | {len(group)} | {such} |")
    before, _, rest = text.partition("<!-- rules -->\n")
    _, _, after = rest.partition("<!-- end of rules -->")
    return "\n".join([f"{before}<!-- rules -->", *rows, f"<!-- end of rules -->{after}"])


def anchor(rule: Any) -> str:
    """Where the page of rules shows it, as GitHub names headings."""
    return f"{rule.code.lower()}-{rule.name}"


def commands() -> str:
    """The help of every command, as the terminal shows it at 80 columns."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from mlsd.cli.app import build

    app = build()
    lines = ["# The commands", "", MADE, ""]
    for words in _words(get_command(app)):
        result = CliRunner().invoke(app, [*words, "--help"], prog_name="mlsd", catch_exceptions=False)
        lines += [f"## `{' '.join(('mlsd', *words))}`", ""]
        lines += ["```text", result.output.strip(), "```", ""]
    return "\n".join(lines)


def _words(command: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of a command and of every command below it."""
    yield before
    if hasattr(command, "list_commands"):
        for name in command.list_commands(None):
            yield from _words(command.get_command(None, name), (*before, name))


def exit_codes() -> str:
    """The exit codes, from the enum and the docstrings of its members."""
    said = _member_docs(ExitCode)
    lines = ["# Exit codes", "", MADE, "", "| code | name | means |", "|---|---|---|"]
    lines += [f"| {code.value} | `{code.name}` | {said[code.name]} |" for code in ExitCode]
    lines += ["", "The code never depends on the format of the output. When the reader of the output goes away, as in"]
    lines += ["`mlsd rule --all | head`, the code is 141 and nothing is printed about it. SIGTERM ends a command in"]
    lines += ["order, with 143, and a hung-up terminal with 129; an interview says 130. Ctrl-C is how"]
    lines += ["`mlsd render --watch` ends, with 0.", ""]
    return "\n".join(lines)


def _member_docs(enum: type[ExitCode]) -> dict[str, str]:
    tree = ast.parse(inspect.getsource(errors))
    body = next(item.body for item in tree.body if isinstance(item, ast.ClassDef) and item.name == enum.__name__)
    return {
        member.targets[0].id: text.value.value
        for member, text in pairwise(body)
        if isinstance(member, ast.Assign)
        and isinstance(member.targets[0], ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
