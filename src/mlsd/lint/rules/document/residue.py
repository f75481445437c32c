"""Text of the template that nobody has made their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache

from mlsd.content.template import template
from mlsd.design import Design, Path
from mlsd.design.path import find
from mlsd.errors import ValueRefused
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

PROSE = 25
"""A shorter text is a name or a choice, not an answer."""
SHARE, FEWEST = 0.3, 3


@rule("DOC-02", Severity.ERROR, since=Maturity.DESIGN, sources=["RML"])
def template_residue(design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A third of the written answers are the template's own words, and nobody has confirmed them.

    A suggestion is a place to begin: it speaks of another shop, with other numbers. What is kept unread is worse
    than an empty field, because it looks like an answer. Three of 83 public documents are 86 to 100 % template.

    Ask: Which of these sentences could only have been written about your service?
    False positives: the words are right as they stand; confirm them, so that they leave `assumed`.

    Bad:
    ```yaml
    template: recsys
    problem:
      current_solution: Editors pick 200 products a week by hand, and everybody sees the same ten.
      out_of_scope: [prices and discounts]
      why_ml: One million items and eight million people. The editors reach 0.02 % of the catalogue, and half of the
        clicks go to five products.
    deploy: {rollback: {how: one flag brings back the previous model and its index}}
    assumed: [problem, deploy.rollback]
    ```
    Good:
    ```yaml
    template: recsys
    problem:
      current_solution: Editors pick 200 products a week by hand, and everybody sees the same ten.
      out_of_scope: [prices and discounts]
      why_ml: One million items and eight million people. The editors reach 0.02 % of the catalogue, and half of the
        clicks go to five products.
    deploy: {rollback: {how: one flag brings back the previous model and its index}}
    assumed: [deploy.rollback]
    ```
    """
    if not design.assumed or knowledge.template is None:
        return
    answers = [(path, text) for path, text in _prose(design.texts) if path[0] not in ("assumed", "waivers")]
    taken = _taken(design)
    open_ = [(path, text) for path, text in answers if any(path[:length] in taken for length in range(len(path) + 1))]
    if len(open_) < max(FEWEST, SHARE * len(answers)):
        return
    known = _texts(knowledge.template.name, design.language)
    left = [path for path, text in open_ if _plain(text) in known]
    if len(left) >= FEWEST and len(left) >= SHARE * len(answers):
        yield Finding(
            "{count} of {all} written answers are the template's own, and nobody has confirmed them.",
            at=left[0],
            ways_out=[Sentence("closes if they are rewritten, or confirmed one by one")],
            count=len(left),
            all=len(answers),
        )


def _taken(design: Design) -> set[Path]:
    """The paths that are recorded as taken from the template; one that leads nowhere any more counts for nothing."""
    found = set()
    for written in design.assumed:
        with suppress(ValueRefused):
            found.add(find(design, written))
    return found


def _prose(answers: Iterable[tuple[Path, object]]) -> Iterator[tuple[Path, str]]:
    for path, value in answers:
        if isinstance(value, str) and len(value) >= PROSE and " " in value:
            yield path, value


@cache
def _texts(name: str, code: str | None) -> frozenset[str]:
    """Every sentence of the template, in English and in the design's language."""
    known = template(name)
    english = {text for part in (known.design, known.also) for _, text in _prose(part.answers)}
    found = {_plain(text) for text in english}
    if code not in (None, "en"):
        from mlsd.content.language import language

        spoken = language(code or "en")
        found |= {_plain(spoken.text(known.domain, text)) for text in english}
    return frozenset(found)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
