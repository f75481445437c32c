from sitting import answer, begun, go_to, session

from mlsd.design import Design
from mlsd.interview.assumed import covered, tidy, without
from mlsd.interview.prompt import Lines


def assumed(sitting, stage):
    return [path for path in sitting.design.assumed if path.partition(".")[0] == stage]


def test_what_is_accepted_is_assumed(tmp_path):
    sitting = session(begun(tmp_path, title="Shelf"))
    go_to(sitting, "4")
    assert sitting.design.assumed == [
        "problem.goal.statement",
        "problem.clarifications",
        "problem.goal.metric",
        "problem.goal.baseline",
        "problem.goal.target",
        "problem.goal.by",
        "metrics.business[revenue_per_session]",
    ]


def test_a_title_that_nobody_gave_is_assumed(tmp_path):
    assert session(begun(tmp_path)).design.assumed == ["title"]


def test_of_an_edited_line_only_the_rest_is_assumed(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "5", "users 2M, requests 4, peak 300, items 1M")
    assert [path for path in assumed(sitting, "problem") if "scale" in path] == [
        "problem.scale.requests_per_user_day",
        "problem.scale.rps_peak",
        "problem.scale.items",
    ]


def test_of_a_line_typed_anew_nothing_is_assumed_even_where_it_is_as_suggested(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "5")
    sitting.accept()
    assert "problem.scale.rps_peak" in sitting.design.assumed
    sitting.back()
    sitting.answer("users 2M, requests 4, peak 300, items 1M", own=True)
    assert not [path for path in sitting.design.assumed if "scale" in path]


def test_of_edited_ticks_the_own_entries_are_not_assumed(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "9", Lines(["hide_users"], ["crashes down, margin 0.1%"]))
    assert assumed(sitting, "metrics") == [
        "metrics.business[revenue_per_session]",
        "metrics.online[shelf_clickers]",
        "metrics.online[hide_users]",
    ]


def test_an_answer_of_ones_own_words_is_not_assumed(tmp_path):
    sitting = session(begun(tmp_path))
    sitting.answer("Fewer returns.")
    assert assumed(sitting, "problem") == []


def test_what_is_typed_over_later_is_not_assumed_any_more(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "2")
    sitting.back()
    sitting.answer("Fewer returns.")
    assert assumed(sitting, "problem") == []


def test_coming_back_and_going_on_changes_nothing(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "6")
    before = list(sitting.design.assumed)
    prompt = sitting.back()
    assert prompt.assumed
    sitting.answer(prompt.initial)
    assert sitting.design.assumed == before


def test_what_stands_in_the_file_already_is_not_assumed(tmp_path):
    file = begun(tmp_path)
    file.write_text(file.read_text() + "model: {task: ranking}\n")
    sitting = session(file)
    go_to(sitting, "25")
    assert "model.task" not in sitting.design.assumed


def test_an_edit_inside_an_assumed_entry_leaves_its_other_fields_assumed(tmp_path):
    sitting = session(begun(tmp_path))
    answer(sitting, "18", "gateway 20ms > ranker 70ms")
    blocks = [path for path in assumed(sitting, "pipeline") if "gateway" in path or "ranker" in path]
    assert blocks == [
        "pipeline.components[gateway].role",
        "pipeline.components[gateway].lane",
        "pipeline.components[ranker]",
    ]


def test_a_numbered_entry_keeps_its_status_when_it_moves(tmp_path):
    sitting = session(begun(tmp_path))
    prompt = go_to(sitting, "2")
    kept = [option.value for option in prompt.options][1:]
    sitting.answer(Lines(kept, ["May it be wrong? Yes, sometimes."]))
    assert assumed(sitting, "problem") == [
        "problem.goal.statement", "problem.clarifications[0]", "problem.clarifications[1]",
    ]  # fmt: skip
    sitting.back()
    sitting.answer(Lines(kept[1:], ["May it be wrong? Yes, sometimes."]))
    assert assumed(sitting, "problem") == ["problem.goal.statement", "problem.clarifications[0]"]


def test_an_assumed_path_covers_what_is_below():
    assert covered(["problem.scale"], "problem.scale.items")
    assert covered(["metrics.online"], "metrics.online[ctr].margin")
    assert not covered(["problem.scale"], "problem.scale_of_things")


def test_taking_one_thing_out_leaves_its_siblings():
    design = Design.model_validate({"pipeline": {"flows": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}]}})
    assert without(["pipeline.flows"], design, "pipeline.flows[0]") == ["pipeline.flows[1]"]
    assert without(["pipeline.flows[1]"], design, "pipeline.flows[1].to") == ["pipeline.flows[1].from"]


def test_paths_that_lead_nowhere_any_more_are_left_out():
    design = Design.model_validate({"problem": {"scale": {"items": 3}}, "metrics": {"online": [{"id": "ctr"}]}})
    kept = tidy(
        ["metrics.online[gone]", "metrics.online[ctr]", "problem.scale.items", "problem.scale.rps_peak"], design
    )
    assert kept == ["problem.scale.items", "metrics.online[ctr]"]
