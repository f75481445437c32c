import pytest
from sitting import accept_all, begun, go_to, session

from mlsd import lint
from mlsd.content import template as content
from mlsd.content.language import language
from mlsd.content.template import names
from mlsd.design import Design
from mlsd.interview import typed
from mlsd.interview.given import place
from mlsd.interview.prompt import Prompt
from mlsd.interview.sequence import sequence
from mlsd.interview.situation import Situation
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
    assert len(met) <= 45
    assert sum(map(keys, met)) <= 400
    assert [prompt.number for prompt in met] == list(range(1, len(met) + 1))


@pytest.mark.parametrize("task", typed.values(("model", "task")))
@pytest.mark.parametrize("llm", [None, {"knowledge": ["fine_tuning"]}], ids=["", "tuned"])
def test_a_pass_takes_at_most_45_prompts_whatever_the_task(template, task, llm):
    known = content.template(template)
    begun = Design.model_validate({"template": template, "model": {"task": task} | ({"llm": llm} if llm else {})})
    assert len(sequence(Situation(begun, known.design, known.also, known, language("en")))) <= 45


def test_every_prompt_says_what_why_and_how(met):
    for prompt in met:
        assert str(prompt.asked)
        assert prompt.why
        option, path = prompt.flag.partition("=")[0].replace("'", "").split()
        assert option == "--set"
        assert place({}, path.replace("[ID]", "[one]"))
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
    assert {"L1", "L2", "L3", "L4", "L5", "A1", "A2"} <= asked
    assert not {"12", "15", "19", "24", "L6"} & asked
    assert not {"22/2", "23/2", "27/2", "27/3"} & {step.key for step in sitting.steps}


def test_whoever_tunes_a_language_model_is_asked_for_the_stages(tmp_path):
    sitting = session(begun(tmp_path, "ai-agent"))
    go_to(sitting, "L2")
    sitting.answer(["prompt", "fine_tuning"])
    assert "L6" in {step.question.id for step in sitting.steps}
    assert go_to(sitting, "L6").options
