"""The engine: maturity, requirements, waivers, places, and rules that break."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date
from weakref import ref

from mlsd.design import Design
from mlsd.design.metrics import Metrics
from mlsd.design.problem import Goal
from mlsd.lint import Finding, Maturity, Report, Rule, Severity, check, rule
from mlsd.storage import load

TODAY = date(2026, 11, 2)


@rule("TST-01", Severity.WARNING, since=Maturity.DESIGN, sources=["ALG"])
def nothing_measured(metrics: Metrics) -> Iterator[Finding]:
    """Nothing is measured."""
    if not metrics.online:
        yield Finding("Nothing is measured.", at="online")


BY = {Maturity.INTERVIEW: Severity.INFO, Maturity.PILOT: Severity.ERROR}


@rule("TST-02", BY, sources=["ALG"], requires=("TST-01",))
def goal_unsaid(goal: Goal) -> Iterator[Finding]:
    """The goal is unsaid."""
    if not goal.statement:
        yield Finding("The goal is unsaid.", at="statement")


@rule("TST-03", Severity.INFO, sources=["ALG"])
def broken(design: Design) -> Iterator[Finding]:
    """It raises."""
    yield Finding(str(1 // 0))


def found(report: Report) -> list[str]:
    return [f"{entry.severity.word} {entry.code} {entry.path}" for entry in report.diagnostics]


def checked(yaml: str, *rules: Rule) -> Report:
    loaded = load(yaml, "design.yaml")
    return check(loaded.design, places=loaded.places, rules=rules, today=TODAY)


def test_a_rule_is_silent_before_its_maturity() -> None:
    assert found(checked("maturity: interview\n", nothing_measured)) == []
    assert found(checked("maturity: design\n", nothing_measured)) == ["warning TST-01 metrics.online"]
    assert found(checked("maturity: production\n", nothing_measured)) == ["warning TST-01 metrics.online"]


def test_a_rule_may_weigh_more_later() -> None:
    measured = "metrics: {online: [{id: ctr}]}\n"
    both = (nothing_measured, goal_unsaid)
    assert found(checked(f"maturity: design\n{measured}", *both)) == ["info TST-02 problem.goal.statement"]
    assert found(checked(f"maturity: pilot\n{measured}", *both)) == ["error TST-02 problem.goal.statement"]


def test_one_cause_gives_one_finding_even_before_the_cause_may_be_said() -> None:
    report = checked("maturity: interview\n", nothing_measured, goal_unsaid)
    assert found(report) == []
    assert report.not_applicable == ["TST-02"]


def test_a_rule_that_raises_is_an_error_and_never_a_pass() -> None:
    report = checked("mlsd: 1\n", broken)
    [diagnostic] = report.diagnostics
    assert report.broken == ["TST-03"]
    assert diagnostic.severity is Severity.ERROR
    assert str(diagnostic.message) == "This rule broke (ZeroDivisionError): its verdict is not known."


def test_a_waiver_needs_a_reason_a_place_and_a_date_to_come() -> None:
    waiver = "maturity: design\nwaivers: [{rule: %s, reason: %s, at: %s, until: %s}]\n"

    def waived(rule: str, reason: str, at: str, until: str) -> tuple[int, int, int]:
        report = checked(waiver % (rule, reason, at, until), nothing_measured)
        return len(report.diagnostics), len(report.waived), len(report.expired)

    assert waived("TST-01", "offline only", "metrics", "2027-01-01") == (0, 1, 0)
    assert waived("nothing-measured", "offline only", "metrics.online", "2027-01-01") == (0, 1, 0)
    assert waived("TST-01", "''", "metrics", "2027-01-01") == (1, 0, 0)
    assert waived("TST-01", "offline only", "data", "2027-01-01") == (1, 0, 0)
    assert waived("TST-01", "offline only", "metrics", "2026-11-01") == (1, 0, 1)


def test_findings_stand_where_the_file_says_it_or_would() -> None:
    [diagnostic] = checked("maturity: design\nmetrics:\n  offline: [{id: auc}]\n", nothing_measured).diagnostics
    assert str(diagnostic.place) == "design.yaml:2:1"
    assert diagnostic.absent
    [diagnostic] = checked("maturity: design\nmetrics:\n  online: []\n", nothing_measured).diagnostics
    assert str(diagnostic.place) == "design.yaml:3:3"
    assert not diagnostic.absent


def test_a_design_that_was_checked_is_freed_at_once() -> None:
    """A thousand designs take no more memory than one: none waits for the garbage collector."""
    design = Design.model_validate({"title": "x", "model": {"features": [{"id": "a", "source": "b"}]}})
    check(design, maturity=Maturity.PRODUCTION)
    kept = ref(design)
    gc.disable()
    try:
        del design
        assert kept() is None
    finally:
        gc.enable()
