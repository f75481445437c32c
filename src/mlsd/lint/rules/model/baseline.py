"""The simplest thing that works."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design.model import Model
from mlsd.lint import Finding, Maturity, Severity, rule


@rule("MOD-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED", "CH", "G4", "BK", "TS-M5", "COR"])
def no_baseline(model: Model) -> Iterator[Finding]:
    """There is no baseline.

    The simplest thing that works, such as showing the best-rated items, tests the whole pipeline before any model
    exists, answers when the model is down, and is what every later number is compared with. 31 % of public design
    documents have none.

    Ask: What would you ship on Friday if there were no model?
    False positives: none known; where a rule runs today, that rule is the baseline.

    Bad:
    ```yaml
    model: {task: ranking, candidates: [{id: two_tower, family: deep}]}
    ```
    Good:
    ```yaml
    model: {task: ranking, candidates: [{id: two_tower, family: deep}], baseline: {kind: popularity}}
    ```
    """
    if not model.baseline.kind and not model.baseline.description:
        yield Finding("There is no baseline to begin with and to compare with.", at="baseline")
