"""What was left out, and what uses it all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.design import Design, Path
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

LATER = re.compile(r"\b(next|later|future|v2|second version|потом|позже|следующ\w*|втор\w+ верси\w*)\b", re.IGNORECASE)
DENIED = re.compile(r"\b(no|not|never|without|except|не|без|кроме)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
EXPERIMENT = (
    "A/B test", "A/B tests", "A/B testing", "AB test", "AB tests", "AB testing", "A/B-тест", "A/B-тесты", "A/B-тестов",
    "A/B-тестирование", "А/Б-тест", "А/Б-тесты", "А/Б-тестов", "А/Б-тестирование",
)  # fmt: skip
"""How one calls the experiment, in Latin letters and in Cyrillic ones."""
LONG = 200
"""An item of the scope is a phrase; only its beginning is compared."""


@rule("XST-02", Severity.WARNING, since=Maturity.DESIGN, sources=["CR-X09"])
def out_of_scope_used(design: Design) -> Iterator[Finding]:
    """Something that was put out of scope is used further on.

    What is out of scope on the first page and required on the sixth gets built in the last week. It was seen four
    times in real documents: an A/B result is the condition of success, and running A/B tests is out of scope.

    Ask: Does this come back in, or does whatever uses it go?
    False positives: the words mean two things; rename one of them. What comes in the next version may be named, with
    the word “next”. Only ids and names are compared, of what is measured, built, read or required, the A/B test, and
    the words of what follows a win.

    Bad:
    ```yaml
    problem: {out_of_scope: [seller rating]}
    model: {features: [{id: seller_rating}]}
    ```
    Good:
    ```yaml
    problem: {out_of_scope: [seller rating]}
    model: {features: [{id: price_ratio}]}
    ```
    """
    used = [(name, _words(name), at) for name, at in _used(design)] if design.problem.out_of_scope else []
    for position, item in enumerate(design.problem.out_of_scope):
        if LATER.search(item[:LONG]):
            continue
        words = _words(item[:LONG])
        for name, called, at in used:
            if _names(words, called):
                yield Finding(
                    "“{item}” is out of scope, but {name} is used.",
                    at=at,
                    also=("problem", "out_of_scope", position),
                    ways_out=[Sentence("closes if one of the two goes")],
                    item=item,
                    name=name,
                )
                break
        else:
            yield from _won_by(words, item, position, design)


def _won_by(words: list[str], item: str, position: int, design: Design) -> Iterator[Finding]:
    """An item of several words that the rule for a win says again, and does not deny or put off."""
    win = design.ab_test.decision_rule.win or ""
    if len(words) > 1 and _names(_words(win), words) and not LATER.search(win) and not DENIED.search(win):
        yield Finding(
            "“{item}” is out of scope, but what is done after a win names it.",
            at="ab_test.decision_rule.win",
            also=("problem", "out_of_scope", position),
            ways_out=[Sentence("closes if one of the two goes")],
            item=item,
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _names(item: list[str], name: list[str]) -> bool:
    """Whether the item is the name, or contains a name of several words."""
    if len(name) < 2 or not item:
        return bool(name) and item == name
    return any(item[start : start + len(name)] == name for start in range(len(item)))


def _used(design: Design) -> Iterator[tuple[str, Path]]:
    """Ids and names of what the design measures, builds, learns from and must reach."""
    metrics = design.metrics
    lists: tuple[tuple[Path, list[object]], ...] = (
        (("metrics", "business"), list(metrics.business)),
        (("metrics", "online"), list(metrics.online)),
        (("metrics", "offline"), list(metrics.offline)),
        (("data", "sources"), list(design.data.sources)),
        (("pipeline", "components"), list(design.pipeline.components)),
        (("model", "features"), list(design.model.features)),
        (("model", "candidates"), list(design.model.candidates)),
    )
    for path, entries in lists:
        for position, entry in enumerate(entries):
            for text in (getattr(entry, "id", None), getattr(entry, "name", None)):
                if text:
                    yield text, (*path, position)
    yield from _required(design)


def _required(design: Design) -> Iterator[tuple[str, Path]]:
    """What a step of the rollout must show, and the experiment, under each name that it goes by."""
    steps = list(enumerate(design.deploy.rollout))
    for at, step in steps:
        for number, bound in enumerate(step.passes_if):
            if bound.target:
                yield bound.target, ("deploy", "rollout", at, "passes_if", number, "target")
    tested: list[Path] = [("deploy", "rollout", at, "kind") for at, step in steps if step.kind == "ab"]
    if not design.ab_test.is_empty:
        tested.insert(0, ("ab_test",))
    for place in tested[:1]:
        yield from ((name, place) for name in EXPERIMENT)
