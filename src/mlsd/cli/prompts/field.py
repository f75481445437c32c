"""The line one types in: its example in grey, its letters shown as they are."""

from __future__ import annotations

import re
from collections.abc import Callable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.processors import (
    AfterInput,
    ConditionalProcessor,
    Processor,
    Transformation,
    TransformationInput,
)
from prompt_toolkit.layout.utils import explode_text_fragments

from mlsd.cli.prompts.surface import MARGIN, Fragments, Surface
from mlsd.cli.text import cells, wrap
from mlsd.design.signs import is_unseen


class ShowHidden(Processor):
    """Characters that a terminal would obey or hide are drawn as �, one for one, so that the cursor stands right."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Replace them in one line of the buffer."""
        fragments: Fragments = [
            (style, "".join(map(_shown, text))) for style, text, *_ in transformation_input.fragments
        ]
        return Transformation(fragments)


class ByWords(Processor):
    """Spaces before a word that would be cut by the edge, so that it stands whole on the next row."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Fill up the rows of one line of the buffer."""
        row = max(transformation_input.width - MARGIN - 2, 1)
        letters = explode_text_fragments(transformation_input.fragments)
        text = "".join(fragment[1] for fragment in letters)
        gaps = fillings(text, min(self.surface.width - MARGIN, row), row)
        if not gaps:
            return Transformation(letters)
        filled: Fragments = []
        for place, letter in enumerate(letters):
            filled += [("", " " * gaps[place]), letter] if place in gaps else [letter]

        def drawn(place: int) -> int:
            return place + sum(gap for at, gap in gaps.items() if at <= place)

        def typed(place: int) -> int:
            return next((at for at in range(len(text), 0, -1) if drawn(at) <= place), 0)

        return Transformation(filled, drawn, typed)


def fillings(text: str, room: int, row: int) -> dict[int, int]:
    """Where a word begins that does not fit into ``room`` cells any more, and how many cells of its row are left."""
    gaps: dict[int, int] = {}
    used = 0
    for part in re.finditer(r"\s|\S+", text):
        needed = cells(part[0])
        if used and used + needed > room and needed <= room and not part[0].isspace():
            gaps[part.start()] = row - used
            used = 0
        used = (used + needed - 1) % row + 1
    return {place: gap for place, gap in gaps.items() if gap}


def _shown(character: str) -> str:
    if character.isascii():
        return character
    return "�" if is_unseen(character) else character


class Field:
    """A line (or, with ``several``, lines) of input behind a pointer."""

    def __init__(
        self, surface: Surface, initial: str = "", several: bool = False, sign: str = "pointer", fresh: bool = False
    ) -> None:
        self.surface = surface
        self.sign = sign
        self.several = several
        self.buffer = Buffer(document=Document(initial, len(initial)), multiline=several)
        self.fresh = fresh and bool(initial)
        """Whether a suggestion stands here that nobody touched: the first letter typed replaces it."""
        self.own = not initial
        """Whether all that stands here was typed, and nothing of what was offered is left."""
        self.buffer.on_text_changed += lambda _: self._touched()
        self.buffer.on_cursor_position_changed += lambda _: self._touched()
        self.grey: Callable[[], str] = lambda: ""
        self.hidden: Callable[[], bool] = lambda: False
        empty = Condition(self.is_empty)
        control = BufferControl(
            buffer=self.buffer,
            input_processors=[
                ShowHidden(),
                ByWords(surface),
                ConditionalProcessor(AfterInput(self._first_grey), empty),
            ],
        )
        self.window = Window(
            control,
            height=Dimension(min=1),
            wrap_lines=True,
            dont_extend_height=True,
            get_line_prefix=self._prefix,
        )
        rest = Window(FormattedTextControl(self._further_grey), dont_extend_height=True, wrap_lines=True)
        self.container = HSplit([self.window, ConditionalContainer(rest, Condition(lambda: len(self._greys()) > 1))])

    @property
    def text(self) -> str:
        """What is typed, without the spaces around it."""
        return self.buffer.text.strip()

    def is_empty(self) -> bool:
        """Whether nothing is typed at all."""
        return not self.buffer.text

    def put(self, text: str) -> None:
        """Replace what is typed."""
        self.buffer.document = Document(text, len(text))

    def _touched(self) -> None:
        self.fresh = False
        self.own = self.own or self.is_empty()

    def bindings(self, escaped: Callable[[], None] | None = None) -> KeyBindings:
        """Pasting: line breaks stay where several lines may be, elsewhere they become spaces.

        A digit behind Esc is text, not Emacs’s count of repetitions; ``escaped`` is what Esc does there.
        """
        keys = KeyBindings()
        untouched = Condition(lambda: self.fresh)

        @keys.add(Keys.Any, filter=untouched)
        def _replace(event: KeyPressEvent) -> None:
            self.put(event.data)
            self.own = True

        @keys.add("end", filter=untouched)
        @keys.add("right", filter=untouched)
        @keys.add("c-e", filter=untouched)
        def _edit(_: KeyPressEvent) -> None:
            self.fresh = False

        @keys.add(Keys.BracketedPaste, eager=True)
        def _paste(event: KeyPressEvent) -> None:
            if self.fresh:
                self.put("")
            pasted = event.data.replace("\r\n", "\n").replace("\r", "\n")
            self.buffer.insert_text(pasted if self.several else " ".join(pasted.split("\n")).strip())

        def _digit(event: KeyPressEvent) -> None:
            if escaped is not None:
                escaped()
            elif self.fresh:
                self.put("")
            self.buffer.insert_text(event.key_sequence[-1].data)

        for digit in "-0123456789":
            keys.add("escape", digit)(_digit)

        if self.several:

            @keys.add("escape", "enter")
            @keys.add("c-j")
            def _new_line(_: KeyPressEvent) -> None:
                self.buffer.insert_text("\n")

        return keys

    def _prefix(self, line: int, wrapped: int) -> Fragments:
        if line == 0 and wrapped == 0 and not self.hidden():
            return [("", " " * MARGIN), self.surface.sign("pointer", self.sign)]
        return [("", " " * (MARGIN + 2))]

    def _greys(self) -> list[str]:
        if not self.is_empty() or not self.grey():
            return []
        return wrap(self.surface.look.letters(self.grey()), self.surface.width - MARGIN)

    def _first_grey(self) -> Fragments:
        return [("class:example", line) for line in self._greys()[:1]]

    def _further_grey(self) -> Fragments:
        indent = " " * (MARGIN + 2)
        return [("class:example", "\n".join(indent + line for line in self._greys()[1:]))]
