import pytest
from sitting import begun, go_to, session


@pytest.mark.parametrize(
    ("question", "typed", "understood", "derived"),
    [
        ("3", "revenue 2 to 2.1 by 2027-06-30", "revenue 2 to 2.1 by 2027-06-30", "5 % more"),
        ("5", "users 2M, requests 6, peak 900", "users 2M, requests 6, peak 900",
         "139 requests a second on average, the peak is 6.5 times that"),
        ("5", "users 1M, requests 4, peak 10", "users 1M, requests 4, peak 10",
         "46 requests a second on average: the peak is below that"),
        ("5", "volume 1500, peak 0.2", "peak 0.2, volume 1500",
         "0.017 requests a second on average, the peak is 12 times that"),
        ("18", "gateway 10ms > retrieval 30 + online_features 15 > ranker 80ms",
         "gateway 10ms > retrieval 30ms + online_features 15ms > ranker 80ms", "120 ms at p99, 80 of 200 ms left"),
        ("18", "gateway 10ms > ranker 250ms", "gateway 10ms > ranker 250ms",
         "260 ms at p99, 60 ms over the promised 200 ms"),
        ("18", "gateway > foo > bar", "gateway > foo > bar", "Not declared so far: foo, bar."),
        ("19", "1M > retrieval 500 > ranker 600", "1M > retrieval 500 > ranker 600",
         "ranker gives 600 and gets only 500"),
        ("19", "1M > retrieval 500 > strange 10", "1M > retrieval 500 > strange 10", "Not declared so far: strange."),
        ("19", "1M > retrieval 500 > strange 600", "1M > retrieval 500 > strange 600",
         "strange gives 600 and gets only 500. Not declared so far: strange."),
        ("19", "1M > 2M", "1M > 2M", "the first block gives 2M and gets only 1M"),
        ("32", "70/30", "70/30", "19 % more observations than 50/50"),
        ("3", "churn 4% to 3% by 2027-06-30", "churn 4% to 3% by 2027-06-30", "25 % less"),
        ("3", "appl_rate 5%", "appl_rate 5%", "the number is today's value; still missing: the target, the date"),
        ("3", "2 to 3", "2 to 3", "50 % more; still missing: the metric, the date"),
        ("3", "to 3 by 2027-06-30", "to 3 by 2027-06-30", "still missing: the metric, today's value"),
        ("32", "50/50", "50/50", ""),
        ("33", "2%", "2% relative, alpha 5%, power 80%", "376\u202f102 units in all"),
        ("34", "200k a day, 14 days", "200k a day, 14 days", "376\u202f102 units need 2 days, 7 in whole weeks"),
    ],
)  # fmt: skip
def test_what_follows_from_an_answer_is_shown_while_it_is_typed(tmp_path, question, typed, understood, derived):
    sitting = session(begun(tmp_path))
    found = go_to(sitting, question).understand(typed)
    assert (found.text, found.error, found.derived) == (understood, None, derived)


@pytest.mark.parametrize("typed", ["70/20", "100/0", "50/60"])
def test_shares_of_an_experiment_make_a_whole(tmp_path, typed):
    assert go_to(session(begun(tmp_path)), "32").understand(typed).error is not None


@pytest.mark.parametrize(("users", "offered"), [("1M", "200k a day, 14 days"), ("123k", "25k a day, 14 days")])
def test_the_part_of_the_people_that_takes_part_is_the_template_s(tmp_path, users, offered):
    sitting = session(begun(tmp_path))
    go_to(sitting, "5")
    sitting.answer(f"users {users}, requests 4")
    assert go_to(sitting, "34").initial == offered
    sitting.accept()
    assert "ab_test.eligible_units_day" in sitting.design.assumed


def test_an_own_entry_is_shown_back_as_understood(tmp_path):
    sitting = session(begun(tmp_path))
    prompt = go_to(sitting, "13")
    assert prompt.understand("clicks : user + item, Logs,granted").text == "clicks: user+item, logs, granted"
    assert prompt.understand("clicks: dragon, logs").derived == "Not declared so far: dragon."
    assert prompt.understand("").text == ""
    assert str(prompt.understand("clicks: user, logz").error.hint).startswith("Did you mean “logs”?")


def test_ids_declared_so_far_are_completed(tmp_path):
    sitting = session(begun(tmp_path))
    prompt = go_to(sitting, "24")
    assert {"user", "item", "click_log", "retrieval", "nearline"} <= set(prompt.completions)
    assert "dragon" not in prompt.completions


def test_in_russian_a_fraction_has_its_comma(tmp_path):
    sitting = session(begun(tmp_path, code="ru"), "ru")
    found = go_to(sitting, "3").understand("revenue 2 to 2.01 by 2027-06-30")
    assert "0,5" in found.derived


def test_a_percentage_of_the_goal_stays_as_it_was_typed(tmp_path):
    sitting = session(begun(tmp_path))
    go_to(sitting, "3")
    sitting.answer("appl_rate 5% to 6% by 2027-06-30")
    assert {"baseline: 5%", "target: 6%"} <= {line.strip() for line in sitting.sheet.text.splitlines()}
    assert sitting.back().initial == "appl_rate 5% to 6% by 2027-06-30"
