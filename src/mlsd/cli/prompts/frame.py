"""What stands around a widget: stages and time above, the question and why it is asked, the keys below."""

from __future__ import annotations

from prompt_toolkit.filters import Condition
from prompt_toolkit.layout import AnyContainer, ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.layout.dimension import Dimension

from mlsd.cli.prompts.keys import EVERYWHERE, Key, footer
from mlsd.cli.prompts.result import Around, Tab
from mlsd.cli.prompts.surface import MARGIN, Fragments, Surface, length
from mlsd.cli.prompts.widget import Widget
from mlsd.cli.text import cells
from mlsd.errors import Message
from mlsd.interview.prompt import Prompt


class Frame:
    """One question on the screen."""

    def __init__(self, prompt: Prompt, around: Around, widget: Widget, surface: Surface) -> None:
        self.prompt = prompt
        self.around = around
        self.widget = widget
        self.surface = surface
        self.help_shown = False

    def toggle_help(self) -> None:
        """Show the help, or put it away."""
        self.help_shown = not self.help_shown

    def container(self) -> AnyContainer:
        """The whole of it, top to bottom."""
        return HSplit(
            [
                ConditionalContainer(Window(height=1), Condition(self._roomy)),
                self._part(self.header, height=1),
                self._part(self.hurry, shown=lambda: bool(self.around.hurry())),
                Window(height=1),
                self._part(self.question),
                self._part(self.why, shown=lambda: bool(self.prompt.why or self.prompt.again)),
                self._part(self.help, shown=lambda: self.help_shown),
                ConditionalContainer(Window(height=1), Condition(self._roomy)),
                self.widget.container(),
                ConditionalContainer(Window(height=1), Condition(self._roomy)),
                self._part(self.keys, height=2),
            ]
        )

    def _roomy(self) -> bool:
        return self.surface.rows >= 16

    def _part(self, text: object, height: int | None = None, shown: object = None) -> AnyContainer:
        size = Dimension(min=1) if height is None else height
        window = Window(FormattedTextControl(text), height=size, dont_extend_height=True)  # type: ignore[arg-type]
        return window if shown is None else ConditionalContainer(window, Condition(shown))  # type: ignore[arg-type]

    def header(self) -> Fragments:
        """The stages, where one is, and the time."""
        number = f"{self.prompt.number}/{self.prompt.of}"
        time = self.around.time()
        right: Fragments = [("class:time", f"{number}   {time}" if time else number)]
        full = self._tabs(self.around.tabs)
        short = self._signs(self.around.tabs)
        room = self.surface.width - cells(right[0][1]) - 2
        left = full if length(full) <= room else short
        return [("", " " * MARGIN), *self.surface.columns(left, right)]

    def _tabs(self, tabs: tuple[Tab, ...]) -> Fragments:
        fragments: Fragments = []
        for tab in tabs:
            here = tab.stage == self.prompt.stage
            if fragments:
                fragments.append(("", "  "))
            if tab.state == "done" and not here:
                fragments.append(self.surface.sign("tab.done", "done"))
            fragments.append(self.surface.text("tab.now" if here else f"tab.{tab.state}", tab.title))
        return fragments

    def _signs(self, tabs: tuple[Tab, ...]) -> Fragments:
        """One sign for each stage, and the title of this one: where there is no room for all titles."""
        signs = {"done": "done", "part": "half", "empty": "open"}
        fragments: Fragments = [
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
            *self.surface.paragraph("hurry", self.around.hurry()),
        ]

    def question(self) -> Fragments:
        """What is asked."""
        return self.surface.paragraph("question", self.surface.message(self.prompt.asked))

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
        """The help: its paragraphs, how a line is written, an example, the flag that answers without a terminal."""
        say, prompt = self.surface.message, self.prompt
        fragments: Fragments = []
        for text in prompt.help:
            fragments += [("", "\n"), *self.surface.paragraph("help", text)]
        if prompt.shape is not None:
            fragments += [("", "\n"), *self.surface.paragraph("help", say(prompt.shape))]
        if prompt.example:
            example = say(Message("For example: {example}", example=prompt.example))
            fragments += [("", "\n"), *self.surface.paragraph("example", example)]
        if prompt.flag:
            flag = say(Message("Without a terminal: {flag}", flag=prompt.flag))
            fragments += [("", "\n"), *self.surface.paragraph("flag", flag)]
        return fragments or [
            ("", "\n"),
            *self.surface.paragraph("help", say(Message("There is no more to say about this."))),
        ]

    def keys(self) -> Fragments:
        """The widget's own keys on the first line, those of every prompt on the second."""
        own = list(self.widget.keys())
        everywhere: list[Key] = (
            list(EVERYWHERE) if self.widget.draft() is not None else [k for k in EVERYWHERE if k.name != "F4"]
        )
        margin = ("", " " * MARGIN)
        say, width = self.surface.say, self.surface.width
        return [margin, *footer(own, say, width), ("", "\n"), margin, *footer(everywhere, say, width)]
