"""An interview under way: one prompt after the other, each answer on disk before the next is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path as File
from typing import Any

from mlsd.content.language import Language, language
from mlsd.content.template import Template, names, template
from mlsd.design import Design, Path
from mlsd.design.path import value_at
from mlsd.errors import Message, MlsdError
from mlsd.interview.dependants import dangling_questions, resting_on
from mlsd.interview.expected import expected
from mlsd.interview.fields import clean
from mlsd.interview.progress import Progress, progress, state
from mlsd.interview.prompt import Answer, Lines, Prompt
from mlsd.interview.recap import Answered, answered, follow_ups
from mlsd.interview.save import Sheet
from mlsd.interview.sequence import sequence
from mlsd.interview.show import prompt_of
from mlsd.interview.situation import Situation
from mlsd.interview.step import Step
from mlsd.interview.suggested import spoken
from mlsd.interview.take import Change, take
from mlsd.interview.walk import Walk
from mlsd.storage import journal
from mlsd.storage.loader import read


class Session:
    """The interview over one design file.

    ``speech`` is what the tool speaks; suggestions come in the language of the document. ``full`` asks every field
    after the core questions. ``offered``, another design file, replaces the template's suggestions
    (``mlsd new --from``). Without a journal of an earlier session it begins at the first question without an answer.

    Raises UsageError or Unreadable if the file cannot be read.
    """

    def __init__(self, file: File, speech: Language, *, full: bool | None = None, offered: File | None = None) -> None:
        self.speech = speech
        self.sheet = Sheet.open(file)
        self.journal = journal.load(file.parent)
        self.full = self.journal.mode == "full" if full is None else full
        self.walk = Walk.restored(self.journal)
        self.notice: Message | None = None
        """Something to tell before the next prompt: the file was changed by another program."""
        self._offered = offered or (File(self.journal.source) if self.journal.source else None)
        self._settle()

    # what is asked

    @property
    def design(self) -> Design:
        """The design as it stands."""
        return self.sheet.design

    @cached_property
    def template(self) -> Template:
        """The design's template; the generic one where the file names none that is known."""
        return template(self.design.template if self.design.template in names() else names()[-1])

    @property
    def situation(self) -> Situation:
        """What questions are asked into."""
        if self._situation is None or self._situation.design is not self.design:
            suggested, further = self._suggestions
            self._situation = Situation(self.design, suggested, further, self.template, self.speech)
        return self._situation

    _situation: Situation | None = None

    @cached_property
    def _suggestions(self) -> tuple[Design, Design]:
        if self._offered is not None:
            return read(self._offered).design, self.template.design
        words = language(self.design.language or self.speech.code)
        return tuple(spoken(one, words, self.template.domain) for one in (self.template.design, self.template.also))  # type: ignore[return-value]

    @property
    def steps(self) -> list[Step]:
        """Every prompt of the pass in its order, as far as it applies to the design as it stands."""
        if self._steps is None or self._steps[0] is not self.design:
            self._steps = (self.design, sequence(self.situation, self.full))
        return self._steps[1]

    _steps: tuple[Design, list[Step]] | None = None

    @property
    def step(self) -> Step | None:
        """Where one stands; None at the end."""
        return next((step for step in self.steps if step.key == self.walk.position), None)

    def prompt(self) -> Prompt | None:
        """The current prompt; None at the end."""
        self.refresh()
        step = self.step
        if step is None:
            return None
        of = expected(self.steps, self.situation, self.walk) if self.full else len(self.steps)
        return prompt_of(step, self.steps, self.situation, self.walk, of)

    def progress(self) -> list[Progress]:
        """How far each stage is."""
        return progress(self.steps, self.situation, self.walk)

    def state(self, step: Step) -> str:
        """``answered``, ``assumed``, ``open`` or ``left``, as ``progress`` counts it."""
        return state(step, self.situation, self.walk)

    def answered(self, stage: str) -> list[Answered]:
        """What was asked in a stage so far, with the answers, one line each."""
        return answered(stage, self.steps, self.situation, self.walk)

    def follow_ups(self, stage: str, weak: Sequence[tuple[Path, str]] = ()) -> list[str]:
        """The two questions, in English, that an interviewer would ask next; ``weak``: paths and codes of findings."""
        return follow_ups(self.template, stage, weak, self.steps, self.situation, self.walk)

    # what is done

    def answer(self, value: Answer, own: bool = False) -> Prompt | None:
        """Take the answer and go on. An empty one leaves the prompt open.

        ``own``: a person typed all of it, so that nothing in it is assumed, even where it is as suggested.

        Raises MlsdError if the answer cannot be read, if the file was changed at this very place, or if it cannot be
        written; nothing has changed then.
        """
        step = self._current()
        if _is_empty(value):
            return self.leave_open()
        own = own and step.part.typed_whole(value, self.situation)
        return self._take(step, lambda data: step.part.enter(data, value, self.situation), own)

    def keep(self, value: Answer) -> None:
        """Write an answer that is still being given: its prompt is asked again, with it, when one goes on.

        Raises as ``answer`` does.
        """
        step = self._current()
        self._write(step, lambda data: step.part.enter(data, value, self.situation))
        self._note()

    def pause(self, seconds: float, spent: Mapping[str, float]) -> None:
        """Note how long the interview has taken so far, and how much of it each stage."""
        self.journal.seconds, self.journal.spent = seconds, dict(spent)
        self._note()

    def accept(self) -> Prompt | None:
        """Take the suggestion as it is; where nothing is suggested the prompt stays open, an earlier answer stays."""
        step = self._current()
        if step.part.paths(self.design):
            if not step.part.mends(self.situation):
                return self._take(step, lambda data: None)
            held = step.part.given(self.design, self.situation)
            if held is None:
                return self.leave_open()
            return self._take(step, lambda data: step.part.enter(data, held, self.situation))
        suggestion = step.part.suggestion(self.situation)
        return self.leave_open() if suggestion is None else self.answer(suggestion)

    def leave_open(self) -> Prompt | None:
        """Declare the prompt open: what it fills is emptied and stays empty."""
        step = self._current()
        return self._take(step, lambda data: step.part.clear(data, self.situation))

    def back(self) -> Prompt | None:
        """Go to the prompt left before this one, with its answer and ticks; stay at the first."""
        if self.walk.back([step.key for step in self.steps]):
            self._note()
        return self.prompt()

    def jump(self, stage: str) -> Prompt | None:
        """Go to the first prompt of a stage that waits, or to its first."""
        self.walk.jump(stage, *self._order())
        self._note()
        return self.prompt()

    def refresh(self) -> bool:
        """Read the file again if another program changed it; True if it did. Raises Unreadable if it is broken now."""
        if not self.sheet.changed:
            return False
        before = self.design.template
        self.sheet = Sheet.open(self.sheet.file)
        if self.design.template != before:
            self._forget_template()
        self.notice = Message("The file was changed by another program; what it holds now is used.")
        self._settle()
        return True

    # how it is done

    def _current(self) -> Step:
        step = self.step
        if step is None:
            raise MlsdError(Message("Every question has been asked."), Message("Go back, or jump to a stage."))
        return step

    def _take(self, step: Step, change: Change, own: bool = False) -> Prompt | None:
        self._write(step, change, own)
        self.walk.leave(step.key)
        self.walk.forward(*self._order())
        self._note()
        return self.prompt()

    def _write(self, step: Step, change: Change, own: bool = False) -> None:
        held = self._held(step)
        if self.refresh() and self._held(step) != held:
            raise MlsdError(
                Message("Another program changed this answer in the file meanwhile."),
                Message("Look at it and answer again."),
            )
        old = self.design
        data, _ = take(step.part, self.situation, self.sheet.data, change, own)
        self.sheet.write(data)
        self._look_again(step, old, changed=bool(held) and self._held(step) != held)

    def _held(self, step: Step) -> Any:
        return [value_at(self.design, path) for path in step.part.paths(self.design)]

    def _look_again(self, step: Step, old: Design, *, changed: bool) -> None:
        """Mark what rests on an answer that changed: it is kept, and asked again."""
        marked = resting_on(step, self.steps) if changed else []
        marked += dangling_questions(old, self.design, self.steps)
        for key in dict.fromkeys(marked):
            if self.walk.seen(key) and key != step.key and key not in self.walk.again:
                self.walk.again.append(key)

    def _order(self) -> tuple[list[str], list[str]]:
        return [step.key for step in self.steps], [step.question.stage for step in self.steps]

    def _settle(self) -> None:
        order = [step.key for step in self.steps]
        if self.walk.position is None and not self.walk.trail:
            for step in self.steps:
                if step.part.paths(self.design):
                    self.walk.leave(step.key)
            self.walk.forward(*self._order())
        self.walk.keep(order)

    def _forget_template(self) -> None:
        for name in ("template", "_suggestions"):
            self.__dict__.pop(name, None)
        self._situation = self._steps = None
        self.walk.again = list(self.walk.trail)

    def _note(self) -> None:
        self.walk.store(self.journal)
        self.journal.template = self.design.template
        self.journal.mode = "full" if self.full else None
        self.journal.source = str(self._offered) if self._offered else None
        self.journal.skipped = [
            step.key for step in self.steps if self.walk.seen(step.key) and not step.part.paths(self.design)
        ]
        self.journal.answered = [key for key in self.walk.trail if key not in self.journal.skipped]
        self.journal.save()


def _is_empty(value: Answer) -> bool:
    if isinstance(value, Lines):
        return not value.ticked and not any(clean(line) for line in value.own)
    return not (clean(value) if isinstance(value, str) else value)
