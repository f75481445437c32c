"""The three lists of metrics (business, online, offline): what is missing, and how one leads to the next."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.content.words import groups
from mlsd.design import Design, Path
from mlsd.design.metrics import Metric, Metrics
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import Graph, metric_links


@rule("MET-01", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED", "COR"])
def no_online_metric(metrics: Metrics) -> Iterator[Finding]:
    """No business metric or no online metric.

    Offline quality is a promise; only a number measured on live users shows whether it was kept, and only a
    business number whether it mattered. 71 % of public design documents name neither.

    Ask: Which number in production would change on the day this works?
    False positives: a tool that is only ever run offline; waive it with that reason.

    Bad:
    ```yaml
    metrics:
      business: [{id: revenue_per_session, direction: up}]
      offline: [{id: ndcg_at_10, direction: up}]
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


@rule(
    "MET-07",
    Severity.WARNING,
    since=Maturity.DESIGN,
    sources=["TS-M2", "BK", "CR21", "CR46", "PL"],
    requires=("MET-01", "MET-02"),
)
def metric_chain_broken(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """An offline metric leads to no business metric, or nothing leads to a business metric.

    A team spends a year on the offline number, so somebody should have said which number of the business it moves, and
    through which behaviour. A chain of three names can be tested: when NDCG rose and carts did not, the first link was
    wrong.

    Ask: If this number rises by a tenth, which number next to it moves, and has anybody seen that happen?
    False positives: a metric that only explains; give it the role `diagnostic`.

    Bad:
    ```yaml
    metrics:
      business: [{id: revenue}]
      online: [{id: cart_users, links_to: revenue}]
      offline: [{id: ndcg_at_10}]
    ```
    Good:
    ```yaml
    metrics:
      business: [{id: revenue}]
      online: [{id: cart_users, links_to: revenue}]
      offline: [{id: ndcg_at_10, links_to: cart_users}]
    ```
    """
    links = metric_links(design)
    places = {metric.id: path for path, metric in _all(metrics) if metric.id}
    if not links.targets <= set(places):
        return  # a link to nothing: XST-04 says so, and where it should lead is not known
    loose = _loose(metrics, links)
    for end, names in loose.items():
        yield Finding(
            "No link leads from {metrics} to a business metric.",
            at=(*places[end], "links_to"),
            ways_out=[Sentence("closes with links_to an online metric, and from there to a business one")],
            metrics=names,
        )
    for position, metric in enumerate(metrics.business) if not loose else ():
        if metric.id and metric.role in (None, "success") and metric.id not in links.targets:
            yield Finding(
                "Nothing links to the business metric {metric}.",
                at=("business", position),
                ways_out=[Sentence("closes if an online metric links to it, or if it is only diagnostic")],
                metric=metric.id,
            )


def _all(metrics: Metrics) -> Iterator[tuple[Path, Metric]]:
    for kind in ("business", "online", "offline"):
        for position, metric in enumerate(getattr(metrics, kind)):
            yield (kind, position), metric


def _loose(metrics: Metrics, links: Graph) -> dict[str, list[str]]:
    """Where links end before the business does, each end with the offline metrics that lead there."""
    back = Graph((target, origin) for origin, targets in links.next.items() for target in targets)
    sound = back.reachable(metric.id for metric in metrics.business if metric.id)
    ends: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for metric in metrics.offline:
        if metric.id and metric.role != "diagnostic" and metric.id not in sound:
            found.setdefault(_end(metric.id, links, ends), []).append(metric.id)
    return found


def _end(name: str, links: Graph, ends: dict[str, str]) -> str:
    """Where the first links from here end; whatever was passed on the way is remembered in ``ends``."""
    way = [name]
    while way[-1] not in ends and links.next.get(way[-1]):
        ends[way[-1]] = way[-1]  # until the end is known: a circle ends where it is entered
        way.append(min(links.next[way[-1]]))
    end = ends.get(way[-1], way[-1])
    ends.update(dict.fromkeys(way, end))
    return end


@rule("MET-16", Severity.WARNING, since=Maturity.DESIGN, sources=["TS-M6", "MC", "BK", "CR34"])
def no_slices(metrics: Metrics, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """There are groups in the data, and quality is shown for none of them.

    An average of 95 % can be 97 % for nine tenths and 77 % for the rest. The group that got worse complains first, and
    the average says that nothing happened.

    Ask: Which country, device or kind of case would you look at first when somebody complains?
    False positives: the attribute has one value only in this service.

    Bad:
    ```yaml
    data: {entities: [{id: user, attributes: [country, photo]}]}
    metrics: {offline: [{id: ndcg_at_10}]}
    ```
    Good:
    ```yaml
    data: {entities: [{id: user, attributes: [country, photo]}]}
    metrics: {offline: [{id: ndcg_at_10}], slices: [user.country]}
    ```
    """
    if metrics.slices or not metrics.offline:
        return
    found = list(_telling_apart(design))
    if found:
        steps = {Maturity.DESIGN: Severity.WARNING, Maturity.PRODUCTION: Severity.ERROR}
        yield Finding(
            "Quality is shown for no group, though the data tells groups apart: {attributes}.",
            at="slices",
            also=found[0][0],
            severity=steps if knowledge.strong("high_stakes") else None,
            ways_out=[Sentence("closes with the slice {attribute}", attribute=found[0][1])],
            attributes=[name for _, name in found],
        )


def _telling_apart(design: Design) -> Iterator[tuple[Path, str]]:
    for number, entity in enumerate(design.data.entities):
        for position, attribute in enumerate(entity.attributes):
            if entity.id and attribute.name and any(groups().within(attribute.name)):
                yield ("data", "entities", number, "attributes", position), f"{entity.id}.{attribute.name}"


@rule("MET-19", Severity.INFO, since=Maturity.DESIGN, sources=["PL", "AB"], requires=("MET-01", "MET-02"))
def system_metrics_absent(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """No metric watches the service itself: its latency, its errors, its cost.

    A better model that answers 100 ms later can lose more people than its quality wins, and one that costs twice as
    much may pay for nothing. What is not among the metrics is compared with nothing in the experiment.

    Ask: By how many milliseconds, errors or euros may the new version be worse?
    False positives: what is computed ahead of time, so that nobody waits for it; the rule leaves batches alone.

    Bad:
    ```yaml
    metrics:
      business: [{id: revenue}]
      online: [{id: cart_users}, {id: hide_users}]
      offline: [{id: ndcg_at_10}]
    ```
    Good:
    ```yaml
    metrics:
      business: [{id: revenue}]
      online: [{id: cart_users}, {id: p99_latency}]
      offline: [{id: ndcg_at_10}]
    ```
    """
    entries = (
        known_metric(metric.metric or metric.id) for metric in (*metrics.online, *metrics.business, *metrics.offline)
    )
    if design.pipeline.serving.mode != "batch" and not any(entry and entry.system for entry in entries):
        yield Finding("No metric watches latency, errors or cost.", at="online")
