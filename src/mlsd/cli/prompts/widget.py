"""What every widget has, and the two that are a field alone: prose and a line that is read as one types."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.key_bindings import KeyBindingsBase
from prompt_toolkit.layout import AnyContainer, ConditionalContainer, FormattedTextControl, HSplit, Window

from mlsd.cli.prompts.field import Field
from mlsd.cli.prompts.keys import Key, exit_with
from mlsd.cli.prompts.result import Given, offered
from mlsd.cli.prompts.search import completed, word_before
from mlsd.cli.prompts.surface import MARGIN, Fragments, Surface
from mlsd.errors import Message
from mlsd.interview.prompt import Answer, Prompt, Understood

NEXT = Key("Enter", Message("next"))
OPEN = Key("Enter", Message("leave open"))
ACCEPT = Key("Enter", Message("accept the suggestion"))


class Widget(ABC):
    """The part of the screen that takes the answer to one Prompt."""

    def __init__(self, prompt: Prompt, surface: Surface) -> None:
        self.prompt = prompt
        self.surface = surface
        self.understand = lru_cache(64)(prompt.understand)
        """How a text would be read; a screen is drawn more often than its text changes."""
        self.keep: Callable[[Given], None] = lambda _: None
        """Writes down a list that is still being given."""

    @abstractmethod
    def container(self) -> AnyContainer:
        """What is drawn."""

    @abstractmethod
    def bindings(self) -> KeyBindingsBase:
        """Its own keys, Enter among them."""

    @abstractmethod
    def keys(self) -> list[Key]:
        """Its own keys as the footer names them just now."""

    @abstractmethod
    def value(self) -> Answer:
        """The answer as it stands."""

    @property
    @abstractmethod
    def focus(self) -> Window:
        """Where the cursor is."""

    @abstractmethod
    def is_empty(self) -> bool:
        """Whether nothing is typed, so that ``?`` means help."""

    def draft(self) -> str | None:
        """What the editor is given; None where there is nothing to edit."""
        return None

    def take(self, text: str) -> None:  # noqa: B027 - nothing to take where there is no draft
        """Take back what the editor left."""

    def kept(self) -> Given | None:
        """What is saved of an answer that one leaves in the middle; None where nothing was touched or can be read."""
        return None

    def unread(self) -> str:
        """What was typed and cannot be read; empty where all of it can."""
        return ""

    def left(self) -> tuple[Given | None, str]:
        """What is saved and what cannot be, when one leaves in the middle."""
        unread = self.unread()
        return self.kept(), unread

    @property
    def enter(self) -> Key:
        """What Enter does just now: a suggestion of the template is accepted, anything else is simply answered."""
        return ACCEPT if self.prompt.assumed and self.given().untouched else NEXT

    def given(self) -> Given:
        """The answer, and whether it is what was offered."""
        value = self.value()
        return Given(value, untouched=value == offered(self.prompt))


class Prose(Widget):
    """Words. The example stands in grey until one types; Tab takes it for editing; Enter on nothing leaves it open."""

    several = True

    def __init__(self, prompt: Prompt, surface: Surface) -> None:
        super().__init__(prompt, surface)
        self.field = Field(surface, prompt.initial, several=self.several, fresh=prompt.assumed)
        self.field.grey = lambda: prompt.example
        self._asked_why = False

    def container(self) -> AnyContainer:
        """The field, and below it how it is read."""
        return HSplit([self.field.container, self.reading()])

    def reading(self) -> AnyContainer:
        """The part below the field."""
        read = Window(FormattedTextControl(self._below), dont_extend_height=True, wrap_lines=True)
        return ConditionalContainer(read, Condition(lambda: bool(self._below())))

    def bindings(self) -> KeyBindingsBase:
        """Enter answers unless the text is refused; Tab takes the example."""
        keys = KeyBindings()

        @keys.add("enter", eager=True)
        def _enter(_: KeyPressEvent) -> None:
            if self.field.text and self.read().error is not None:
                self._asked_why = True
            else:
                exit_with(self.given())

        @keys.add("tab", eager=True)
        def _tab(_: KeyPressEvent) -> None:
            self.tab()

        return merge_key_bindings([self.field.bindings(), keys])

    def tab(self) -> None:
        """Take the example; begin to edit a suggestion."""
        self.field.fresh = False
        if self.field.is_empty() and self.prompt.example:
            self.field.put(self.prompt.example)
            self.field.own = False

    def keys(self) -> list[Key]:
        """Enter, Tab while it does something, and the key for a second line."""
        if self.field.is_empty():
            taking = [Key("Tab", Message("take the example"))] if self.prompt.example else []
            return [*taking, OPEN]
        if self.field.fresh:
            return [self.enter, Key(Message("type"), Message("replace")), Key("Tab", Message("edit"))]
        return [self.enter, Key("Alt-Enter", Message("new line"))] if self.several else [self.enter]

    def value(self) -> Answer:
        """The text."""
        return self.field.text

    def given(self) -> Given:
        """The text; typed anew it is the person's own, also where it says what was offered."""
        given = super().given()
        return replace(given, untouched=False, own=True) if self.field.own and self.field.text else given

    @property
    def focus(self) -> Window:
        """The field."""
        return self.field.window

    def is_empty(self) -> bool:
        """Whether the field is."""
        return self.field.is_empty()

    def draft(self) -> str | None:
        """The text."""
        return self.field.text

    def take(self, text: str) -> None:
        """Replace the text; a line stays one line."""
        self.field.put(text.strip() if self.several else " ".join(text.split()))

    def kept(self) -> Given | None:
        """The text, unless it is refused."""
        given = self.given()
        return None if given.untouched or given.is_empty or self.read().error is not None else given

    def unread(self) -> str:
        """The text, if it is refused."""
        given = self.given()
        refused = not given.untouched and not given.is_empty and self.read().error is not None
        return self.field.text if refused else ""

    def read(self) -> Understood:
        """How the text is read now."""
        return self.understand(self.field.text)

    def _below(self) -> Fragments:
        if self.field.is_empty():
            return self.surface.shape(self.prompt.shape)
        read = self.read()
        if self.several and read.error is None and not read.derived:
            return []
        return self.surface.understood(read, self._asked_why)


class Line(Prose):
    """One line that is read as one types. Tab completes ids, one after another."""

    several = False

    def __init__(self, prompt: Prompt, surface: Surface) -> None:
        super().__init__(prompt, surface)
        self._offers = Offers(self.field, prompt.completions)

    def container(self) -> AnyContainer:
        """The field, what Tab offers, and how the text is read."""
        offers = Window(FormattedTextControl(self._offered), dont_extend_height=True, height=1)
        shown = ConditionalContainer(offers, Condition(lambda: bool(self._offers.names)))
        return HSplit([self.field.container, shown, self.reading()])

    def tab(self) -> None:
        """Complete the id before the cursor, or go on to the next one that fits; on an empty line take the example."""
        if self.field.fresh or (self.field.is_empty() and self.prompt.example):
            super().tab()
        else:
            self._offers.turn()

    def keys(self) -> list[Key]:
        """Tab completes where there are ids."""
        keys = super().keys()
        if not self.field.is_empty() and not self.field.fresh and self._offers.fitting:
            keys.append(Key("Tab", Message("complete")))
        return keys

    def _offered(self) -> Fragments:
        return self._offers.fragments(self.surface)


class Offers:
    """What Tab goes through: the ids that begin like the word before the cursor."""

    def __init__(self, field: Field, names: tuple[str, ...]) -> None:
        self.all = names
        self._field = field
        self._found: list[str] = []
        self._at = -1
        self._typed = ""

    @property
    def names(self) -> list[str]:
        """The ids on offer while Tab is being pressed."""
        return self._found if self._at >= 0 and self._current() else []

    @property
    def fitting(self) -> bool:
        """Whether Tab would put anything in."""
        buffer = self._field.buffer
        return self._current() or bool(completed(buffer.text, buffer.cursor_position, self.all))

    def turn(self) -> None:
        """Put the next fitting id in place of the word before the cursor."""
        buffer = self._field.buffer
        if not self._current():
            self._typed = word_before(buffer.text, buffer.cursor_position)
            self._found, self._at = completed(buffer.text, buffer.cursor_position, self.all), -1
        if not self._found:
            return
        word = self._found[self._at] if self._at >= 0 else self._typed
        self._at = (self._at + 1) % len(self._found)
        buffer.delete_before_cursor(len(word))
        buffer.insert_text(self._found[self._at])

    def _current(self) -> bool:
        buffer = self._field.buffer
        before = buffer.document.text_before_cursor
        return self._at >= 0 and before.endswith(self._found[self._at])

    def fragments(self, surface: Surface) -> Fragments:
        """The ids on one line, the one taken in bold."""
        room = surface.width - MARGIN
        fragments: Fragments = [("", " " * (MARGIN + 2))]
        for name in self.names[max(0, self._at - 2) :]:
            if room < len(name) + 2:
                break
            room -= len(name) + 2
            fragments.append(surface.text("here" if name == self._found[self._at] else "hint", name))
            fragments.append(("", "  "))
        return fragments
