"""A list of the design: ticks of what is typical, and own entries, one line each, in one prompt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial

from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.key_bindings import KeyBindingsBase
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import AnyContainer, ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.layout.dimension import Dimension

from mlsd.cli.prompts.choice import ROOMY, beyond, joined, rows, widest_title
from mlsd.cli.prompts.draft import as_draft, as_line, from_draft
from mlsd.cli.prompts.field import Field
from mlsd.cli.prompts.keys import Key, exit_with
from mlsd.cli.prompts.result import Given
from mlsd.cli.prompts.search import matching
from mlsd.cli.prompts.surface import MARGIN, Fragments, Surface
from mlsd.cli.prompts.widget import Offers, Widget
from mlsd.cli.text import cells, shorten
from mlsd.errors import Message
from mlsd.interview.prompt import Answer, Lines, Option, Prompt, Understood


@dataclass
class Entry:
    """A row: one of the options, or a line of one's own."""

    option: Option | None
    line: str
    ticked: bool


class Ticks(Widget):
    """Ticks above, a line for own entries below. Typing searches the ticks as well: Tab ticks what it found."""

    def __init__(self, prompt: Prompt, surface: Surface) -> None:
        super().__init__(prompt, surface)
        self.entries = [Entry(option, "", option.ticked) for option in prompt.options]
        self.entries += [Entry(None, line, True) for line in prompt.own]
        self.at = 0
        self.field = Field(surface, sign="pointer")
        self.field.grey = self._invitation
        self.field.buffer.on_text_changed += lambda _: self._typed()
        self._offers = Offers(self.field, prompt.completions)
        self._asked_why = False
        self._changed: tuple[int, Entry] | None = None
        """The row that is in the field to be changed, and its place, so that Esc can put it back."""
        self._matching = lru_cache(16)(partial(matching, prompt.options))
        control = FormattedTextControl(self._drawn, get_cursor_position=lambda: Point(0, self.at), show_cursor=False)
        self.list = Window(control, height=lambda: Dimension(min=min(3, len(self.entries))), dont_extend_height=True)

    def container(self) -> AnyContainer:
        """The ticks, the line, and how the line is read."""
        read = Window(FormattedTextControl(self._below), dont_extend_height=True)
        whole = Window(FormattedTextControl(self._whole), dont_extend_height=True)
        return HSplit(
            [
                ConditionalContainer(self.list, Condition(lambda: bool(self.entries))),
                ConditionalContainer(beyond(self.list, self.surface), Condition(lambda: bool(self.entries))),
                ConditionalContainer(HSplit([whole, Window(height=1)]), Condition(self._are_cut)),
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
            self.toggle()

        @keys.add("tab", eager=True)
        def _tab(_: KeyPressEvent) -> None:
            self.tab()

        @keys.add("delete", filter=empty, eager=True)
        def _delete(_: KeyPressEvent) -> None:
            self.remove()

        @keys.add("right", filter=empty, eager=True)
        def _change(_: KeyPressEvent) -> None:
            self.change()

        @keys.add("up", eager=True)
        @keys.add("c-p", eager=True)
        def _up(_: KeyPressEvent) -> None:
            self._move(-1)

        @keys.add("down", eager=True)
        def _down(_: KeyPressEvent) -> None:
            self._move(1)

        @keys.add("escape", filter=~empty)
        def _clear(_: KeyPressEvent) -> None:
            self.give_up()

        @keys.add(Keys.BracketedPaste, eager=True)
        def _paste(event: KeyPressEvent) -> None:
            self.paste(event.data)

        return merge_key_bindings([self.field.bindings(), keys])

    def keys(self) -> list[Key]:
        """What the keys would do just now."""
        if not self.field.is_empty():
            found = (
                [Key("Tab", Message("tick {title}", title=shorten(self._found[0].title, 24)))] if self._found else []
            )
            offers = [Key("Tab", Message("complete"))] if self._offers.fitting and not found else []
            return [Key("Enter", Message("add")), *found, *offers, Key("Esc", Message("clear"))]
        own = [Key("→", Message("change"))] if self._line_of_here() else []
        ticks = [Key("Space", Message("tick")), Key("↑↓", Message("move"))] if self.entries else []
        return [self.enter, *ticks, *own, Key(Message("type"), Message("an entry of your own"))]

    def value(self) -> Answer:
        """The values ticked and the own lines kept."""
        kept = [entry for entry in self.entries if entry.ticked]
        return Lines(
            [entry.option.value for entry in kept if entry.option is not None],
            [entry.line for entry in kept if entry.option is None],
        )

    def kept(self) -> Given | None:
        """The list as it stands with the line being typed, without what cannot be read."""
        if self.field.text:
            self._add(self.field.text)
        self.give_up()
        self.entries = [entry for entry in self.entries if self._read(entry).error is None]
        given = self.given()
        return None if given.untouched or given.is_empty else given

    @property
    def focus(self) -> Window:
        """The line for own entries."""
        return self.field.window

    def is_empty(self) -> bool:
        """Whether the line is."""
        return self.field.is_empty()

    def draft(self) -> str | None:
        """All lines, ticks included; what is not ticked stands behind “#”."""
        head = [self.prompt.shape] if self.prompt.shape is not None else []
        head += [Message("A line behind # is not ticked. Take the # away to tick it; add lines of your own.")]
        said = "\n".join(self.surface.message(line) for line in head)
        return as_draft([(self._line(entry) or _value(entry), entry.ticked) for entry in self.entries], said)

    def take(self, text: str) -> None:
        """Ticks and lines as the editor left them."""
        options = [entry for entry in self.entries if entry.option is not None]
        ticked, own = from_draft(text, [(_value(entry), self._line(entry)) for entry in options])
        self.entries = [Entry(entry.option, "", _value(entry) in ticked) for entry in options]
        self.entries += [Entry(None, line, True) for line in own]
        self.at = 0

    def accept(self) -> None:
        """Add the line typed; finish on an empty one, unless a line is refused: that one is taken up again."""
        self._asked_why = True
        if self.field.text:
            self._add(self.field.text)
            return
        wrong = next((at for at, entry in enumerate(self.entries) if self._read(entry).error and entry.ticked), None)
        if wrong is None:
            exit_with(self.given())
        else:
            self.at = wrong
            self.change()
            self._asked_why = True

    def toggle(self) -> None:
        """Tick, or untick."""
        if self.entries:
            self.entries[self.at].ticked = not self.entries[self.at].ticked

    def tab(self) -> None:
        """Tick what the typed letters found; else complete the id before the cursor."""
        if self._found:
            option = self._found[0]
            entry = next(entry for entry in self.entries if entry.option is option)
            entry.ticked = True
            self.field.put("")
        elif not self.field.is_empty():
            self._offers.turn()

    def remove(self) -> None:
        """Take an own line off the list; untick a tick."""
        if self.entries and self.entries[self.at].option is None:
            del self.entries[self.at]
            self.at = max(0, min(self.at, len(self.entries) - 1))
        elif self.entries:
            self.entries[self.at].ticked = False

    def change(self) -> None:
        """Take a line into the field again; of a tick, the line that it stands for."""
        line = self._line_of_here()
        if line:
            held = self.at, replace(self.entries[self.at])
            self.remove()
            self.field.put(line)
            self._changed = held

    def give_up(self) -> None:
        """Empty the line; a row that was being changed is again what it was."""
        held = self._changed
        self.field.put("")
        if held is not None:
            self.at, entry = held
            end = self.at if entry.option is None else self.at + 1
            self.entries[self.at : end] = [entry]

    def paste(self, text: str) -> None:
        """Each pasted line but the last is an entry, as if Enter had been pressed behind it."""
        *whole, last = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in whole:
            self.field.buffer.insert_text(line)
            if self.field.text:
                self.entries.append(Entry(None, self.field.text, True))
                self.field.put("")
        self.field.buffer.insert_text(last)

    def _add(self, line: str) -> None:
        same = next(
            (entry for entry in self.entries if entry.option and line in (entry.option.value, entry.option.title)), None
        )
        if same is not None:
            same.ticked = True
        elif self.understand(line).error is not None:
            return
        else:
            self.entries.append(Entry(None, line, True))
            self.at = len(self.entries) - 1
        self.field.put("")

    @property
    def _found(self) -> list[Option]:
        """The options that begin with what is typed, or hold it; none while nothing is typed."""
        options = self.prompt.options
        return [options[at] for at in self._matching(self.field.text)] if len(self.field.text) > 1 else []

    def _typed(self) -> None:
        self._asked_why = False
        if self.field.is_empty():
            self._changed = None
        if self._found:
            self.at = next(at for at, entry in enumerate(self.entries) if entry.option is self._found[0])

    def _move(self, step: int) -> None:
        if self.entries:
            self.at = (self.at + step) % len(self.entries)

    def _line_of_here(self) -> str:
        return self._line(self.entries[self.at]) if self.entries else ""

    def _line(self, entry: Entry) -> str:
        """The entry as one types it; empty for a tick whose title is no such line."""
        return entry.line if entry.option is None else as_line(self.prompt, entry.option)

    def _read(self, entry: Entry) -> Understood:
        return self.understand(entry.line) if entry.option is None else Understood("")

    def _drawn(self) -> Fragments:
        marks: list[Fragments] = [[self._mark(entry)] for entry in self.entries]
        return joined(rows(self.surface, [self._row(entry) for entry in self.entries], self.at, marks))

    def _row(self, entry: Entry) -> Option:
        if entry.option is not None:
            return entry.option
        read = self._read(entry)
        if read.error is not None:
            return Option(entry.line, entry.line, self.surface.message(read.error.message))
        return Option(entry.line, read.text or entry.line)

    def _mark(self, entry: Entry) -> tuple[str, str]:
        if self._read(entry).error is not None:
            return self.surface.sign("error", "error")
        return self.surface.sign("on", "on") if entry.ticked else self.surface.sign("off", "off")

    def _are_cut(self) -> bool:
        """Whether one of the rows is longer than the line it has, and the screen has room to show it below them."""
        return self.surface.rows >= ROOMY + 2 * len(self.entries) and any(self._in_full())

    def _whole(self) -> Fragments:
        """The row at the pointer where it is cut, in as many lines as the longest needs, so that nothing jumps."""
        every = self._in_full()
        here = every[self.at] if self.entries else []
        return [("class:hint", "\n".join(here + [""] * (max(map(len, every)) - len(here))))]

    def _in_full(self) -> list[list[str]]:
        """The lines of every row that is cut, none for one that is shown whole."""
        shown = [self._row(entry) for entry in self.entries]
        widest = widest_title(self.surface, shown)
        rooms = [widest if row.hint else self.surface.width - 4 for row in shown]
        return [
            self.surface.lines(row.title, indent=4) if cells(row.title) > room else []
            for row, room in zip(shown, rooms, strict=True)
        ]

    def _below(self) -> Fragments:
        if self._offers.names:
            return self._offers.fragments(self.surface)
        if not self.field.text:
            return self.surface.shape(self.prompt.shape)
        read = self.understand(self.field.text)
        if self._found and read.error is not None and not self._asked_why:
            return []
        return self.surface.understood(read, self._asked_why)

    def _invitation(self) -> str:
        if not self.prompt.example:
            return self.surface.message(Message("own entry"))
        text = self.surface.message(Message("own entry, such as {example}", example=self.prompt.example))
        return self.surface.cut(text, self.surface.width - MARGIN)


def _value(entry: Entry) -> str:
    return entry.option.value if entry.option is not None else entry.line
