"""``mlsd size labels``: precision of a rare class, people who review and label, how sure a metric is, cuts by cost."""

from collections.abc import Iterator
from typing import Annotated

from mlsd.cli.calculators.flags import Text, flag, read
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message, UsageError
from mlsd.sizing import labelling
from mlsd.sizing.working import Input

HELP = Message(
    "Precision of a rare class, reviewers, labels, intervals, cuts. Example: "
    "mlsd size labels --base-rate 0.2% --recall 90% --false-positives 1% --volume 40k --minutes 3"
)
Given = dict[str, Input | None]


def labels(
    base_rate: Annotated[Text, flag("--base-rate", Message("Share of cases that are positive: 0.2%."))] = None,
    recall: Annotated[Text, flag("--recall", Message("Share of the positives that is found."))] = None,
    false_positives: Annotated[
        Text, flag("--false-positives", Message("Share of the negatives that is flagged."))
    ] = None,
    volume: Annotated[Text, flag("--volume", Message("Cases a day, for the people who review."))] = None,
    flagged: Annotated[Text, flag("--flagged", Message("Share of them that is flagged (else computed)."))] = None,
    minutes: Annotated[Text, flag("--minutes", Message("Minutes that one case takes: 3."))] = None,
    hours: Annotated[Text, flag("--hours", Message("Hours a day that a person reviews (6 unless given)."))] = None,
    items: Annotated[Text, flag("--items", Message("Items to label."))] = None,
    per_item: Annotated[Text, flag("--per-item", Message("Labels of each (1 unless given)."))] = None,
    per_day: Annotated[Text, flag("--per-day", Message("Labels a day of all people: gives the days."))] = None,
    label_cost: Annotated[Text, flag("--label-cost", Message("Cost of one label: gives the cost."))] = None,
    share: Annotated[Text, flag("--share", Message("A measured share, such as a recall of 90%."))] = None,
    cases: Annotated[Text, flag("--cases", Message("Cases it was measured on: gives its half-width."))] = None,
    half_width: Annotated[Text, flag("--half-width", Message("Or: half-width wanted, 3%: gives the cases."))] = None,
    alpha: Annotated[Text, flag("--alpha", Message("Significance level (5% unless given)."))] = None,
    false_positive_cost: Annotated[
        Text, flag("--false-positive-cost", Message("Cost of a false alarm; with the next, the threshold."))
    ] = None,
    false_negative_cost: Annotated[Text, flag("--false-negative-cost", Message("Cost of a miss."))] = None,
    too_few: Annotated[Text, flag("--too-few", Message("Cost of one too few; with the next, the quantile."))] = None,
    too_many: Annotated[Text, flag("--too-many", Message("Cost of one too many."))] = None,
    count: Annotated[Text, flag("--mean-count", Message("Mean of a count: gives the share of zeros."))] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """Everything that the flags given allow."""
    share_of, number = quantity.share, quantity.number
    written = {
        "--base-rate": (base_rate, share_of), "--recall": (recall, share_of),
        "--false-positives": (false_positives, share_of), "--volume": (volume, quantity.count),
        "--flagged": (flagged, share_of), "--minutes": (minutes, quantity.in_minutes),
        "--hours": (hours, quantity.in_hours), "--items": (items, quantity.count), "--per-item": (per_item, number),
        "--per-day": (per_day, number), "--label-cost": (label_cost, number), "--share": (share, share_of),
        "--cases": (cases, quantity.count), "--half-width": (half_width, share_of), "--alpha": (alpha, share_of),
        "--false-positive-cost": (false_positive_cost, number), "--false-negative-cost": (false_negative_cost, number),
        "--too-few": (too_few, number), "--too-many": (too_many, number), "--mean-count": (count, number),
    }  # fmt: skip
    given = {name.removeprefix("--"): read(name, text, parse) for name, (text, parse) in written.items()}
    rows = [*_flagged(given), *_labelled(given), *_sure(given), *_cuts(given)]
    if not rows:
        raise UsageError(
            Message("Nothing can be computed from these flags."),
            Message("Give --base-rate, --recall and --false-positives; or see: mlsd size labels --help"),
        )
    show(Answer(rows, {row.id: row.result for row in rows}), format)
    return ExitCode.OK


def _flagged(given: Given) -> Iterator[Derived]:
    """Precision, what is flagged, and the people who read it."""
    base, found, false = given["base-rate"], given["recall"], given["false-positives"]
    flagged = given["flagged"]
    if base is not None and found is not None and false is not None:
        yield Derived("precision", "", Message("precision"), labelling.implied_precision(base, found, false))
        working = labelling.flagged_share(base, found, false)
        yield Derived("flagged", "", Message("share of all cases that is flagged"), working)
        flagged = flagged or working.as_input(Message("share flagged"))
    volume, minutes = given["volume"], given["minutes"]
    if volume is not None and minutes is not None and flagged is not None:
        people = labelling.reviewers_needed(volume, flagged, minutes, given["hours"])
        yield Derived("reviewers", "", Message("people who review"), people)


def _labelled(given: Given) -> Iterator[Derived]:
    items, per_day, cost = given["items"], given["per-day"], given["label-cost"]
    if items is not None and per_day is not None:
        days = labelling.labelling_days(items, given["per-item"], per_day)
        yield Derived("label_days", "", Message("days of labelling"), days)
    if items is not None and cost is not None:
        sum_ = labelling.labelling_cost(items, given["per-item"], cost)
        yield Derived("label_cost", "", Message("cost of labelling"), sum_)


def _sure(given: Given) -> Iterator[Derived]:
    """How well a share is known, or the cases that make it known."""
    share, cases, half = given["share"], given["cases"], given["half-width"]
    if share is not None and cases is not None:
        width = labelling.half_width(share, cases, given["alpha"])
        yield Derived("half_width", "", Message("half-width of the interval"), width)
    if share is not None and half is not None:
        needed = labelling.cases_for_half_width(share, half, given["alpha"])
        yield Derived("cases", "", Message("cases needed"), needed)


def _cuts(given: Given) -> Iterator[Derived]:
    """Where the costs of mistakes put the cut."""
    wrong, missed = given["false-positive-cost"], given["false-negative-cost"]
    if wrong is not None and missed is not None:
        cut = labelling.cost_threshold(wrong, missed)
        yield Derived("threshold", "", Message("threshold that costs least"), cut)
    few, many = given["too-few"], given["too-many"]
    if few is not None and many is not None:
        order = labelling.newsvendor_quantile(few, many)
        yield Derived("quantile", "", Message("quantile that costs least"), order)
    if given["mean-count"] is not None:
        zeros = labelling.poisson_zero_share(given["mean-count"])
        yield Derived("zero_share", "", Message("share of zeros"), zeros)
