"""What the shares of the test cost."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.experiment import cost_of_split
from mlsd.design import Design
from mlsd.design.ab_test import AbTest
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import argued

DEAR = 1.5


@rule("ABT-13", Severity.INFO, since=Maturity.INTERVIEW, sources=["SEED", "ALG"], requires=("ABT-00", "ABT-20"))
def uneven_split_cost(ab_test: AbTest, design: Design) -> Iterator[Finding]:
    """The split is so uneven that the test needs half as many observations again, and nothing says why.

    The small arm decides how sure one can be. 70/30 costs 19 % more than 50/50 and is a common, careful choice;
    80/20 costs 56 %, 90/10 2.8 times, 99/1 25 times as many people, for the same effect.

    Ask: Does the risk of the treatment justify a test that takes this much longer?
    False positives: the treatment is risky or dear; say so in `decisions` about `ab_test.split`.

    Bad:
    ```yaml
    ab_test: {primary: cart_users, split: 90/10}
    ```
    Good:
    ```yaml
    ab_test: {primary: cart_users, split: 70/30}
    ```
    """
    inflation = cost_of_split(design)
    if inflation is None or inflation < DEAR or argued(design, "ab_test.split"):
        return
    yield Finding(
        "The split {split} needs {times} times as many observations as an even one.",
        at="split",
        ways_out=[Sentence("closes nearer to an even split, or with a decision about ab_test.split that says why")],
        split="/".join(f"{100 * share:g}" for share in ab_test.split.values()),
        times=round(inflation, 2),
    )
