"""How many days of the past a training and its test take."""

from __future__ import annotations

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working


def days_before_training(
    window_days: Value, label_days: Value, test_days: Value | None = None, wait_days: Value | None = None
) -> Working:
    """Days that are used up before the first example is learned from: window + wait for a label + test + wait behind.

    ``window_days`` is the longest window of a feature, ``label_days`` how late a label is known, ``test_days`` the test
    and ``wait_days`` the days after it in which its own labels become known (both 0 unless given). Days of 0 to 1e15;
    ValueRefused outside. The sum is arithmetic.
    """
    inputs = (
        domain.amount(Message("window"), window_days, "days"),
        domain.amount(Message("wait for a label"), label_days, "days"),
        domain.amount(Message("days of the test"), test_days, "days", default=0.0),
        domain.amount(Message("wait for the labels of the test"), wait_days, "days", default=0.0),
    )
    return _sum("days > window + wait for a label + days of the test + wait for its labels", inputs, 0.0)


def days_of_split(
    test_days: Value, test_share: Value, gap_days: Value, wait_days: Value, window_days: Value | None = None
) -> Working:
    """Days that a split in time reaches back: test ÷ its share + gap + wait behind + window of the oldest row.

    ``test_share`` is the share of the data in the test (above 0, up to 1), ``gap_days`` lie between training and test,
    ``wait_days`` behind the test; the other days are 0 to 1e15. ValueRefused outside. The sum is arithmetic.
    """
    test = domain.amount(Message("days of the test"), test_days, "days")
    share = domain.some_share(Message("share of the test"), test_share)
    inputs = (
        domain.amount(Message("days between training and test"), gap_days, "days"),
        domain.amount(Message("wait for the labels of the test"), wait_days, "days"),
        domain.amount(Message("window"), window_days, "days", default=0.0),
    )
    found = _sum(
        "days = days of the test ÷ share + gap + wait for its labels + window", inputs, test.value / share.value
    )
    return found._replace(inputs=(test, share, *inputs))


def _sum(formula: str, inputs: tuple[Input, ...], start: float) -> Working:
    return Working(formula, inputs, start + sum(one.value for one in inputs), "days", "Arithmetic")
