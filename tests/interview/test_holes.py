import pytest
from sitting import begun, session

from mlsd import lint
from mlsd.content.template import names
from mlsd.design import Design
from mlsd.interview.holes import closing, prompts_for
from mlsd.interview.questions import CORE


@pytest.mark.parametrize("template", names())
def test_every_finding_on_an_empty_design_is_closed_by_a_core_question(template):
    empty = Design.model_validate({"template": template, "maturity": "interview"})
    found = lint.check(empty).diagnostics
    assert found
    assert [diagnostic.code for diagnostic in found if not closing(diagnostic.at, diagnostic.code)] == []


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        ("problem.decision", ["4"]),
        ("problem.scale", ["5"]),
        ("metrics.online[ctr].margin", ["9"]),
        ("metrics.offline", ["10"]),
        ("data.entities", ["11"]),
        ("data.entities[user].key", ["11"]),
        ("data.entities[user].cold_start", ["12"]),
        ("data.labels.negatives", ["15"]),
        ("pipeline.components[ranker].p99_ms", ["18"]),
        ("model.baseline", ["21"]),
        ("model.features", ["24"]),
        ("model.llm.abstention", ["L4"]),
        ("model.llm.knowledge", ["L2"]),
        ("ab_test", ["31"]),
        ("ab_test.mde.value", ["33"]),
        ("ab_test.decision_rule", ["35"]),
        ("ab_test.decision_rule.flat", ["35"]),
        ("deploy.rollback.minutes", []),
    ],
)
def test_a_place_knows_its_question(path, questions):
    assert [question.id for question in closing(path)] == questions


def test_a_rule_may_name_its_question():
    assert [question.id for question in closing("metrics.online", "MET-10")] == ["9"]


def test_a_full_pass_has_a_prompt_for_every_field(tmp_path):
    file = begun(tmp_path, defaults=True)
    steps = session(file, full=True).steps
    assert [step.key for step in prompts_for(("deploy", "rollback", "minutes"), "DEP-01", steps)] == [
        "deploy.rollback.minutes"
    ]
    assert [step.key for step in prompts_for("problem.scale.items", "PRB-07", steps)] == ["5"]


def test_patterns_of_questions_are_fields_of_the_format():
    from mlsd.interview import typed

    for question in CORE:
        for pattern in question.fills:
            assert typed.kind(tuple(pattern.replace("[]", "").split(".")))


def test_ids_are_those_of_the_guide():
    assert [question.id for question in CORE] == [
        *map(str, range(1, 27)), "L1", "L2", "L3", "L4", "L5", "L6", "A1", "A2", *map(str, range(27, 36)),
    ]  # fmt: skip
