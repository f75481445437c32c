"""How large it is."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.problem import Scale
from mlsd.lint import Finding, Maturity, Severity, rule


@rule("PRB-07", Severity.WARNING, since=Maturity.INTERVIEW, sources=["NA", "AD", "IH", "RMLc", "COR"])
def scale_missing(scale: Scale, design: Design) -> Iterator[Finding]:
    """No number says how large the system is.

    Ten requests a second and ten thousand are two different designs; a thousand items can be scored one by one, a
    hundred million need retrieval first. Only 18 % of public design documents give any throughput.

    Ask: How many users, requests and things to choose among, on an average day and at the peak?
    False positives: a batch job over a known table; its number of rows in `data.entities` is scale enough.

    Bad:
    ```yaml
    problem: {scale: {growth_per_year: 30%}}
    ```
    Good:
    ```yaml
    problem: {scale: {daily_users: 2M, growth_per_year: 30%}}
    ```
    """
    given = (scale.daily_users, scale.volume_day, scale.rps_peak, scale.items)
    in_batches = design.pipeline.serving.mode in (None, "batch")
    known_table = in_batches and any(entity.rows for entity in design.data.entities)
    if all(number is None for number in given) and not known_table:
        yield Finding("Nothing says how large it is: no users, no requests, no volume, no number of items.")
