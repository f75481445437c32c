"""Sizes as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlsd.cli.sizes import Answer, Table
from mlsd.cli.sizes.words import amount, cells_of, entry
from mlsd.cli.text import one_line
from mlsd.content import formula
from mlsd.content.language import Language
from mlsd.derived.fact import Derived
from mlsd.errors import Message

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\|*_`<>[]#~"})


def text(answer: Answer, language: Language) -> str:
    """A table over a range, a table of numbers with their working, a list of what is missing."""
    say = language.say
    lines: list[str] = [escaped(say(remark)) for remark in answer.remarks]
    if answer.table:
        lines += ["", *_ranged(answer.table, language)]
    computed = [derived for derived in answer.derived if derived.working]
    if computed:
        head = [Message("number"), Message("result"), Message("from"), Message("formula"), Message("source")]
        lines += ["", _row([say(title) for title in head]), "|---" * len(head) + "|"]
        lines += [_row(_cells(derived, language)) for derived in computed]
    lacking = [derived for derived in answer.derived if not derived.working]
    if lacking:
        lines += ["", f"**{say(Message('Not computed yet'))}**", ""]
        lines += [f"- {escaped(say(derived.name))}: {_why(derived, language)}" for derived in lacking]
    return "\n".join(lines).strip("\n")


def escaped(value: str) -> str:
    """Text on one line that Markdown takes for nothing but text."""
    return one_line(value).translate(_SPECIAL)


def _cells(derived: Derived, language: Language) -> Iterator[str]:
    working = derived.working
    assert working is not None
    yield language.say(derived.name)
    yield language.say(Message("N/A")) if working.result is None else amount(working.result, working.unit, language)
    inputs = "; ".join(entry(given, language) for given in working.inputs)
    yield f"{inputs} ({language.say(working.note)})" if working.note else inputs
    yield formula.said(working.formula, language)
    yield formula.source(working.source, language)


def _row(cells: Sequence[str] | Iterator[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def _why(derived: Derived, language: Language) -> str:
    if derived.refused:
        return escaped(language.say(derived.refused))
    return ", ".join(f"`{one_line(path)}`" for path in derived.missing)


def _ranged(table: Table, language: Language) -> Iterator[str]:
    yield _row([language.say(title) for _, title in table.columns])
    yield "|---:" * len(table.columns) + "|"
    for row in table.rows:
        yield _row(cells_of(table, row, language))
