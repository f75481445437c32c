"""Sittings behind a pseudo-terminal: what the screen says of lines, help, time and broken links."""

from __future__ import annotations

import json
from pathlib import Path

from test_wizard import at, begun, design, mlsd


def test_a_russian_sitting_shows_its_lines_in_russian_and_takes_either_notation(tmp_path: Path) -> None:
    with begun(tmp_path, "--lang", "ru", "new", "recsys") as screen:
        at(screen, 1)
        screen.press("Enter")
        at(screen, 2)
        screen.press("Enter")
        at(screen, 3)
        screen.until("› revenue_per_session с 2,1 до 2,12 к 30.06.2027", "✓ revenue_per_session с 2,1 до 2,12")
        screen.press("trips 5% to 5.4% by 2027-06-30").until("✓ trips с 5 % до 5,4 % к 30.06.2027").press("Enter")
        at(screen, 4)
        screen.press("Enter")
        at(screen, 5)
        screen.press("Enter")
        at(screen, 6)
        screen.until("✓ пользователей 1 млн, запросов 4, пик 300, объектов 1 млн")
        screen.press("пользователей 1,2 млн, запросов 2,5").until("✓ пользователей 1,2 млн, запросов 2,5")
        screen.press("Enter")
        at(screen, 7)
        screen.until(
            "◉ задержка p99 <= 200 мс", "◉ стоимость <= 15 тыс. EUR в месяц", "например задержка p99 <= 200 мс"
        )
        screen.press("Ctrl-C")
        assert screen.ended() == 130
    problem = design(tmp_path / "recsys").problem
    assert (problem.goal.metric, problem.goal.target, str(problem.goal.by)) == ("trips", 0.054, "2027-06-30")
    assert (problem.scale.daily_users, problem.scale.requests_per_user_day) == (1_200_000, 2.5)


def test_esc_puts_the_help_away_and_code_is_not_shown_between_backticks(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", title="A shelf", rows=30) as screen:
        at(screen, 1)
        screen.press("Enter")
        at(screen, 2)
        screen.press("Enter")
        at(screen, 3)
        screen.press("F1").until("baseline: In the unit of the metric", "Esc put away")
        assert "`" not in screen.text
        screen.press("Esc").until_gone("Esc put away").until("F1 help", "› revenue_per_session 2.1 to 2.12")
        screen.press("F1").until("Esc put away").press("F1").until("F1 help")


def test_a_time_of_a_block_that_is_not_named_is_refused_while_one_types(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", title="A shelf") as screen:
        at(screen, 1)
        screen.press("Ctrl-G").until("Go on with which stage?").press("pipe", "Enter")
        screen.until("When is the prediction made").press("Enter")
        screen.until("Which blocks").press("Enter")
        screen.until("In which order").press("Ctrl-U", "gateway 10ms > oracle 5ms")
        screen.until("✗ “oracle” is no block named so far, so its time would be lost.")
        screen.press("Ctrl-U", "gateway 10ms > oracle").until("✓ gateway 10ms > oracle")


def test_fewer_ticks_than_suggested_are_as_assumed_on_the_line_as_in_the_count(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", title="A shelf") as screen:
        at(screen, 1)
        screen.press("Sell more.", "Enter")
        at(screen, 2)
        screen.press("Space", "Enter")
        at(screen, 3)
        screen.until("≈ What did you ask back", "assumed").press("Ctrl-G").until("1 answered, 1 assumed")


def test_the_time_of_each_stage_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", "--minutes", "45") as screen:
        at(screen, 1)
        screen.press("Ctrl-S")
        assert screen.ended() == 0
    notes = tmp_path / "recsys" / ".mlsd" / "journal.json"
    kept = json.loads(notes.read_text())
    assert 0 < kept["spent"]["problem"] <= kept["seconds"]
    notes.write_text(json.dumps(kept | {"seconds": 700.0, "spent": {"problem": 660.0}}))
    with mlsd(tmp_path, "resume", "recsys") as screen:
        screen.until("11:4", "/ 45:00", "11 of 9 minutes on Problem, Metrics is empty")


def test_a_link_that_another_goal_broke_is_seen_at_its_question(tmp_path: Path) -> None:
    with mlsd(tmp_path, "new", "recsys", "--defaults") as screen:
        assert screen.ended() == 0
    with mlsd(tmp_path, "resume", "recsys", columns=120) as screen:
        screen.until("Which stage do you want to walk again?").press("prob", "Enter")
        for _ in range(2):
            screen.until("^S").press("Enter")
            screen.read(0.5)
        screen.until("Which business number").press("Ctrl-U", "trips 5 to 6", "Enter")
        screen.press("Ctrl-G").until("Go on with which stage?").press("met", "Enter")
        screen.until("Which numbers does the business watch?", "◉ trips up").press("Enter")
        screen.until("◉ shelf_clickers up 20% to 21% -> trips", "no longer declared: revenue_per_session")
        screen.press("Enter").until("Which number, if it got worse").press("Ctrl-S")
        assert screen.ended() == 0
    assert design(tmp_path / "recsys").metrics.online[0].links_to == ["trips"]
