"""What labels and errors imply: examples, positives, intervals, precision, cut-offs, and the work of labelling."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.home import baseline_of, is_called
from mlsd.derived.read import given, needs
from mlsd.design import Design
from mlsd.design.metrics import Metric
from mlsd.design.periods import DAYS_A_MONTH
from mlsd.errors import Message
from mlsd.sizing import domain, labelling
from mlsd.sizing.working import Input, Working

LABELS, WORK = "data.labels", "data.labels.annotation"
ARITHMETIC = "Arithmetic"


def labels(design: Design) -> Iterator[Derived]:
    """Everything about examples, labels and errors."""
    yield training_examples(design)
    yield positives(design)
    tested = test_examples(design)
    yield tested
    found = test_positives(design, tested)
    yield found
    for metric in design.metrics.offline:
        if _over_all(metric, "recall") and metric.target is not None:
            yield _half_width(design, metric, found)
    yield from _precision(design)
    yield from _work(design)
    yield from cuts(design)


def gap_needed(design: Design) -> float:
    """Days between training and test after which every label of the training part is known.

    A forecast is tested over its horizon, so that only the days by which its actuals come late are needed.
    """
    delay, horizon = design.data.labels.delay_days or 0.0, design.model.target.horizon_days or 0.0
    return max(0.0, delay - horizon) if design.model.task == "forecasting" else max(delay, horizon)


def split_span(design: Design) -> float | None:
    """Days from the oldest row of training to the newest of the test: the days of the test over its share.

    Only where the parts follow one another and one test is cut off; folds may each have the days of the test.
    """
    split = design.model.split
    return split.test_days / split.test if split.strategy == "temporal" and split.test_days and split.test else None


def after_test(design: Design) -> float:
    """Days after the test in which its own labels become known, where training and test lie one after the other."""
    split = design.model.split
    if split.strategy not in ("temporal", "rolling"):
        return 0.0
    return gap_needed(design) if split.maturity_days is None else split.maturity_days


def days_learned_from(design: Design) -> float | None:
    """Days that rows of the labels reach back when a model is trained: the parts, the gap between, the wait behind."""
    span, gap = split_span(design), design.model.split.gap_days
    return None if span is None else span + (gap_needed(design) if gap is None else gap) + after_test(design)


def training_examples(design: Design) -> Derived:
    """Examples that the model is trained on."""
    wanted = needs(design, f"{LABELS}.count", "model.split.train")
    return derive("labels.training", "data", Message("training examples"), wanted, _part)


def positives(design: Design) -> Derived:
    """Positives among all labels."""
    name = Message("positives among the labels")
    wanted = needs(design, f"{LABELS}.count", f"{LABELS}.positive_rate")
    return derive("labels.positives", "data", name, wanted, _positives_of_all)


def test_examples(design: Design) -> Derived:
    """Examples in the test part: its share of all, or those of a set made apart."""
    name = Message("examples in the test part")
    apart = given(design, f"{LABELS}.test_count")
    if apart is not None:
        return derive("labels.test", "data", name, {f"{LABELS}.test_count": apart}, _apart)
    return derive("labels.test", "data", name, needs(design, f"{LABELS}.count", "model.split.test"), _part)


def test_positives(design: Design, tested: Derived) -> Derived:
    """Positives among them."""
    wanted = {tested.id: tested.as_input()} | needs(design, f"{LABELS}.positive_rate")
    return derive("labels.test_positives", "data", Message("positives in the test part"), wanted, _positives)


def _part(count: Input, share: Input) -> Working:
    whole = domain.amount(Message("labelled examples"), count)
    part = domain.share(Message("share of the part"), share)
    return Working("examples · share", (whole, part), float(round(whole.value * part.value)), "examples", ARITHMETIC)


def _apart(count: Input) -> Working:
    whole = domain.amount(Message("examples of a test set made apart"), count)
    return Working("examples", (whole,), whole.value, "examples", ARITHMETIC)


def _positives(count: Input, rate: Input) -> Working:
    return _rare(domain.amount(Message("examples in the test part"), count), rate)


def _positives_of_all(count: Input, rate: Input) -> Working:
    return _rare(domain.amount(Message("labelled examples"), count), rate)


def _rare(whole: Input, rate: Input) -> Working:
    share = domain.share(Message("share of positives"), rate)
    found = float(round(whole.value * share.value))
    return Working("examples · positive rate", (whole, share), found, "positives", ARITHMETIC)


def best_precision(design: Design, recall: float, false_alarms: float) -> Working | None:
    """The precision that a recall comes with at this base rate and share of false alarms."""
    rate = given(design, f"{LABELS}.positive_rate")
    return attempt(lambda: labelling.implied_precision(rate, recall, false_alarms)) if rate else None


def precision_of_top(design: Design, share: float) -> Working | None:
    """The precision among the highest share of the cases if every positive is in it."""
    rate = given(design, f"{LABELS}.positive_rate")
    return attempt(lambda: labelling.precision_of_top(rate, share)) if rate else None


def sure_truth(design: Design) -> Working | None:
    """In what share of the examples what people said is right, where labellers were compared."""
    agreement, each = given(design, f"{WORK}.agreement"), given(design, f"{WORK}.per_item")
    return attempt(lambda: labelling.right_by_majority(agreement, each)) if agreement else None


def resolution(metric: Metric, cases: Input, lift: float) -> tuple[Working | None, Working | None]:
    """How well so many cases tell the metric's target, and how many tell it within the lift."""
    target = metric.target or 0.0
    half = attempt(lambda: labelling.half_width(target, cases))
    return half, attempt(lambda: labelling.cases_for_half_width(target, lift))


def _half_width(design: Design, metric: Metric, positives: Derived) -> Derived:
    path = f"metrics.offline[{metric.id}].target"
    wanted = needs(design, path) | {positives.id: positives.as_input()}
    name = Message("half-width of {metric} on the test part", metric=metric.id or "")
    return derive(f"labels.half_width.{metric.id}", "metrics", name, wanted, labelling.half_width)


def _precision(design: Design) -> Iterator[Derived]:
    """The precision that the targets of recall and false-positive rate imply at this base rate."""
    recall, false = (aimed_at(design, metric) for metric in ("recall", "fpr"))
    if recall is None or false is None:
        return
    wanted = needs(design, f"{LABELS}.positive_rate") | {"recall": recall, "false_positive_rate": false}
    yield derive("labels.precision", "metrics", Message("implied precision"), wanted, labelling.implied_precision)
    name = Message("share of cases that is flagged")
    yield derive("labels.flagged", "metrics", name, wanted, labelling.flagged_share)


def _over_all(metric: Metric, identifier: str) -> bool:
    """Whether it is this metric, of all cases and not of a list: ``recall``, but not ``recall_at_500``."""
    cut = metric.k is not None or (metric.metric or metric.id or "")[-1:].isdecimal()
    return not cut and is_called(metric, identifier)


def aimed_at(design: Design, identifier: str) -> Input | None:
    """What the metric must reach, else what it is today."""
    for position, metric in enumerate(design.metrics.offline):
        if _over_all(metric, identifier):
            return given(design, ("metrics", "offline", position, "target")) or baseline_of(design, metric.id)
    return None


def _work(design: Design) -> Iterator[Derived]:
    """What labelling by people costs and how long it takes."""
    yield labelling_cost(design)
    yield labelling_days(design)
    yield zeros(design)


def zeros(design: Design) -> Derived:
    """The share of zeros among counts of that mean, if they are Poisson."""
    name = Message("share of zeros that a Poisson count has")
    return derive("labels.zeros", "data", name, needs(design, f"{LABELS}.mean"), labelling.poisson_zero_share)


def labelling_cost(design: Design) -> Derived:
    """What all labels cost that people make."""
    each = given(design, f"{WORK}.per_item")
    wanted = needs(design, f"{WORK}.to_label", f"{WORK}.unit_cost")
    name = Message("cost of all labels")
    return derive("labels.cost", "data", name, wanted, lambda n, cost: labelling.labelling_cost(n, each, cost))


def labelling_days(design: Design) -> Derived:
    """Days until people have made all labels."""
    each = given(design, f"{WORK}.per_item")
    wanted = needs(design, f"{WORK}.to_label", f"{WORK}.per_day")
    name = Message("days until all labels are there")
    return derive("labels.days", "data", name, wanted, lambda n, pace: labelling.labelling_days(n, each, pace))


def cuts(design: Design) -> tuple[Derived, Derived]:
    """Where the costs of mistakes put the cut: the threshold and the quantile that cost least."""
    at = "problem.error_costs"
    wanted = needs(design, f"{at}.false_positive", f"{at}.false_negative")
    name = Message("threshold that costs least")
    threshold = derive("labels.threshold", "problem", name, wanted, labelling.cost_threshold)
    wanted = needs(design, f"{at}.under", f"{at}.over")
    name = Message("quantile that costs least")
    return threshold, derive("labels.quantile", "problem", name, wanted, labelling.newsvendor_quantile)


def daily_cases(design: Design) -> Input | None:
    """Cases a day: the volume, or users and their requests."""
    return given(design, "problem.scale.volume_day") or requests_day(design)


def requests_month(design: Design) -> Input | None:
    """Requests of 30 days."""
    daily = daily_cases(design)
    if daily is None:
        return None
    name = Message("requests of 30 days")
    return Input(name, daily.value * DAYS_A_MONTH, "1/month", daily.path, "computed")


def requests_day(design: Design) -> Input | None:
    """Requests a day that users and their requests make."""
    scale = "problem.scale"
    users, each = given(design, f"{scale}.daily_users"), given(design, f"{scale}.requests_per_user_day")
    if users is None or each is None:
        return None
    return Input(Message("requests a day"), float(round(users.value * each.value)), "1/day", users.path, "computed")
