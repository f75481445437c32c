"""A report for people: place, sentence, source line, both facts, the working, the question, the ways out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlsd.cli.console import Console
from mlsd.cli.reports import Checked
from mlsd.cli.reports.working import working_text
from mlsd.cli.text import one_line
from mlsd.content.language import Language
from mlsd.design import Place
from mlsd.errors import Counted, Fault, Message
from mlsd.lint import Diagnostic, Severity
from mlsd.lint.formats import FORMATS

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
WORDS = {
    Severity.ERROR: Message("error"),
    Severity.WARNING: Message("warning"),
    Severity.INFO: Message("info"),
}


def write(files: Sequence[Checked], out: Console, language: Language) -> None:
    """Every diagnostic of every file, then one line that counts them, the waived and what does not apply."""
    for checked in files:
        for block in _blocks(checked, out, language):
            out.line(block)
            out.line()
    out.line(summary(files, out, language))


def _blocks(checked: Checked, out: Console, language: Language) -> Iterator[str]:
    lines = checked.text.splitlines()
    for fault in checked.faults:
        yield "\n".join(_fault(fault, lines, out, language))
    for diagnostic in checked.report.diagnostics:
        yield "\n".join(diagnostic_lines(diagnostic, lines, out, language))


def _fault(fault: Fault, lines: Sequence[str], out: Console, language: Language) -> Iterator[str]:
    code = f"{fault.code} {FORMATS[fault.code].name}"
    yield _headline(fault.place, Severity.ERROR, code, language.say(fault.message), out, language)
    yield from _source(fault.place, lines, Severity.ERROR, out)
    if fault.hint:
        yield _detail(Message("next"), language.say(fault.hint), out, language)


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


def summary(files: Sequence[Checked], out: Console, language: Language) -> str:
    """``3 findings (1 error, 2 warnings) · 1 waived · 12 rules do not apply``; hidden things are counted too."""
    reports = [checked.report for checked in files]
    by = {severity: sum(report.count(severity) for report in reports) for severity in Severity}
    by[Severity.ERROR] += sum(len(checked.faults) for checked in files)
    waived = sum(len(report.waived) for report in reports)
    silent = sum(len(report.not_applicable) for report in reports)
    unread = sum(bool(checked.faults) for checked in files)
    parts = [_counts(by, out, language)]
    if unread:
        parts.append(language.say(Counted("{count} file not read", "{count} files not read", count=unread)))
    if waived:
        parts.append(language.say(Counted("{count} waived", "{count} waived", count=waived)))
    expired = sorted({waiver.rule for report in reports for waiver in report.expired if waiver.rule})
    parts += [
        out.paint(one_line(language.say(Message("the waiver of {rule} has expired", rule=rule)))) for rule in expired
    ]
    if silent:
        parts.append(language.say(Counted("{count} rule does not apply", "{count} rules do not apply", count=silent)))
    return f" {out.symbol('dot')} ".join(parts)


def _counts(by: dict[Severity, int], out: Console, language: Language) -> str:
    total = sum(by.values())
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
