"""One of several, or some of several: a list that is searched by typing."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.key_bindings import KeyBindingsBase
from prompt_toolkit.layout import AnyContainer, ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.layout.dimension import Dimension

from mlsd.cli.prompts.field import Field
from mlsd.cli.prompts.keys import Key, exit_with
from mlsd.cli.prompts.result import Given, offered
from mlsd.cli.prompts.search import described, matching
from mlsd.cli.prompts.surface import MARGIN, Fragments, Surface, length
from mlsd.cli.prompts.widget import OPEN, Widget
from mlsd.cli.text import cells
from mlsd.errors import Message
from mlsd.interview.prompt import Answer, Option, Prompt

SEARCH_FROM = 8
"""A list this long says that typing searches it."""
BESIDES = 8
"""Cells of a row for the pointer, the mark and the gap between title and hint."""
ROOMY = 16
"""Rows of a terminal that has room for a hint in full."""


def rows(surface: Surface, options: list[Option], at: int, marks: list[Fragments]) -> list[Fragments]:
    """The options as lines: pointer, mark, title, and hints in one column."""
    widest = widest_title(surface, options)
    lines = []
    for place, option in enumerate(options):
        here = place == at
        title = surface.cut(option.title, widest if option.hint else surface.wide - 4)
        line: Fragments = [
            ("", " " * MARGIN),
            surface.sign("pointer", "pointer") if here else ("", "  "),
            *marks[place],
        ]
        line.append(("class:here" if here else "", title))
        room = surface.wide - widest - 4 - length(marks[place])
        if option.hint and room > 8:
            line += [("", " " * (widest - cells(title) + 2)), ("class:hint", surface.cut(option.hint, room))]
        lines.append(line)
    return lines


def widest_title(surface: Surface, options: list[Option]) -> int:
    """Cells of the column of titles that have hints beside them: half the line, or what the hints leave."""
    hinted = [option for option in options if option.hint]
    needed = max((cells(option.title) for option in hinted), default=0)
    left = surface.wide - max((cells(option.hint) for option in hinted), default=0) - BESIDES
    return min(needed, max(surface.wide // 2, left))


def joined(lines: list[Fragments]) -> Fragments:
    """Lines as one text."""
    text: Fragments = []
    for number, line in enumerate(lines):
        text += [("", "\n"), *line] if number else line
    return text


def beyond(shown: Window, surface: Surface) -> Window:
    """The row below a list: how many of its rows the screen has no room for, nothing where all are shown."""

    def counted() -> Fragments:
        info = shown.render_info
        if info is None:
            return []
        above = info.vertical_scroll
        below = info.content_height - above - info.window_height
        said = [
            Message("{count} more above", count=above) if above > 0 else None,
            Message("{count} more below", count=below) if below > 0 else None,
        ]
        text = ", ".join(surface.message(part) for part in said if part)
        return [("", " " * (MARGIN + 2)), surface.text("hint", text)] if text else []

    return Window(FormattedTextControl(counted), height=1)


NOWHERE = -1
"""Where the pointer is until it is moved, if nothing was given and nothing is suggested."""


class Choice(Widget):
    """One of the options; what was given before, or is suggested, stands under the pointer, else nothing does."""

    def __init__(self, prompt: Prompt, surface: Surface) -> None:
        super().__init__(prompt, surface)
        self.options = list(prompt.options)
        self.field = Field(surface)
        self.field.grey = self._invitation
        self.field.hidden = lambda: self.field.is_empty() and not self._invitation()
        self.field.buffer.on_text_changed += lambda _: self._searched()
        self.at = self._first()
        control = FormattedTextControl(
            self._drawn, get_cursor_position=lambda: Point(0, max(self._place(), 0)), show_cursor=False
        )
        self.list = Window(control, height=self._height, dont_extend_height=True)

    def container(self) -> AnyContainer:
        """The list, below it the whole hint of the option under the pointer, and what is searched for."""
        whole = Window(FormattedTextControl(self._whole_hint), dont_extend_height=True)
        return HSplit(
            [
                self.list,
                beyond(self.list, self.surface),
                ConditionalContainer(HSplit([whole, Window(height=1)]), Condition(self._hints_are_cut)),
                self.field.container,
            ]
        )

    def bindings(self) -> KeyBindingsBase:
        """Arrows move, Enter takes; with nothing found, Enter does nothing."""
        keys = KeyBindings()
        typing = Condition(lambda: not self.field.is_empty())

        @keys.add("enter", eager=True)
        def _enter(_: KeyPressEvent) -> None:
            if self.found() or not self.options:
                exit_with(self.given())

        for names, step in ((("up", "c-p"), -1), (("down",), 1), (("pageup",), -8), (("pagedown",), 8)):
            for name in names:
                keys.add(name, eager=True)(self._mover(step))

        @keys.add("tab", eager=True)
        def _tab(_: KeyPressEvent) -> None:
            self._move(1)

        @keys.add("escape", filter=typing)
        def _clear(_: KeyPressEvent) -> None:
            self.field.put("")

        return merge_key_bindings([self.field.bindings(lambda: self.field.put("")), keys])

    def keys(self) -> list[Key]:
        """Arrows and Enter; where the search found nothing, the way out of it."""
        if not self.options:
            return [OPEN]
        if not self.found():
            return [Key("Esc", Message("clear"))]
        return [Key("↑↓", Message("choose")), OPEN if self.at == NOWHERE else self.enter]

    def value(self) -> Answer:
        """The option under the pointer."""
        return self.options[self.at].value if self.found() and self.at != NOWHERE else ""

    def given(self) -> Given:
        """The option, and whether it is the one that was offered."""
        return Given(self.value(), untouched=bool(self.value()) and self.value() == offered(self.prompt))

    @property
    def focus(self) -> Window:
        """The search line."""
        return self.field.window

    def is_empty(self) -> bool:
        """Whether nothing is searched for."""
        return self.field.is_empty()

    def found(self) -> list[int]:
        """The options shown: those that the search means, in their own order where nothing is typed."""
        return matching(self.options, self.field.text) or described(self.options, self.field.text)

    def marks(self, found: list[int]) -> list[Fragments]:
        """What stands before each title."""
        return [[] for _ in found]

    def _first(self) -> int:
        wanted = offered(self.prompt)
        return next((at for at, option in enumerate(self.options) if option.value == wanted), NOWHERE)

    def _searched(self) -> None:
        found = self.found()
        if found and (self.field.text or self.at not in found):
            self.at = found[0]

    def _height(self) -> Dimension:
        return Dimension(min=min(3, max(1, len(self.found()))))

    def _place(self) -> int:
        """The row of the pointer among those shown."""
        found = self.found()
        return found.index(self.at) if self.at in found else NOWHERE

    def _mover(self, step: int) -> Callable[[KeyPressEvent], None]:
        def move(_: KeyPressEvent) -> None:
            self._move(step)

        return move

    def _move(self, step: int) -> None:
        found = self.found()
        if found:
            place = max(self._place(), NOWHERE if step > 0 else 0) + step
            self.at = found[place % len(found) if abs(step) == 1 else min(max(place, 0), len(found) - 1)]

    def _drawn(self) -> Fragments:
        found = self.found()
        if not found:
            nothing = Message("Nothing is called that. Esc clears the search.")
            if not self.options:
                nothing = Message("There is nothing to choose from yet: it is named in an earlier question.")
            return [("", " " * (MARGIN + 2)), self.surface.text("warning", self.surface.message(nothing))]
        shown = [self.options[at] for at in found]
        return joined(rows(self.surface, shown, self._place(), self.marks(found)))

    def _hints_are_cut(self) -> bool:
        """Whether one of the hints is too long for its row."""
        room = self.surface.wide - widest_title(self.surface, self.options) - 4
        return self.surface.rows >= ROOMY and any(cells(option.hint) > room for option in self.options)

    def _whole_hint(self) -> Fragments:
        """What stands beside the pointer, in as many lines as the longest of them needs, so that nothing jumps."""
        lines = {option.value: self.surface.lines(option.hint, indent=2) for option in self.options}
        here = lines[self.options[self.at].value] if self.found() and self.at != NOWHERE else []
        return [("class:hint", "\n".join(here + [""] * (max(map(len, lines.values())) - len(here))))]

    def _invitation(self) -> str:
        return self.surface.message(Message("type to search")) if len(self.options) >= SEARCH_FROM else ""


class Choices(Choice):
    """Some of the options: Space ticks."""

    def __init__(self, prompt: Prompt, surface: Surface) -> None:
        super().__init__(prompt, surface)
        self.ticked = {option.value for option in prompt.options if option.ticked}

    def _first(self) -> int:
        return 0

    def bindings(self) -> KeyBindingsBase:
        """Space ticks what is under the pointer, also while one searches."""
        keys = KeyBindings()

        @keys.add("space", eager=True)
        def _tick(_: KeyPressEvent) -> None:
            if self.found():
                self.ticked ^= {self.options[self.at].value}
                self.field.put("")

        return merge_key_bindings([super().bindings(), keys])

    def keys(self) -> list[Key]:
        """Space too."""
        return [*([Key("Space", Message("tick"))] if self.found() else []), *super().keys()]

    def value(self) -> Answer:
        """The ticked ones, in the order shown."""
        return [option.value for option in self.options if option.value in self.ticked]

    def given(self) -> Given:
        """The ticked ones, and whether they are the ones that were offered."""
        return Widget.given(self)

    def kept(self) -> Given | None:
        """The ticked ones."""
        given = self.given()
        return None if given.untouched or given.is_empty else given

    def marks(self, found: list[int]) -> list[Fragments]:
        """A tick, or none."""
        return [[self._mark(self.options[at])] for at in found]

    def _mark(self, option: Option) -> tuple[str, str]:
        return self.surface.sign("on", "on") if option.value in self.ticked else self.surface.sign("off", "off")
