"""A list of the design: ticks of what is typical, and own entries, one line each, in one prompt."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial

from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.key_bindings import KeyBindingsBase
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import AnyContainer, ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.layout.dimension import Dimension

from mlsd.cli.prompts.choice import beyond
from mlsd.cli.prompts.field import Field
from mlsd.cli.prompts.keys import Key, exit_with
from mlsd.cli.prompts.result import Given
from mlsd.cli.prompts.search import matching
from mlsd.cli.prompts.surface import MARGIN, Fragments, Surface
from mlsd.cli.prompts.tick_list import TickList
from mlsd.cli.prompts.widget import Offers, Widget
from mlsd.cli.text import shorten
from mlsd.errors import Message
from mlsd.interview.prompt import Answer, Option, Prompt

BESIDES = 13
"""Rows that header, question, list, field and footer need beside the words below the field."""

_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")


class Ticks(Widget):
    """Ticks above, a line for own entries below. Typing searches the ticks as well: Tab ticks what it found."""

    def __init__(self, prompt: Prompt, surface: Surface) -> None:
        super().__init__(prompt, surface)
        self.list = TickList(prompt, surface, self.understand)
        self.field = Field(surface, sign="pointer")
        self.field.grey = self._invitation
        self.field.buffer.on_text_changed += lambda _: self._typed()
        self._offers = Offers(self.field, prompt.completions)
        self._asked_why = False
        self._matching = lru_cache(16)(partial(matching, prompt.options))

    def container(self) -> AnyContainer:
        """The ticks, the line, and how the line is read."""
        drawn = FormattedTextControl(
            self.list.drawn, get_cursor_position=lambda: Point(0, self.list.at), show_cursor=False
        )
        shown = Window(drawn, height=lambda: Dimension(min=min(3, len(self.list.entries))), dont_extend_height=True)
        read = Window(FormattedTextControl(self._below), height=self._below_height, dont_extend_height=True)
        whole = Window(FormattedTextControl(self.list.whole), dont_extend_height=True)
        any_row = Condition(lambda: bool(self.list.entries))
        return HSplit(
            [
                ConditionalContainer(shown, any_row),
                ConditionalContainer(beyond(shown, self.surface), any_row),
                ConditionalContainer(HSplit([whole, Window(height=1)]), Condition(self.list.are_cut)),
                self.field.container,
                ConditionalContainer(read, Condition(lambda: bool(self._below()))),
            ]
        )

    def bindings(self) -> KeyBindingsBase:
        """Enter adds the line, or finishes on an empty one; Space ticks while it is empty; Tab ticks or completes."""
        keys = KeyBindings()
        empty = Condition(self.field.is_empty)

        @keys.add("enter", eager=True)
        def _enter(_: KeyPressEvent) -> None:
            self.accept()

        @keys.add("space", filter=empty, eager=True)
        def _tick(_: KeyPressEvent) -> None:
            self.list.toggle()

        @keys.add("tab", eager=True)
        def _tab(_: KeyPressEvent) -> None:
            self.tab()

        @keys.add("delete", filter=empty, eager=True)
        def _delete(_: KeyPressEvent) -> None:
            self.list.remove()

        @keys.add("right", filter=empty, eager=True)
        def _change(_: KeyPressEvent) -> None:
            self.change()

        @keys.add("up", eager=True)
        @keys.add("c-p", eager=True)
        def _up(_: KeyPressEvent) -> None:
            self.list.move(-1)

        @keys.add("down", eager=True)
        def _down(_: KeyPressEvent) -> None:
            self.list.move(1)

        @keys.add("escape", filter=~empty)
        def _clear(_: KeyPressEvent) -> None:
            self.give_up()

        @keys.add(Keys.BracketedPaste, eager=True)
        def _paste(event: KeyPressEvent) -> None:
            self.paste(event.data)

        return merge_key_bindings([self.field.bindings(self.give_up), keys])

    def keys(self) -> list[Key]:
        """What the keys would do just now."""
        if not self.field.is_empty():
            found = (
                [Key("Tab", Message("tick {title}", title=shorten(self._found[0].title, 24)))] if self._found else []
            )
            offers = [Key("Tab", Message("complete"))] if self._offers.fitting and not found else []
            if self._meant is not None:
                found = [replace(found[0], name="Enter")]
            else:
                found = [Key("Enter", Message("add")), *found]
            return [*found, *offers, Key("Esc", Message("clear"))]
        own = [Key("→", Message("change"))] if self.list.line_here() else []
        own += [Key("Del", Message("take away"))] if self.list.own_here() else []
        ticks = [Key("Space", Message("tick")), Key("↑↓", Message("move"))] if self.list.entries else []
        return [self.enter, *ticks, *own, Key(Message("type"), Message("an entry of your own"))]

    def value(self) -> Answer:
        """The values ticked and the own lines kept."""
        return self.list.value()

    def kept(self) -> Given | None:
        """The list as it stands with the line being typed, without what cannot be read."""
        if self.field.text:
            self._add(self.field.text)
        self.give_up()
        self.list.drop_refused()
        given = self.given()
        return None if given.untouched or given.is_empty else given

    def unread(self) -> str:
        """The lines that are refused, the one being typed among them."""
        typed = self.field.text
        return "; ".join([*self.list.refused(), *([typed] if typed and not self.list.reads(typed) else [])])

    @property
    def focus(self) -> Window:
        """The line for own entries."""
        return self.field.window

    def is_empty(self) -> bool:
        """Whether the line is."""
        return self.field.is_empty()

    def draft(self) -> str | None:
        """All lines, ticks included."""
        return self.list.draft()

    def take(self, text: str) -> None:
        """Ticks and lines as the editor left them."""
        self.list.take(text)

    def accept(self) -> None:
        """Add the line typed; finish on an empty one, unless a line is refused: that one is taken up again."""
        self._asked_why = True
        if self._meant is not None:
            self.tab()
            return
        if self.field.text:
            self._add(self.field.text)
            return
        wrong = self.list.first_refused()
        if wrong is None:
            exit_with(self.given())
        else:
            self.list.at = wrong
            self.change()
            self._asked_why = True

    def tab(self) -> None:
        """Tick what the typed letters found; else complete the id before the cursor."""
        if self._found:
            self.list.go_to(self._found[0]).ticked = True
            self.field.put("")
        elif not self.field.is_empty():
            self._offers.turn()

    def change(self) -> None:
        """Take a line into the field again; of a tick, the line that it stands for."""
        line = self.list.take_out()
        if line:
            self.field.put(line)

    def give_up(self) -> None:
        """Empty the line; a row that was being changed is again what it was."""
        self.list.put_back()
        self.field.put("")

    def paste(self, text: str) -> None:
        """Each pasted line but the last is an entry, as if Enter had been pressed behind it."""
        *whole, last = (_BULLET.sub("", line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        for line in whole:
            self.field.buffer.insert_text(line)
            if self.field.text:
                self.list.append(self.field.text)
                self.field.put("")
        self.field.buffer.insert_text(last)

    def _add(self, line: str) -> None:
        if self.list.add(line):
            self.field.put("")
            if not self.list.refused():
                self.keep(self.given())

    @property
    def _found(self) -> list[Option]:
        """The options that begin with what is typed, or hold it; none while nothing is typed."""
        options = self.prompt.options
        return [options[at] for at in self._matching(self.field.text)] if len(self.field.text) > 1 else []

    @property
    def _meant(self) -> Option | None:
        """The one option whose first words are typed: Enter ticks it, rather than add nearly the same again.

        Its id is another thing: a line of this id takes the place of the tick.
        """
        found, text = self._found, self.field.text.casefold().strip()
        if len(found) != 1 or ":" in text or text == found[0].value.casefold():
            return None
        title = found[0].title.casefold()
        return found[0] if title.startswith(text) and not title[len(text) :][:1].isalnum() else None

    def _typed(self) -> None:
        self._asked_why = False
        if self.field.is_empty():
            self.list.let_go()
        if self._found:
            self.list.go_to(self._found[0])

    def _below(self) -> Fragments:
        if self._offers.names:
            return self._offers.fragments(self.surface)
        if not self.field.text:
            return self.surface.shape(self.prompt.shape)
        read = self.understand(self.field.text)
        if self._meant is not None or (self._found and read.error is not None and not self._asked_why):
            return []
        return self.surface.understood(read, self._asked_why)

    def _below_height(self) -> Dimension:
        """All lines of it: the list above makes room for the words of a refusal."""
        lines = 1 + sum(part[1].count("\n") for part in self._below())
        return Dimension.exact(max(1, min(lines, self.surface.rows - BESIDES)))

    def _invitation(self) -> str:
        if not self.prompt.example:
            return self.surface.message(Message("own entry"))
        text = self.surface.message(Message("own entry, such as {example}", example=self.prompt.example))
        return self.surface.cut(text, self.surface.width - MARGIN)
