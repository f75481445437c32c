"""The interview on a terminal: what the Session asks is asked, what is answered is handed back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from enum import Enum
from typing import Any, Protocol

from mlsd.cli.checks.job import Job
from mlsd.cli.clock import Clock
from mlsd.cli.console import Console
from mlsd.cli.prompts.result import Around, Back, Given, Jump, LeaveOpen, Quit, Result, Save, State, Tab
from mlsd.cli.recap import Recap, capital
from mlsd.cli.streams import Ended
from mlsd.cli.text import one_line, wrap
from mlsd.cli.transcript import line
from mlsd.content.language import Language
from mlsd.errors import Message, MlsdError, UsageError
from mlsd.interview.progress import Progress
from mlsd.interview.prompt import Lines, Option, Prompt
from mlsd.interview.session import Session
from mlsd.interview.titles import stage_title


class Ending(Enum):
    """How an interview ended."""

    FINISHED = "finished"
    SAVED = "saved"
    INTERRUPTED = "interrupted"


class Asker(Protocol):
    """Whoever asks: the drawn prompts, or the plain ones."""

    def session(self) -> Any:
        """While the interview lasts."""

    def ask(self, prompt: Prompt, around: Around) -> Result:
        """Ask one question until it is answered or left."""

    def pick(self, asked: str, options: tuple[Option, ...]) -> str | None:
        """One of a few things; None if the person goes away."""

    def line(self, text: str = "") -> None:
        """Write a line that stays."""


class Wizard:
    """One sitting of an interview."""

    def __init__(
        self, session: Session, asker: Asker, look: Console, speech: Language, job: Job, minutes: float | None = None
    ) -> None:
        self.session = session
        self.asker = asker
        self.look = look
        self.speech = speech
        self.clock = Clock(minutes, session.journal.seconds, session.journal.spent)
        self.recap = Recap(look, speech, session, job)
        self._stage = ""
        self._drafted = False
        """Whether the file holds a part of the answer that is being given."""

    def run(self) -> Ending:
        """Ask until all is asked, the person leaves, or the terminal goes away. Answers are on disk by then."""
        ending = self._sit()
        if ending is not Ending.FINISHED:
            with suppress(MlsdError):  # the answers are safe, only the clock is not
                self.session.pause(self.clock.total, self.clock.stages)
        return ending

    def _sit(self) -> Ending:
        try:
            with self.asker.session():
                return self._walk()
        except (Ended, KeyboardInterrupt, EOFError):
            return Ending.INTERRUPTED
        except OSError:
            if self._gone():
                return Ending.INTERRUPTED
            raise

    def again(self) -> None:
        """Everything has been asked: which stage shall be walked again? None of them, and the interview is over."""
        tabs = self._around().tabs
        options = tuple(Option(tab.stage, tab.title, tab.detail) for tab in tabs)
        with self.asker.session():
            asked = Message("Everything has been asked once. Which stage do you want to walk again?")
            stage = self.asker.pick(self.speech.say(asked), options)
        if stage is not None:
            self.session.jump(stage)

    def _gone(self) -> bool:
        try:
            self.look.stream.write("")
            self.look.stream.flush()
        except OSError:
            return True
        return False

    def _walk(self) -> Ending:
        prompt = self.session.prompt()
        while prompt is not None:
            self._enter(prompt.stage)
            self._notice()
            result = self.asker.ask(prompt, self._around())
            if isinstance(result, Quit | Save):
                self._keep(result)
                return Ending.SAVED if isinstance(result, Save) else Ending.INTERRUPTED
            prompt = self._after(prompt, result)
        return Ending.FINISHED

    def _keep(self, result: Save | Quit | Back | Jump) -> None:
        """Save what one was answering; the question is asked again, with that, when one comes to it."""
        if result.unread:
            text = one_line(result.unread)
            self._refuse(UsageError(Message("This cannot be read and was not saved: {text}", text=text)))
        if result.given is None:
            return
        try:
            self.session.keep(result.given.value)
        except MlsdError as error:
            self._refuse(error)

    def _after(self, prompt: Prompt, result: Result) -> Prompt | None:
        """The next prompt; the same one, with what was typed, if the answer is refused."""
        self.session.journal.seconds, self.session.journal.spent = self.clock.total, self.clock.stages
        step = self.session.step
        try:
            if isinstance(result, Back | Jump):
                self._keep(result)
            if isinstance(result, Back):
                return self._back(prompt)
            if isinstance(result, Jump):
                return self.session.jump(result.stage)
            if isinstance(result, LeaveOpen):
                following = self.session.leave_open()
                self.asker.line(line(self.look, self.speech.say, prompt, result, assumed=False))
            elif isinstance(result, Given):
                accepted = result.untouched and prompt.assumed and not result.is_empty and not self._drafted
                following = self.session.accept() if accepted else self.session.answer(result.value, result.own)
                taken = step is not None and self.session.state(step) == "assumed"
                self.asker.line(line(self.look, self.speech.say, prompt, result, assumed=taken))
            else:
                return prompt
        except MlsdError as error:
            return replace(prompt, assumed=False, refused=error, **_kept(prompt, result))
        if following is None or following.stage != prompt.stage:
            self._leave()
        return following

    def _back(self, prompt: Prompt) -> Prompt | None:
        before = self.session.back()
        if before is not None and (before.question, before.part) == (prompt.question, prompt.part):
            first = Message(
                "This is the first question; the title stands in {file}.", file=self.session.sheet.file.name
            )
            self.asker.line(f"  {self.look.paint(self.speech.say(first), 'dim')}")
        return before

    def _refuse(self, error: MlsdError) -> None:
        said = [(f"{self.look.symbol('error')} {self.speech.say(error.message)}", "  ", "red")]
        if error.hint is not None:
            said.append((self.speech.say(error.hint), "    ", "dim"))
        for text, indent, style in said:
            for part in wrap(self.look.letters(text), self.recap.width, indent):
                self.asker.line(self.look.paint(part, style))

    def _notice(self) -> None:
        if self.session.notice is not None:
            text = self.look.paint(f"{self.look.symbol('warning')} {self.speech.say(self.session.notice)}", "yellow")
            self.asker.line(f"  {text}")
            self.session.notice = None

    def _enter(self, stage: str) -> None:
        """The heading of the stage, when one comes to it."""
        if stage != self._stage:
            if not self.look.plain:
                self.asker.line()
                self.asker.line(self.recap.heading(stage))
            self._stage = stage
        self.clock.at(stage)

    def _leave(self) -> None:
        """What the stage came to, when one has walked to its end."""
        for text in self.recap.stage(self._stage):
            self.asker.line(text)

    def _around(self) -> Around:
        tabs = tuple(self._tab(one) for one in self.session.progress())
        self._drafted = False
        return Around(tabs, self.clock.shown, lambda: self.clock.hurry(tabs, self.speech.say), self._draft)

    def _draft(self, given: Given) -> None:
        """Write down a list of which a line was just added; what is wrong with it is said when it is answered."""
        with suppress(MlsdError):
            self.session.keep(given.value)
            self._drafted = True

    def _tab(self, one: Progress) -> Tab:
        state: State = "empty"
        if one.answered or one.assumed:
            state = "part" if one.left or one.open or one.again else "done"
        title = capital(self.speech.say(stage_title(one.stage)))
        return Tab(one.stage, title, state, self.recap.counted(one))


def _kept(prompt: Prompt, result: Result) -> dict[str, Any]:
    """The fields of the prompt that hold what was typed, so that a refused answer can be mended."""
    if not isinstance(result, Given):
        return {}
    value = result.value
    if isinstance(value, str):
        return {"initial": value}
    ticked = value.ticked if isinstance(value, Lines) else value
    options = tuple(replace(option, ticked=option.value in ticked) for option in prompt.options)
    return {"options": options, "own": tuple(value.own)} if isinstance(value, Lines) else {"options": options}
