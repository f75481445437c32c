"""Every rule's own Bad and Good, run: Bad makes it speak, Good makes it silent."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import pytest

from mlsd.design import Design, Path
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


def changes(bad: Any, good: Any, at: Path = ()) -> list[Path]:
    """Where two plain values differ; an entry that one list has more is one change, and so is another order."""
    if isinstance(bad, dict) and isinstance(good, dict):
        keys = sorted(bad.keys() | good.keys())
        return [path for key in keys for path in changes(bad.get(key), good.get(key), (*at, key))]
    if isinstance(bad, list) and isinstance(good, list) and bad != good:
        fewer, more = sorted((bad, good), key=len)
        if len(more) == len(fewer) + 1:
            added = [number for number in range(len(more)) if more[:number] + more[number + 1 :] == fewer]
            if added:
                return [(*at, added[0])]
        if len(bad) == len(good) and all(entry in good for entry in bad):
            return [at]
        if not any(isinstance(entry, dict) for entry in (*bad, *good)):
            return [at]
        size = len(more)
        pairs = zip(bad + [None] * (size - len(bad)), good + [None] * (size - len(good)), strict=True)
        return [path for number, (one, other) in enumerate(pairs) for path in changes(one, other, (*at, number))]
    if isinstance(bad, dict) or isinstance(good, dict):
        only = bad if isinstance(bad, dict) else good
        return [(*at, key) for key in only]
    return [] if bad == good else [at]


def shared(paths: list[Path]) -> Path:
    """The steps that all paths begin with."""
    steps = takewhile(lambda step: len(set(step)) == 1, zip(*paths, strict=False))
    return tuple(step[0] for step in steps)


@pytest.mark.parametrize("rule", every(), ids=lambda rule: rule.code)
def test_bad_and_good_differ_in_one_fact(rule: Rule) -> None:
    """One value, or a few within one small node or one entry of a list: the reader sees what made the difference."""
    assert len(rule.page.bad) == len(rule.page.good)
    for bad, good in zip(rule.page.bad, rule.page.good, strict=True):
        found = changes(filled(bad), filled(good))
        assert found
        if len(found) > 1:
            assert len(shared(found)) >= 2, found
            assert not isinstance(found[0][len(shared(found))], int), found


def filled(yaml: str) -> dict[str, Any]:
    """What an example says, in its plain form."""
    data, _ = parse(yaml, "example")
    return Design.model_validate(data, context={"currency": data.get("currency")}).filled()


def test_no_rule_waits_for_a_weaker_or_later_one() -> None:
    """An error behind a warning would be hidden, and a rule behind one that is not yet heard would never speak."""
    table = {rule.code: rule for rule in every()}
    for rule in every():
        for code in rule.requires:
            assert table[code].since <= rule.since, f"{rule.code} waits for {code}"
            if code != "ABT-00":  # without an experiment there is nothing to look at
                assert table[code].severity >= rule.severity, f"{rule.code} waits for {code}"
