"""Whether the test is large, long and sharp enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil

from mlsd.derived.experiment import WITHOUT_SAMPLE, duration_of, sample, units_there, window
from mlsd.derived.guardrails import margin_within, samples
from mlsd.derived.home import baseline_rate, metric_at
from mlsd.design import Design, Path
from mlsd.design.ab_test import AbTest
from mlsd.design.metrics import Effect, Metric
from mlsd.errors import Message
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.amount import days as in_days
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import argued, at_least, at_most, result_of, short
from mlsd.sizing.ways_out import ways_out

NEARLY = 1.2
WEEK, LONGEST = 7, 56


@rule(
    "ABT-06",
    Severity.ERROR,
    since=Maturity.DESIGN,
    sources=["CR33", "ALG"],
    requires=("ABT-00", "ABT-01", "ABT-12", "ABT-20"),
)
def underpowered(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test ends before enough units are in it.

    The sample follows from the rate today, the smallest effect worth seeing, and how sure one must be. Only days on
    which a unit can still mature count: the ramp and the window of the metric enrol nobody for the result. An
    underpowered test says “no effect” of an effect that is there.

    Ask: On the last day, how many people have been in it for a whole window?
    False positives: the same people come back every week, so that the number of days is a lower bound; a test
    without a fixed size has another rule to stop by.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%, window_days: 7}]}
    ab_test: {primary: cart_users, mde: 2% relative, eligible_units_day: 90k, duration_days: 14}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%, window_days: 7}]}
    ab_test: {primary: cart_users, mde: 5% relative, eligible_units_day: 90k, duration_days: 14}
    ```
    """
    test = None if ab_test.design in WITHOUT_SAMPLE else sample(design)
    there = result_of(units_there(design).working) if test and ab_test.eligible_units_day else None
    if test is None or test.total is None or there is None or test.total <= there:
        return
    needed = float(test.total)
    time, ways = duration_of(design, needed), []
    if time is not None and time.least is not None:
        weeks = ceil(time.least / WEEK)
        ways.append(Sentence("closes at duration ≥ {days} days", days=WEEK * weeks))
    others = ways_out(test, there) if there > 0 else None
    if others is not None and others.effect_relative is not None:
        ways.append(Sentence("closes at mde ≥ {effect} % relative", effect=at_least(100 * abs(others.effect_relative))))
    if others is not None and others.treatment_share is not None:
        ways.append(Sentence("closes at a treatment share ≥ {share}", share=at_least(others.treatment_share)))
    yield Finding(
        "The test needs {needed} units, but {there} are in it for long enough after {duration} days.",
        at="duration_days",
        also="ab_test.mde",
        severity=Severity.WARNING if needed <= NEARLY * there else None,
        working=test.working,
        ways_out=ways,
        needed=needed,
        there=short(there),
        duration=ab_test.duration_days,
    )


@rule("ABT-08", Severity.WARNING, since=Maturity.DESIGN, sources=["NA"], requires=("ABT-00", "ABT-06", "ABT-12"))
def bad_duration(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test lasts less than a week, not whole weeks, or longer than two months.

    People differ between Monday and Saturday, so half a week tests half of them. Beyond two months cookies are
    lost, seasons change and the product moves on underneath.

    Ask: How many Saturdays are in it?
    False positives: a switchback, whose slots change sides within the day, or a business that lives by the month. A
    metric that takes long to show may have its days on top of the two months.

    Bad:
    ```yaml
    ab_test: {primary: cart_users, duration_days: 10}
    ```
    Good:
    ```yaml
    ab_test: {primary: cart_users, duration_days: 14}
    ```
    """
    days = ab_test.duration_days
    if days is None or ab_test.design in ("switchback", "interleaving", "shadow", "offline"):
        return
    over, matures = days % WEEK, window(design)
    longest = LONGEST + (matures.value if matures else 0.0)
    if days < WEEK:
        text = "The test lasts {time}, less than a week."
    elif days > longest:
        text = "The test lasts {time}, more than eight weeks."
    elif 1 < over < WEEK - 1:
        text = "The test lasts {time}, which is not a number of whole weeks."
    else:
        return
    nearest = max(WEEK, min(WEEK * int(longest // WEEK), WEEK * ceil(days / WEEK)))
    way_out = Sentence("closes at {days} days", days=nearest)
    yield Finding(text, at="duration_days", ways_out=[way_out], time=in_days(days))


@rule("ABT-17", Severity.ERROR, since=Maturity.DESIGN, sources=["PL", "ALG"], requires=("ABT-00", "ABT-01"))
def effect_below_mde(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The effect one hopes for is smaller than the smallest one the test can see.

    Such a test fails as planned: if everything goes as expected, it shows nothing.

    Ask: If the effect is exactly what you expect, in how many of ten tests will you see it?
    False positives: none known; a larger effect that would be worth shipping is what one expects then.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%}]}
    ab_test: {primary: cart_users, mde: 5% relative, expected_effect: 2% relative}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%}]}
    ab_test: {primary: cart_users, mde: 5% relative, expected_effect: 8% relative}
    ```
    """
    base = baseline_rate(design)
    today = base.value if base else None
    alike = (ab_test.mde.kind or "relative") == (ab_test.expected_effect.kind or "relative")
    seen, hoped = (_size(effect, None if alike else today, alike) for effect in (ab_test.mde, ab_test.expected_effect))
    if seen is not None and hoped is not None and hoped < seen * (1 - 1e-9):
        yield Finding(
            "An effect of {hoped} is expected, but the test sees none below {seen}.",
            at="expected_effect",
            also="ab_test.mde",
            ways_out=[Sentence("closes at mde ≤ {hoped}", hoped=_said(ab_test.expected_effect, at_most))],
            hoped=_said(ab_test.expected_effect),
            seen=_said(ab_test.mde),
        )


def _size(effect: Effect, today: float | None, alike: bool) -> float | None:
    """How large an effect is: as it is given, or in the metric's own unit."""
    if effect.value is None or alike or effect.kind == "absolute":
        return None if effect.value is None else abs(effect.value)
    return None if today is None else abs(effect.value * today)


def _said(effect: Effect, rounded: Callable[[float], float] = short) -> Sentence:
    value = abs(effect.value or 0.0)
    if effect.kind == "absolute":
        return Sentence("{value} absolute", value=rounded(value))
    return Sentence("{value} % relative", value=rounded(100 * value))


@rule("ABT-21", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG"], requires=("ABT-00", "ABT-12", "ABT-20"))
def guardrail_underpowered(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test ends before it can show that a guardrail is not hurt by more than its margin.

    A guardrail that “did not move” in a test too small for it was not read. To exclude a harm of 0.05 points on a
    rate of 0.2 % takes about 197,000 people at 50/50, whatever the primary needs; half the margin takes four times as
    many.

    Ask: If the guardrail really got worse by its whole margin, would this test show it?
    False positives: the margin is argued from elsewhere, such as a longer test before; say so in `decisions` about
    the metric.

    Bad:
    ```yaml
    metrics: {online: [{id: hide_users, role: guardrail, direction: down, baseline: 0.2%, margin: 0.05%}]}
    ab_test: {guardrails: hide_users, eligible_units_day: 10k, duration_days: 14}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: hide_users, role: guardrail, direction: down, baseline: 0.2%, margin: 0.1%}]}
    ab_test: {guardrails: hide_users, eligible_units_day: 10k, duration_days: 14}
    ```
    """
    timed = ab_test.guardrails and ab_test.duration_days is not None and ab_test.eligible_units_day is not None
    there = units_there(design).working if timed and ab_test.design not in WITHOUT_SAMPLE else None
    collected = result_of(there)
    if there is None or collected is None:
        return
    asked = {entry.id: entry.working for entry in samples(design)}
    for position, name in enumerate(ab_test.guardrails):
        found, needs = metric_at(design, name), asked.get(f"test.guardrail.{name}")
        needed = result_of(needs)
        if found is None or needed is None or needed <= collected or _settled(found, ab_test, design):
            continue
        time, ways = duration_of(design, needed), []
        if time is not None and time.least is not None:
            weeks = ceil(time.least / WEEK)
        ways.append(Sentence("closes at duration ≥ {days} days", days=WEEK * weeks))
        size = there.as_input(Message("units that mature in the time there is"))
        margin = result_of(margin_within(design, name, size))
        if margin is not None:
            ways.append(Sentence("closes at margin ≥ {margin} %", margin=ceil(1e6 * margin) / 1e4))
        yield Finding(
            "{metric} needs {needed} units to show that it is not hurt by more than {margin} points, but {there} are "
            "in the test for long enough.",
            at=("guardrails", position),
            also=(*found[0], "margin"),
            working=needs,
            ways_out=ways,
            metric=name,
            needed=needed,
            margin=short(100 * (found[1].margin or 0.0)),
            there=short(collected),
        )


def _settled(found: tuple[Path, Metric], ab_test: AbTest, design: Design) -> bool:
    """Whether its units are not those of the test, or a decision says where its margin comes from."""
    at, metric = found
    counted = metric.of is None or metric.of == (ab_test.unit or "user")
    return not counted or argued(design, f"metrics.{at[1]}[{metric.id}]")
