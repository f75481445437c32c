"""The rows of a list prompt: ticks of what is typical, and lines of one's own, with the pointer on one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mlsd.cli.prompts.choice import ROOMY, joined, rows, widest_title
from mlsd.cli.prompts.draft import as_draft, as_line, from_draft
from mlsd.cli.prompts.surface import Fragments, Surface
from mlsd.cli.text import cells
from mlsd.errors import Message
from mlsd.interview.prompt import Answer, Lines, Option, Prompt, Understood


@dataclass
class Entry:
    """A row: one of the options, or a line of one's own."""

    option: Option | None
    line: str
    ticked: bool

    @property
    def value(self) -> str:
        """What stands for it in an answer."""
        return self.option.value if self.option is not None else self.line


class TickList:
    """The entries and the place of the pointer. ``understand`` says how a line is read."""

    def __init__(self, prompt: Prompt, surface: Surface, understand: Callable[[str], Understood]) -> None:
        self.prompt = prompt
        self.surface = surface
        self.understand = understand
        self.entries = [Entry(option, "", option.ticked) for option in prompt.options]
        self.entries += [Entry(None, line, True) for line in prompt.own]
        self.at = 0
        self._held: tuple[int, Entry] | None = None
        """The row that was taken out to be changed, and its place."""

    def value(self) -> Answer:
        """The values ticked and the own lines kept."""
        kept = [entry for entry in self.entries if entry.ticked]
        return Lines(
            [entry.value for entry in kept if entry.option is not None],
            [entry.line for entry in kept if entry.option is None],
        )

    def toggle(self) -> None:
        """Tick, or untick, the row at the pointer."""
        if self.entries:
            self.entries[self.at].ticked = not self.entries[self.at].ticked

    def move(self, step: int) -> None:
        """The pointer up or down, around the ends."""
        if self.entries:
            self.at = (self.at + step) % len(self.entries)

    def go_to(self, option: Option) -> Entry:
        """The pointer to an option."""
        self.at = next(at for at, entry in enumerate(self.entries) if entry.option is option)
        return self.entries[self.at]

    def add(self, line: str) -> bool:
        """Tick the option that the line names, or append the line; False if it cannot be read."""
        same = self._named(line)
        if same is not None:
            same.ticked = True
        elif not self.reads(line):
            return False
        else:
            self.append(line)
            self.at = len(self.entries) - 1
        return True

    def reads(self, line: str) -> bool:
        """Whether the line names an option or can be read as an entry."""
        return self._named(line) is not None or self.understand(line).error is None

    def _named(self, line: str) -> Entry | None:
        return next((row for row in self.entries if row.option and line in (row.option.value, row.option.title)), None)

    def append(self, line: str) -> None:
        """A line of one's own at the end, readable or not."""
        self.entries.append(Entry(None, line, True))

    def remove(self) -> None:
        """Take an own line off the list; untick a tick."""
        if self.entries and self.entries[self.at].option is None:
            del self.entries[self.at]
            self.at = max(0, min(self.at, len(self.entries) - 1))
        elif self.entries:
            self.entries[self.at].ticked = False

    def take_out(self) -> str:
        """The line of the row at the pointer, which is removed until it comes back; empty where it has none."""
        line = self.line_here()
        if line:
            self._held = self.at, replace(self.entries[self.at])
            self.remove()
        return line

    def put_back(self) -> None:
        """The row that was taken out is again what it was."""
        if self._held is not None:
            self.at, entry = self._held
            end = self.at if entry.option is None else self.at + 1
            self.entries[self.at : end] = [entry]
            self._held = None

    def let_go(self) -> None:
        """The row that was taken out does not come back."""
        self._held = None

    def first_refused(self) -> int | None:
        """The first ticked line that cannot be read."""
        return next((at for at, entry in enumerate(self.entries) if entry.ticked and self._read(entry).error), None)

    def refused(self) -> list[str]:
        """The ticked lines that cannot be read."""
        return [entry.line for entry in self.entries if entry.ticked and self._read(entry).error]

    def drop_refused(self) -> None:
        """Keep only what can be read."""
        self.entries = [entry for entry in self.entries if self._read(entry).error is None]

    def own_here(self) -> bool:
        """Whether the pointer is on a line of one's own."""
        return bool(self.entries) and self.entries[self.at].option is None

    def line_here(self) -> str:
        """The row at the pointer as one types it; empty where there is no such line."""
        return self._line(self.entries[self.at]) if self.entries else ""

    def draft(self) -> str:
        """All lines, ticks included; what is not ticked stands behind “#”."""
        head = [self.prompt.shape] if self.prompt.shape is not None else []
        head += [Message("A line behind # is not ticked. Take the # away to tick it; add lines of your own.")]
        said = "\n".join(self.surface.message(line) for line in head)
        return as_draft([(self._line(entry) or entry.value, entry.ticked) for entry in self.entries], said)

    def take(self, text: str) -> None:
        """Ticks and lines as the editor left them."""
        options = [entry for entry in self.entries if entry.option is not None]
        ticked, own = from_draft(text, [(entry.value, self._line(entry)) for entry in options])
        self.entries = [Entry(entry.option, "", entry.value in ticked) for entry in options]
        self.entries += [Entry(None, line, True) for line in own]
        self.at = 0

    def drawn(self) -> Fragments:
        """The rows."""
        marks: list[Fragments] = [[self._mark(entry)] for entry in self.entries]
        return joined(rows(self.surface, [self._row(entry) for entry in self.entries], self.at, marks))

    def are_cut(self) -> bool:
        """Whether one of the rows is longer than the line it has, and the screen has room to show it below them."""
        return self.surface.rows >= ROOMY + 2 * len(self.entries) and any(self._in_full())

    def whole(self) -> Fragments:
        """The row at the pointer where it is cut, in as many lines as the longest needs, so that nothing jumps."""
        every = self._in_full()
        here = every[self.at] if self.entries else []
        return [("class:hint", "\n".join(here + [""] * (max(map(len, every)) - len(here))))]

    def _in_full(self) -> list[list[str]]:
        """The lines of every row that is cut, none for one that is shown whole."""
        shown = [self._row(entry) for entry in self.entries]
        widest = widest_title(self.surface, shown)
        rooms = [widest if row.hint else self.surface.wide - 4 for row in shown]
        return [
            self.surface.lines(row.title, indent=4) if cells(row.title) > room else []
            for row, room in zip(shown, rooms, strict=True)
        ]

    def _line(self, entry: Entry) -> str:
        """The entry as one types it; empty for a tick whose title is no such line."""
        return entry.line if entry.option is None else as_line(self.prompt, entry.option)

    def _read(self, entry: Entry) -> Understood:
        return self.understand(entry.line) if entry.option is None else Understood("")

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
