"""Whether the size of the test can be computed, and its shares."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.experiment import WITHOUT_SAMPLE, are_there
from mlsd.derived.question import is_clustered, needed, question
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import short
from mlsd.sizing.ab_plan import ALPHA, POWER

USUAL_ALPHA, USUAL_POWER = (0.001, 0.1), 0.8


@rule(
    "ABT-04",
    {Maturity.INTERVIEW: Severity.INFO, Maturity.DESIGN: Severity.WARNING},
    sources=["SEED", "CR33", "BK", "COR"],
    requires=("ABT-00", "ABT-01", "ABT-03", "ABT-20"),
)
def sample_not_derivable(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The number of observations cannot be computed from what the design says.

    “Enough for significance” is a number: it follows from the rate today, the smallest effect worth seeing, and how
    sure one must be. 85 % of the public documents with an A/B test give no minimum detectable effect, so nobody can
    say whether two weeks will do. A mean, such as revenue per user or the share within a store, needs its standard
    deviation too. An effect that takes a rate past 100 % is mostly a slip: `0.2 absolute` where 0.2 points were meant.
    From a pilot on it has to be known what the sample is held against: how fast units come, or how many clusters there
    are, and for how many days. Whoever leaves one of them out has checked nothing.

    Ask: What is the smallest effect you would still ship for, and how many people does it take to see it?
    False positives: none known. Where significance or power are not said, the sizing takes 5 % and 80 % and says so; at
    an interview that is enough, and later the design is asked to name them. A test that may stop on any day
    (`always_valid`) is not asked for its days.

    Bad:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%}]}
    ab_test: {primary: cart_users, alpha: 0.05, power: 0.8}
    ```
    Good:
    ```yaml
    metrics: {online: [{id: cart_users, baseline: 5%}]}
    ab_test: {primary: cart_users, alpha: 0.05, power: 0.8, mde: 5% relative}
    ```
    Bad:
    ```yaml
    maturity: design
    metrics: {online: [{id: cart_users, baseline: 5%}]}
    ab_test: {primary: cart_users, alpha: 0.05, mde: 5% relative}
    ```
    Good:
    ```yaml
    maturity: design
    metrics: {online: [{id: cart_users, baseline: 5%}]}
    ab_test: {primary: cart_users, alpha: 0.05, power: 0.8, mde: 5% relative}
    ```
    """
    if ab_test.design in WITHOUT_SAMPLE:
        return
    asked, missing = question(design), []
    if asked.base is None:
        missing.append(Sentence("the primary metric's value today"))
    elif asked.sd is None and asked.is_mean:
        of_clusters = Sentence("the standard deviation of its mean between clusters")
        missing.append(of_clusters if is_clustered(design) else Sentence("its standard deviation, since it is a mean"))
    if ab_test.mde.value is None:
        missing.append(Sentence("the minimum detectable effect"))
    if missing:
        text = "The sample size cannot be computed; this is missing: {missing}."
        yield Finding(text, at="mde" if ab_test.mde.value is None else "", missing=missing)
    yield from _usual_taken(ab_test)
    found = needed(design)
    if found.obstacle is not None:
        hopeless = {Maturity.INTERVIEW: Severity.WARNING, Maturity.DESIGN: Severity.ERROR} if found.working else None
        text = "There is no sample size for this test. {why}"
        yield Finding(text, at="mde", severity=hopeless, working=found.working, why=found.obstacle)
    else:
        yield from _against_what(ab_test, design)


def _usual_taken(ab_test: AbTest) -> Iterator[Finding]:
    """How sure one wants to be never hinders the sizing: it takes what is usual, and a design says that it means it."""
    usual = {}
    if ab_test.alpha is None:
        usual["alpha"] = Sentence("significance level {alpha} %", alpha=short(100 * ALPHA))
    if ab_test.power is None:
        usual["power"] = Sentence("power {power} %", power=short(100 * POWER))
    if usual:
        yield Finding(
            "How sure the test has to be is not said, so what is usual is taken: {usual}.",
            at=next(iter(usual)),
            severity={Maturity.DESIGN: Severity.WARNING},
            ways_out=[Sentence("closes with {fields}, even if they are the usual ones", fields=list(usual))],
            usual=list(usual.values()),
        )


def _against_what(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """From a pilot on: what the sample is held against, without which no rule of size or time has anything to say."""
    pace, clusters = ab_test.eligible_units_day, ab_test.clusters
    missing: dict[str, Sentence] = {}
    if is_clustered(design):
        if clusters is None and (are_there(design) or pace is None):
            missing["clusters"] = Sentence("how many clusters are randomised")
    elif pace is None:
        missing["eligible_units_day"] = Sentence("how many units meet it for the first time each day")
    if ab_test.duration_days is None and ab_test.stopping != "always_valid":
        missing["duration_days"] = Sentence("for how many days it runs")
    if missing:
        yield Finding(
            "Whether the test is large and long enough cannot be computed; this is missing: {missing}.",
            at=next(iter(missing)),
            severity={Maturity.PILOT: Severity.WARNING},
            missing=list(missing.values()),
        )


@rule("ABT-20", Severity.ERROR, since=Maturity.INTERVIEW, sources=["ALG"], requires=("ABT-00",))
def split_sum(ab_test: AbTest) -> Iterator[Finding]:
    """The shares of the arms do not sum to one.

    Whoever is in no arm is either a hold-out that nobody mentioned or an error in the configuration; both make the
    sample-ratio check meaningless.

    Ask: Where are the people who are in none of the arms?
    False positives: a deliberate hold-out; give it a name and its share.

    Bad:
    ```yaml
    ab_test: {split: {control: 0.7, treatment: 0.2}}
    ```
    Good:
    ```yaml
    ab_test: {split: {control: 0.7, treatment: 0.2, hold_out: 0.1}}
    ```
    """
    total = sum(ab_test.split.values())
    if ab_test.split and abs(total - 1) > 0.001:
        yield Finding(
            "The shares of the A/B test sum to {total}, not to 1.",
            at="split",
            ways_out=[Sentence("closes if one share changes by {rest}", rest=round(1 - total, 4))],
            total=round(total, 4),
        )


@rule("ABT-05", Severity.INFO, since=Maturity.DESIGN, sources=["P", "ALG"], requires=("ABT-00",))
def alpha_power_unusual(ab_test: AbTest) -> Iterator[Finding]:
    """The chance of a false win, or of a missed effect, is far from what people use.

    At 20 % every fifth test of nothing wins. At a power of 50 % a coin says whether a real effect is seen. At 0.01 %
    the test needs nearly three times the people of 5 %, for a caution that few decisions deserve. Each may be right,
    and then it is a choice and not a slip of the keyboard.

    Ask: Which costs more here: to launch what does nothing, or to miss what works?
    False positives: a choice on purpose; waive it and say what each mistake costs.

    Bad:
    ```yaml
    ab_test: {primary: cart_users, alpha: 0.2, power: 0.8}
    ```
    Good:
    ```yaml
    ab_test: {primary: cart_users, alpha: 0.05, power: 0.8}
    ```
    """
    alpha, power = ab_test.alpha, ab_test.power
    if alpha is not None and not USUAL_ALPHA[0] <= alpha <= USUAL_ALPHA[1]:
        yield Finding(
            "The significance level is {alpha} %; usual are {low} to {high} %.",
            at="alpha",
            ways_out=[Sentence("closes at alpha from {low} to {high}", low=USUAL_ALPHA[0], high=USUAL_ALPHA[1])],
            alpha=short(100 * alpha),
            low=short(100 * USUAL_ALPHA[0]),
            high=short(100 * USUAL_ALPHA[1]),
        )
    if power is not None and power < USUAL_POWER:
        yield Finding(
            "The power is {power} %: an effect of the smallest size worth seeing is missed in {missed} % of tests.",
            at="power",
            ways_out=[Sentence("closes at power ≥ {least}", least=USUAL_POWER)],
            power=short(100 * power),
            missed=short(100 * (1 - power)),
        )
