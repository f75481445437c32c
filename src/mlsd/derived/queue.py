"""Cases that are flagged for people, and the time of the people who look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.home import is_called
from mlsd.derived.labels import ARITHMETIC, LABELS, aimed_at, daily_cases
from mlsd.derived.read import given, needs
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.sizing import domain, labelling
from mlsd.sizing.working import Input, Working

OVERSIGHT = "problem.decision.oversight"


def queue(design: Design) -> Iterator[Derived]:
    """Cases a day that are flagged for people, how many these people can take, and what is left of their time."""
    found, taken = flagged(design), reviewed(design)
    if handed(design) is not None:
        yield found
    yield taken
    if found.result is not None and taken.begun:
        wanted = {taken.id: taken.as_input(), found.id: found.as_input()}
        yield derive("labels.queue_left", "problem", Message("cases a day that could still come"), wanted, _left)


def handed(design: Design) -> Input | None:
    """The share of the cases that goes to people: as it is said, else what is flagged where people act on it.

    That is the top share that is taken, else what the targets of the model imply.
    """
    return given(design, f"{OVERSIGHT}.flag_rate") or top_share(design) or flagged_by_targets(design)


def top_share(design: Design) -> Input | None:
    """The share of the cases that is taken from the top and given to people, who act on it."""
    taken = design.model.operating_point.kind == "top_share" and design.problem.decision.actor == "human"
    return given(design, "model.operating_point.value") if taken else None


def flagged_by_targets(design: Design) -> Input | None:
    """The share of the cases that a model flags for people who act on it, where it reaches its targets at one cut."""
    rate = given(design, f"{LABELS}.positive_rate") if design.problem.decision.actor == "human" else None
    name = Message("share flagged at the targets of the model")
    for share, recall, bound in _at_one_cut(design):
        working = attempt(partial(share, rate, recall, bound)) if rate and recall and bound else None
        if working is not None and bound is not None and working.result is not None:
            return working.as_input(name)._replace(path=bound.path)
    return None


def _at_one_cut(design: Design) -> Iterator[tuple[Callable[..., Working], Input | None, Input | None]]:
    """Recall and what comes with it, precision or the share of false alarms, with how a share flagged follows."""
    for position, metric in enumerate(design.metrics.offline):
        target, floor = (given(design, ("metrics", "offline", position, field)) for field in ("target", "at"))
        if is_called(metric, "recall_at_precision"):
            yield labelling.flagged_at_precision, target, floor
        elif is_called(metric, "precision_at_recall"):
            yield labelling.flagged_at_precision, floor, target
        elif is_called(metric, "recall_at_fpr"):
            yield labelling.flagged_share, target, floor
    yield labelling.flagged_at_precision, aimed_at(design, "recall"), aimed_at(design, "precision")
    yield labelling.flagged_share, aimed_at(design, "recall"), aimed_at(design, "fpr")


def flagged(design: Design) -> Derived:
    """Cases a day that are flagged for people."""
    wanted = {"problem.scale.volume_day": daily_cases(design), f"{OVERSIGHT}.flag_rate": handed(design)}
    return derive("labels.queue", "problem", Message("cases flagged for people a day"), wanted, _flagged)


def reviewed(design: Design) -> Derived:
    """Cases a day that these people can take."""
    wanted = needs(design, f"{OVERSIGHT}.reviewers", f"{OVERSIGHT}.cases_per_reviewer_day")
    return derive("labels.reviewed", "problem", Message("cases that people can take a day"), wanted, _reviewed)


def _flagged(cases: Input, share: Input) -> Working:
    whole = domain.amount(Message("cases a day"), cases, "1/day")
    part = domain.share(Message("share flagged"), share)
    return Working("cases a day · flagged", (whole, part), float(round(whole.value * part.value)), "1/day", ARITHMETIC)


def _reviewed(people: Input, each: Input) -> Working:
    count = domain.amount(Message("people"), people)
    cases = domain.amount(Message("cases of a person a day"), each, "1/day")
    return Working("people · cases of each", (count, cases), count.value * cases.value, "1/day", ARITHMETIC)


def _left(taken: Input, flagged: Input) -> Working:
    return Working("taken − flagged", (taken, flagged), taken.value - flagged.value, "1/day", ARITHMETIC)
