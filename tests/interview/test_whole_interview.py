import pytest
from sitting import accept_all, begun, session

from mlsd import lint
from mlsd.content.language import language
from mlsd.content.template import names
from mlsd.interview.prompt import Prompt
from mlsd.interview.start import Start
from mlsd.storage import load, read

KINDS_WITH_ONE_KEY = ("line", "lines", "choice", "choices")


def keys(prompt: Prompt) -> int:
    """Enter takes what is filled in; prose needs Tab first."""
    return 1 if prompt.kind in KINDS_WITH_ONE_KEY else 2


@pytest.fixture(scope="module", params=names())
def template(request):
    return request.param


@pytest.fixture(scope="module")
def met(template, tmp_path_factory):
    """The prompts of an English pass that accepts every suggestion."""
    return accept_all(session(begun(tmp_path_factory.mktemp(template), template)))


@pytest.mark.parametrize("code", ["en", "ru"])
def test_whoever_accepts_every_suggestion_gets_what_defaults_gives(tmp_path, template, code):
    accept_all(session(begun(tmp_path, template, code), code))
    assert (
        read(tmp_path / "design.yaml").design == load(Start(template, language(code), defaults=True).text(), "x").design
    )


def test_defaults_have_no_error_at_interview(template):
    design = load(Start(template, language("en"), defaults=True).text(), "design.yaml").design
    assert [found.code for found in lint.check(design).diagnostics if found.severity is lint.Severity.ERROR] == []


def test_a_pass_takes_at_most_45_prompts_and_400_keys(met):
    """The prompts of L1–L6 and A1–A2 come on top: nine at most, seven without a model that acts."""
    asked_of_all = [prompt for prompt in met if prompt.question.isdigit()]
    assert len(asked_of_all) <= 45
    assert len(met) - len(asked_of_all) <= 9
    assert sum(map(keys, met)) <= 400
    assert [prompt.number for prompt in met] == list(range(1, len(met) + 1))


def test_every_prompt_says_what_why_and_how(met):
    for prompt in met:
        assert str(prompt.asked)
        assert prompt.why
        assert prompt.flag.startswith("--set ")
        assert prompt.example or prompt.options
        assert prompt.shape or prompt.kind != "line" or prompt.question in {"22", "27", "32", "L3"}


def test_every_stage_is_touched_in_order(met):
    assert list(dict.fromkeys(prompt.stage for prompt in met)) == [
        "problem", "metrics", "data", "pipeline", "model", "deploy", "ab_test",
    ]  # fmt: skip


def test_a_language_model_brings_its_questions_and_takes_others_away(tmp_path):
    file = begun(tmp_path, "generic")
    file.write_text(file.read_text() + "model: {task: agent}\n")
    sitting = session(file)
    asked = {step.question.id for step in sitting.steps}
    assert {"L1", "L2", "L3", "L4", "L5", "L6", "A1", "A2"} <= asked
    assert not {"15", "19", "24"} & asked
    assert "22/2" not in {step.key for step in sitting.steps}
