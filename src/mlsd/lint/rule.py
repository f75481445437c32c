"""A rule: one function, whose name is the rule's name, whose argument's type says what it looks at."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from mlsd.design import Node
from mlsd.errors import Message
from mlsd.lint.diagnostic import By, Finding, Maturity, Sentence, Severity

Check = Callable[..., Iterator[Finding]]

_EXAMPLE = r"(?ms)^(Bad|Good):\n```yaml\n(.*?)\n```$"  # compiled when the first page is read

FOREIGN = re.compile(r"X[A-Z]*-?9[0-9]{2}")
"""The codes of other packages' rules, such as XAC-901; none of ours is among them."""

_LABEL = r"\n(Ask: |False positives: )"


class Page(NamedTuple):
    """A rule's docstring, taken apart."""

    summary: str
    why: tuple[str, ...]
    ask: str
    false_positives: str
    bad: tuple[str, ...]
    good: tuple[str, ...]


@dataclass(frozen=True, eq=False, repr=False)  # what is left out costs each start half a millisecond
class Rule:
    """A rule as a value; ``check(node, …)`` yields its findings."""

    code: str
    by: Mapping[Maturity, Severity]
    sources: tuple[str, ...]
    requires: tuple[str, ...]
    check: Check
    node: type[Node]
    wants: tuple[str, ...]
    """Which of ``design`` and ``knowledge`` the function takes after its node."""
    package: str = ""
    """The installed package that brings it; empty for our own."""

    @property
    def name(self) -> str:
        """``no-guardrail``: the fault, so that it reads well after “waive”."""
        return self.check.__name__.replace("_", "-")

    @property
    def stage(self) -> str:
        """The stage it is about: the package it stands in (``coherence``, ``document``, ``ethics``: of several)."""
        return self.check.__module__.rpartition(".")[0].rpartition(".")[2]

    @property
    def since(self) -> Maturity:
        """The first maturity at which it speaks."""
        return min(self.by)

    @property
    def severity(self) -> Severity:
        """The severity it has at the end."""
        return self.by[max(self.by)]

    @cached_property
    def page(self) -> Page:
        """Its docstring: what, why, the question to ask oneself, when it is wrong, Bad and Good."""
        text = inspect.cleandoc(self.check.__doc__ or "")
        examples = re.findall(_EXAMPLE, text)
        prose = re.sub(_LABEL, r"\n\n\1", re.sub(_EXAMPLE, "", text))
        paragraphs = [" ".join(part.split()) for part in prose.split("\n\n")]
        told = {"Ask": "", "False positives": ""}
        why = []
        for paragraph in filter(None, paragraphs[1:]):
            label, colon, rest = paragraph.partition(": ")
            if colon and label in told:
                told[label] = rest
            else:
                why.append(paragraph)
        return Page(
            paragraphs[0],
            tuple(why),
            told["Ask"],
            told["False positives"],
            tuple(body for label, body in examples if label == "Bad"),
            tuple(body for label, body in examples if label == "Good"),
        )

    @property
    def question(self) -> Message | None:
        """The question to ask oneself, translatable."""
        return Sentence(self.page.ask) if self.page.ask else None


def severity_at(by: Mapping[Maturity, Severity], maturity: Maturity) -> Severity | None:
    """The severity at a maturity: that of the highest step not above it; None where the rule does not speak yet."""
    reached = [step for step in by if step <= maturity]
    return by[max(reached)] if reached else None


def steps(by: By, since: Maturity) -> Mapping[Maturity, Severity]:
    """One severity written as the step it begins at."""
    return {since: by} if isinstance(by, Severity) else dict(by)


def rule(
    code: str,
    severity: By,
    *,
    since: Maturity = Maturity.INTERVIEW,
    sources: list[str],
    requires: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a function.

    ``severity`` may map maturities to severities; ``since`` then says nothing. ``requires`` names rules that must have
    found nothing, so that one cause gives one finding.
    """

    def make(check: Check) -> Rule:
        first, *wants = check.__code__.co_varnames[: check.__code__.co_argcount]
        named = check.__annotations__[first]
        node = check.__globals__[named] if isinstance(named, str) else named
        return Rule(code, steps(severity, since), tuple(sources), requires, check, node, tuple(wants))

    return make


def collect(module: Any) -> list[Rule]:
    """Every rule a module defines, in its order."""
    return [value for value in vars(module).values() if isinstance(value, Rule)]
