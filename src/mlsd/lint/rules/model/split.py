"""How train and test are kept apart."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.model import Split
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

SHUFFLED = frozenset({"random", "stratified", "kfold"})


@rule("MOD-05", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NA", "KH", "CR25", "CR-X10", "AD", "COR"])
def random_split_on_time(split: Split, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A shuffled split of data that is ordered in time.

    Production always predicts the future from the past. A random split lets the model see next week's popularity,
    prices and users while it is tested on this week's, so the offline number is too good and the A/B test
    disappoints. 28 % of public design documents split by time.

    Ask: Could any row of the training part have been recorded after a row of the test part?
    False positives: images or texts whose meaning does not drift; set `traits.time_ordered: none`.

    Bad:
    ```yaml
    template: recsys
    model: {split: {strategy: random}}
    ```
    Good:
    ```yaml
    template: recsys
    model: {split: {strategy: temporal}}
    ```
    """
    if split.strategy not in SHUFFLED:
        return
    way_out = [Sentence("closes with strategy temporal, or rolling for forecasts")]
    if knowledge.strong("time_ordered"):
        text = "The split is {strategy}, but this kind of problem is ordered in time."
        yield Finding(text, at="strategy", ways_out=way_out, strategy=split.strategy)
    elif split.time_column:
        yield Finding(
            "The split is {strategy}, but {column} orders the data in time.",
            at="strategy",
            also="model.split.time_column",
            ways_out=way_out,
            strategy=split.strategy,
            column=split.time_column,
        )
    elif design.data.labels.delay_days and knowledge.traits.get("time_ordered") != "none":
        yield Finding(
            "The split is {strategy}, but labels arrive {days} days late: the data has a before and an after.",
            at="strategy",
            also="data.labels.delay_days",
            severity=Severity.WARNING,
            ways_out=way_out,
            strategy=split.strategy,
            days=design.data.labels.delay_days,
        )
