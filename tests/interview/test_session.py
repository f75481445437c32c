import os

import pytest
from sitting import accept_all, answer, begun, finished, go_to, session, shown

from mlsd.errors import MlsdError, Unreadable, ValueRefused
from mlsd.interview.prompt import Lines
from mlsd.storage import read


def ticked(prompt):
    return [option.value for option in prompt.options if option.ticked]


def test_an_answer_is_on_disk_before_the_next_prompt(tmp_path):
    file = begun(tmp_path)
    sitting = session(file)
    following = sitting.answer("Fewer returns.")
    assert following.question == "2"
    assert read(file).design.problem.goal.statement == "Fewer returns."


def test_own_lines_stand_beside_the_ticks(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "11", Lines(["user", "item"], ["Author (author_id): country, age"]))
    assert [(entity.id, entity.name) for entity in sitting.design.data.entities] == [
        ("user", "person"), ("item", "product"), ("author", "Author"),
    ]  # fmt: skip
    sitting.back()
    prompt = sitting.prompt()
    assert ticked(prompt) == ["user", "item"]
    assert prompt.own == ("Author (author_id): country, age",)


def test_an_own_line_can_be_changed_and_taken_away(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "9", Lines(["hide_users"], ["crashes down, margin 0.1%"]))
    sitting.back()
    sitting.answer(Lines([], ["crashes down, margin 0.2%", "returns down, margin 1%"]))
    guardrails = [(metric.id, metric.margin) for metric in sitting.design.metrics.online if metric.role == "guardrail"]
    assert guardrails == [("crashes", 0.002), ("returns", 0.01)]
    assert [metric.id for metric in sitting.design.metrics.online] == ["shelf_clickers", "crashes", "returns"]


def test_what_cannot_be_read_is_refused_and_nothing_changes(tmp_path):
    sitting = session(begun(tmp_path))
    before = shown(go_to(sitting, "5"))
    text = (tmp_path / "design.yaml").read_text()
    with pytest.raises(MlsdError) as refused:
        sitting.answer("users 1,200")
    assert str(refused.value.message) == "“1,200” can be read two ways."
    assert (tmp_path / "design.yaml").read_text() == text
    assert shown(sitting.prompt()) == before


def test_a_limit_of_ones_own_takes_the_place_of_the_suggested_one(tmp_path):
    sitting = session(begun(tmp_path))
    prompt = go_to(sitting, "6")
    suggested = ticked(prompt)
    assert {"latency", "budget"} <= set(suggested)
    sitting.answer(Lines(suggested, ["p99 latency <= 350 ms", "cost: 5k EUR per month", "p50 latency <= 80 ms"]))
    limits = [(limit.kind, limit.percentile, limit.value) for limit in sitting.design.problem.constraints]
    assert [limit for limit in limits if limit[0] in ("latency", "cost")] == [
        ("latency", 99, 350), ("cost", None, 5000), ("latency", 50, 80)
    ]  # fmt: skip
    sitting.back()
    assert {"latency", "budget"} & set(ticked(sitting.prompt())) == set()


def test_a_line_in_ones_own_words_takes_the_place_of_the_tick(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "9", Lines(["hide_users"], ["hide_users down, margin 1%"]))
    [guardrail] = [metric for metric in sitting.design.metrics.online if metric.role == "guardrail"]
    assert (guardrail.id, guardrail.margin) == ("hide_users", 0.01)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("4", "nobody"),
        ("6", Lines([], ["p99 latency"])),
        ("9", Lines([], ["hide_users down, margin 1%", "hide_users down, margin 2%"])),
        ("11", Lines(["dragon"], [])),
        ("12", Lines([], ["dragon 20: fire"])),
        ("31", "hide_users"),
        ("34", "many, 14 days"),
    ],
)
def test_each_kind_of_answer_is_judged(tmp_path, question, value):
    sitting = session(begun(tmp_path))
    go_to(sitting, question)
    with pytest.raises(MlsdError):
        sitting.answer(value)


def test_characters_nobody_sees_are_refused(tmp_path):
    sitting = session(begun(tmp_path))
    with pytest.raises(MlsdError, match="nobody sees"):
        sitting.answer("good\u202eevil")


def test_leaving_open_empties_and_stays_empty(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "3")
    sitting.back()
    assert ticked(sitting.prompt())
    sitting.leave_open()
    assert sitting.design.problem.clarifications == []
    accept_all(sitting)
    assert sitting.design.problem.clarifications == []
    assert next(one for one in sitting.progress() if one.stage == "problem").open == 1
    again = session(tmp_path / "design.yaml")
    again.jump("problem")
    again.accept()
    assert (again.prompt().question, ticked(again.prompt())) == ("2", [])


def test_an_empty_answer_leaves_open(tmp_path):
    sitting = session(begun(tmp_path))
    sitting.answer("   ")
    assert sitting.design.problem.goal.statement is None
    sitting.answer(Lines([], [" "]))
    assert sitting.design.problem.clarifications == []
    assert sitting.progress()[0].open == 2


def test_back_restores_answers_and_ticks(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "4", "human")
    answer(sitting, "4", "decides which letter is sent", 2)
    answer(sitting, "6", Lines(["budget"], ["no GPU"]))
    steps = [sitting.back() for _ in range(4)]
    assert [(prompt.question, prompt.part) for prompt in steps] == [("6", 1), ("5", 1), ("4", 2), ("4", 1)]
    assert (ticked(steps[0]), steps[0].own) == (["budget"], ("no GPU",))
    assert steps[2].initial == "decides which letter is sent"
    assert steps[3].initial == "human"


def test_back_stays_at_the_first(tmp_path):
    sitting = session(begun(tmp_path))
    assert sitting.back().question == "1"


def test_after_a_correction_one_goes_on_where_one_was(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "8")
    sitting.back()
    sitting.back()
    assert sitting.prompt().question == "6"
    sitting.answer(Lines(["latency"], []))
    assert sitting.prompt().question == "8"


def test_jump_goes_to_what_waits_and_comes_back_for_the_rest(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "3")
    assert sitting.jump("deploy").question == "27"
    while sitting.prompt().stage in ("deploy", "ab_test"):
        sitting.accept()
    assert sitting.prompt().question == "3"


def test_jumping_into_an_answered_stage_walks_all_of_it(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "13")
    sitting.jump("metrics")
    walked = []
    while sitting.prompt().stage == "metrics":
        walked.append(sitting.prompt().question)
        sitting.accept()
    assert walked == ["7", "8", "9", "10"]
    assert sitting.prompt().question == "13"


def test_jumping_into_the_last_stage_walks_to_the_end(tmp_path):
    sitting = finished(tmp_path)
    walked = [prompt.question for prompt in [sitting.jump("ab_test"), *iter(sitting.accept, None)]]
    assert list(dict.fromkeys(walked)) == ["31", "32", "33", "34", "35"]
    assert sitting.prompt() is None


def test_going_back_ends_the_walk_through_a_stage(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "13")
    sitting.jump("metrics")
    assert sitting.back().stage == "problem"
    sitting.accept()
    assert sitting.prompt().question == "13"


def test_two_own_limits_of_one_kind_have_ids_of_their_own(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "6", Lines([], ["p50 latency <= 100 ms", "p99 latency <= 300 ms"]))
    assert [(limit.id, limit.value) for limit in sitting.design.problem.constraints] == [
        ("latency", 100), ("latency_2", 300),
    ]  # fmt: skip


def test_progress_counts_each_stage(tmp_path):
    sitting = session(begun(tmp_path))
    sitting.answer("Fewer returns.")
    sitting.leave_open()
    sitting.accept()
    first = sitting.progress()[0]
    assert (first.stage, first.answered, first.assumed, first.open, first.left, first.total) == (
        "problem",
        1,
        1,
        1,
        4,
        7,
    )


def test_numbers_written_in_russian_are_understood(tmp_path):
    sitting = session(begun(tmp_path, code="ru"), "ru")
    answer(sitting, "5", "пользователи 1,2 млн, запросы 6, пик 300, товары 300 тыс.")
    scale = sitting.design.problem.scale
    assert (scale.daily_users, scale.requests_per_user_day, scale.rps_peak, scale.items) == (1_200_000, 6, 300, 300_000)
    answer(sitting, "32", "70/30")
    assert sitting.design.ab_test.split == {"control": 0.7, "treatment": 0.3}


# kill -9


def test_killed_at_any_prompt_nothing_is_lost(tmp_path):
    file = begun(tmp_path)
    sitting = session(file)
    while True:
        resumed = session(file)
        assert shown(resumed.prompt()) == shown(sitting.prompt())
        assert resumed.design == sitting.design
        assert resumed.progress() == sitting.progress()
        prompt = sitting.prompt()
        if prompt is None:
            break
        if prompt.number % 7 == 3:
            sitting.leave_open()
        elif prompt.number == 20:
            sitting.back()
            sitting.accept()
            sitting.accept()
        else:
            sitting.accept()


def test_killed_between_file_and_journal_the_answer_is_there(tmp_path):
    file = begun(tmp_path)
    sitting = session(file)
    go_to(sitting, "3")
    journal = (tmp_path / ".mlsd" / "journal.json").read_bytes()
    sitting.answer("revenue_per_session 2.1 to 2.2 by 2027-06-30")
    (tmp_path / ".mlsd" / "journal.json").write_bytes(journal)
    resumed = session(file)
    assert resumed.prompt().question == "3"
    assert resumed.prompt().initial == "revenue_per_session 2.1 to 2.2 by 2027-06-30"


def test_without_a_journal_it_begins_at_the_first_open_question(tmp_path):
    file = begun(tmp_path)
    sitting = session(file)
    go_to(sitting, "14")
    for note in (tmp_path / ".mlsd").iterdir():
        note.unlink()
    assert shown(session(file).prompt()) == shown(sitting.prompt())


# the file under other hands


def test_comments_and_spelling_stay(tmp_path):
    file = begun(tmp_path)
    file.write_text(
        file.read_text() + "\nproblem:\n  # agreed with Ann\n  scale: {daily_users: 2M}  # from the dashboard\n"
    )
    sitting = session(file)
    go_to(sitting, "7")
    text = file.read_text()
    assert "# agreed with Ann" in text
    assert "daily_users: 2M" in text
    assert "# from the dashboard" in text


def test_what_cannot_be_changed_in_place_is_written_anew(tmp_path):
    file = begun(tmp_path)
    file.write_text(file.read_text().replace("assumed: [title]", "assumed: [\n  title  # agreed with Ann\n]"))
    sitting = session(file)
    answer(sitting, "5", "users 1M, requests 2")
    design = read(file).design
    assert design.problem.scale.daily_users == 1_000_000
    assert design == sitting.design
    assert "# agreed with Ann" in file.read_text()


def test_a_change_on_disk_is_used_and_never_overwritten(tmp_path):
    file = begun(tmp_path)
    sitting = session(file)
    go_to(sitting, "5")
    file.write_text(file.read_text().replace("action: fill the ten places of the shelf", "action: send one letter"))
    sitting.answer("users 1M, requests 2")
    assert str(sitting.notice) == "The file was changed by another program; what it holds now is used."
    design = read(file).design
    assert design.problem.decision.action == "send one letter"
    assert design.problem.scale.daily_users == 1_000_000


def test_a_change_on_disk_of_this_very_answer_is_shown_first(tmp_path):
    file = begun(tmp_path)
    sitting = session(file)
    go_to(sitting, "5")
    text = file.read_text()
    file.write_text(text.replace("problem:\n", "problem:\n  scale: {daily_users: 3M}\n"))
    with pytest.raises(MlsdError, match="meanwhile"):
        sitting.answer("users 1M")
    assert sitting.prompt().initial == "users 3M"
    sitting.answer("users 1M")
    assert read(file).design.problem.scale.daily_users == 1_000_000


def test_a_file_broken_meanwhile_is_told_and_left_alone(tmp_path):
    file = begun(tmp_path)
    sitting = session(file)
    file.write_text("problem: [")
    with pytest.raises(Unreadable):
        sitting.answer("Fewer returns.")
    assert file.read_text() == "problem: ["


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path):
    file = begun(tmp_path)
    sitting = session(file)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(MlsdError):
            sitting.answer("Fewer returns.")
    finally:
        tmp_path.chmod(0o700)
    assert sitting.design.problem.goal.statement is None


def test_the_goal_speaks_as_people_do(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "3", "Basket value from €30 to 31.5 EUR until 2027-06-30")
    goal = sitting.design.problem.goal
    assert (goal.metric, goal.baseline, goal.target) == ("basket_value", 30, 31.5)
    declared = sitting.design.metrics.business[0]
    assert (declared.id, declared.name, declared.direction) == ("basket_value", "Basket value", "up")


def test_the_goal_finds_a_metric_by_its_name(tmp_path):
    sitting = session(begun(tmp_path, code="ru"), "ru")
    answer(sitting, "3", "Выручка на сессию с 2 до 2,1")
    assert sitting.design.problem.goal.metric == "revenue_per_session"


def test_a_changed_suggestion_keeps_its_name(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "11", Lines(["item"], ["user (user_id): city"]))
    user = next(entity for entity in sitting.design.data.entities if entity.id == "user")
    assert (user.name, [one.name for one in user.attributes]) == ("person", ["city"])
    assert "data.entities[user]" not in sitting.design.assumed


def test_the_help_says_which_field_it_speaks_of(tmp_path):
    told = go_to(session(begun(tmp_path)), "3").help
    assert [text.partition(": ")[0] for text in told] == ["`metric`", "`baseline`", "`target`", "`by`"]


def test_the_time_of_a_block_that_is_not_named_is_refused_and_not_lost(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "18")
    before = sitting.design
    with pytest.raises(ValueRefused, match="“rules” is no block named so far, so its time would be lost"):
        sitting.answer("gateway 5ms > ranker 180ms > rules 5ms")
    assert sitting.design == before
    read = sitting.prompt().understand("gateway 5ms > ranker 180ms > rules 5ms")
    assert "is no block named so far" in str(read.error.message)


def test_a_new_one_of_an_entity_that_is_not_there_is_refused_while_it_is_typed(tmp_path):
    prompt = go_to(session(begun(tmp_path)), "12")
    assert str(prompt.understand("seller 20: nothing").error.message) == "There is no entity “seller”."
    assert prompt.understand("user 20: nothing").error is None


def test_an_example_of_a_choice_is_called_as_it_is_called_where_it_is_picked(tmp_path):
    assert go_to(session(begun(tmp_path, code="ru"), "ru"), "4").example == "машина сама"


def test_the_funnel_suggested_ends_with_what_is_shown(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "16")
    sitting.answer("online, 12")
    assert go_to(sitting, "19").initial.endswith(" 12")
