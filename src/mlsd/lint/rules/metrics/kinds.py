"""The three lists of metrics: business, online, offline."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design.metrics import Metrics
from mlsd.lint import Finding, Maturity, Severity, rule


@rule("MET-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED", "COR"])
def no_online_metric(metrics: Metrics) -> Iterator[Finding]:
    """No business metric or no online metric.

    Offline quality is a promise; only a number measured on live users shows whether it was kept, and only a
    business number whether it mattered. 71 % of public design documents name neither.

    Ask: Which number in production would change on the day this works?
    False positives: a tool that is only ever run offline; waive it with that reason.

    Bad:
    ```yaml
    metrics: {offline: [{id: ndcg_at_10, direction: up}]}
    ```
    Good:
    ```yaml
    metrics:
      business: [{id: revenue_per_session, direction: up}]
      online: [{id: cart_users, role: success, direction: up}]
      offline: [{id: ndcg_at_10, direction: up}]
    ```
    """
    if not metrics.business and not metrics.online:
        yield Finding("There is neither a business metric nor an online one.", at="online")
    elif not metrics.online:
        yield Finding("There is no online metric that an A/B test could watch.", at="online", severity=Severity.WARNING)
    elif not metrics.business:
        yield Finding(
            "There is no business metric that the online ones serve.", at="business", severity=Severity.WARNING
        )


@rule("MET-02", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED"])
def no_offline_metric(metrics: Metrics) -> Iterator[Finding]:
    """No offline metric.

    Without a number on the test part there is nothing to choose a model by: every idea would need a live
    experiment, and a team runs perhaps twenty of those a year.

    Ask: Before anything goes live, which number on held-out data says that the new model is better?
    False positives: the first version is a set of rules that nobody intends to improve.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, role: success}]}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, role: success}], offline: [{id: ndcg_at_10, direction: up}]}
    ```
    """
    if not metrics.offline:
        yield Finding("There is no offline metric to choose a model by.", at="offline")
