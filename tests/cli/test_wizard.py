"""The whole interview behind a pseudo-terminal: the screen a person sees, and the file that is left."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from screen import SRC, Screen

from mlsd.design import Design
from mlsd.storage import read

NUMBER = re.compile(r" (\d+)/(\d+) ")


def place(screen: Screen) -> tuple[int, int] | None:
    """Which question the header counts, of how many."""
    found = NUMBER.findall(screen.text + " ")
    return (int(found[-1][0]), int(found[-1][1])) if found else None


def at(screen: Screen, number: int) -> None:
    """Wait for the question with this number, drawn to its last line."""
    end = time.monotonic() + 20
    while (place(screen) or (0, 0))[0] != number or "^S" not in screen.text.splitlines()[-1]:
        screen.read(0.2)
        assert time.monotonic() < end, f"not at {number}:\n{screen.text}"


def moved(screen: Screen, before: tuple[int, int] | None) -> bool:
    """Wait until the question changes; False if the interview is over."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if "-o design.pdf" in screen.text:
            return False
        here = place(screen)
        if here is not None and here != before and "^S" in screen.text.splitlines()[-1]:
            return True
        screen.read(0.2)
    raise AssertionError(f"stuck at {before}:\n{screen.text}")


def offers_example(screen: Screen) -> bool:
    """Whether Tab would take an example; in a list it completes a word."""
    foot = screen.text.splitlines()[-2]
    return "Tab" in foot.split("Enter")[0] and "Space" not in foot


def accept(screen: Screen) -> None:
    """Take whatever is offered: what is suggested, or the example."""
    while not (example := offers_example(screen)) and screen.read(0.1):
        pass  # the head was drawn and the foot was not yet
    if example:
        screen.press("Tab")
    screen.press("Enter")


def walk(screen: Screen) -> int:
    """Accept everything up to the end; how many prompts there were."""
    prompts, here, forms = 0, None, set()
    while moved(screen, here):
        prompts, here = prompts + 1, place(screen)
        forms.add(len(TITLES & set(re.findall(r"\w+", strip(screen)))) > 1)
        accept(screen)
    assert len(forms) == 1, "the strip of stages changed its form"
    return prompts


def strip(screen: Screen) -> str:
    """The row of the stages."""
    return next(line for line in reversed(screen.text.splitlines()) if re.search(r" \d+/\d+ +\d+:\d\d$", line))


TITLES = {"Problem", "Data", "Model", "Задача", "Данные", "Модель"}
TITLE = {"en": "What are we designing", "ru": "Что мы проектируем"}


def mlsd(folder: Path, *arguments: str, **how: object) -> Screen:
    return Screen("-m", "mlsd", *arguments, cwd=folder, **how)  # type: ignore[arg-type]


def begun(folder: Path, *arguments: str, title: str = "", **how: object) -> Screen:
    """A new design, its title given or taken as it is suggested."""
    screen = mlsd(folder, *arguments, **how)
    drawn = "--plain" not in arguments and "dumb" not in dict(how.get("env") or {}).values()  # type: ignore[call-overload]
    screen.until(TITLE["ru" if "ru" in arguments else "en"], *(["^S"] if drawn else []))
    return screen.press(*(["Ctrl-U", title] if title else []), "Enter")


def design(folder: Path) -> Design:
    return read(folder / "design.yaml").design


@pytest.mark.parametrize(
    ("language", "rows", "columns", "done"),
    [("en", 24, 80, "Written: recsys/design.yaml"), ("ru", 24, 80, "recsys/design.yaml")],
)
def test_an_interview_from_the_first_question_to_the_last(
    language: str, rows: int, columns: int, done: str, tmp_path: Path
) -> None:
    with begun(tmp_path, "--lang", language, "new", "recsys", rows=rows, columns=columns) as screen:
        prompts = walk(screen)
        screen.until(done)
        assert screen.ended() == 0
    assert 30 <= prompts <= 45
    written = design(tmp_path / "recsys")
    assert written.language == language
    assert written.maturity == "interview"
    assert written.ab_test.decision_rule.win
    assert "problem.scale" in " ".join(written.assumed)


def test_plain_prompts_move_no_cursor(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", "--plain", env={"FORCE_COLOR": "1"}) as screen:
        screen.until("question 1 of")
        screen.press(":example\r", ":back\r", ":help\r", "Sell more.\r", ":goto ab\r")
        screen.until("A/B test, question")
        screen.press(":skip\r", ":save\r")
        screen.until("Go on with: mlsd resume recsys")
        assert screen.ended() == 0
        assert b"\x1b" not in screen.raw
    assert design(tmp_path / "recsys").problem.goal.statement == "Sell more."


def test_plain_prompts_to_the_end(tmp_path: Path) -> None:
    commands = "".join(":example\n" if number == 0 else "\n" for number in range(60))
    environ = {"PYTHONPATH": SRC, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "dumb"}
    with begun(tmp_path, "new", "recsys", env=environ) as screen:
        screen.until("question 1 of")
        screen.press(commands)
        screen.until("Written: recsys/design.yaml", seconds=40)
        assert screen.ended() == 0
        assert b"\x1b" not in screen.raw
    assert design(tmp_path / "recsys").ab_test.primary


def test_killed_at_every_question_and_nothing_lost(tmp_path: Path) -> None:
    with Screen(str(Path(__file__).parent / "again.py"), "shop", cwd=tmp_path) as screen:
        screen.until(TITLE["en"], "^S").press("Enter")
        here, prompts = None, 0
        while moved(screen, here):
            here, prompts = place(screen), prompts + 1
            accept(screen)
            if not moved(screen, here):
                break
            there, before = place(screen), (tmp_path / "shop" / "design.yaml").read_bytes()
            screen.press("zzqx").until("zzqx", "F1 help")  # drawn to its foot: nothing of it comes behind the wipe
            os.kill(int((tmp_path / "child").read_text()), signal.SIGKILL)
            screen.wipe()
            moved(screen, None)
            assert place(screen) == there
            assert (tmp_path / "shop" / "design.yaml").read_bytes() == before
        screen.until("Written: shop/design.yaml")
        assert screen.ended() == 0
    assert prompts > 30
    with_defaults = subprocess.run(
        [sys.executable, "-m", "mlsd", "new", "recsys", "--defaults", "-o", "other"],
        cwd=tmp_path, env={"PYTHONPATH": SRC, "PATH": os.environ["PATH"]}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert with_defaults.stdout == "other/design.yaml\n"
    assert design(tmp_path / "shop").filled() == design(tmp_path / "other").filled()


def test_back_jump_save_and_resume(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", title="A shelf") as screen:
        at(screen, 1)
        screen.press("Sell more.", "Enter")
        at(screen, 2)
        screen.press("Down", "Space", "Who asks? The shop.", "Enter", "Enter")
        at(screen, 3)
        screen.press("Shift-Tab")
        at(screen, 2)
        ticks = [line.split()[0] for line in screen.text.splitlines() if "Did I" in line or "If clicks" in line]
        assert "○" in screen.text
        assert "Who asks?" in screen.text
        screen.press("Shift-Tab")
        at(screen, 1)
        screen.until("› Sell more.")
        screen.press("Ctrl-G").until("Go on with which stage?")
        screen.press("Down", "Down", "Enter").until_gone("Go on with which stage?")
        screen.until("What are the entities")
        screen.press("Ctrl-S").until("Every answer is saved in recsys/design.yaml. Go on with: mlsd resume recsys")
        assert screen.ended() == 0
        assert ticks
    with mlsd(tmp_path, "resume", "recsys") as screen:
        screen.until("What are the entities")
        screen.press("Ctrl-C").until("Interrupted. Every answer is saved in recsys/design.yaml")
        assert screen.ended() == 130
    assert design(tmp_path / "recsys").title == "A shelf"
    held = design(tmp_path / "recsys").problem
    assert held.goal.statement == "Sell more."
    assert [entry.question for entry in held.clarifications][-1] == "Who asks?"


def test_saved_in_the_middle_of_a_list_nothing_of_it_is_lost(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", "--minutes", "45", title="A shelf") as screen:
        at(screen, 1)
        screen.until("/ 45:00").press("Ctrl-G").until("Go on with which stage?")
        screen.press("Down", "Down", "Enter").until("What are the entities")
        screen.press("studio (studio_id): country", "Enter").until("◉ studio")
        screen.press("Ctrl-S").until("Every answer is saved in recsys/design.yaml")
        assert screen.ended() == 0
    assert "studio" in [entity.id for entity in design(tmp_path / "recsys").data.entities]
    with mlsd(tmp_path, "resume", "recsys") as screen:
        screen.until("What are the entities", "studio", "/ 45:00")


@pytest.mark.parametrize("ending", ["Ctrl-C", "kill -9"])
def test_a_line_that_was_added_to_a_list_is_on_disk(tmp_path: Path, ending: str) -> None:
    with begun(tmp_path, "new", "recsys", title="A shelf") as screen:
        at(screen, 1)
        screen.press("Ctrl-G").until("Go on with which stage?")
        screen.press("Down", "Down", "Enter").until("What are the entities")
        screen.press("studio (studio_id): country", "Enter").until("◉ studio")
        if ending == "Ctrl-C":
            screen.press("desk: size", "Ctrl-C").until("Interrupted. Every answer is saved")
            assert screen.ended() == 130
        else:
            os.kill(screen.process.pid, signal.SIGKILL)
    held = [entity.id for entity in design(tmp_path / "recsys").data.entities]
    assert ("studio" in held, "desk" in held) == (True, ending == "Ctrl-C")
    with mlsd(tmp_path, "resume", "recsys") as screen:
        screen.until("What are the entities", "◉ studio")


def test_a_look_back_and_at_another_stage_loses_nothing(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", title="A shelf") as screen:
        at(screen, 1)
        screen.press("Sell more.", "Enter")
        at(screen, 2)
        screen.press("Shift-Tab")
        at(screen, 1)
        screen.press(" Every week.", "Shift-Tab").until("This is the first question")
        screen.press("Ctrl-G").until("Go on with which stage?")
        screen.press("Down", "Down", "Enter").until("What are the entities")
        screen.press("studio (studio_id): country", "Ctrl-G").until("Go on with which stage?")
        screen.press("Up", "Up", "Enter").until_gone("Go on with which stage?")
        screen.press("Ctrl-S").until("Every answer is saved")
        assert screen.ended() == 0
    held = design(tmp_path / "recsys")
    assert held.problem.goal.statement == "Sell more. Every week."
    assert "studio" in [entity.id for entity in held.data.entities]


def test_an_answer_that_is_refused_says_so_beside_the_question(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", title="A shelf") as screen:
        at(screen, 1)
        screen.press("Ctrl-G").until("Go on with which stage?")
        screen.press("Down", "Down", "Enter").until("What are the entities")
        screen.press("job: pay", "Enter").until("◉ job: pay")
        screen.press("job: place", "Enter").until("◉ job: place").press("Enter")
        screen.until("What are the entities", "✗ “job” is given twice.", "Change one of the two lines", "◉ job: place")


def test_the_title_before_the_first_question(tmp_path: Path) -> None:
    with mlsd(tmp_path, "new", "recsys") as screen:
        screen.until(TITLE["en"], "^S")
        assert "stages" not in screen.text.splitlines()[-1]
        screen.press("Shift-Tab", "Ctrl-G", "My shelf").until("My shelf")
        screen.press("Ctrl-S").until("Every answer is saved in recsys/design.yaml. Go on with: mlsd resume recsys")
        assert screen.ended() == 0
    assert design(tmp_path / "recsys").title == "My shelf"
    with mlsd(tmp_path, "resume", "recsys") as screen:
        at(screen, 1)
        screen.press("Shift-Tab").until("This is the first question; the title stands in design.yaml.")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_by_the_system_the_terminal_is_in_order_and_nothing_lost(number: int, tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys") as screen:
        at(screen, 1)
        screen.press("Sell more.", "Enter")
        at(screen, 2)
        screen.process.kill(number)
        assert screen.ended() == 130
        assert b"\x1b[?2004l" in screen.raw.rpartition(b"\x1b[?2004h")[2]
    assert design(tmp_path / "recsys").problem.goal.statement == "Sell more."


@pytest.mark.parametrize(
    ("arguments", "asked", "key"),
    [(["new"], "What kind of problem is it?", "Esc"), (["new", "generic"], TITLE["en"], "Ctrl-C")],
)
def test_left_before_there_is_a_design(arguments: list[str], asked: str, key: str, tmp_path: Path) -> None:
    with mlsd(tmp_path, *arguments) as screen:
        screen.until(asked, "Esc leave" if key == "Esc" else "^S").press(key)
        assert screen.ended() == 130
        assert "Interrupted before the first question; nothing was written." in screen.text
    assert list(tmp_path.iterdir()) == []


def test_no_colour_and_no_letters_beyond_ascii(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys", env={"LC_ALL": "C", "NO_COLOR": "1"}) as screen:
        at(screen, 1)
        screen.press("Tab", "Enter")
        at(screen, 2)
        screen.press("Enter")
        at(screen, 3)
        assert "~ What did you ask back" in screen.text
        assert "+ revenue_per_session 2.1 to 2.12" in screen.text
        screen.press("Ctrl-S").until("Go on with")
        assert screen.ended() == 0
        assert screen.raw.decode("ascii")
        codes = set(re.findall(rb"\x1b\[([0-9;]*)m", screen.raw))
        assert not [code for code in codes if re.search(rb"(^|;)(3[0-7]|9[0-7]|38|48)(;|$)", code)]


@pytest.mark.parametrize(
    ("language", "rows", "columns", "flag"),
    [
        ("en", 24, 80, "Without a terminal: --set"),
        ("ru", 24, 80, "--set"),
        ("en", 40, 140, "Without a terminal: --set"),
    ],
)
def test_nothing_is_wider_than_the_terminal(language: str, rows: int, columns: int, flag: str, tmp_path: Path) -> None:
    arguments = ("--lang", language, "new", "recsys", "--minutes", "45")
    with begun(tmp_path, *arguments, rows=rows, columns=columns) as screen:
        for number in range(1, 8):
            at(screen, number)
            lines = screen.text.splitlines()
            assert all(len(line) < columns for line in lines)
            assert "^S" in lines[-1]
            screen.press("F1").until(flag).press("Enter")


def test_somebody_edits_the_file_meanwhile(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys") as screen:
        at(screen, 1)
        file = tmp_path / "recsys" / "design.yaml"
        file.write_text(file.read_text().replace("maturity:", "# a note of mine\nmaturity:"))
        screen.press("Sell more.", "Enter")
        at(screen, 2)
        screen.until("The file was changed by another program")
        screen.press("Ctrl-C")
        assert screen.ended() == 130
    assert "# a note of mine" in file.read_text()
    assert design(tmp_path / "recsys").problem.goal.statement == "Sell more."


def test_new_in_the_same_folder_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with begun(tmp_path, "new", "recsys") as screen:
        at(screen, 1)
        screen.press("Sell more.", "Enter")
        at(screen, 2)
        screen.press("Ctrl-S")
        assert screen.ended() == 0
    with mlsd(tmp_path, "new", "recsys") as screen:
        screen.until("recsys/design.yaml is there already; the interview goes on where it stopped.")
        at(screen, 2)
        screen.press("Ctrl-C")
        assert screen.ended() == 130
    with mlsd(tmp_path, "new", "generic", "-o", "recsys") as screen:
        screen.until("is there already, a design of the kind “recsys”")
        assert screen.ended() == 2


def test_everything_asked_once_a_stage_is_walked_again(tmp_path: Path) -> None:
    with mlsd(tmp_path, "new", "recsys", "--defaults") as screen:
        assert screen.ended() == 0
    with mlsd(tmp_path, "resume", "recsys") as screen:
        screen.until("Which stage do you want to walk again?", "Esc leave").press("met", "Enter")
        screen.until("Which numbers does the business watch?").press("Ctrl-G").until("Go on with which stage?")
        screen.press("Esc").until_gone("Go on with which stage?").press("Ctrl-S")
        assert screen.ended() == 0


def test_what_a_file_holds_cannot_command_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "design.yaml").write_text(
        "mlsd: 1\ntemplate: recsys\nproblem:\n"
        '  goal: {statement: "\\e[31mred\\e]52;c;cGF3bmVk\\a \\u202eRLO [/precision]@k {boom}"}\n'
        '  clarifications: [{question: "\\e[2Jwhy? [bold]", answer: "{0} \\x9b31m"}]\n'
    )
    with mlsd(tmp_path, "resume", env={"NO_COLOR": "1"}) as screen:
        screen.until("^S save").press("Shift-Tab").until("‹U+001B›[2Jwhy? [bold]")
        screen.press("Shift-Tab").until("[/precision]@k {boom}")
        screen.press("End!", "Enter").until("✗ ")
        screen.press("Ctrl-C")
        assert screen.ended() == 130
        drawn = screen.raw.decode()
        assert not [code for code in ("\x1b]52", "\x1b[31m", "\x1b[2J", "\x9b", "\u202e") if code in drawn]
