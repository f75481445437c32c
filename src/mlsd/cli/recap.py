"""What a stage came to, after it; and what the whole came to, at the end."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd import lint
from mlsd.cli.checks.job import Job
from mlsd.cli.console import Console
from mlsd.cli.text import cells, shorten, wrap
from mlsd.content.language import Language
from mlsd.errors import Counted, Message
from mlsd.interview.progress import Progress
from mlsd.interview.session import Session
from mlsd.interview.titles import stage_title

MARGIN = "  "
WIDEST = 100
MOST = 3
"""Findings that a recap shows; the rest is counted."""
UNDECLARED = "XST-04"
SIGNS = {lint.Severity.ERROR: "red", lint.Severity.WARNING: "yellow", lint.Severity.INFO: "cyan"}


def capital(text: str) -> str:
    """A title as a heading writes it."""
    return text[:1].upper() + text[1:]


class Recap:
    """Writes recaps on one console in one language; ``job`` says which rules speak in them."""

    def __init__(self, look: Console, speech: Language, session: Session, job: Job) -> None:
        self.look = look
        self.speech = speech
        self.session = session
        self.job = job

    @property
    def width(self) -> int:
        """Cells that a line may take."""
        return min(self.look.width, WIDEST) - 2 * cells(MARGIN)

    def heading(self, stage: str) -> str:
        """The title of a stage and a rule behind it."""
        title = capital(self.speech.say(stage_title(stage)))
        line = self.look.symbol("rule") * max(self.width - cells(title) - 1, 0)
        return f"{MARGIN}{self.look.paint(title, 'bold')} {self.look.paint(line, 'dim')}"

    def stage(self, stage: str) -> Iterator[str]:
        """How complete the stage is, and what the rules say of it."""
        progress = next((one for one in self.session.progress() if one.stage == stage), None)
        if progress is None:
            return
        whole = all(one.left == 0 for one in self.session.progress())
        report = self.job.report(self.session.design)
        said = [one for one in report.of_stage(stage) if whole or not one.code.startswith("XST")]
        counted = self.counted(progress)
        yield f"{MARGIN}{self.look.paint(self.look.symbol('branch'), 'dim')} {self.look.paint(counted, 'dim')}"
        for diagnostic in said[:MOST]:
            yield from self._finding(diagnostic)
        if len(said) > MOST:
            rest = Counted("and {count} more: mlsd check", "and {count} more: mlsd check", count=len(said) - MOST)
            yield f"{MARGIN}  {self.look.paint(self.speech.say(rest), 'dim')}"
        if whole:
            yield from self._undeclared(report, stage)

    def _undeclared(self, report: lint.Report, stage: str = "") -> Iterator[str]:
        """Names that nothing declares, where the rule about them waits for a riper design."""
        if not self.job.hears(UNDECLARED) or any(one.code == UNDECLARED for one in report.diagnostics):
            return
        job = self.job._replace(only=frozenset({UNDECLARED}), maturity=lint.Maturity.DESIGN)
        found = [one for one in job.report(self.session.design).diagnostics if one.stage == stage or not stage]
        names = [*dict.fromkeys(str(one.message.values["id"]) for one in found)]
        if names:
            text = self.look.letters(self.speech.say(Message("Not declared so far: {names}.", names=names)))
            for line in wrap(f"{self.look.symbol('warning')} {text}", self.width, MARGIN + "  "):
                yield self.look.paint(line, "yellow")

    def counted(self, progress: Progress) -> str:
        """“4 answered, 2 assumed, 1 open”."""
        parts = [
            Counted("{count} answered", "{count} answered", count=progress.answered),
            Counted("{count} assumed", "{count} assumed", count=progress.assumed),
            Counted("{count} open", "{count} open", count=progress.open),
            Counted("{count} to look at again", "{count} to look at again", count=progress.again),
            Counted("{count} not asked yet", "{count} not asked yet", count=progress.left),
        ]
        return ", ".join(self.speech.say(part) for part in parts if part.values["count"])

    def _finding(self, diagnostic: lint.Diagnostic) -> Iterator[str]:
        colour = SIGNS[diagnostic.severity]
        sign = self.look.paint(f"{self.look.symbol(diagnostic.severity.word)} {diagnostic.code}", colour)
        text = self.speech.say(diagnostic.message)
        indent = len(MARGIN) + 4 + len(diagnostic.code) + 1
        lines = wrap(self.look.letters(text), self.width + len(MARGIN), " " * indent)
        yield f"{MARGIN}  {sign} {self.look.paint(lines[0].strip())}"
        for line in lines[1:]:
            yield self.look.paint(line)

    def summary(self) -> Iterator[str]:
        """By stage: filled, assumed, open, worst finding; and the two questions an interviewer would ask next."""
        report, template = self.job.report(self.session.design), self.session.template
        stages = self.session.progress()
        titles = {one.stage: capital(self.speech.say(stage_title(one.stage))) for one in stages}
        widest = max(map(cells, titles.values()))
        counts = {one.stage: self.counted(one) for one in stages}
        second = max(map(cells, counts.values()))
        for one in stages:
            said = report.of_stage(one.stage)
            name = "done" if not one.open and not one.left else "half" if one.answered or one.assumed else "open"
            colour = {"done": "green", "half": "yellow", "open": "yellow"}[name]
            title = titles[one.stage] + " " * (widest - cells(titles[one.stage]))
            line = f"{MARGIN}{self.look.paint(self.look.symbol(name), colour)} {self.look.paint(title, 'bold')}  "
            line += self.look.paint(counts[one.stage]) + " " * (second - cells(counts[one.stage]) + 2)
            yield (line + self._worst(said, self.width - widest - second - 6)).rstrip()
            for question in self.session.follow_ups(one.stage, [(found.at, found.code) for found in said]):
                asked = self.speech.text(template.domain, question)
                for number, text in enumerate(wrap(self.look.letters(asked), self.width - 4)):
                    sign = self.look.paint("?", "cyan") if number == 0 else " "
                    yield f"{MARGIN}  {sign} {self.look.paint(text, 'dim')}"
        yield from self._undeclared(report)

    def _worst(self, said: list[lint.Diagnostic], room: int) -> str:
        if not said:
            return ""
        worst = max(said, key=lambda diagnostic: diagnostic.severity)
        others = len(said) - 1
        more = f" +{others}" if others else ""
        text = f"{self.look.symbol(worst.severity.word)} {worst.code}"
        named = f"{text} {worst.name}{more}"
        shown = named if cells(named) <= room else shorten(text + more, max(room, 8))
        return self.look.paint(shown, SIGNS[worst.severity])

    def next_steps(self, program: str, file: str, again: str) -> Iterator[str]:
        """The commands that come next, and the line that makes the same design again."""
        rows = [
            (f"{program} check {file}", Message("all findings, with their lines")),
            (f"{program} render {file} -o design.pdf", Message("the document")),
            (again, Message("makes this design again")),
        ]
        told = [(command, self.speech.say(what)) for command, what in rows]
        widest = max(cells(command) for command, _ in told)
        column = widest if all(widest + 2 + cells(what) <= self.width for _, what in told) else 0
        for command, what in told:
            shown = f"{MARGIN}{self.look.paint(command, 'cyan')}"
            if column or cells(command) + 2 + cells(what) <= self.width:
                yield shown + " " * (max(column - cells(command), 0) + 2) + self.look.paint(what, "dim")
            else:
                yield shown
                yield f"{MARGIN}  {self.look.paint(what, 'dim')}"
