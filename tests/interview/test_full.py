import pytest
from sitting import begun, session

from mlsd.content.language import language
from mlsd.content.template import names, template
from mlsd.design.deploy import Rollback
from mlsd.design.doc import docs
from mlsd.design.pipeline import Component
from mlsd.interview.prompt import Lines
from mlsd.interview.start import Start
from mlsd.storage import load


@pytest.fixture(scope="module", params=names())
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def whole(kind):
    return load(Start(kind, language("en"), defaults=True, full=True).text(), "design.yaml").design


def keys(sitting):
    return [step.key for step in sitting.steps]


def test_full_defaults_hold_everything_the_template_knows(kind, whole):
    known = dict(template(kind).design.leaves())
    given = dict(whole.leaves())
    assert {path: given.get(path) for path in known} == known


def test_core_questions_come_first(tmp_path):
    sitting = session(begun(tmp_path, defaults=True), full=True)
    core, full = sitting.steps[:44], sitting.steps[44:]
    assert all(step.question.id.isdecimal() for step in core)
    assert not any(step.question.id.isdecimal() for step in full)
    assert len(keys(sitting)) == len(set(keys(sitting)))


def test_a_field_is_asked_in_the_words_of_its_docstring(tmp_path):
    sitting = session(begun(tmp_path, defaults=True), full=True)
    sitting.walk.position = "deploy.rollback.minutes"
    prompt = sitting.prompt()
    assert str(prompt.asked) == docs(Rollback)["minutes"].question
    assert (prompt.kind, prompt.initial, prompt.assumed) == ("line", "5", True)
    assert prompt.flag == "--set deploy.rollback.minutes=…"
    assert sitting.prompt().understand("2 h").text == "120"


@pytest.mark.parametrize("code", ["en", "ru"])
def test_every_question_says_why_and_gives_the_example_of_its_docstring(tmp_path, code):
    sitting = session(begun(tmp_path, defaults=True, code=code), code, full=True)
    asked = {step.part.fills: step for step in sitting.steps}  # of each field once
    for step in asked.values():
        sitting.walk.position = step.key
        prompt = sitting.prompt()
        assert prompt.why, step.key
        assert len(prompt.help) == len(set(prompt.help))
        titles = [option.title for option in prompt.options]
        assert len(titles) == len(set(titles)), step.key
        if code == "ru" and not step.question.id.isdecimal():
            assert any("а" <= letter <= "я" for letter in prompt.why), step.key
            assert all(any("а" <= letter <= "я" for letter in said) for said in prompt.help), step.key
    sitting.walk.position = "data.sources[click_log].history_days"
    assert sitting.prompt().example == "400"
    sitting.walk.position = "pipeline.components[gateway].tool"
    assert sitting.prompt().example == "faiss"


def test_attributes_are_told_apart_by_their_ids(tmp_path):
    sitting = session(begun(tmp_path, defaults=True), full=True)
    sitting.walk.position = "metrics.slices"
    titles = [option.title for option in sitting.prompt().options]
    assert {"user.country", "item.category"} <= set(titles)
    assert len(titles) == len(set(titles))


def test_the_total_is_the_same_from_the_first_question_to_the_last(tmp_path):
    sitting = session(begun(tmp_path), full=True)
    first = sitting.prompt().of
    assert first > 4 * len(sitting.steps)
    for _ in range(50):
        assert abs(sitting.prompt().of - first) <= first // 25
        sitting.accept()
    complete = session(begun(tmp_path / "complete", defaults=True, full=True), full=True)
    assert len(complete.steps) == first


def test_an_entry_is_named_in_its_questions(tmp_path):
    sitting = session(begun(tmp_path, defaults=True), full=True)
    sitting.walk.position = "pipeline.components[ranker].replicas"
    assert str(sitting.prompt().asked) == f"ranker: {docs(Component)['replicas'].question}"
    assert sitting.prompt().initial == "12"
    sitting.answer("14")
    assert next(block for block in sitting.design.pipeline.components if block.id == "ranker").replicas == 14


def test_yes_or_no_and_ids_are_picked(tmp_path):
    sitting = session(begun(tmp_path, defaults=True), full=True)
    sitting.walk.position = "problem.decision.reversible"
    assert [option.value for option in sitting.prompt().options] == ["true", "false"]
    sitting.answer("false")
    assert sitting.design.problem.decision.reversible is False
    sitting.walk.position = "pipeline.components[ranker].fallback"
    assert "popular" in [option.value for option in sitting.prompt().options]
    sitting.answer("popular")


@pytest.mark.parametrize(("typed", "taken"), [("0", False), ("120%", False), ("50%", True), ("100%", True)])
def test_the_share_of_an_experiment_is_neither_nothing_nor_more_than_all(tmp_path, typed, taken):
    sitting = session(begun(tmp_path, defaults=True), full=True)
    sitting.walk.position = "ab_test.exposure"
    assert (sitting.prompt().understand(typed).error is None) == taken


def test_a_list_begins_with_one_line_an_entry(tmp_path):
    sitting = session(begun(tmp_path, defaults=True), full=True)
    sitting.walk.position = "problem.risks"
    sitting.answer(Lines(["loop"], ["Sellers cheat."]))
    risks = sitting.design.problem.risks
    assert [(risk.id, risk.text) for risk in risks][1] == ("sellers_cheat", "Sellers cheat.")
    assert "problem.risks[sellers_cheat].mitigation" in keys(sitting)
    assert "problem.risks[loop]" in sitting.design.assumed
    assert "problem.risks[sellers_cheat]" not in sitting.design.assumed


@pytest.mark.parametrize(
    ("given", "asked", "not_asked"),
    [
        ("data: {labels: {origin: human}}", "data.labels.annotation.per_item", "model.llm.serving.ttft_ms"),
        ("data: {labels: {origin: natural}}", "data.labels.count", "data.labels.annotation.per_item"),
        ("model: {task: forecasting}", "data.labels.zero_share", "data.labels.negatives"),
        ("model: {task: binary}", "model.operating_point.kind", "data.labels.zero_share"),
        ("model: {task: ranking}", "model.preparation", "model.operating_point.kind"),
        ("model: {llm: {knowledge: rag}}", "model.llm.corpus.private", "model.sampling"),
        ("model: {llm: {knowledge: prompt}}", "model.llm.context.window", "model.llm.corpus.private"),
        ("model: {llm: {models: {id: a, hosting: api}}}", "model.llm.serving.ttft_ms", "model.llm.serving.gpus"),
        ("model: {llm: {models: {id: a, hosting: own}}}", "model.llm.serving.gpus", "model.features"),
        (
            "model: {agent: {tools: {id: shell}}}",
            "model.agent.tools[shell].open_ended",
            "model.agent.tools[shell].sandbox",
        ),
        (
            "model: {agent: {tools: {id: shell, open_ended: true}}}",
            "model.agent.tools[shell].sandbox",
            "model.features",
        ),
        ("pipeline: {serving: {mode: batch}}", "pipeline.serving.batch_hours", "problem.decision.deadline_ms"),
        ("metrics: {online: [{id: ctr, role: success}]}", "metrics.online[ctr].of", "metrics.online[ctr].margin"),
    ],
)
def test_what_does_not_apply_is_not_asked(tmp_path, given, asked, not_asked):
    file = begun(tmp_path, "generic")
    file.write_text(f"{file.read_text()}{given}\n")
    found = keys(session(file, full=True))
    assert asked in found
    assert not_asked not in found


def test_a_block_is_no_fallback_of_itself(tmp_path):
    sitting = session(begun(tmp_path, defaults=True), full=True)
    blocks = [block.id for block in sitting.design.pipeline.components]
    for place, block in enumerate(blocks):
        step = next((one for one in sitting.steps if one.key == f"pipeline.components[{block}].fallback"), None)
        if step is None:
            continue
        sitting.walk.position = step.key
        offered = [option.value for option in sitting.prompt().options]
        assert offered == blocks[:place] + blocks[place + 1 :]
        return
    pytest.fail("no block is asked for its fallback")
