"""A design in the forms it is handed over in: Markdown, HTML and PDF, all from the one Markdown text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, assert_never, get_args

from mlsd.content.language import Language
from mlsd.errors import Message, UsageError

if TYPE_CHECKING:
    from mlsd.cli.checks.job import Job
    from mlsd.render.markdown import Markdown
    from mlsd.storage import Loaded

Form = Literal["md", "html", "pdf"]
ENDINGS: dict[str, Form] = {f".{form}": form for form in get_args(Form)}
"""The ending that each form goes by."""
FORMS: dict[str, Form] = ENDINGS | {".markdown": "md", ".htm": "html"}
Document = Literal["design", "one-pager"]


def form_of(output: str) -> Form:
    """The form that the ending of a name asks for; ``-`` is Markdown. Raises UsageError for another ending."""
    if output == "-":
        return "md"
    if not output:
        raise UsageError(
            Message("The name of the file to print to is empty."), Message("Name a file, or leave -o out.")
        )
    ending = PurePosixPath(output).suffix.lower()
    if ending not in FORMS:
        raise UsageError(
            Message("{output} does not say in which form to print.", output=output),
            Message("Choose one of: {known}.", known=list(ENDINGS)),
        )
    return FORMS[ending]


@dataclass(frozen=True, eq=False, repr=False)  # what is left out costs each start half a millisecond
class Print:
    """One design ready to be printed in any form."""

    loaded: Loaded
    language: Language
    document: Document
    timestamp: int
    """Seconds since 1970 that the print carries; the same ones give the same bytes."""
    stress: bool = False
    """Whether the print says how far each assumed number can move."""
    job: Job | None = None
    """Which rules speak in it, and how (None: all of ours); their day is that of the timestamp."""

    def content(self, form: Form) -> bytes:
        """The print in one form."""
        page = self.page
        match form:
            case "md":
                return page.text.encode("utf-8")
            case "html":
                return self._html(page)
            case "pdf":
                return self._pdf(page)
            case _:
                assert_never(form)

    def _html(self, page: Markdown) -> bytes:
        from mlsd.render.html import html
        from mlsd.render.pictures import parts
        from mlsd.render.sheet import on_screen

        drawn = [parts(picture, self.language.say, on_screen) for picture in page.diagrams]
        return html(page.text, diagrams=drawn, **self._about(page)).encode("utf-8")

    def _pdf(self, page: Markdown) -> bytes:
        from mlsd.render.glyphs import printable
        from mlsd.render.pdf import pdf
        from mlsd.render.pictures import parts, respelled
        from mlsd.render.sheet import on_paper

        return pdf(
            page.text,
            timestamp=self.timestamp,
            one_page=self.document == "one-pager",
            diagrams=[parts(respelled(picture, printable), self.language.say, on_paper) for picture in page.diagrams],
            **self._about(page),
        )

    def _about(self, page: Markdown) -> dict[str, Any]:
        """What a form says of the page beside its text."""
        from mlsd.render.escape import one_line

        return {
            "title": one_line(page.title),
            "language": self.language.code,
            "authors": [one_line(author) for author in self.loaded.design.authors],
            "description": one_line(self.loaded.design.problem.goal.statement or ""),
        }

    @cached_property
    def page(self) -> Markdown:
        """The canonical text, from which every form is made."""
        from mlsd.cli.reports.json import diagnostic_data
        from mlsd.render.markdown import document
        from mlsd.render.view.figures import Figures

        design, when = self.loaded.design, datetime.fromtimestamp(self.timestamp, UTC)
        report = self._job(when.date()).report(design, self.loaded.places)
        return document(
            design,
            language=self.language,
            kind=self.document,
            findings=[diagnostic_data(diagnostic, self.language) for diagnostic in report.diagnostics],
            waived=[
                diagnostic_data(entry.diagnostic, self.language) | {"reason": entry.waiver.reason or ""}
                for entry in report.waived
            ],
            template=template_facts(design.template, self.language),
            date=Figures(self.language, None).date(when.date()),
            stressed=self._stressed(),
        )

    def _stressed(self) -> list[dict[str, Any]] | None:
        if not self.stress:
            return None
        from mlsd.cli.edges import printed
        from mlsd.lint.stress import stress

        job = self._job(date.min)
        found = stress(self.loaded.design, rules=job.rules(), maturity=job.maturity, only=job.only)
        return [printed(entry, self.language) for entry in found]

    def _job(self, today: date) -> Job:
        from mlsd.cli.checks.job import Job

        return self.job._replace(today=today) if self.job else Job(today)


def template_facts(name: str | None, language: Language) -> dict[str, str] | None:
    """Name, title and summary of the template in a language; None if there is no such template."""
    from mlsd.content.template import names, template

    if name not in names():
        return None
    known = template(str(name))
    return {
        "name": known.name,
        "title": language.text(known.domain, known.summary.title),
        "summary": language.text(known.domain, known.summary.summary),
    }


def forms_of(outputs: Sequence[str]) -> list[tuple[str, Form]]:
    """Every output with its form; all are looked at before anything is written."""
    return [(output, form_of(output)) for output in outputs]
