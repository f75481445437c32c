"""The engine: maturity, requirements, waivers, places, and rules that break."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date
from weakref import ref

from mlsd.design import Design
from mlsd.design.metrics import Metric, Metrics
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
    """It raises.

    Ask: Why?
    """
    yield Finding(str(1 // 0))


@rule("TST-04", Severity.INFO, sources=["ALG"])
def unnamed(metric: Metric) -> Iterator[Finding]:
    """It has no name."""
    if not metric.name:
        yield Finding("It has no name.", at="name")


def whole(stage: str) -> Rule:
    """A rule of these letters about the design as a whole."""

    @rule(f"{stage}-90", Severity.INFO, sources=["ALG"])
    def about_all(design: Design) -> Iterator[Finding]:
        """Something is wrong."""
        yield Finding("Something is wrong.")

    return about_all


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
    assert diagnostic.question is None


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


def test_a_waiver_holds_at_its_place_and_below_and_not_beside() -> None:
    def waived(at: str) -> int:
        waiver = f"waivers: [{{rule: TST-04, reason: known, at: '{at}'}}]\n"
        metrics = "metrics: {online: [{id: ctr}, {id: ctr_day}], offline: [{id: auc}]}\n"
        return len(checked(f"{waiver}{metrics}", unnamed).waived)

    assert [waived(at) for at in ("metrics", "metrics.online", "metrics.on", "metrics.online[ctr]")] == [3, 2, 0, 1]
    assert waived("metrics.online[ctr].name") == 1
    assert waived("metrics.online[ctr].na") == 0


def test_what_is_about_no_stage_is_told_with_its_own() -> None:
    report = checked("maturity: design\n", whole("PRB"), whole("ETH"), whole("DEP"), whole("LLM"), whole("XST"))
    stages = [(entry.code, entry.stage) for entry in report.diagnostics]
    assert stages == [
        ("ETH-90", "problem"), ("PRB-90", "problem"), ("LLM-90", "model"), ("DEP-90", "deploy"), ("XST-90", ""),
    ]  # fmt: skip


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
