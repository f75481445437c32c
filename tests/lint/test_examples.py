"""Every rule's own Bad and Good, run: Bad makes it speak, Good makes it silent."""

from __future__ import annotations

import pytest

from mlsd.design import Design
from mlsd.lint import Maturity, Rule, check
from mlsd.lint.rules import every
from mlsd.storage.reader import parse


def codes(rule: Rule, yaml: str) -> set[str]:
    """What the rule, and the rules it requires, find in an example at the maturity from which the rule speaks."""
    data, _ = parse(yaml, "example")
    design = Design.model_validate(data, context={"currency": data.get("currency")})
    rules = [other for other in every() if other.code in (rule.code, *rule.requires)]
    maturity = Maturity.of(design.maturity) if design.maturity else rule.since
    report = check(design, rules=rules, maturity=maturity)
    assert not report.broken
    return {diagnostic.code for diagnostic in report.diagnostics}


@pytest.mark.parametrize("rule", every(), ids=lambda rule: rule.code)
def test_bad_is_found(rule: Rule) -> None:
    assert rule.page.bad, f"{rule.code} shows no Bad"
    for example in rule.page.bad:
        assert rule.code in codes(rule, example)


@pytest.mark.parametrize("rule", every(), ids=lambda rule: rule.code)
def test_good_is_not(rule: Rule) -> None:
    assert rule.page.good, f"{rule.code} shows no Good"
    for example in rule.page.good:
        assert codes(rule, example) == set()


@pytest.mark.parametrize("rule", every(), ids=lambda rule: rule.code)
def test_page_is_whole(rule: Rule) -> None:
    page = rule.page
    assert page.summary.endswith(".")
    assert page.why
    assert page.ask.endswith("?")
    assert page.false_positives
    assert rule.sources


def test_no_code_and_no_name_is_used_twice() -> None:
    assert len({rule.code for rule in every()}) == len({rule.name for rule in every()}) == len(every())
