"""What a design carries that does nothing: waivers without a finding, assumptions about nothing."""

from __future__ import annotations

from datetime import date

import pytest

from mlsd.lint import check
from mlsd.lint.leftovers import leftovers
from mlsd.lint.rules import every
from mlsd.storage import load

TODAY = date(2026, 11, 2)


def found(text: str) -> list[tuple[str, str, str, bool]]:
    """Kind, place, sentence and whether it may be taken out."""
    loaded = load(f"mlsd: 1\n{text}", "d.yaml")
    report = check(loaded.design, places=loaded.places, today=TODAY)
    left = leftovers(loaded.design, report, every(), loaded.places)
    return [(entry.kind, str(entry.place), str(entry.message), entry.removable) for entry in left]


@pytest.mark.parametrize(
    ("text", "kind", "message", "removable"),
    [
        (
            "waivers: [{rule: MET-15, reason: none}]\nmetrics: {}\n",
            "unused",
            "The waiver of MET-15 sets nothing aside.",
            True,
        ),
        (
            "waivers: [{rule: ABT-00, reason: none, until: 2026-11-01}]\n",
            "expired",
            "The waiver of ABT-00 has expired: 2026-11-01.",
            True,
        ),
        (
            "waivers: [{rule: MET-99, reason: none}]\n",
            "unknown",
            "There is no rule MET-99 that a waiver could set aside.",
            False,
        ),
        (
            "assumed: [problem.gaol]\n",
            "nowhere",
            "Nothing is called problem.gaol, so it cannot be an assumption.",
            True,
        ),
    ],
)
def test_a_leftover_has_a_place_and_a_sentence(text: str, kind: str, message: str, removable: bool) -> None:
    [entry] = found(text)
    column = text.index("[") + 2
    assert entry == (kind, f"d.yaml:2:{column}", message, removable)


@pytest.mark.parametrize(
    ("name", "near"), [("recys", " Is it recsys?"), ("fraud_detection", " Is it fraud-detection?"), ("geo", "")]
)
def test_rules_cannot_know_a_kind_of_problem_that_has_no_template(name: str, near: str) -> None:
    sentence = f"There is no template {name}; rules about its kind of problem are silent.{near}"
    assert found(f"template: {name}\n") == [("unknown", "d.yaml:2:1", sentence, False)]


@pytest.mark.parametrize(
    "text",
    [
        "template: generic\n",
        "waivers: [{rule: ABT-00, reason: no users}]\n",
        "waivers: [{rule: no-experiment, reason: no users, at: ab_test, until: 2026-11-02}]\n",
        "waivers: [{rule: ABT-00}]\n",  # a waiver without a reason is DOC-01
        "waivers: [{rule: XAC-901, reason: ours}]\n",  # the package may be away today
        "assumed: [problem.goal, 'problem.goal.target']\n",
    ],
)
def test_what_does_something_is_no_leftover(text: str) -> None:
    assert found(text) == []


def test_a_waiver_that_a_further_design_needs_stays() -> None:
    """At the maturity of an interview the rule is silent, at that of a pilot it speaks."""
    waiver = "waivers: [{rule: DEP-01, reason: stateless}]\n"
    assert [entry[3] for entry in found(f"maturity: interview\n{waiver}")] == [False]
    assert found(f"maturity: pilot\n{waiver}") == []


def test_of_two_waivers_of_one_finding_the_second_does_nothing() -> None:
    text = "waivers: [{rule: ABT-00, reason: no users}, {rule: ABT-00, reason: again}]\n"
    assert [entry[:2] for entry in found(text)] == [("unused", "d.yaml:2:45")]
