"""A report for people: place, sentence, source line, both facts, the working, the question, the ways out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from typing_extensions import override

from mlsd.cli.console import Console
from mlsd.cli.reports import Checked, Shape, Totals, View
from mlsd.cli.reports.working import working_text
from mlsd.cli.text import folded, one_line
from mlsd.content.language import Language
from mlsd.design import Place
from mlsd.errors import Counted, Fault, Message
from mlsd.lint import Diagnostic, Severity
from mlsd.lint.formats import FORMATS

if TYPE_CHECKING:
    from mlsd.lint.leftovers import Leftover

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
WORDS = {
    Severity.ERROR: Message("error"),
    Severity.WARNING: Message("warning"),
    Severity.INFO: Message("info"),
}


class Form(Shape):
    """Every finding of every file, then one line that counts them, the waived and what does not apply."""

    spoken = True

    @override
    def file(self, checked: Checked) -> Iterator[str]:
        if not self.view.statistics:
            for block in _blocks(checked, self.view.out, self.view.language):
                yield f"{self._fitted(block)}\n\n"

    def _fitted(self, block: str) -> str:
        """The block as a terminal shows it without breaking words; programs and files are given whole lines."""
        out = self.view.out
        lines = block.split("\n")
        return "\n".join(folded(line, out.width, " " * 6) for line in lines) if out.stream.isatty() else block

    @override
    def end(self) -> Iterator[str]:
        if self.view.statistics:
            yield from statistics(self.view)
        yield f"{summary(self.view)}\n"


def _blocks(checked: Checked, out: Console, language: Language) -> Iterator[str]:
    lines = checked.text.splitlines()
    for fault in checked.faults:
        yield "\n".join(_fault(fault, lines, out, language))
    for diagnostic in checked.report.diagnostics:
        yield "\n".join(diagnostic_lines(diagnostic, lines, out, language))
    for entry in checked.leftovers:
        yield "\n".join(_leftover(entry, lines, out, language))


def statistics(view: View) -> Iterator[str]:
    """A line for each rule that found something: how often, its code, name and worst severity."""
    rows = view.totals.statistics()
    wide = max((len(str(count)) for *_, count in rows), default=0)
    for code, name, severity, count in rows:
        word = view.out.paint(view.language.say(WORDS[severity]), COLOURS[severity])
        yield f"{count:>{wide}}  {view.out.paint(code, 'bold')} {view.out.paint(name)} ({word})\n"
    if rows:
        yield "\n"


def _fault(fault: Fault, lines: Sequence[str], out: Console, language: Language) -> Iterator[str]:
    code = f"{fault.code} {FORMATS[fault.code].name}"
    yield _headline(fault.place, Severity.ERROR, code, language.say(fault.message), out, language)
    yield from _source(fault.place, lines, Severity.ERROR, out)
    if fault.hint:
        yield _detail(Message("next"), language.say(fault.hint), out, language)


def _leftover(entry: Leftover, lines: Sequence[str], out: Console, language: Language) -> Iterator[str]:
    word = out.paint(language.say(Message("note")), "dim")
    where = out.paint(f"{one_line(str(entry.place))}: ", "bold") if entry.place else ""
    yield f"{where}{word}: {out.paint(one_line(language.say(entry.message)))}"
    if entry.place:
        yield from _source(entry.place, lines, Severity.INFO, out)


def diagnostic_lines(diagnostic: Diagnostic, lines: Sequence[str], out: Console, language: Language) -> Iterator[str]:
    """One diagnostic, line by line."""
    code = f"{diagnostic.code} {diagnostic.name}"
    yield _headline(diagnostic.place, diagnostic.severity, code, language.say(diagnostic.message), out, language)
    if diagnostic.absent:
        yield _detail(Message("not in the file yet"), diagnostic.path, out, language)
    elif diagnostic.place:
        yield from _source(diagnostic.place, lines, diagnostic.severity, out)
    if diagnostic.also_path:
        where = f"{diagnostic.also_path} ({diagnostic.also_place})" if diagnostic.also_place else diagnostic.also_path
        yield _detail(Message("against"), where, out, language)
        if diagnostic.also_place:
            yield from _source(diagnostic.also_place, lines, Severity.INFO, out)
    if diagnostic.working:
        yield _detail(Message("working"), working_text(diagnostic.working, language), out, language)
    if diagnostic.why:
        from mlsd.cli.reports.why import why_lines

        yield from (_detail(label, text, out, language) for label, text in why_lines(diagnostic.why, language))
    if diagnostic.question:
        yield _detail(Message("ask yourself"), language.say(diagnostic.question), out, language)
    for way in diagnostic.ways_out:
        yield _detail(Message("way out"), language.say(way), out, language)


def _headline(place: Place | None, severity: Severity, code: str, text: str, out: Console, language: Language) -> str:
    word = out.paint(language.say(WORDS[severity]), COLOURS[severity], "bold")
    where = out.paint(f"{one_line(str(place))}: ", "bold") if place else ""
    return f"{where}{word}: {out.paint(one_line(text))} {out.paint(f'[{code}]', 'dim')}"


def _source(place: Place, lines: Sequence[str], severity: Severity, out: Console) -> Iterator[str]:
    if not 0 < place.line <= len(lines):
        return
    line = lines[place.line - 1].replace("\t", " ")
    end = place.end_column if place.end_line == place.line else len(line) + 1
    width = max(1, min(end, len(line) + 1) - place.column)
    first, room = 0, max(20, out.width - 12)
    if place.column + width > room:
        first = max(0, place.column - room // 3)
    shown = line[first : first + room]
    gutter = f"{place.line:>6} | "
    yield out.paint(gutter, "dim") + out.paint(shown)
    caret = "^" * max(1, min(width, room - (place.column - 1 - first)))
    yield out.paint(" " * 6 + " | ", "dim") + " " * (place.column - 1 - first) + out.paint(caret, COLOURS[severity])


def _detail(label: Message, text: str, out: Console, language: Language) -> str:
    return f"    {out.paint(language.say(label) + ':', 'dim')} {out.paint(one_line(text))}"


def summary(view: View) -> str:
    """``3 findings (1 error, 2 warnings) · 1 waived · 12 rules do not apply``; hidden things are counted too."""
    totals, say = view.totals, view.language.say
    parts = [_counts(totals, view.out, view.language)]
    if totals.unread:
        parts.append(say(Counted("{count} file not read", "{count} files not read", count=totals.unread)))
    if totals.waived:
        parts.append(say(Counted("{count} waived", "{count} waived", count=totals.waived)))
    if totals.known:
        parts.append(say(Message("{count} in the baseline", count=totals.known)))
    if totals.not_applicable:
        silent = Counted("{count} rule does not apply", "{count} rules do not apply", count=totals.not_applicable)
        if totals.files - totals.unread > 1:
            silent = Counted(
                "{count} rule applies to none of the files",
                "{count} rules apply to none of the files",
                count=totals.not_applicable,
            )
        parts.append(say(silent))
    if totals.fixable:
        parts.append(say(Message("{count} fixable with --fix", count=totals.fixable)))
    return f" {view.out.symbol('dot')} ".join(parts)


def _counts(totals: Totals, out: Console, language: Language) -> str:
    by, total = totals.by, totals.by.total()
    if not total:
        return f"{out.paint(out.symbol('done'), 'green')} {out.paint(language.say(Message('No findings')))}"
    words = {
        Severity.ERROR: Counted("{count} error", "{count} errors", count=by[Severity.ERROR]),
        Severity.WARNING: Counted("{count} warning", "{count} warnings", count=by[Severity.WARNING]),
        Severity.INFO: Counted("{count} info", "{count} infos", count=by[Severity.INFO]),
    }
    said = ", ".join(
        out.paint(language.say(words[severity]), COLOURS[severity])
        for severity in sorted(Severity, reverse=True)
        if by[severity]
    )
    return f"{out.paint(language.say(Counted('{count} finding', '{count} findings', count=total)))} ({said})"
