"""Whether the past reaches far enough."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.labels import after_test, days_learned_from, split_span
from mlsd.design import Design
from mlsd.design.data import Data, Source
from mlsd.design.model import Feature
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, short

CYCLES = 2
ROUNDING = 1.1
"""A share of a split is a round number, and days are not all as full as one another."""


@rule("DAT-08", Severity.ERROR, since=Maturity.DESIGN, sources=["BK"])
def history_too_short(data: Data, design: Design) -> Iterator[Finding]:
    """A source does not reach back far enough for the features, the labels and the test together.

    The first row of the training needs its whole window, its last one a known label before the test begins, and the
    rows of the test need theirs too. What is left between is what the model learns from; here nothing is left. Where a
    split in time says which share its test days are, all its days are known, and have to fit. A cycle that the model
    should know has to be seen twice.

    Ask: From the oldest row on: after how many days is the first example complete, and how many follow?
    False positives: many short series that are learned together cover a cycle without reaching back two of them.

    Bad:
    ```yaml
    data: {sources: [{id: log, history_days: 60}], labels: {source: log, delay_days: 30}}
    model: {features: [{id: visits_30d, source: log, window_days: 30}], split: {test_days: 14}}
    ```
    Good:
    ```yaml
    data: {sources: [{id: log, history_days: 400}], labels: {source: log, delay_days: 30}}
    model: {features: [{id: visits_30d, source: log, window_days: 30}], split: {test_days: 14}}
    ```
    """
    late = max(design.model.target.horizon_days or 0, data.labels.delay_days or 0)
    test, after = design.model.split.test_days or 0, after_test(design)
    short_ones = []
    for position, source in enumerate(data.sources):
        if source.history_days is None or not source.id:
            continue
        made = [entry for entry in design.model.features if source.id in entry.source]
        window = max((entry.window_days or 0 for entry in made), default=0)
        needed = window + late + test + after
        if window > source.history_days:
            continue  # no window fits at all, which FEA-05 says
        if needed and (made or source.id == data.labels.source) and source.history_days <= needed:
            short_ones.append(source)
            yield Finding(
                "{source} reaches back {history} days; a window of {window}, a label after {late} and a test of {test} "
                "need {needed}."
                if not after
                else "{source} reaches back {history} days; a window of {window}, a label after {late}, a test of "
                "{test} and {after} more for its labels need {needed}.",
                at=("sources", position, "history_days"),
                also="data.labels.delay_days" if data.labels.delay_days else "",
                ways_out=[Sentence("closes at history > {days} days", days=at_least(needed))],
                source=source.id,
                history=source.history_days,
                window=window,
                late=late,
                test=test,
                after=short(after),
                needed=short(needed),
            )
        elif made or source.id == data.labels.source:
            found = list(_split_too_long(position, source, made, design))
            short_ones += [source] if found else []
            yield from found
    if _of_labels(data) not in short_ones:
        yield from _cycles(data)


def _split_too_long(position: int, source: Source, made: list[Feature], design: Design) -> Iterator[Finding]:
    """Rows of the labels older than their source, or windows that are empty in the oldest rows of the training.

    What a caller sends with its window inside, such as a report of two years, needs no history of ours.
    """
    rows, span, history = days_learned_from(design), split_span(design), source.history_days or 0
    labels = source.id == design.data.labels.source
    window = max((entry.window_days or 0 for entry in made if entry.available != "request"), default=0)
    if rows is None or span is None or (not labels and not window) or history * ROUNDING >= rows + window:
        return
    split = design.model.split
    yield Finding(
        "{source} reaches back {history} days; a test of {test} that is {share} % of the data makes {span} in all, and "
        "with {wait} between training and test and after it {needed} are needed."
        if not window
        else "{source} reaches back {history} days; a test of {test} that is {share} % of the data makes {span} in "
        "all, and with {wait} between training and test and after it, and a window of {window}, {needed} are needed.",
        at=("sources", position, "history_days"),
        also="model.split.test_days",
        severity=Severity.ERROR if labels and history * ROUNDING < rows else Severity.WARNING,
        ways_out=[Sentence("closes at history ≥ {days} days, or with a shorter test", days=at_least(rows + window))],
        source=source.id,
        history=history,
        test=split.test_days,
        share=short(100 * (split.test or 0)),
        span=short(span),
        window=window,
        wait=short(rows - span),
        needed=short(rows + window),
    )


def _cycles(data: Data) -> Iterator[Finding]:
    source = _of_labels(data)
    if source is None or source.history_days is None or not data.seasonality_days:
        return
    longest = max(data.seasonality_days)
    if source.history_days < CYCLES * longest:
        yield Finding(
            "The model should see a cycle of {cycle} days, but {source} reaches back {history} days, less than two.",
            at=("sources", data.sources.index(source), "history_days"),
            also="data.seasonality_days",
            severity=Severity.WARNING,
            ways_out=[Sentence("closes at history ≥ {days} days", days=at_least(CYCLES * longest))],
            cycle=longest,
            source=source.id,
            history=source.history_days,
        )


def _of_labels(data: Data) -> Source | None:
    return next((source for source in data.sources if source.id and source.id == data.labels.source), None)
