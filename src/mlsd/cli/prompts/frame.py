"""What stands around a widget: stages and time above, the question and why it is asked, the keys below."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.filters import Condition
from prompt_toolkit.layout import AnyContainer, ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.layout.dimension import Dimension

from mlsd.cli.prompts.keys import footer, known_everywhere
from mlsd.cli.prompts.result import Around, Tab
from mlsd.cli.prompts.surface import MARGIN, Fragments, Surface, coded, length
from mlsd.cli.prompts.widget import Widget
from mlsd.cli.text import cells
from mlsd.errors import Message
from mlsd.interview.prompt import Prompt

BESIDES_HELP, BESIDES_ALONE = 17, 8
"""Rows that the rest of the screen takes while the help is shown, with the field and without it."""

SMALL = 20
"""On fewer rows the help stands in the place of the field."""


class Frame:
    """One question on the screen."""

    def __init__(self, prompt: Prompt, around: Around, widget: Widget, surface: Surface) -> None:
        self.prompt = prompt
        self.around = around
        self.widget = widget
        self.surface = surface
        self.page = 0
        """Which page of the help is shown, counted from 1; 0 is none."""

    @property
    def help_shown(self) -> bool:
        """Whether the help is."""
        return self.page > 0

    def close_help(self) -> None:
        """Put the help away."""
        self.page = 0

    def toggle_help(self) -> None:
        """Show the help, its next page, or put it away after the last."""
        self.page = self.page + 1 if self.page < len(self.pages()) else 0

    def container(self) -> AnyContainer:
        """The whole of it, top to bottom."""
        return HSplit(
            [
                ConditionalContainer(Window(height=1), Condition(self._roomy)),
                self._part(self.header, height=1),
                self._part(self.hurry, shown=lambda: bool(self.around.hurry())),
                Window(height=1),
                self._part(self.question),
                ConditionalContainer(self._whole(self.refused), Condition(lambda: self.prompt.refused is not None)),
                self._part(self.why, shown=self._why_shown),
                ConditionalContainer(self._whole(self.help), Condition(lambda: self.help_shown)),
                ConditionalContainer(Window(height=1), Condition(self._roomy)),
                ConditionalContainer(self.widget.container(), Condition(lambda: not self._help_alone())),
                ConditionalContainer(Window(height=1), Condition(self._roomy)),
                self._part(self.keys, height=2),
            ],
            window_too_small=Window(FormattedTextControl(self.too_small)),
        )

    def too_small(self) -> Fragments:
        """What stands where nothing else has room."""
        return self.surface.paragraph("warning", self.surface.message(Message("Make the window larger.")))

    def _help_alone(self) -> bool:
        return self.help_shown and self.surface.rows < SMALL

    def _why_shown(self) -> bool:
        told = self.page > 0 or self.prompt.refused is not None
        return not told and self._roomy() and bool(self.prompt.why or self.prompt.again)

    def _roomy(self) -> bool:
        return self.surface.rows >= 16

    def _part(self, text: object, height: int | None = None, shown: object = None) -> AnyContainer:
        size = Dimension(min=1) if height is None else height
        window = Window(FormattedTextControl(text), height=size, dont_extend_height=True)  # type: ignore[arg-type]
        return window if shown is None else ConditionalContainer(window, Condition(shown))  # type: ignore[arg-type]

    def _whole(self, text: Callable[[], Fragments]) -> Window:
        """A window that is never squeezed: whatever stands below it makes room."""

        def height() -> Dimension:
            return Dimension.exact(1 + sum(part[1].count("\n") for part in text()))

        return Window(FormattedTextControl(text), height=height, dont_extend_height=True)

    def header(self) -> Fragments:
        """The stages, where one is, and the time; nothing before the first stage."""
        if not self.prompt.number:
            return []
        number, of = f"{self.prompt.number}/{self.prompt.of}", f"{self.prompt.of}/{self.prompt.of}"
        time = self.around.time()
        right: Fragments = [("class:time", f"{number}   {time}" if time else number)]
        full = self._tabs(self.around.tabs)
        widest = cells(f"{of}   {_an_hour(time)}" if time else of)  # one form from the first question to the last
        first, *left = full if length(full) + 1 + widest <= self.surface.width else self._signs(self.around.tabs)
        return [("", " " * (MARGIN - 1)), first, *self.surface.columns(left, right)]

    def _tabs(self, tabs: tuple[Tab, ...]) -> Fragments:
        """The titles, before each a cell for the sign that it is done: no answer makes the row wider."""
        fragments: Fragments = []
        done = self.surface.look.symbol("done")
        for tab in tabs:
            here = tab.stage == self.prompt.stage
            fragments += [("", " ")] if fragments else []
            fragments.append(("class:tab.done", done) if tab.state == "done" else ("", " "))
            fragments.append(self.surface.text("tab.now" if here else f"tab.{tab.state}", tab.title))
        return fragments or [("", " ")]

    def _signs(self, tabs: tuple[Tab, ...]) -> Fragments:
        """One sign for each stage, and the title of this one: where there is no room for all titles."""
        signs = {"done": "done", "part": "half", "empty": "open"}
        fragments: Fragments = [("", " ")]
        fragments += [
            (
                "class:tab.now" if tab.stage == self.prompt.stage else f"class:tab.{tab.state}",
                self.surface.look.symbol(signs[tab.state]),
            )
            for tab in tabs
        ]
        titles = [tab.title for tab in tabs if tab.stage == self.prompt.stage]
        return [*fragments, ("", "  "), *(self.surface.text("tab.now", title) for title in titles)]

    def hurry(self) -> Fragments:
        """What the clock says."""
        return [
            ("", " " * MARGIN),
            self.surface.sign("hurry", "warning"),
            ("class:hurry", self.surface.cut(self.around.hurry(), self.surface.width - 2)),
        ]

    def question(self) -> Fragments:
        """What is asked."""
        return self.surface.paragraph("question", self.surface.message(self.prompt.asked))

    def refused(self) -> Fragments:
        """Why the answer was not taken, and the next step."""
        error = self.prompt.refused
        return [] if error is None else self.surface.refusal(error, with_hint=True)

    def why(self) -> Fragments:
        """Why an interviewer asks it; and, on a second look, why it is asked again."""
        fragments: Fragments = []
        if self.prompt.again:
            again = Message("Asked again: an answer changed on which this one rests.")
            fragments += [
                *self.surface.paragraph("again", self.surface.message(again)),
                ("", "\n" if self.prompt.why else ""),
            ]
        return fragments + (self.surface.paragraph("why", self.prompt.why) if self.prompt.why else [])

    def help(self) -> Fragments:
        """The page of the help, and whether there is another."""
        pages = self.pages()
        number = min(self.page, len(pages))
        fragments: Fragments = [("", "\n")]
        for place, line in enumerate(pages[number - 1]):
            fragments += [("", "\n" if place else ""), *line]
        if number < len(pages):
            more = Message("F1 goes on ({page} of {pages})", page=number, pages=len(pages))
            fragments += [("", "\n"), *self.surface.paragraph("label", self.surface.message(more))]
        return fragments

    def pages(self) -> list[list[Fragments]]:
        """The help as pages of lines, as many lines as the screen has room for."""
        lines: list[Fragments] = []
        for style, text in self._help():
            wrapped = self.surface.lines(text)
            lines += coded(style, wrapped) if style == "help" else [[(f"class:{style}", line)] for line in wrapped]
        small = self.surface.rows < SMALL
        room = max(3, self.surface.rows - (BESIDES_ALONE if small else BESIDES_HELP))
        return [lines[start : start + room] for start in range(0, len(lines), room)]

    def _help(self) -> list[tuple[str, str]]:
        """How a line is written, an example, the flag that answers without a terminal, then what there is to know."""
        say, prompt = self.surface.message, self.prompt
        said: list[tuple[str, str]] = []
        if prompt.shape is not None:
            said.append(("shape", say(prompt.shape)))
        if prompt.example:
            said.append(("example", say(Message("For example: {example}", example=prompt.example))))
        if prompt.flag:
            said.append(("flag", say(Message("Without a terminal: {flag}", flag=prompt.flag))))
        said += [("help", text) for text in prompt.help]
        return said or [("help", say(Message("There is no more to say about this.")))]

    def keys(self) -> Fragments:
        """The widget's own keys on the first line, those of every prompt on the second."""
        widget = self.widget
        everywhere = known_everywhere(
            not widget.is_empty(), widget.draft() is not None, bool(self.prompt.number), self.help_shown
        )
        return [*footer(widget.keys(), self.surface), ("", "\n"), *footer(everywhere, self.surface)]


def _an_hour(time: str) -> str:
    """The time as it is written from an hour on."""
    elapsed, sign, rest = time.partition(" / ")
    return f"{elapsed:>7}{sign}{rest}"
