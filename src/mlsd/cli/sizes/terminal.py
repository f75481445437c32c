"""Sizes for people: each number with its formula, inputs and source; a range as a table with a curve beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlsd.cli.console import Console
from mlsd.cli.sizes import Answer, Table
from mlsd.cli.sizes.words import amount, cells_of, entry
from mlsd.cli.text import cells, wrap
from mlsd.content import formula
from mlsd.content.language import Language
from mlsd.derived.fact import Derived
from mlsd.errors import Message

STAGES = {
    "problem": Message("Problem"),
    "metrics": Message("Metrics"),
    "data": Message("Data"),
    "pipeline": Message("Pipeline"),
    "model": Message("Model"),
    "deploy": Message("Deployment"),
    "ab_test": Message("A/B test"),
}
LONGEST_BAR = 40


def write(answer: Answer, out: Console, language: Language) -> None:
    """The whole answer."""
    for remark in answer.remarks:
        for line in wrap(language.say(remark), _width(out)):
            out.line(out.paint(line))
    if answer.remarks:
        out.line()
    if answer.table:
        for line in ranged(answer.table, out, language):
            out.line(line)
        return
    stage = ""
    for derived in answer.derived:
        if derived.working:
            if derived.stage != stage:
                stage = derived.stage
                out.line(out.paint(language.say(STAGES[stage]), "bold", "underline"))
            for line in number(derived, out, language):
                out.line(line)
            out.line()
    for line in lacking([derived for derived in answer.derived if not derived.working], out, language):
        out.line(line)


def number(derived: Derived, out: Console, language: Language) -> Iterator[str]:
    """One number: name and result, formula, inputs, note, source."""
    working = derived.working
    assert working is not None
    missing = language.say(Message("N/A"))
    result = missing if working.result is None else amount(working.result, working.unit, language)
    name = out.paint(f"{language.say(derived.name)}: ")
    mark = f" {out.paint(f'[{derived.id}]', 'dim')}" if derived.stage else ""
    yield f"{name}{out.paint(result, 'bold')}{mark}"
    yield from _indented(formula.said(working.formula, language), out)
    for given in working.inputs:
        style = "yellow" if given.origin == "assumed" else "dim"
        yield from _indented(entry(given, language), out, style)
    if working.note:
        yield from _indented(language.say(working.note), out)
    yield from _indented(
        language.say(Message("source: {source}", source=formula.source(working.source, language))), out, "dim"
    )


def lacking(found: Sequence[Derived], out: Console, language: Language) -> Iterator[str]:
    """What could not be computed, and the paths that are empty."""
    if not found:
        return
    yield out.paint(language.say(Message("Not computed yet")), "bold", "underline")
    for derived in found:
        name = language.say(derived.name)
        if derived.refused:
            yield from _indented(f"{name}: {language.say(derived.refused)}", out)
        else:
            needs = ", ".join(derived.missing)
            yield from _indented(language.say(Message("{name} needs {paths}", name=name, paths=needs)), out)


def ranged(table: Table, out: Console, language: Language) -> Iterator[str]:
    """The rows in columns, and the last one as bars: the curve."""
    titles = [language.say(title) for _, title in table.columns]
    rows = [cells_of(table, row, language) for row in table.rows]
    widths = [max(cells(line[column]) for line in (titles, *rows)) for column in range(len(titles))]
    position = [key for key, _ in table.columns].index(table.bar)
    values = [row[position] if isinstance(row[position], int | float) else 0.0 for row in table.rows]
    most = max((float(value or 0) for value in values), default=0.0)
    room = max(4, min(LONGEST_BAR, _width(out) - sum(widths) - 2 * len(widths)))
    yield out.paint("  ".join(_right(title, width) for title, width in zip(titles, widths, strict=True)), "bold")
    for row, value in zip(rows, values, strict=True):
        line = "  ".join(_right(text, width) for text, width in zip(row, widths, strict=True))
        length = round(room * float(value or 0) / most) if most > 0 else 0
        yield f"{out.paint(line)}  {out.paint(out.symbol('bar') * length, 'cyan')}".rstrip()


def _right(text: str, width: int) -> str:
    return " " * (width - cells(text)) + text


def _indented(text: str, out: Console, *styles: str) -> Iterator[str]:
    for line in wrap(text, _width(out), "    "):
        yield out.paint(line, *styles)


def _width(out: Console) -> int:
    return min(out.width, 110)
