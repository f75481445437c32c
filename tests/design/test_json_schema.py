"""The JSON Schema that editors read: it accepts every file that mlsd reads, and points at what mlsd would refuse."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mlsd.content.root import examples, templates
from mlsd.design import SCHEMA_NAME, Design
from mlsd.design.json_schema import json_schema
from mlsd.lint.rules import every
from mlsd.storage.reader import parse

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def refused(yaml: str) -> list[str]:
    """Where the schema objects, as paths."""
    data, _ = parse(yaml, "design.yaml")
    return sorted(error.json_path for error in VALIDATOR.iter_errors(plain(data)))


def plain(data: Any) -> Any:
    return json.loads(json.dumps(data))


def test_it_is_a_schema_of_draft_2020_12():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["title"] == "mlsd design, format 1"
    assert SCHEMA_NAME == "mlsd-1.schema.json"


def test_it_needs_nothing_from_anywhere_else():
    names = set(SCHEMA["$defs"])
    assert {ref for ref in references(SCHEMA) if not ref.startswith("#/$defs/")} == set()
    assert {ref.removeprefix("#/$defs/") for ref in references(SCHEMA)} == names


def references(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [ref for part in schema for ref in references(part)]
    if isinstance(schema, dict):
        own = [schema["$ref"]] if isinstance(schema.get("$ref"), str) else []
        return own + [ref for key, part in schema.items() if key != "enum" for ref in references(part)]
    return []


def test_every_field_is_described_by_its_question_and_its_help():
    assert SCHEMA["$defs"]["Goal"]["properties"]["by"] == {
        "type": ["string", "null"],
        "description": "By which day must it be reached?\n\n"
        "Written as `2027-06-30`. A target without a day can never be missed.",
    }
    objects = [SCHEMA, *(part.get("anyOf", [part])[0] for part in SCHEMA["$defs"].values())]
    bare = [name for part in objects for name, field in part["properties"].items() if "description" not in field]
    assert bare == []


@pytest.mark.parametrize(
    "file", sorted(examples().glob("*/*.yaml")), ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_it_accepts_the_examples(file):
    assert refused(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", sorted((templates() / "problems").glob("*.yaml")), ids=lambda file: file.stem)
def test_it_accepts_what_the_templates_suggest(file):
    data, _ = parse(file.read_text(encoding="utf-8"), file.name)
    assert [error.json_path for error in VALIDATOR.iter_errors(plain(data["design"]))] == []


@pytest.mark.parametrize("rule", every(), ids=lambda rule: rule.code)
def test_it_accepts_the_good_and_bad_of_every_rule(rule):
    assert [refused(yaml) for yaml in (*rule.page.good, *rule.page.bad)] == [
        [] for _ in (*rule.page.good, *rule.page.bad)
    ]


ACCEPTED = {
    "nothing": "mlsd:",
    "numbers as people write them": "problem: {scale: {daily_users: 1.2M, growth_per_year: 30%, rps_peak: 900}}",
    "a share in per cent": "data: {labels: {positive_rate: 5%}}",
    "one thing for a list": "data: {sources: {id: clicks, entity: user}}",
    "one text for a list": "problem: {in_scope: product page}",
    "one id for a list": "ab_test: {primary: clickers}",
    "one word for several": "model: {llm: {reads: web}}",
    "a number for a list of numbers": "data: {seasonality_days: 7}",
    "an attribute by its bare name": "data: {entities: [{id: user, attributes: [age, {name: email, personal: true}]}]}",
    "an effect as one text": "ab_test: {mde: 5% relative}",
    "a split as one text": "model: {split: 80/10/10}",
    "arms as one text": "ab_test: {split: 70/30}",
    "arms by name": "ab_test: {split: {control: 0.7, treatment: 30%}}",
    "a path with parallel blocks": "pipeline: {request_path: [gateway, [retrieval, features], ranker]}",
    "a flow's from": "pipeline: {flows: [{from: clicks, to: training}]}",
    "empty everywhere": "{title: , maturity: , authors: , traits: , metrics: {online: }, model: {llm: , agent: }}",
}


@pytest.mark.parametrize("yaml", ACCEPTED.values(), ids=ACCEPTED)
def test_it_accepts_what_mlsd_reads(yaml):
    data, _ = parse(yaml, "design.yaml")
    Design.model_validate(data, context={"currency": "EUR"})
    assert refused(yaml) == []


REFUSED = {
    "metrcs: {}": "$",
    "{title: [a, list]}": "$.title",
    "title: 5": "$.title",
    "maturity: pilott": "$.maturity",
    "problem: {goal: {traget: 5}}": "$.problem",
    "problem: {decision: {reversible: maybe}}": "$.problem",
    "metrics: {online: [{id: ctr, rolle: success}]}": "$.metrics",
    "metrics: {online: [{id: ctr, role: succes}]}": "$.metrics",
    "metrics: {online: [{id: hides, margin: true}]}": "$.metrics",
    "pipeline: {flows: [{from_: clicks, to: training}]}": "$.pipeline",
    "model: {features: [{id: age, available: sometimes}]}": "$.model",
}


@pytest.mark.parametrize(("yaml", "place"), REFUSED.items(), ids=REFUSED)
def test_it_points_at_what_mlsd_refuses(yaml, place):
    assert refused(yaml) == [place]
