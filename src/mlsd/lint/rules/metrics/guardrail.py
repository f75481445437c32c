"""The number that must not get worse."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design.metrics import Metrics
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule


@rule("MET-10", Severity.WARNING, since=Maturity.INTERVIEW, sources=["EY", "BK", "PL", "RG", "COR"])
def no_guardrail(metrics: Metrics, knowledge: Knowledge) -> Iterator[Finding]:
    """No metric is a guardrail, or none of those that this kind of problem cannot do without.

    A launch that lifts its success metric can still hurt latency, revenue or trust. A guardrail is the number that
    would make you roll back. 4 % of public design documents have one.

    Ask: Which number, if it moved, would make you stop the launch although the success metric rose?
    False positives: an offline-only tool; waive it with that reason.

    Bad:
    ```yaml
    metrics: {online: [{id: ctr, role: success}]}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: ctr, role: success}, {id: hide_rate, role: guardrail}]}
    ```
    """
    if not metrics.online:
        return
    guardrails = [metric for metric in (*metrics.online, *metrics.business) if metric.role == "guardrail"]
    if not guardrails:
        yield Finding("No online metric is a guardrail.", at="online")
    elif knowledge.template and not any(map(knowledge.guards, guardrails)):
        yield Finding(
            "No guardrail is one of those that this kind of problem needs: {needed}.",
            at="online",
            needed=knowledge.said(knowledge.template.guardrails.text),
        )
