"""What a check finds: findings as rules yield them, diagnostics as the engine stamps them, and the report of both."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd.design import Path, Place
from mlsd.design.design import Waiver
from mlsd.errors import Message
from mlsd.sizing.working import Working

if TYPE_CHECKING:
    from mlsd.lint.why import Why


class Severity(IntEnum):
    """How bad a finding is; a higher one is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word that prints and formats use: ``error``, ``warning``, ``info``."""
        return self.name.lower()


class Maturity(IntEnum):
    """How far a design claims to be; a rule speaks from its maturity on."""

    INTERVIEW = 1
    DESIGN = 2
    PILOT = 3
    PRODUCTION = 4

    @classmethod
    def of(cls, word: str | None) -> Maturity:
        """The maturity that a design's field says; an empty one is ``interview``."""
        return cls[word.upper()] if word else cls.INTERVIEW


By = Severity | Mapping[Maturity, Severity]
"""One severity, or the severity from each maturity on (a missing lower one means silence there)."""


class Sentence(Message):
    """A Message of the rules' catalogue."""

    def __init__(self, text: str, /, **values: Any) -> None:
        super().__init__(text, domain="rules", **values)


class Finding:
    """What a rule yields: a sentence with the values it read, and where.

    ``at`` is a written path relative to the node the rule looks at (empty: the node itself); ``also`` is where the
    other fact of a contradiction stands, from the root of the design. ``severity`` replaces the rule's own.
    """

    def __init__(
        self,
        text: str,
        /,
        *,
        at: str | Path = "",
        also: str | Path = "",
        severity: By | None = None,
        working: Working | None = None,
        ways_out: Sequence[Message] = (),
        **values: Any,
    ) -> None:
        self.message = Sentence(text, **values)
        self.at = at
        self.also = also
        self.severity = severity
        self.working = working
        self.ways_out = tuple(ways_out)


class Diagnostic(NamedTuple):
    """A finding with everything the engine knows of it."""

    code: str
    name: str
    severity: Severity
    message: Message
    path: str
    place: Place | None
    at: Path = ()
    absent: bool = False
    """True where the file does not spell out what the finding is about; the place is then that of what surrounds it."""
    question: Message | None = None
    also_path: str = ""
    also_place: Place | None = None
    working: Working | None = None
    ways_out: tuple[Message, ...] = ()
    stage: str = ""
    fingerprint: str = ""
    """The same as long as the rule, the path and the values are; empty unless asked for (``lint.fingerprint``)."""
    why: Why | None = None
    """What the rule read and compared; None unless asked for (``lint.why``)."""


class Waived(NamedTuple):
    """A diagnostic that a waiver of the design sets aside."""

    diagnostic: Diagnostic
    waiver: Waiver


class Report(NamedTuple):
    """Everything one check of one design came to."""

    diagnostics: Sequence[Diagnostic] = ()
    waived: Sequence[Waived] = ()
    not_applicable: Sequence[str] = ()
    expired: Sequence[Waiver] = ()
    broken: Sequence[str] = ()
    """Codes of rules that raised; each is also a diagnostic, so that a broken rule never reads as a pass."""
    unused: Sequence[Waiver] = ()
    """Waivers that hold and set nothing aside."""
    known: Sequence[Diagnostic] = ()
    """Diagnostics that a baseline sets aside."""

    def of_rules(self, codes: Collection[str]) -> Report:
        """The report without what rules of other codes say."""
        return self._replace(
            diagnostics=[diagnostic for diagnostic in self.diagnostics if diagnostic.code in codes],
            waived=[entry for entry in self.waived if entry.diagnostic.code in codes],
            not_applicable=[code for code in self.not_applicable if code in codes],
            broken=[code for code in self.broken if code in codes],
        )

    def worst(self) -> Severity | None:
        """The worst severity found, None if nothing was."""
        return max((diagnostic.severity for diagnostic in self.diagnostics), default=None)

    def count(self, severity: Severity) -> int:
        """How many diagnostics have exactly this severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)

    def of_stage(self, stage: str) -> list[Diagnostic]:
        """The diagnostics about one stage, worst first."""
        return [diagnostic for diagnostic in self.diagnostics if diagnostic.stage == stage]
