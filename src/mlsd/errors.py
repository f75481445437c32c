"""What can go wrong, and the sentences that say so.

Lowest room of the house: it imports the standard library only, and every other room may import it.

    Exception
    └── MlsdError            the one exception a user ever sees
        ├── ValueRefused     a value that cannot be read (a number, a date, an id)
        ├── Unreadable       a file with one or more faults (FMT-01 … FMT-04)
        ├── UsageError       the command was called in a way that cannot work
        ├── NothingFound     no design file is among what the paths mean
        └── CannotWrite      a folder, a disk or a permission is in the way
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mlsd.design.place import Path, Place


class ExitCode(IntEnum):
    """What the process says when it ends; one table in the documentation is made from this."""

    OK = 0
    """Done; no finding reaches `--fail-on`."""
    FINDINGS = 1
    """There are findings at or above `--fail-on` (when it is not given: errors)."""
    USAGE = 2
    """The command cannot work as it was called: an unknown flag, a path that is not there, no terminal to ask on."""
    NO_INPUT = 3
    """`mlsd check` only: no design file is in the folders and patterns given."""
    UNSAFE = 4
    """Reserved: a template that is not trusted was refused."""
    UNREADABLE = 65
    """A file cannot be read as a design: FMT-01 to FMT-04 say where and why."""
    INTERNAL = 70
    """A fault of mlsd itself, or a rule that broke; never a verdict about the design."""
    CANNOT_WRITE = 73
    """A file could not be written; what stood there before still stands."""
    INTERRUPTED = 130
    """Interrupted with Ctrl-C or `:quit`; an interview is saved up to the last answer."""


class Message:
    """A sentence with named values, in English until the edge of the program translates it.

    ``Message("{key} is not a key here.", key="metrcs")``. The text is the msgid; Babel extracts it wherever
    ``Message(`` or ``Finding(`` is called. A value may itself be a Message. ``domain`` names the catalogue.
    """

    text: str
    values: Mapping[str, Any]
    domain: str

    def __init__(self, text: str, /, *, domain: str = "mlsd", **values: Any) -> None:
        self.text = text
        self.values = values
        self.domain = domain

    def __str__(self) -> str:
        return self.text.format(**self.values) if self.values else self.text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r}, {dict(self.values)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return (self.text, self.domain, self.values) == (other.text, other.domain, other.values)

    def __hash__(self) -> int:
        return hash((self.text, self.domain))


class Counted(Message):
    """A sentence whose form depends on a number: ``Counted("{count} finding", "{count} findings", count=3)``."""

    many: str

    def __init__(self, one: str, many: str, /, *, domain: str = "mlsd", count: int, **values: Any) -> None:
        super().__init__(one, domain=domain, count=count, **values)
        self.many = many

    def __str__(self) -> str:
        return (self.text if self.values["count"] == 1 else self.many).format(**self.values)

    __hash__ = Message.__hash__


class Word(Message):
    """A word of a closed list: as the file has it, unless a language says it in its own way."""

    said: Mapping[str, str]

    def __init__(self, text: str, said: Mapping[str, str]) -> None:
        super().__init__(text)
        self.said = said

    __hash__ = Message.__hash__


class MlsdError(Exception):
    """A fact about the user's thing (message), the next step (hint), where it stands (place)."""

    exit_code = ExitCode.USAGE

    def __init__(self, message: Message, hint: Message | None = None, place: Place | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint
        self.place = place


class ValueRefused(MlsdError, ValueError):
    """A value that cannot be read as what its field holds."""


class UsageError(MlsdError):
    """A call that cannot work: no terminal, a path that is not there, flags that exclude one another."""


class NothingFound(MlsdError):
    """No design file is in the folders and patterns given."""

    exit_code = ExitCode.NO_INPUT


class CannotWrite(MlsdError):
    """The file could not be written; what stood there before still stands."""

    exit_code = ExitCode.CANNOT_WRITE


class Fault(NamedTuple):
    """One reason why a file cannot be read: FMT-01 syntax, FMT-02 unknown key, FMT-03 wrong type, FMT-04 newer file."""

    code: str
    message: Message
    place: Place
    hint: Message | None = None
    path: Path = ()
    rename: str = ""
    """The key that was meant, where no other can have been: ``mlsd check --fix`` writes it."""


class Unreadable(MlsdError):
    """A design file with faults: all that could be found in one reading, in the order of the file."""

    exit_code = ExitCode.UNREADABLE

    def __init__(self, file: str, faults: Sequence[Fault], source: str = "") -> None:
        first = faults[0]
        super().__init__(first.message, first.hint, first.place)
        self.file = file
        self.faults = faults
        self.source = source
