from pathlib import Path

import pytest
from sitting import accept_all, begun, go_to, session

from mlsd.content.language import language
from mlsd.content.template import names
from mlsd.design.reference import RESERVED, known, references
from mlsd.errors import MlsdError, Unreadable, UsageError
from mlsd.interview.given import data_of, with_set
from mlsd.interview.start import Start, repeat, title_prompt
from mlsd.storage import load


def made(**start):
    return load(Start("recsys", language("en"), **start).text(), "design.yaml").design


def test_a_new_design_is_an_interview_and_tells_editors_its_schema():
    assert Start("recsys", language("ru"), title="Полка").text() == (
        "# yaml-language-server: $schema=mlsd-1.schema.json\n"
        "mlsd: 1\n"
        "title: Полка\n"
        "template: recsys\n"
        "language: ru\n"
        "maturity: interview\n"
        "currency: EUR\n"
    )


def test_a_design_that_is_there_is_not_written_over(tmp_path):
    file = begun(tmp_path, title="Mine")
    with pytest.raises(UsageError, match="is there already"):
        begun(tmp_path, title="Another")
    assert "Mine" in file.read_text()
    Start("recsys", language("en"), title="Another").write(tmp_path, force=True)
    assert "Another" in file.read_text()


def test_overwriting_begins_the_interview_anew(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "9")
    Start("generic", language("en")).write(tmp_path, force=True)
    assert session(tmp_path / "design.yaml").prompt().question == "1"


def test_set_answers_beforehand():
    design = made(sets=("problem.scale.daily_users=1.2M", "data.labels.positive_rate=1,5 %", "ab_test.split=60/20/20"))
    assert design.problem.scale.daily_users == 1_200_000
    assert design.data.labels.positive_rate == 0.015
    assert design.ab_test.split == {"control": 0.6, "treatment_1": 0.2, "treatment_2": 0.2}


def test_set_adds_an_entry_and_goes_into_one():
    design = made(
        sets=("metrics.online[ctr].direction=up", "metrics.online[ctr].baseline=5%", "deploy.transport=kafka, grpc")
    )
    assert [(metric.id, metric.direction, metric.baseline) for metric in design.metrics.online] == [("ctr", "up", 0.05)]
    assert design.deploy.transport == ["kafka", "grpc"]


def test_set_counts_entries_that_have_no_id():
    design = made(sets=("problem.clarifications[0].question=Why?", "problem.clarifications[0].answer=So."))
    assert [(one.question, one.answer) for one in design.problem.clarifications] == [("Why?", "So.")]
    with pytest.raises(MlsdError, match="no entry “1”"):
        made(sets=("problem.clarifications[1].question=Why?",))


def test_set_reaches_into_what_is_written_as_a_bare_name():
    data = {"data": {"entities": [{"id": "user", "attributes": ["age", "country"]}]}}
    attributes = with_set(data, "data.entities[user].attributes[age].personal=true")["data"]["entities"][0][
        "attributes"
    ]
    assert attributes == [{"name": "age", "personal": True}, "country"]


@pytest.mark.parametrize(
    ("assignment", "message", "hint"),
    [
        ("problem.gol.target=1", "“problem.gol.target” leads nowhere: there is no “gol” here.", "Did you mean “goal”?"),
        ("titel=x", "“titel” leads nowhere: there is no “titel” here.", "Did you mean “title”?"),
        ("problem.scale.items=many", "--set problem.scale.items: “many” is not a number that can be read here.", None),
        ("nothing", "“nothing” sets nothing.", "Write --set problem.goal.target=1.95"),
        ("=5", "“=5” sets nothing.", "Write --set problem.goal.target=1.95"),
    ],
)
def test_set_refuses_what_no_design_has(assignment, message, hint):
    with pytest.raises(MlsdError) as refused:
        with_set({}, assignment)
    assert str(refused.value.message) == message
    assert hint is None or str(refused.value.hint) == hint


@pytest.mark.parametrize(
    "value", ["[loans up to 15,000 EUR]", "loans up to 15,000 EUR", "cars, loans up to 1,200 EUR; boats"]
)
def test_set_does_not_cut_a_number_in_two(value):
    with pytest.raises(MlsdError, match="it seems to stand inside a number"):
        with_set({}, f"problem.in_scope={value}")


@pytest.mark.parametrize(
    ("value", "entries"),
    [
        ("loans up to 15 000 EUR, cars", ["loans up to 15 000 EUR", "cars"]),
        ("loans up to 15, 000 EUR", ["loans up to 15", "000 EUR"]),
        ('["loans up to 15,000 EUR"]', ["loans up to 15,000 EUR"]),
        ("top 10,cars,100 shops", ["top 10", "cars", "100 shops"]),
    ],
)
def test_set_takes_a_comma_with_a_space_or_outside_of_numbers_for_the_next_entry(value, entries):
    assert with_set({}, f"problem.in_scope={value}")["problem"]["in_scope"] == entries
    assert with_set({}, "data.seasonality_days=7,365")["data"]["seasonality_days"] == [7, 365]


def test_set_survives_defaults_and_is_not_assumed():
    design = made(defaults=True, sets=("problem.goal.target=2.2", "metrics.online[shelf_clickers].baseline=30%"))
    assert (design.problem.goal.metric, design.problem.goal.baseline, design.problem.goal.target) == (
        "revenue_per_session", 2.1, 2.2,
    )  # fmt: skip
    assert design.metrics.online[0].baseline == 0.3
    assert "problem.goal.target" not in design.assumed
    assert "problem.goal.baseline" in design.assumed
    assert "metrics.online[shelf_clickers]" not in design.assumed
    assert "metrics.online[shelf_clickers].target" in design.assumed


def test_data_answers_beforehand():
    design = made(data=dict(load("title: Mine\nproblem: {scale: {daily_users: 2M}}\n", "answers.yaml").data))
    assert (design.title, design.problem.scale.daily_users, design.assumed) == ("Mine", 2_000_000, [])


def test_data_with_an_unknown_key_is_refused_with_its_place(tmp_path):
    file = tmp_path / "answers.yaml"
    file.write_text("problem:\n  gaol: {target: 1}\n")
    with pytest.raises(Unreadable) as refused:
        data_of(str(file))
    assert str(refused.value.place) == f"{file}:2:3"
    assert "goal" in str(refused.value.hint)


def test_what_was_given_is_not_asked(tmp_path):
    sitting = session(begun(tmp_path, sets=("problem.goal.statement=Fewer returns.",)))
    assert sitting.prompt().question == "2"


def test_another_design_is_suggested(tmp_path):
    (tmp_path / "old").mkdir()
    old = begun(tmp_path / "old", defaults=True, sets=("problem.goal.statement=Fewer returns.",))
    (tmp_path / "new").mkdir()
    file = Start("recsys", language("en"), title="Again", offered=old).write(tmp_path / "new")
    prompt = session(file).prompt()
    assert prompt.example == "Fewer returns."
    accept_all(session(file))
    assert session(file).design.problem.goal.statement == "Fewer returns."


def test_the_full_pass_is_remembered(tmp_path):
    file = Start("recsys", language("en"), full=True).write(tmp_path)
    assert session(file).full


def test_the_line_that_repeats_is_flags_where_flags_are_enough(tmp_path):
    design = made(defaults=True, title="My shelf", sets=("problem.goal.target=2.2",))
    line = repeat(design, tmp_path / "shop" / "design.yaml", ("problem.goal.target=2.2",))
    flags = "--defaults --set 'title=My shelf' --set problem.goal.target=2.2"
    assert line == f"mlsd new recsys -o {tmp_path}/shop-2 {flags}"


def test_the_line_that_repeats_names_the_file_where_they_are_not(tmp_path):
    design = made(defaults=True, sets=("problem.goal.target=2.2",))
    file = tmp_path / "shop" / "my design.yaml"
    assert repeat(design, file) == f"mlsd new recsys -o {tmp_path}/shop-2 --data '{file}' --no-input"


def test_the_line_that_repeats_writes_into_a_folder_that_is_not_there_yet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    design = made(defaults=True)
    (tmp_path / "recsys-2").mkdir()
    assert repeat(design, Path("recsys/design.yaml")) == "mlsd new recsys -o recsys-3 --defaults"
    assert repeat(design, Path("design.yaml")) == "mlsd new recsys -o design-2 --defaults"


def test_a_repeated_design_is_the_same(tmp_path):
    file = begun(tmp_path)
    sitting = session(file)
    sitting.answer("Fewer returns.")
    accept_all(sitting)
    again = Start("recsys", language("en"), data=data_of(str(file))).text()
    assert load(again, "x").design == sitting.design


def test_the_title_is_asked_before_the_clock():
    prompt = title_prompt("recsys", language("en"))
    assert str(prompt.asked) == "What are we designing, in one line?"
    assert (prompt.kind, prompt.initial, prompt.assumed) == (
        "line", "Personal shelf on the home page of an online shop", True,
    )  # fmt: skip


@pytest.mark.parametrize("template", names())
def test_another_goal_set_beforehand_is_declared_and_linked_to_and_brings_no_numbers_of_the_suggested_one(template):
    text = Start(template, language("en"), sets=("problem.goal.metric=trips",), defaults=True).text()
    design = load(text, "design.yaml").design
    goal = design.problem.goal
    assert (goal.metric, goal.baseline, goal.target) == ("trips", None, None)
    assert goal.by is not None
    assert [one.id for one in design.metrics.business] == ["trips"]
    assert not [covered for covered in design.assumed if covered in ("problem.goal.metric", "metrics.business[trips]")]
    assert any("trips" in one.links_to for one in design.metrics.online)
    assert not undeclared(design)


def test_a_goal_set_beforehand_keeps_the_numbers_set_with_it():
    design = made(
        defaults=True, sets=("problem.goal.metric=trips", "problem.goal.baseline=5", "problem.goal.target=4.5")
    )
    assert (design.problem.goal.baseline, design.problem.goal.target) == (5, 4.5)
    assert [(one.id, one.direction) for one in design.metrics.business] == [("trips", "down")]


def test_a_goal_set_beforehand_is_offered_among_the_business_metrics_of_a_sitting(tmp_path):
    sitting = session(begun(tmp_path, sets=("problem.goal.metric=trips",)))
    prompt = go_to(sitting, "7")
    assert {option.value: option.ticked for option in prompt.options}["trips"]
    sitting.accept()
    assert "trips" in [one.id for one in sitting.design.metrics.business]


def undeclared(design):
    """Names of metrics that nothing declares."""
    there = known(design, "metric").keys() | RESERVED
    return [one.id for one in references(design) if one.to == "metric" and one.id not in there]
