"""Whether a metric can say what it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import metric as known_metric
from mlsd.content.registry import metrics_for
from mlsd.design import Design
from mlsd.design.metrics import Metric, Metrics
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import primary_of

RARE, COMMON = 0.2, 0.8
MADE = frozenset({"generation", "translation", "summarisation", "text_to_image"})
"""Tasks whose output is made, so that there is more than one right answer."""


@rule("MET-03", Severity.ERROR, since=Maturity.INTERVIEW, sources=["IH", "CR-S11", "AD"], requires=("MET-02",))
def metric_task_mismatch(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """No offline metric fits the task.

    A metric answers one kind of question. RMSE of a ranking or NDCG of a forecast can be computed and says nothing
    about whether the task was done; interviewers read it as a misunderstood task.

    Ask: If this number were perfect, would the task be solved?
    False positives: a metric of your own under a standard name; give it another id. Where some are in no registry, and
    none of the others fits, it is only a remark.

    Bad:
    ```yaml
    model: {task: forecasting}
    metrics: {offline: [{id: ndcg_at_10, direction: up}]}
    ```
    Good:
    ```yaml
    model: {task: forecasting}
    metrics: {offline: [{id: wape, direction: down}]}
    ```
    """
    fitting = metrics_for(design.model.task) if design.model.task else frozenset()
    known = [entry for metric in metrics.offline if (entry := known_metric(metric.metric or metric.id))]
    if not fitting or any(entry.id in fitting for entry in known):
        return
    if len(known) < len(metrics.offline):
        yield Finding(
            "Whether an offline metric fits the task {task} is not known: no registry knows {metrics}.",
            at="offline",
            also="model.task",
            severity=Severity.INFO,
            ways_out=[Sentence("closes with the standard name of one in metric, if it has one")],
            task=design.model.task,
            metrics=[one.id or one.metric for one in metrics.offline if known_metric(one.metric or one.id) is None],
        )
        return
    yield Finding(
        "No offline metric fits the task {task}: {metrics}.",
        at="offline",
        also="model.task",
        ways_out=[Sentence("closes with one of: {fitting}", fitting=sorted(fitting)[:8])],
        task=design.model.task,
        metrics=[entry.id for entry in known],
    )


@rule("MET-08", Severity.ERROR, since=Maturity.INTERVIEW, sources=["IH", "NA", "COR"])
def accuracy_under_imbalance(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """Accuracy decides although one class is rare.

    With 0.2 % positives, saying “no” to everything is 99.8 % accurate. Accuracy then measures how rare the class
    is, not how well it is found. 35 % of public design documents use accuracy.

    Ask: Which accuracy does a model have that always answers the same?
    False positives: balanced accuracy, which is another metric; call it so.

    Bad:
    ```yaml
    data: {labels: {positive_rate: 0.2%}}
    metrics: {offline: [{id: accuracy, direction: up}]}
    ```
    Good:
    ```yaml
    data: {labels: {positive_rate: 0.2%}}
    metrics: {offline: [{id: pr_auc, direction: up}]}
    ```
    """
    rate, primary = design.data.labels.positive_rate, primary_of(metrics.offline)
    if rate is None or primary is None or RARE <= rate <= COMMON:
        return
    entry = known_metric(primary.metric or primary.id)
    if entry and "plain_accuracy" in entry.flags:
        yield Finding(
            "The primary offline metric is accuracy, but {rate} % of the examples are positive: always giving the same "
            "answer is {constant} % accurate.",
            at=("offline", metrics.offline.index(primary)),
            also="data.labels.positive_rate",
            ways_out=[Sentence("closes with precision and recall at the operating point, or PR-AUC")],
            rate=_percent(rate),
            constant=_percent(max(rate, 1 - rate)),
        )


@rule("MET-13", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "KH", "AD"], requires=("MET-02",))
def calibration_missing(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """A probability is used as a number, and no metric would notice if it were wrong.

    A bid of value times probability is twice too high when the probability is. AUC and NDCG see only the order, so they
    stay where they are while the money goes. An ECE as large as the share of positives notices as little: who says 0
    every time is off by just that share.

    Ask: Of the cases scored .1 last week, did one in ten turn out positive?
    False positives: only the order of the probabilities is used; say `order` in `output_used_as`.

    Bad:
    ```yaml
    model: {output: probability, output_used_as: number}
    metrics: {offline: [{id: roc_auc}]}
    ```
    Good:
    ```yaml
    model: {output: probability, output_used_as: number}
    metrics: {offline: [{id: logloss}]}
    ```
    """
    if design.model.output != "probability" or design.model.output_used_as != "number":
        return
    entries = [known_metric(metric.metric or metric.id) for metric in (*metrics.offline, *metrics.online)]
    if not any(entry and entry.calibration for entry in entries):
        offline = entries[: len(metrics.offline)]
        yield Finding(
            "The probability is used as a number, but no metric notices whether it is true: {metrics}.",
            at="offline",
            also="model.output_used_as",
            severity=None if all(offline) else Severity.INFO,
            ways_out=[Sentence("closes with ECE, Brier score, log loss or normalised entropy")],
            metrics=[metric.id or metric.metric for metric in metrics.offline],
        )
    rate = design.data.labels.positive_rate
    for position, metric in enumerate(metrics.offline):
        if rate and metric.target is not None and metric.target >= rate and _is_ece(metric):
            yield Finding(
                "The calibration error may be {target} %, but only {rate} % are positive: a model that always says 0 "
                "reaches it.",
                at=("offline", position, "target"),
                also="data.labels.positive_rate",
                ways_out=[
                    Sentence("closes with a target well below {rate} %, or with the log loss", rate=_percent(rate))
                ],
                target=_percent(metric.target),
                rate=_percent(rate),
            )


def _is_ece(metric: Metric) -> bool:
    """Whether it is the calibration error over all cases; a name or definition of its own may narrow it."""
    entry = known_metric(metric.metric or metric.id)
    return entry is not None and entry.id == "ece" and not metric.name and not metric.definition


def _percent(share: float) -> float:
    return round(100 * share, 4)


@rule("MET-18", Severity.WARNING, since=Maturity.DESIGN, sources=["AA", "NL", "BK"], requires=("MET-02",))
def generative_auto_only(metrics: Metrics, design: Design) -> Iterator[Finding]:
    """What is made is compared only by formula; nobody judges whether it is any good.

    BLEU, ROUGE and FID measure likeness to a reference, and a good answer need not be like it. “Guilty” and “not
    guilty” share most of their letters: a summary can score well and turn the sense around.

    Ask: Who reads a hundred outputs before a release, and what do they count?
    False positives: pre-training, where the loss is the honest measure; the rule leaves that task alone.

    Bad:
    ```yaml
    model: {task: summarisation}
    metrics: {offline: [{id: rouge}]}
    ```
    Good:
    ```yaml
    model: {task: summarisation}
    metrics: {offline: [{id: faithfulness}]}
    ```
    """
    llm = design.model.llm
    if design.model.task not in MADE or (llm is not None and llm.evaluation.judge):
        return
    offline = [known_metric(metric.metric or metric.id) for metric in metrics.offline]
    online = [known_metric(metric.metric or metric.id) for metric in metrics.online]
    judged = any(entry and "judged" in entry.flags for entry in online)
    if not judged and all(entry and "automatic" in entry.flags for entry in offline):
        yield Finding(
            "The task is {task}, and every offline metric is a formula: {metrics}.",
            at="offline",
            also="model.task",
            ways_out=[Sentence("closes with task success, a preference of people, or a judge that agrees with them")],
            task=design.model.task,
            metrics=[entry.id for entry in offline if entry],
        )
