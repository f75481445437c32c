"""Before the first question: a new file, answers given beforehand, every suggestion at once, the line to repeat it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path as File
from typing import Any

from mlsd.content.language import Language, language
from mlsd.content.template import LAST, Template, template
from mlsd.design import FILE_NAME, FORMAT_VERSION, SCHEMA_NAME, Design
from mlsd.design.path import show
from mlsd.errors import Message, MlsdError, UsageError
from mlsd.interview.assumed import covered, without
from mlsd.interview.given import overlaid, with_set
from mlsd.interview.line import Line
from mlsd.interview.plain import Data, at, copied, put, spelled
from mlsd.interview.prompt import Prompt, Understood
from mlsd.interview.sequence import sequence
from mlsd.interview.situation import Situation
from mlsd.interview.step import Step
from mlsd.interview.suggested import spoken
from mlsd.interview.take import judged, take
from mlsd.storage import journal
from mlsd.storage.files import cannot_write, refuse_linked_folder, write_text
from mlsd.storage.layout import dump
from mlsd.storage.loader import load, read

MODELINE = "# yaml-language-server: $schema={schema}\n"


@dataclass(frozen=True)
class Start:
    """How a design begins."""

    template: str
    speech: Language
    language: str = ""
    """Of the document; the tool's own if empty."""
    title: str = ""
    """Empty: the template's, assumed."""
    maturity: str = "interview"
    schema: str = SCHEMA_NAME
    """Where an editor finds the JSON Schema."""
    sets: tuple[str, ...] = ()
    """``path=value`` as `--set` takes them."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """Answers of `--data`, in the form of a design file."""
    offered: File | None = None
    """Another design whose answers are suggested instead of the template's."""
    defaults: bool = False
    """Take every suggestion, and record each as assumed."""
    full: bool = False

    def text(self) -> str:
        """The whole file as it would be written.

        Raises UsageError, ValueRefused or Unreadable for what cannot be read.
        """
        known = template(self.template)
        suggested, further = self._suggestions(known)
        data = self._header(suggested)
        data = overlaid(data, self.data)
        late = [one for one in self.sets if self.defaults and "[" in one.partition("=")[0]]
        for assignment in self.sets:
            data = data if assignment in late else _set(data, assignment)
        if self.defaults:
            data = with_defaults(data, Situation(judged(data), suggested, further, known, self.speech), self.full)
        for assignment in late:
            data = _set(data, assignment)
        return dump(spelled(judged(data).filled()), MODELINE.format(schema=self.schema))

    def write(self, folder: File, force: bool = False) -> File:
        """Write design.yaml into the folder and say where it is.

        Raises UsageError if one is there already and ``force`` is not set, CannotWrite if it cannot be written.
        """
        file = folder / FILE_NAME
        if file.exists() and not force:
            raise UsageError(
                Message("{path} is there already.", path=str(file)),
                Message("Go on with it: mlsd resume {folder}. Or overwrite it with --force.", folder=str(folder)),
            )
        text = self.text()
        _make(folder)
        write_text(file, text)
        fresh = journal.Journal(folder, template=self.template)
        fresh.mode = "full" if self.full else None
        fresh.source = str(self.offered) if self.offered else None
        fresh.save()
        return file

    def _suggestions(self, known: Template) -> tuple[Design, Design]:
        if self.offered is not None:
            return read(self.offered).design, known.design
        words = language(self.language or self.speech.code)
        return spoken(known.design, words, known.domain), spoken(known.also, words, known.domain)

    def _header(self, suggested: Design) -> Data:
        header: Data = {
            "mlsd": FORMAT_VERSION,
            "title": self.title or suggested.title,
            "template": self.template,
            "language": self.language or self.speech.code,
            "maturity": self.maturity,
            "currency": suggested.currency,
            "assumed": [] if self.title or "title" in self.data or not suggested.title else ["title"],
        }
        return {key: value for key, value in header.items() if value}


def title_prompt(template_name: str, speech: Language, code: str = "") -> Prompt:
    """The question before the clock: what is designed.

    The template's title is filled in; where it is taken as it is, pass no title to Start: it is then assumed.
    """
    known = template(template_name)
    title = spoken(known.design, language(code or speech.code), known.domain).title or ""
    return Prompt(
        question="0",
        part=1,
        parts=1,
        kind="line",
        stage="header",
        number=0,
        of=0,
        asked=Message("What are we designing, in one line?"),
        why=speech.say(
            Message("The title stands on every page, and it says which of many possible products is meant.")
        ),
        example=title,
        initial=title,
        flag="--set title=…",
        understand=lambda text: Understood(" ".join(text.split())),
        assumed=bool(title),
    )


def with_defaults(data: Data, situation: Situation, full: bool = False) -> Data:
    """The data with the suggestion of every prompt that is not answered, each recorded as assumed."""
    done: set[str] = set()
    while waiting := [step for step in sequence(situation, full) if step.key not in done]:
        for step in waiting:
            done.add(step.key)
            if not (step.question.applies(situation) and step.part.applies(situation)):
                continue
            data, design = _completed(step, data, situation)
            situation = replace(situation, design=design)
    return data


def _completed(step: Step, data: Data, situation: Situation) -> tuple[Data, Design]:
    """The data with what is suggested for one prompt; fields of a line that are answered stay as they are."""
    given, suggestion = step.part.paths(situation.design), step.part.suggestion(situation)
    if suggestion is None or (given and not isinstance(step.part, Line)):
        return data, situation.design
    if given and isinstance(step.part, Line):
        suggestion = step.part.beside(suggestion, situation)
    made, design = take(step.part, situation, data, lambda fresh: step.part.enter(fresh, copied(suggestion), situation))
    for path in given:
        put(made, path, at(data, path))
        kept = without(made.get("assumed", []), judged(made), show(situation.design, path))
        before = covered(situation.design.assumed, show(situation.design, path))
        put(made, ("assumed",), made.get("assumed", []) if before else kept)
    return made, judged(made) if given else design


def _set(data: Data, assignment: str) -> Data:
    """The data after ``path=value``, which a person has said, so that it is no assumption."""
    made = with_set(data, assignment)
    put(made, ("assumed",), without(made.get("assumed", []), judged(made), assignment.partition("=")[0].strip()))
    return made


def repeat(design: Design, file: File, sets: Sequence[str] = ()) -> str:
    """The command that makes the same design again in another folder.

    The flags alone where suggestions and ``--set`` make all of it, else the file itself as ``--data``.
    """
    words = ["mlsd", "new", design.template or LAST, "-o", _beside(file.parent)]
    title = [] if "title" in design.assumed or not design.title else [f"title={design.title}"]
    flags = [word for assignment in (*title, *sets) for word in ("--set", assignment)]
    if design == _made_by_flags(design, (*title, *sets)):
        return shlex.join([*words, "--defaults", *flags])
    return shlex.join([*words, "--data", str(file), "--no-input"])


def _beside(folder: File) -> str:
    """A folder of nearly the same name that is not there yet."""
    name = str(folder) if folder.name else "design"
    return next(free for number in count(2) if not os.path.lexists(free := f"{name}-{number}"))


def _made_by_flags(design: Design, sets: tuple[str, ...]) -> Design | None:
    code = design.language or "en"
    start = Start(design.template or LAST, language(code), maturity=design.maturity or "", sets=sets, defaults=True)
    try:
        return load(start.text(), FILE_NAME).design
    except MlsdError:
        return None


def _make(folder: File) -> None:
    refuse_linked_folder(folder / FILE_NAME)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(str(folder), error) from None
