"""How the test is run: how it begins, how it is checked, and when one may stop it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

NOT_RANDOM = frozenset({"quasi_experiment", "before_after", "shadow", "offline"})
"""Designs in which no coin is thrown, so that there are no shares to check."""
SMALL_STEPS = frozenset({"pilot", "canary", "ramp"})
"""Steps of a rollout in which only a few meet the new version; in a shadow run nobody does."""


@rule("ABT-14", Severity.INFO, since=Maturity.PILOT, sources=["NA", "PL"], requires=("ABT-00",))
def no_srm_or_aa(ab_test: AbTest) -> Iterator[Finding]:
    """Nothing checks the experiment itself: neither the shares it received nor a run of both arms alike.

    If 50.8 to 49.2 of a million arrive where half and half was planned, that is no luck (χ² is 256): a redirect loses
    people, a bot filter removes them, a crash hides them, and they are not lost at random. An A/A run shows before
    the start whether the machinery finds effects where there are none.

    Ask: How would you notice that the treatment loses two people of a hundred before they are counted?
    False positives: the platform checks it for every test; write it down, since that is the check.

    Bad:
    ```yaml
    ab_test: {primary: cart_users, stopping: fixed_horizon}
    ```
    Good:
    ```yaml
    ab_test: {primary: cart_users, stopping: fixed_horizon, checks: srm}
    ```
    """
    if not ab_test.checks and ab_test.design not in NOT_RANDOM:
        yield Finding(
            "Neither the shares of the arms (SRM) nor an A/A run are checked.",
            at="checks",
            ways_out=[Sentence("closes with checks srm or aa")],
        )


@rule("ABT-15", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "PL"], requires=("ABT-00", "ABT-03"))
def no_stopping_rule(ab_test: AbTest) -> Iterator[Finding]:
    """Nothing says when one may look at the result and stop.

    Who looks ten times at a test of 5 %, and stops at the first win, finds an effect that is not there in 19 % of
    tests. One look at the end needs nothing more; looks in between need a method that pays for them.

    Ask: It is green on the third day: may you stop, and who decided that?
    False positives: none known; a number of days says how long it runs and not that nobody looks.

    Bad:
    ```yaml
    ab_test: {primary: cart_users, duration_days: 14}
    ```
    Good:
    ```yaml
    ab_test: {primary: cart_users, duration_days: 14, stopping: fixed_horizon}
    ```
    """
    if ab_test.stopping is None:
        yield Finding(
            "Nothing says when the A/B test may be stopped.",
            at="stopping",
            ways_out=[Sentence("closes with fixed_horizon, group_sequential or always_valid")],
        )


@rule("ABT-19", Severity.INFO, since=Maturity.PILOT, sources=["EX", "BK"], requires=("ABT-00", "ABT-03"))
def ramp_missing(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The test begins at its full share, and no smaller step comes before it.

    A crash met by 1 % of the people costs a thirtieth of the same crash met by 30 %, and is seen as well. Two days on
    a small share find faults, so that the two weeks after them measure an effect.

    Ask: It returns empty pages since ten in the morning: how many people have seen one at noon?
    False positives: the share in the test is itself as small as a canary; waive it and say how small.

    Bad:
    ```yaml
    ab_test: {primary: cart_users, duration_days: 14}
    ```
    Good:
    ```yaml
    ab_test: {primary: cart_users, duration_days: 14, ramp_days: 2}
    ```
    """
    small = any(step.kind in SMALL_STEPS for step in design.deploy.rollout)
    if not ab_test.ramp_days and not small:
        yield Finding(
            "The A/B test begins at its full share: no ramp, no pilot and no canary comes before.",
            at="ramp_days",
            ways_out=[Sentence("closes with ramp_days, or with a canary or a pilot in deploy.rollout")],
        )
