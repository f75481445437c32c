"""What the widgets draw on: fragments of text with a style, made safe, at the terminal's width."""

from __future__ import annotations

from dataclasses import dataclass

from prompt_toolkit.application import get_app
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.styles import Style

from mlsd.cli.console import Console
from mlsd.cli.prompts.result import Say
from mlsd.cli.text import cells, one_line, wrap
from mlsd.errors import Message, MlsdError
from mlsd.interview.prompt import Understood

Fragments = StyleAndTextTuples

MARGIN = 2
WIDEST = 100
"""Lines of prose longer than this are hard to read, however wide the terminal; rows of a list may be longer."""

STYLE = Style.from_dict(
    {
        "tab.done": "ansigreen", "tab.now": "bold underline", "tab.part": "", "tab.empty": "dim",
        "time": "dim", "hurry": "ansiyellow", "question": "bold", "why": "dim", "again": "ansiyellow", "help": "",
        "flag": "ansicyan", "code": "ansicyan", "shape": "dim",
        "example": "dim italic", "pointer": "ansicyan bold", "on": "ansigreen",
        "off": "dim", "hint": "dim", "here": "bold", "understood": "ansigreen", "derived": "ansicyan",
        "error": "ansired", "warning": "ansiyellow", "suggested": "dim", "key": "", "label": "dim",
    }
)  # fmt: skip


def coded(style: str, lines: list[str]) -> list[Fragments]:
    """Lines of one text, what stands between backticks as code and without them."""
    inside, drawn = False, []
    for line in lines:
        fragments: Fragments = []
        for number, part in enumerate(line.split("`")):
            inside ^= number > 0
            fragments.append(("class:code" if inside else f"class:{style}", part))
        drawn.append(fragments)
    return drawn


def length(fragments: Fragments) -> int:
    """Cells that the fragments take on one line."""
    return sum(cells(fragment[1]) for fragment in fragments)


@dataclass(frozen=True)
class Surface:
    """One terminal and one language."""

    look: Console
    say: Say

    @property
    def width(self) -> int:
        """Cells that a line may take, margins left out."""
        return max(16, min(get_app().output.get_size().columns, WIDEST) - 2 * MARGIN)

    @property
    def wide(self) -> int:
        """Cells that a row of a list may take."""
        return max(16, get_app().output.get_size().columns - 2 * MARGIN)

    @property
    def rows(self) -> int:
        """Rows of the terminal."""
        return get_app().output.get_size().rows

    def text(self, style: str, text: str) -> tuple[str, str]:
        """One safe fragment."""
        return (style and f"class:{style}", self.look.letters(one_line(text) if text.strip() else text))

    def sign(self, style: str, name: str) -> tuple[str, str]:
        """A symbol and the space behind it."""
        return (f"class:{style}", f"{self.look.symbol(name)} ")

    def paragraph(self, style: str, text: str, indent: int = 0) -> Fragments:
        """A text wrapped between the margins."""
        return [(f"class:{style}", "\n".join(self.lines(text, indent)))]

    def lines(self, text: str, indent: int = 0) -> list[str]:
        """A text as lines between the margins."""
        return wrap(self.look.letters(text), self.width + MARGIN, " " * (MARGIN + indent))

    def message(self, message: Message | str) -> str:
        """A sentence, translated."""
        return self.say(message)

    def understood(self, read: Understood, with_hint: bool) -> Fragments:
        """How the text is read, or why it cannot be, with the next step; and what follows from it."""
        indent = MARGIN + 2
        if read.error is not None:
            return self.refusal(read.error, with_hint)
        fragments: Fragments = []
        if read.text:
            lines = wrap(self.look.letters(read.text), self.width, " " * (indent + 2))
            fragments += [("", " " * indent), self.sign("understood", "done"), ("", "\n".join(lines).lstrip())]
        if read.derived:
            lines = wrap(self.look.letters(read.derived), self.width, " " * (indent + 2))
            fragments += [("", "\n" if fragments else ""), ("", " " * indent), ("class:derived", "= ")]
            fragments.append(("class:derived", "\n".join(lines).lstrip()))
        return fragments

    def shape(self, shape: Message | None) -> Fragments:
        """How a line is written."""
        return self.paragraph("shape", self.say(shape), indent=2) if shape is not None else []

    def refusal(self, error: MlsdError, with_hint: bool) -> Fragments:
        """Why a text cannot be read; the next step too, once the person asked for it by Enter."""
        indent = " " * (MARGIN + 4)
        lines = wrap(self.look.letters(self.say(error.message)), self.width, indent)
        fragments: Fragments = [
            ("", " " * (MARGIN + 2)),
            self.sign("error", "error"),
            ("class:error", "\n".join(lines).lstrip()),
        ]
        if with_hint and error.hint is not None:
            hint = wrap(self.look.letters(self.say(error.hint)), self.width, indent)
            fragments.append(("class:hint", "\n" + "\n".join(hint)))
        return fragments

    def columns(self, left: Fragments, right: Fragments) -> Fragments:
        """Two ends of one line: the right one at the right margin, or left out where there is no room for both."""
        gap = self.width - length(left) - length(right)
        return [*left, ("", " " * gap), *right] if gap > 1 else left

    def cut(self, text: str, room: int) -> str:
        """A text on one line within so many cells."""
        return self.look.cut(text, max(room, 4))
