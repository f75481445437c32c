"""Whether the past reaches far enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd.derived.history import reached_back, used_up
from mlsd.derived.labels import after_test, days_learned_from, split_span
from mlsd.design import Design
from mlsd.design.data import Data, Source
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
    reaching = list(_reaching(data, design))
    short_ones = [entry for entry in reaching if entry.needed > 0 and entry.history <= entry.needed]
    cut_off = [entry for entry in reaching if entry not in short_ones and _misses_split(entry, design)]
    if short_ones:
        yield _nothing_left(short_ones, design)
    if cut_off:
        yield _split_too_long(cut_off, design)
    if _of_labels(data) not in [entry.source for entry in (*short_ones, *cut_off)]:
        yield from _cycles(data)


class Reach(NamedTuple):
    """A source that is learned from, with the longest window over it, and how far back it reaches and should."""

    position: int
    source: Source
    history: float
    needed: float
    window: float
    ours: float
    """The longest window that we compute: a report of two years that a caller sends needs no history of ours."""


def _reaching(data: Data, design: Design) -> Iterator[Reach]:
    """The sources of features and labels whose history is known; where no window fits at all, FEA-05 says so."""
    beside = _late(design) + (design.model.split.test_days or 0) + after_test(design)
    for position, source in enumerate(data.sources):
        made = [entry for entry in design.model.features if source.id in entry.source]
        window = max((entry.window_days or 0 for entry in made), default=0)
        ours = max((entry.window_days or 0 for entry in made if entry.available != "request"), default=0)
        history, used = source.history_days, made or source.id == data.labels.source
        if source.id and used and history is not None and history >= window:
            yield Reach(position, source, history, window + beside, window, ours)


def _late(design: Design) -> float:
    return max(design.model.target.horizon_days or 0, design.data.labels.delay_days or 0)


def _nothing_left(found: list[Reach], design: Design) -> Finding:
    """Sources in which window, label and test leave nothing to learn from; label and test are the same for all."""
    one, after = found[0], after_test(design)
    text = (
        "{source} reaches back {history} days; a window of {window}, a label after {late} and a test of {test} "
        "need {needed}."
    )
    way_out = Sentence("closes at history > {days} days", days=at_least(one.needed))
    if len(found) > 1:
        text = "A window, a label after {late} days and a test of {test} take all that these reach back: {sources}."
        way_out = Sentence("closes with longer histories, or with a truth that is known sooner")
    elif after:
        text = (
            "{source} reaches back {history} days; a window of {window}, a label after {late}, a test of {test} and "
            "{after} more for its labels need {needed}."
        )
    return Finding(
        text,
        at=("sources", one.position, "history_days"),
        also="data.labels.delay_days" if design.data.labels.delay_days else "",
        working=used_up(design, one.window),
        ways_out=[way_out],
        source=one.source.id,
        sources=[_short(entry, entry.needed) for entry in found],
        history=one.history,
        window=one.window,
        late=_late(design),
        test=design.model.split.test_days or 0,
        after=short(after),
        needed=short(one.needed),
    )


def _short(entry: Reach, needed: float) -> Sentence:
    """How a source is named beside others."""
    name = entry.source.id or ""
    return Sentence("{source} ({history} of {needed} days)", source=name, history=entry.history, needed=short(needed))


def _misses_split(entry: Reach, design: Design) -> bool:
    """Rows of the labels older than their source, or windows that are empty in the oldest rows of the training."""
    rows, of_labels = days_learned_from(design), entry.source.id == design.data.labels.source
    return rows is not None and bool(of_labels or entry.ours) and entry.history * ROUNDING < rows + entry.ours


def _split_too_long(found: list[Reach], design: Design) -> Finding:
    one, split = found[0], design.model.split
    rows, span = days_learned_from(design) or 0.0, split_span(design) or 0.0
    of_labels = [entry for entry in found if entry.source.id == design.data.labels.source]
    text = (
        "{source} reaches back {history} days; a test of {test} that is {share} % of the data makes {span} in all, and "
        "with {wait} between training and test and after it {needed} are needed."
    )
    way_out = Sentence(
        "closes at history ≥ {days} days (a tenth may be missing), or with a shorter test",
        days=at_least((rows + one.ours) / ROUNDING),
    )
    if len(found) > 1:
        text = (
            "A test of {test} days that is {share} % of the data makes {span} in all; with {wait} between training and "
            "test and after it, and with their windows, these do not reach back so far: {sources}."
        )
        way_out = Sentence("closes with longer histories, or with a shorter test")
    elif one.ours:
        text = (
            "{source} reaches back {history} days; a test of {test} that is {share} % of the data makes {span} in "
            "all, and with {wait} between training and test and after it, and a window of {window}, {needed} are "
            "needed."
        )
    return Finding(
        text,
        at=("sources", one.position, "history_days"),
        also="model.split.test_days",
        severity=Severity.ERROR if any(e.history * ROUNDING < rows for e in of_labels) else Severity.WARNING,
        working=reached_back(design, one.ours),
        ways_out=[way_out],
        source=one.source.id,
        sources=[_short(entry, rows + entry.ours) for entry in found],
        history=one.history,
        test=split.test_days,
        share=short(100 * (split.test or 0)),
        span=short(span),
        window=one.ours,
        wait=short(rows - span),
        needed=short(rows + one.ours),
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
