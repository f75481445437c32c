"""Probabilities that are used as numbers."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.labels import cuts
from mlsd.design import Design
from mlsd.design.model import Model
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import computed, result_of, short

FACTOR = 2


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
            ways_out=[Sentence("closes at a threshold of {best}, or with why it lies elsewhere", best=short(best))],
            value=point.value,
            best=short(best),
        )


def _odds(share: float) -> float:
    return share / (1 - share)
