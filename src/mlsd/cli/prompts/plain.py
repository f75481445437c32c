"""Prompts without cursor movement, colour or a key that must be known: for screen readers, dumb terminals and logs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from mlsd.cli.console import Console
from mlsd.cli.prompts.draft import as_draft, as_line, from_draft
from mlsd.cli.prompts.editor import edit
from mlsd.cli.prompts.result import Around, Back, Given, Jump, LeaveOpen, Quit, Result, Save, Say, offered
from mlsd.cli.prompts.search import matching
from mlsd.cli.text import one_line, safe_text, wrap
from mlsd.errors import Message, MlsdError
from mlsd.interview.prompt import Answer, Lines, Option, Prompt

COMMANDS = ":back :skip :help :example :goto STAGE :editor :save :quit"
MOST = 999
"""Entries that one range may name."""
_COMMAND = re.compile(r"\?|:[^\W\d_]+(?: .*)?|:goto.*", re.DOTALL)
_RANGE = re.compile(r"([0-9]{1,6})(?:[-–]([0-9]{1,6}))?")
LEAVES: dict[str, Result] = {":back": Back(), ":skip": LeaveOpen(), ":quit": Quit(), ":save": Save()}


class Plain:
    """Asks line by line: the question, what is suggested, one line of input. Words behind a colon do what keys do."""

    def __init__(self, look: Console, say: Say, source: TextIO | None = None) -> None:
        self.look = look
        self.say = say
        self.source = source or sys.stdin
        self._told = False
        """Whether the commands were told."""

    @contextmanager
    def session(self) -> Iterator[None]:
        """While the interview lasts."""
        yield

    def line(self, text: str = "") -> None:
        """Write one line."""
        self.look.line(text)

    def tell(self, message: Message | str) -> None:
        """Write a sentence, translated, safe and broken at words."""
        for line in wrap(self.look.letters(safe_text(self.say(message))), self.look.width - 1):
            self.line(line)

    def read(self) -> str:
        """One line of input. Raises EOFError where there is no more."""
        self.look.write("> ")
        line = self.source.readline()
        if not line:
            self.line()
            raise EOFError
        return line.strip()

    def ask(self, prompt: Prompt, around: Around) -> Result:
        """Ask one question until it is answered or left."""
        self._present(prompt, around)
        if prompt.refused is not None:
            self._complain(prompt.refused)
        answer = offered(prompt)
        shown: Answer | None = None
        while True:
            if shown != answer:
                self._offer(prompt, answer)
                shown = answer
            try:
                typed = self.read()
            except (EOFError, KeyboardInterrupt):
                return Quit()
            if typed == ":editor":
                answer = self._edit(prompt, answer)
            elif _COMMAND.fullmatch(typed):
                result = self._obey(prompt, around, typed)
                if result is not None:
                    return result
            elif not typed:
                refused = self._refused(prompt, answer)
                if refused is None:
                    return Given(answer, untouched=answer == offered(prompt))
                self._complain(refused)
            else:
                taken = self._take(prompt, answer, typed)
                if prompt.kind in ("prose", "line", "choice") and taken is not None:
                    chosen = prompt.kind == "choice" and taken == offered(prompt)
                    return Given(taken, untouched=chosen, own=prompt.kind != "choice")
                answer = answer if taken is None else taken

    def _obey(self, prompt: Prompt, around: Around, typed: str) -> Result | None:
        """What a command leads to; None where one stays at the question."""
        if typed in LEAVES:
            return LEAVES[typed]
        if typed in (":help", "?"):
            self._help(prompt)
        elif typed.startswith(":goto"):
            stage = self._stage(around, typed.removeprefix(":goto").strip())
            return None if stage is None else Jump(stage)
        elif typed == ":example":
            if prompt.kind in ("prose", "line") and prompt.example:
                return Given(prompt.example, untouched=prompt.example == offered(prompt))
            self.tell(Message("There is no example to take here."))
        else:
            self.tell(
                Message("“{typed}” is no command here. The commands are: {commands}", typed=typed, commands=COMMANDS)
            )
        return None

    def pick(self, asked: str, options: tuple[Option, ...]) -> str | None:
        """One of a few things, outside the interview; None if the person goes away."""
        prompt = Prompt("", 1, 1, "choice", "", 1, 1, Message("{asked}", asked=asked), options=options)
        result = self.ask(prompt, Around())
        return str(result.value) if isinstance(result, Given) else None

    def _present(self, prompt: Prompt, around: Around) -> None:
        if prompt.number and not self._told:
            self._told = True
            self.tell(Message("Enter accepts what is suggested. Also: {commands}", commands=COMMANDS))
        title = next((tab.title for tab in around.tabs if tab.stage == prompt.stage), prompt.stage)
        self.line()
        if title and prompt.number:
            where = Message("{stage}, question {number} of {of}.", stage=title, number=prompt.number, of=prompt.of)
            self.tell(" ".join(filter(None, [self.say(where), around.time(), around.hurry()])))
        self.tell(prompt.asked)
        if prompt.again:
            self.tell(Message("Asked again: an answer changed on which this one rests."))
        if prompt.why:
            self.tell(prompt.why)
        if prompt.shape is not None:
            self.tell(prompt.shape)

    def _offer(self, prompt: Prompt, answer: Answer) -> None:
        if prompt.options:
            for number, option in enumerate(prompt.options, 1):
                title = one_line(": ".join(filter(None, [option.title, option.hint])))
                self.tell(f"{number}. {self._mark(prompt, option, answer)}{title}")
        if isinstance(answer, Lines):
            for number, line in enumerate(answer.own, len(prompt.options) + 1):
                read = prompt.understand(line)
                self.tell(f"{number}. [x] {one_line(read.text or line)}")
                if read.error is not None:
                    self._complain(read.error)
            self.tell(Message("Numbers tick or untick, a line adds an entry, Enter goes on."))
        elif prompt.kind == "choices":
            self.tell(Message("Numbers tick or untick, Enter goes on."))
        elif prompt.kind == "choice" and not prompt.options:
            self.tell(Message("There is nothing to choose from yet: it is named in an earlier question."))
        elif prompt.kind == "choice":
            chosen = next((n for n, option in enumerate(prompt.options, 1) if option.value == answer), 0)
            asks = (
                Message("Type a number; Enter takes {number}.", number=chosen) if chosen else Message("Type a number.")
            )
            self.tell(asks)
        elif answer:
            self.tell(
                Message("Suggested: {answer}", answer=answer)
                if prompt.assumed
                else Message("So far: {answer}", answer=answer)
            )
        elif prompt.example:
            self.tell(Message("For example: {example}", example=prompt.example))

    def _mark(self, prompt: Prompt, option: Option, answer: Answer) -> str:
        if prompt.kind == "choice":
            return ""
        ticked = answer.ticked if isinstance(answer, Lines) else answer
        return "[x] " if option.value in ticked else "[ ] "

    def _take(self, prompt: Prompt, answer: Answer, typed: str) -> Answer | None:
        """The answer after this line; None if the line says nothing that can be taken."""
        if prompt.kind == "choice":
            return self._chosen(prompt, typed)
        numbers = _numbers(typed)
        if isinstance(answer, list):
            named = numbers or [at + 1 for at in matching(prompt.options, typed)[:1]]
            if not named:
                self._unknown(typed)
            return self._toggled(prompt, answer, named) if self._all_there(named, len(prompt.options)) else None
        if isinstance(answer, Lines):
            if numbers is not None:
                if not self._all_there(numbers, len(prompt.options) + len(answer.own)):
                    return None
                own = [line for at, line in enumerate(answer.own, len(prompt.options) + 1) if at not in numbers]
                return Lines(self._toggled(prompt, answer.ticked, numbers), own)
            exact = [option.value for option in prompt.options if typed in (option.value, option.title)]
            if exact:
                return Lines(self._toggled(prompt, answer.ticked, [self._position(prompt, exact[0])]), answer.own)
        read = prompt.understand(typed)
        if read.error is not None:
            self._complain(read.error)
            return None
        if read.text and read.text != typed:
            self.tell(Message("Understood: {text}", text=read.text))
        if read.derived:
            self.tell(read.derived)
        return Lines(answer.ticked, [*answer.own, typed]) if isinstance(answer, Lines) else typed

    def _chosen(self, prompt: Prompt, typed: str) -> str | None:
        numbers = _numbers(typed)
        if numbers and 1 <= numbers[0] <= len(prompt.options):
            return prompt.options[numbers[0] - 1].value
        found = [] if numbers else matching(prompt.options, typed)
        if len(found) == 1:
            return prompt.options[found[0]].value
        self._unknown(typed)
        return None

    def _unknown(self, typed: str) -> None:
        self.tell(Message("“{typed}” is none of them. Type a number of the list.", typed=typed))

    def _all_there(self, numbers: Sequence[int], last: int) -> bool:
        """Whether every number is one of the list; the first that is not is named."""
        strange = next((number for number in numbers if not 1 <= number <= last), None)
        if strange is not None:
            self.tell(Message("There is no {number}: the list goes from 1 to {last}.", number=strange, last=last))
        return strange is None

    def _toggled(self, prompt: Prompt, ticked: Sequence[str], numbers: Sequence[int]) -> list[str]:
        chosen = {prompt.options[number - 1].value for number in numbers if number <= len(prompt.options)}
        return [option.value for option in prompt.options if (option.value in ticked) != (option.value in chosen)]

    def _position(self, prompt: Prompt, value: str) -> int:
        return next(number for number, option in enumerate(prompt.options, 1) if option.value == value)

    def _refused(self, prompt: Prompt, answer: Answer) -> MlsdError | None:
        lines = answer.own if isinstance(answer, Lines) else [answer] if isinstance(answer, str) and answer else []
        if prompt.kind in ("choice", "choices"):
            return None
        return next((error for line in lines if (error := prompt.understand(line).error) is not None), None)

    def _complain(self, error: MlsdError) -> None:
        self.tell(Message("Not understood: {message}", message=error.message))
        if error.hint is not None:
            self.tell(error.hint)

    def _help(self, prompt: Prompt) -> None:
        for text in prompt.help or (Message("There is no more to say about this."),):
            self.tell(self.say(text).replace("`", ""))
        if prompt.example:
            self.tell(Message("For example: {example}", example=prompt.example))
        if prompt.flag:
            self.tell(Message("Without a terminal: {flag}", flag=prompt.flag))

    def _stage(self, around: Around, name: str) -> str | None:
        options = [Option(tab.stage, tab.title) for tab in around.tabs]
        found = matching(options, name) if name else []
        if len(found) == 1 or (found and options[found[0]].value == name):
            return options[found[0]].value
        for tab in around.tabs:
            self.tell(f":goto {tab.stage} ({', '.join(filter(None, [tab.title, tab.detail]))})")
        return None

    def _edit(self, prompt: Prompt, answer: Answer) -> Answer:
        if isinstance(answer, list) or prompt.kind == "choice":
            self.tell(Message("There is nothing to edit here."))
            return answer
        offers = [(option.value, as_line(prompt, option)) for option in prompt.options]
        try:
            if isinstance(answer, Lines):
                ticks = [(line or value, value in answer.ticked) for value, line in offers]
                text = edit(as_draft([*ticks, *((line, True) for line in answer.own)]))
                return answer if text is None else Lines(*from_draft(text, offers))
            return edit(answer) or answer
        except MlsdError as error:
            self._complain(error)
            return answer


def _numbers(typed: str) -> list[int] | None:
    """Numbers separated by spaces or commas, ``1-3`` for 1 2 3; None if the line is anything else."""
    found: list[int] = []
    for word in typed.replace(",", " ").split():
        part = _RANGE.fullmatch(word)
        if not part:
            return None
        first, last = int(part[1]), int(part[2] or part[1])
        found += range(first, min(last, first + MOST) + 1)
    return found or None
