"""Probabilities that are used as numbers, and where a score or a forecast is cut."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import loss as known_loss
from mlsd.content.registry import metric as known_metric
from mlsd.derived.labels import cuts
from mlsd.design import Design
from mlsd.design.model import Model, OperatingPoint
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import computed, result_of, short

FACTOR = 2
RARE = 0.05
"""Share of positives below which a cut at one half finds next to none."""
CLOSE = 0.05
"""How far a quantile may lie from the one that costs least."""


@rule("MOD-11", Severity.WARNING, since=Maturity.DESIGN, sources=["AD", "NA"])
def imbalance_unaddressed(model: Model, design: Design) -> Iterator[Finding]:
    """Positives are rare, and neither the training nor the cut-off takes notice.

    At 1 % positives a model says less than one half of nearly every case. Cut at .5, it flags next to nothing and is
    right in 99 % of the cases. Weights or sampling help some models; a cut-off that somebody chose helps all of them.

    Ask: Of a thousand cases, how many does the model flag at its cut-off, and how many of the ten positives are among
    them?
    False positives: only the order is used, or the probability itself; say so in `output_used_as`.

    Bad:
    ```yaml
    data: {labels: {positive_rate: 1%}}
    model: {task: binary, operating_point: {kind: threshold, value: 0.5}}
    ```
    Good:
    ```yaml
    data: {labels: {positive_rate: 1%}}
    model: {task: binary, operating_point: {kind: threshold, value: 0.12}}
    ```
    """
    rate = design.data.labels.positive_rate
    if rate is None or rate >= RARE or model.task not in ("binary", "multilabel"):
        return
    if model.output_used_as in ("order", "number") or model.sampling not in (None, "none") or _weighted(model):
        return
    if not _chosen(model.operating_point):
        yield Finding(
            "Positives are {rate} % of the cases, and neither the training nor the cut-off takes notice.",
            at="operating_point",
            also="data.labels.positive_rate",
            ways_out=[Sentence("closes with a cut-off chosen on the validation part, or with weights or sampling")],
            rate=short(100 * rate),
        )


def _weighted(model: Model) -> bool:
    """Whether some loss gives the rare class more weight."""
    losses = [model.loss, *(candidate.loss for candidate in model.candidates)]
    known = [entry for name in losses if (entry := known_loss(name))]
    written = " ".join(name.casefold() for name in losses if name)
    return "weight" in written or "взвеш" in written or any("rare_class" in entry.flags for entry in known)


def _chosen(point: OperatingPoint) -> bool:
    """Whether somebody chose the cut-off; one half without a word is what the library takes."""
    return point.value is not None and (point.value != 0.5 or bool(point.chosen_on or point.why))


@rule("MOD-12", Severity.ERROR, since=Maturity.DESIGN, sources=["KH", "NA"])
def resampled_without_recalibration(model: Model) -> Iterator[Finding]:
    """The mix of classes is changed for training, and its probabilities are used as numbers unchanged.

    One negative in ten kept makes every probability about ten times too large. Their order stays right, so AUC does
    not notice; the bid, the limit or the expected loss that is computed from them does.

    Ask: Of the cases scored .1, does one in ten turn out positive?
    False positives: only the order is used; say so in `output_used_as`.

    Bad:
    ```yaml
    model: {output: probability, output_used_as: number, sampling: undersampling}
    ```
    Good:
    ```yaml
    model: {output: probability, output_used_as: number, sampling: undersampling, calibration: prior correction}
    ```
    """
    changed = model.sampling not in (None, "none", "other")
    if changed and model.output == "probability" and model.output_used_as == "number" and not model.calibration:
        yield Finding(
            "{sampling} changes the share of positives, and the probability is used as a number, but nothing "
            "corrects it.",
            at="calibration",
            also="model.sampling",
            ways_out=[Sentence("closes with a correction of the prior, or calibration on data as it is")],
            sampling=model.sampling,
        )


@rule("MOD-13", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "PL", "ALG"])
def threshold_vs_cost(model: Model, design: Design) -> Iterator[Finding]:
    """The threshold does not follow from what the two mistakes cost.

    With true probabilities, acting pays above C_fp ÷ (C_fp + C_fn). A miss that costs three false alarms puts the
    cut at .25; a cut at .5 says that both cost the same.

    Ask: At this threshold, how many false alarms do you trade for one more hit, and what do they cost?
    False positives: the scores are not calibrated, or capacity sets the cut; say so in the operating
    point's `why`, and it is only a remark.

    Bad:
    ```yaml
    problem: {error_costs: {false_positive: 1, false_negative: 9}}
    model: {output: probability, calibration: isotonic, operating_point: {kind: threshold, value: 0.5}}
    ```
    Good:
    ```yaml
    problem: {error_costs: {false_positive: 1, false_negative: 9}}
    model: {output: probability, calibration: isotonic, operating_point: {kind: threshold, value: 0.1}}
    ```
    """
    point = model.operating_point
    trusted = model.output == "probability" and (model.calibration or model.sampling == "none")
    if not trusted or point.kind != "threshold" or point.value is None:
        return
    working = computed(cuts(design), "labels.threshold")
    best = result_of(working)
    if best is None or not 0 < best < 1 or not 0 < point.value < 1:
        return
    factor = _odds(point.value) / _odds(best)
    if factor > FACTOR or factor < 1 / FACTOR:
        yield Finding(
            "The threshold is {value}, but the costs of the two mistakes put it at {best}.",
            at="operating_point.value",
            also="problem.error_costs.false_negative",
            severity=Severity.INFO if point.why else None,
            working=working,
            ways_out=[
                Sentence("closes at a threshold of {best}", best=short(best)),
                *([] if point.why else [Sentence("becomes a remark with why it lies elsewhere")]),
            ],
            value=point.value,
            best=short(best),
        )


def _odds(share: float) -> float:
    return share / (1 - share)


@rule("MOD-14", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "ALG"])
def quantile_vs_cost(model: Model, design: Design) -> Iterator[Finding]:
    """The amount that is ordered does not follow from what one too many and one too few cost.

    If an empty shelf costs three times what a leftover does, ordering the mean is wrong by design: the cheapest
    amount is the quantile c_u ÷ (c_u + c_o), here the 75th. A perfect forecast of the mean loses to a fair one of
    that quantile. Nor is a quantile learned by naming one: squared error and the likelihoods of counts learn the mean.

    Ask: In how many of a hundred weeks do you want to have enough, and does the model predict that number?
    False positives: a service level was promised to somebody; give it as a metric, or as the cut-off's `why`. The
    quantile is taken from the residuals of the mean; say so in `calibration`.

    Bad:
    ```yaml
    problem: {error_costs: {under: 3, over: 1}}
    model: {task: forecasting, output: quantile, operating_point: {kind: quantile, value: 0.5}}
    ```
    Good:
    ```yaml
    problem: {error_costs: {under: 3, over: 1}}
    model: {task: forecasting, output: quantile, operating_point: {kind: quantile, value: 0.75}}
    ```
    """
    yield from _mean_for_quantile(model)
    costs, point = design.problem.error_costs, model.operating_point
    if costs.under is None or costs.over is None:
        return
    working = computed(cuts(design), "labels.quantile")
    best = result_of(working)
    if best is None:
        return
    ways = [Sentence("closes at the quantile {best}", best=short(best))]
    if point.kind == "quantile" and point.value is not None:
        if not _near(point.value, best) and not _promised(point.value, design):
            yield Finding(
                "The quantile is {value}, but the costs of too many and too few put it at {best}.",
                at="operating_point.value",
                also="problem.error_costs.under",
                severity=Severity.INFO if point.why else None,
                working=working,
                ways_out=ways,
                value=point.value,
                best=short(best),
            )
    elif model.output == "number" and not _near(best, 0.5):
        yield Finding(
            "The middle is predicted, but too few and too many cost differently: the quantile {best} costs least.",
            at="output",
            also="problem.error_costs.under",
            working=working,
            ways_out=ways,
            best=short(best),
        )


def _mean_for_quantile(model: Model) -> Iterator[Finding]:
    """A quantile is given out by a model that learns the mean, and nothing is made of its residuals."""
    entry = known_loss(model.loss)
    if model.output == "quantile" and entry and "mean" in entry.flags and not model.calibration:
        yield Finding(
            "The output is a quantile, but the loss {loss} learns the mean.",
            at="loss",
            also="model.output",
            ways_out=[
                Sentence("closes with quantile as the loss"),
                Sentence("closes with quantiles from the residuals, said in calibration"),
            ],
            loss=model.loss,
        )


def _promised(quantile: float, design: Design) -> bool:
    """Whether some metric promises this share of the time to have enough."""
    metrics = design.metrics
    return any(
        entry.id == "service_level" and _near(metric.target, quantile)
        for metric in (*metrics.business, *metrics.online, *metrics.offline)
        if metric.target is not None and (entry := known_metric(metric.metric or metric.id))
    )


def _near(one: float, other: float) -> bool:
    return round(abs(one - other), 9) <= CLOSE
