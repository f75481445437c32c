"""Why a finding fired: the values that were read, where they come from, and what was compared."""

from __future__ import annotations

from mlsd.lint import check
from mlsd.lint.rules import by_code
from mlsd.lint.why import Why, why
from mlsd.storage import load

OVER_BUDGET = """\
problem:
  constraints:
    - {id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}
pipeline:
  components:
    - {id: retrieval, p99_ms: 40}
    - {id: ranker, p99_ms: 80}
  request_path: [retrieval, ranker]
model:
  split: {strategy: random}
template: recsys
assumed: ["pipeline.components[ranker]", model.split]
"""


def explained(code: str) -> Why:
    loaded = load(OVER_BUDGET, "design.yaml")
    [diagnostic] = [entry for entry in check(loaded.design).diagnostics if entry.code == code]
    return why(loaded.design, diagnostic, by_code(code))


def test_a_rule_that_computes_shows_each_number_with_its_origin() -> None:
    found = explained("PIP-05")
    read = [(entry.path, entry.value, entry.unit, entry.origin) for entry in found.read]
    assert read == [
        ("pipeline.components[retrieval].p99_ms", 40, "ms", "given"),
        ("pipeline.components[ranker].p99_ms", 80, "ms", "assumed"),
        ("", 100, "ms", "given"),
        ("pipeline.request_path", ["retrieval", "ranker"], "", "given"),
        ("problem.constraints[latency].value", 100, "", "given"),
    ]
    assert dict(found.carried) == {"total": 120, "kind": "p99", "over": 20, "limit": 100}
    assert str(found.compared) == "The blocks of the request path take longer than the service may."
    assert found.certain


def test_a_rule_without_working_shows_what_stands_at_its_places_and_says_that_it_may_know_more() -> None:
    found = explained("MOD-05")
    assert [tuple(entry) for entry in found.read] == [
        ("model.split.strategy", "model.split.strategy", "random", "", "assumed")
    ]
    assert not found.certain


def test_what_is_not_there_is_empty() -> None:
    [entry] = explained("PRB-01").read
    assert (entry.path, entry.origin) == ("problem.decision", "empty")
