from sitting import answer, begun, go_to, session

from mlsd.interview.prompt import Lines


def lines(sitting, stage):
    return [(one.key, one.value, one.state) for one in sitting.answered(stage)]


def test_a_stage_in_a_line_for_each_prompt(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "7")
    sitting.leave_open()
    answer(sitting, "9", Lines(["hide_users"], ["Crashes down, margin 0.1%"]))
    assert lines(sitting, "metrics") == [
        ("7", "", "open"),
        ("8", "people who open a product from the shelf", "assumed"),
        ("9", "people who hide an item or the whole shelf, Crashes", "answered"),
    ]


def test_what_was_not_asked_is_not_in_the_recap(tmp_path):
    sitting = session(begun(tmp_path))
    assert lines(sitting, "problem") == []


def test_follow_ups_begin_with_what_is_weak(tmp_path):
    sitting = session(begun(tmp_path, defaults=True))
    assert sitting.follow_ups("ab_test") == list(sitting.template.follow_ups["ab_test"][:2])
    weak = sitting.follow_ups("ab_test", [(("ab_test", "split"), "ABT-20")])
    assert weak[0] == "Shares came out as 69.2 to 30.8 with a million people. Do you read the result?"
