"""Which rules may speak: codes, their beginnings, names, and what a wrong word gets."""

from __future__ import annotations

import pytest

from mlsd.errors import UsageError
from mlsd.lint.rules import every
from mlsd.lint.selection import selection

ALL = {rule.code for rule in every()}
MET = {code for code in ALL if code.startswith("MET-")}


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        ([], [], ALL),
        ([""], [" , "], ALL),
        (["MET"], [], MET),
        (["met", "PIP-05"], [], MET | {"PIP-05"}),
        (["MET,pip-5"], [], MET | {"PIP-05"}),
        (["no-guardrail"], [], {"MET-10"}),
        (["MET"], ["MET-10"], MET - {"MET-10"}),
        (["MET-10"], ["MET"], set()),
        ([], ["MET", "no-experiment"], ALL - MET - {"ABT-00"}),
        (["FMT"], [], set()),
        (["FMT-02", "MET-10"], [], {"MET-10"}),
    ],
)
def test_words_mean_rules(select: list[str], ignore: list[str], chosen: set[str]) -> None:
    assert selection(select, ignore, every()) == chosen


@pytest.mark.parametrize(
    ("select", "ignore", "message", "hint"),
    [
        (["MET-100"], [], "There is no rule “MET-100”.", "Did you mean MET-10?"),
        ([], ["no-guardrial"], "There is no rule “no-guardrial”.", "Did you mean no-guardrail?"),
        (["MET", "?"], [], "There is no rule “?”.", "mlsd rule lists them all."),
        (
            [],
            ["FMT-02"],
            "FMT-02 cannot be ignored: nothing is known of a file that cannot be read.",
            "Leave the file out, or mend it.",
        ),
    ],
)
def test_a_wrong_word_is_refused_with_the_nearest(
    select: list[str], ignore: list[str], message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as refused:
        selection(select, ignore, every())
    assert (str(refused.value.message), str(refused.value.hint)) == (message, hint)
