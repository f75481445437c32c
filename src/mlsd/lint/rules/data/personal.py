"""Data about persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.derived.labels import days_learned_from
from mlsd.design import Design, Path
from mlsd.design.data import Data, Source
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, short

ROUNDING = 1.1
"""A split is a round number of days."""


@rule("DAT-09", Severity.ERROR, since=Maturity.DESIGN, sources=["RML", "EY", "DE-A.1", "TS-D5", "COR"])
def pii_without_policy(data: Data, design: Design) -> Iterator[Finding]:
    """Personal data is used, and nothing says on which ground, for how long, or how it is erased.

    Three questions are asked by law and by the first person who writes in. Erasing is the one that shapes the
    design: a person is in logs, features, backups and models. Of 48 public documents that mention privacy, 19 say
    none of it. And what is said is a promise: data that is kept for a year cannot train on the year before it, and
    rows of which nobody knows the person cannot be erased on request.

    Ask: Somebody asks to be forgotten tomorrow: which tables, and when is the last row gone?
    False positives: the data is anonymised before it arrives; say so in `deploy.privacy.anonymised`. Rows that are made
    anonymous when their time is over may be older; call the source that holds them not personal.

    Bad:
    ```yaml
    data: {sources: [{id: click_log, personal: true}]}
    ```
    Good:
    ```yaml
    data: {sources: [{id: click_log, personal: true}]}
    deploy: {privacy: {legal_basis: consent, retention_days: 400, deletion: erased within 30 days}}
    ```
    """
    privacy, where = design.deploy.privacy, _personal(data)
    if where is None:
        return
    if privacy.anonymised:
        yield from _erased_though_anonymous(where, privacy.deletion or "")
        return
    yield from _kept_too_short(data, design)
    missing = [] if privacy.legal_basis else [Sentence("the legal basis")]
    missing += [] if privacy.retention_days is not None else [Sentence("how long it is kept")]
    missing += [] if privacy.deletion else [Sentence("how it is erased")]
    if missing:
        at, what = where
        yield Finding(
            "{what} is personal data, and this is not said: {missing}.",
            at=at,
            severity=Severity.ERROR if len(missing) == 3 else Severity.WARNING,
            ways_out=[Sentence("closes in deploy.privacy")],
            what=what,
            missing=missing,
        )


def _erased_though_anonymous(where: tuple[Path, str], deletion: str) -> Iterator[Finding]:
    """Erasing within so many days finds the rows of a person, which nobody can among anonymous ones."""
    if re.search(r"\d", deletion):
        yield Finding(
            "The data is said to be anonymised for good, but {what} is personal, and one person's data is erased on "
            "request.",
            at=where[0],
            also="deploy.privacy.anonymised",
            severity=Severity.WARNING,
            ways_out=[Sentence("closes with anonymised false: a row that can be found and erased is not anonymous")],
            what=where[1],
        )


def _kept_too_short(data: Data, design: Design) -> Iterator[Finding]:
    """A training that learns from personal data longer than it is kept.

    A source may hold more than is learned from; what its own house keeps is not what this service keeps.
    """
    kept, rows = design.deploy.privacy.retention_days, days_learned_from(design)
    used = [(at, source, _used(source, rows, design)) for at, source in enumerate(data.sources) if source.personal]
    older = [(days, at, source) for at, source, days in used if kept is not None and days > kept * ROUNDING]
    if kept is None or not older:
        return
    of_labels = [entry for entry in older if entry[2].id == data.labels.source]
    days, at, source = (of_labels or older)[0]
    yield Finding(
        "A training learns from {days} days of {source}, but personal data is kept for {kept}.",
        at=("sources", at, "history_days"),
        also="deploy.privacy.retention_days",
        severity=Severity.WARNING if of_labels and rows is not None else Severity.INFO,
        ways_out=[
            Sentence(
                "closes at retention_days ≥ {days}, or with a shorter split",
                days=at_least(max(days for days, _, _ in older)),
            )
        ],
        days=short(days),
        source=source.id,
        kept=kept,
    )


def _used(source: Source, rows: float | None, design: Design) -> float:
    """Days of the source that a training reaches back: those of the split and of the longest window in its first row.

    Where the split does not say how many days it has, the labels may be as old as their source.
    """
    history, labels = source.history_days, source.id == design.data.labels.source
    windows = [entry.window_days or 0 for entry in design.model.features if source.id in entry.source]
    if history is None or not (labels or any(windows)):
        return 0.0
    reach = (history if labels else 0.0) if rows is None else rows
    return min(history, reach + max(windows, default=0.0))


def _personal(data: Data) -> tuple[Path, str] | None:
    """The first source or attribute that is personal."""
    for position, source in enumerate(data.sources):
        if source.personal:
            return ("sources", position, "personal"), source.id or str(position)
    for number, entity in enumerate(data.entities):
        for position, attribute in enumerate(entity.attributes):
            if attribute.personal:
                return ("entities", number, "attributes", position, "personal"), f"{entity.id}.{attribute.name}"
    return None
