"""Sizes for a spreadsheet: CSV in which no text is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from mlsd.cli.sizes import Answer, Table
from mlsd.cli.sizes.words import entry
from mlsd.cli.text import safe_text, unspoken
from mlsd.content import formula
from mlsd.content.language import Language
from mlsd.derived.fact import Derived

FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("id", "stage", "name", "result", "unit", "formula", "inputs", "source", "note", "missing")


def text(answer: Answer, language: Language) -> str:
    """A table over a range where there is one, else a row for every number."""
    rows = _ranged(answer.table) if answer.table else _rows(answer.derived, language)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue()


def harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula, behind an apostrophe, and no command of a log; numbers stay."""
    if not isinstance(value, str):
        return value
    shown = unspoken(safe_text(value))
    return f"'{shown}" if value.startswith(FORMULA) else shown


def _ranged(table: Table) -> Iterable[Sequence[object]]:
    yield [key for key, _ in table.columns]
    yield from table.rows


def _rows(found: Sequence[Derived], language: Language) -> Iterable[Sequence[object]]:
    yield COLUMNS
    for derived in found:
        working = derived.working
        note = working.note if working else derived.refused
        yield [
            derived.id,
            derived.stage,
            language.say(derived.name),
            working.result if working else None,
            working.unit if working else None,
            formula.said(working.formula, language) if working else None,
            "; ".join(entry(given, language) for given in working.inputs) if working else None,
            formula.source(working.source, language) if working else None,
            language.say(note) if note else None,
            "; ".join(derived.missing),
        ]
