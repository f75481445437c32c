"""Why a finding fired: the values that were read, where they come from, and what was compared."""

from __future__ import annotations

import json

import pytest

from mlsd.cli.reports.json import diagnostic_data
from mlsd.cli.reports.why import why_lines
from mlsd.content.language import language
from mlsd.lint import Maturity, Rule, check
from mlsd.lint.fingerprint import fingerprint
from mlsd.lint.rules import by_code, every
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
        ("problem.constraints[latency].value", 100, "ms", "given"),
        ("pipeline.request_path", ["retrieval", "ranker"], "", "given"),
    ]
    assert dict(found.carried) == {"total": 120, "kind": "p99", "over": 20, "limit": 100}
    assert str(found.compared) == "The blocks of the request path take longer than the service may."
    assert found.certain


def test_a_rule_without_working_shows_the_answers_that_decide() -> None:
    found = explained("MOD-05")
    assert [tuple(entry) for entry in found.read] == [
        ("model.split.strategy", "model.split.strategy", "random", "", "assumed"),
        ("template", "template", "recsys", "", "given"),
    ]
    assert (found.certain, found.more) == (False, 0)


def decided(code: str, yaml: str) -> tuple[list[str], int]:
    design = load(yaml, "design.yaml").design
    [diagnostic] = [entry for entry in check(design, only={code}).diagnostics if not entry.working]
    found = why(design, diagnostic, by_code(code))
    return [entry.path for entry in found.read], found.more


def test_what_the_rule_reads_elsewhere_is_named_and_what_does_not_matter_is_not() -> None:
    design = """
      maturity: design
      traits: {regulated: strong}
      data: {entities: [{id: user, attributes: [{name: age, sensitive: true}, country]}]}
      model: {features: [{id: age, entity: user, source: request}, {id: country, entity: user, source: request}]}
    """
    attribute = "data.entities[user].attributes[age]"
    places = ["model.features[age].sensitive", attribute]
    other = ["traits.regulated", f"{attribute}.name", f"{attribute}.sensitive", "model.features[age]"]
    assert decided("FEA-07", design) == (places + other, 0)


def test_of_many_places_six_are_named_and_the_others_counted() -> None:
    blocks = ", ".join(f"{{id: b{number}, role: scoring}}" for number in range(9))
    path = ", ".join(f"b{number}" for number in range(9))
    named, more = decided(
        "DEP-03",
        f"""
          maturity: design
          problem: {{constraints: [{{kind: availability, op: ">=", value: 99.9%}}]}}
          pipeline: {{components: [{blocks}], request_path: [{path}]}}
        """,
    )
    assert named[:2] == ["pipeline.components[b0].fallback", "problem.constraints[0].value"]
    assert (len(named), more) == (6, 7)  # also the kind of the limit, the path and nine roles


def test_what_is_not_there_is_empty() -> None:
    [entry] = explained("PRB-01").read
    assert (entry.path, entry.origin) == ("problem.decision", "empty")


@pytest.mark.parametrize("rule", every(), ids=lambda rule: rule.code)
def test_every_rule_can_be_explained_and_known_again(rule: Rule) -> None:
    """Over its own bad examples, in both languages, as text and as data."""
    for example in rule.page.bad:
        design = load(example, "design.yaml").design
        report = check(design, maturity=Maturity.PRODUCTION, only={rule.code})
        assert report.diagnostics
        for diagnostic in report.diagnostics:
            marked = diagnostic._replace(why=why(design, diagnostic, rule), fingerprint=fingerprint(design, diagnostic))
            for code in ("en", "ru"):
                lines = [text for _, text in why_lines(marked.why, language(code))]
                assert all(lines)
                assert not any("Message(" in line or "object at" in line for line in lines), lines
                data = json.loads(json.dumps(diagnostic_data(marked, language(code)), allow_nan=False))
                assert data["fingerprint"] == fingerprint(design, diagnostic)
