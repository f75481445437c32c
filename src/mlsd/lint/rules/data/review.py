"""Whether people can look at everything that is sent to them."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, inf

from mlsd.derived.queue import handed, queue, top_share
from mlsd.design import Design
from mlsd.design.problem import Oversight
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most, computed, result_of


@rule("DAT-18", Severity.ERROR, since=Maturity.DESIGN, sources=["NA", "EY", "ALG"])
def review_queue_capacity(oversight: Oversight, design: Design) -> Iterator[Finding]:
    """More cases are sent to people than these people can settle.

    A queue that grows by a hundred a day has three thousand in it after a month, and the oldest is a month old.
    Reviewers then stop reading, and the safety that the design promised is gone. Where people act on the score and a
    top share is given to them, that share is what arrives, unless a rate is said. Where neither is, it follows from the
    targets of the model: with a share of positives π, recall R and precision P it flags π·R ÷ P of the cases.

    Ask: How many cases arrive on an average day, and how many leave?
    False positives: only a sample of the flagged cases is read; then its share is the rate. Where a machine acts too,
    what its targets imply is held against nobody: nothing says which of the cases go to people.

    Bad:
    ```yaml
    problem:
      scale: {volume_day: 100k}
      decision: {oversight: {flag_rate: 2%, reviewers: 5, cases_per_reviewer_day: 200}}
    ```
    Good:
    ```yaml
    problem:
      scale: {volume_day: 100k}
      decision: {oversight: {flag_rate: 2%, reviewers: 10, cases_per_reviewer_day: 200}}
    ```
    """
    found = list(queue(design))
    flagged, taken = (computed(found, name) for name in ("labels.queue", "labels.reviewed"))
    arrive, leave, share = result_of(flagged), result_of(taken), handed(design)
    if arrive is None or leave is None or arrive <= leave or share is None:
        return
    said, taken_from_top = oversight.flag_rate is not None, top_share(design) is not None
    most = at_most(100 * share.value * leave / arrive)
    people = ceil(arrive / (oversight.cases_per_reviewer_day or inf))
    yield Finding(
        "{arrive} cases a day go to people, who settle {leave}."
        if said or taken_from_top
        else "At its targets the model flags {arrive} cases a day for people, who settle {leave}.",
        at="reviewers",
        also=share.path or "",
        severity=Severity.WARNING if taken_from_top and not said else None,
        working=flagged,
        ways_out=[
            Sentence("closes at flag_rate ≤ {rate} %", rate=most)
            if said
            else Sentence("closes if at most {rate} % of the cases are taken", rate=most),
            *([Sentence("closes at reviewers ≥ {people}", people=people)] if people else []),
        ],
        arrive=arrive,
        leave=leave,
    )
