"""``mlsd new`` where nobody is asked: what stdout, stderr and the exit code say."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from mlsd.cli import speech
from mlsd.cli.app import run
from mlsd.content.template import names
from mlsd.design import Design
from mlsd.storage import read


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("CI", "MLSD_NO_INPUT"):  # where these tests run, CI may be set
        monkeypatch.delenv(name, raising=False)
    speech.speak("en")
    return tmp_path


def design(folder: str = "recsys") -> Design:
    return read(f"{folder}/design.yaml").design


def test_every_suggestion_taken(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "recsys", "--defaults"]) == 0
    assert capsys.readouterr() == ("recsys/design.yaml\n", "")
    assert design().problem.goal.metric == "revenue_per_session"
    assert design().maturity == "interview"
    assert "problem.goal.statement" in design().assumed
    assert run(["check", "recsys"]) == 0


@pytest.mark.parametrize("environ", [{}, {"CI": "true"}, {"MLSD_NO_INPUT": "1"}])
@pytest.mark.parametrize("arguments", [["new"], ["new", "recsys"], ["new", "recsys", "--minutes", "45", "-o", "x"]])
def test_nobody_to_ask(
    arguments: list[str], environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    reason = (
        "".join(f"Nothing is asked, as {name} is set" for name in environ) or "There is no terminal to ask questions on"
    )
    assert err == (
        f"error: {reason}: answer with --defaults, --data FILE, --set PATH=VALUE or "
        "--from DESIGN, or leave all open with --no-input.\n"
    )
    assert not list(Path().iterdir())


def test_answers_by_flag() -> None:
    assert run(["new", "generic", "-o", "mine", "--set", "problem.goal.target=1.95", "--set", "title=Shelf"]) == 0
    held = design("mine")
    assert (held.title, held.template, held.problem.goal.target) == ("Shelf", "generic", 1.95)
    assert held.assumed == []


def test_answers_from_a_file_and_from_stdin(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = "template: recsys\nproblem: {goal: {metric: margin, target: 0.2}}\n"
    (here / "answers.yaml").write_text(answers)
    assert run(["new", "--data", "answers.yaml"]) == 0
    assert design().problem.goal.metric == "margin"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(answers.encode())))
    assert run(["new", "--data", "-", "-o", "piped"]) == 0
    assert design("piped").problem.goal.filled() == design().problem.goal.filled()


def test_a_design_repeated_from_its_file_is_the_same_assumptions_included(here: Path) -> None:
    assert run(["new", "recsys", "--defaults"]) == 0
    assert run(["new", "--data", "recsys/design.yaml", "-o", "again"]) == 0
    assert (here / "again/design.yaml").read_text() == (here / "recsys/design.yaml").read_text()


def test_nothing_is_written_on_a_dry_run(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "generic", "--no-input", "--dry-run"]) == 0
    printed = capsys.readouterr().out
    assert "template: generic\n" in printed
    assert printed.endswith("\n")
    assert not list(here.iterdir())


def test_a_design_from_another_one_is_in_its_language() -> None:
    assert run(["new", "--from", "support-agent", "-o", "one"]) == 0
    assert (design("one").template, design("one").language) == ("ai-agent", "ru")
    assert run(["new", "--from", "support-agent", "-o", "two", "--language", "en"]) == 0
    assert design("two").language == "en"


def test_a_design_is_not_overwritten_but_by_force(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "recsys", "--no-input", "--set", "title=First"]) == 0
    assert run(["new", "recsys", "--no-input", "--set", "title=Second"]) == 2
    assert "recsys/design.yaml is there already." in capsys.readouterr().err
    assert design().title == "First"
    assert run(["new", "recsys", "--no-input", "--set", "title=Second", "--force"]) == 0
    assert design().title == "Second"
    assert "title: First\n" in (here / "recsys" / "design.yaml.bak").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "rescys", "--defaults"], "Did you mean “recsys”?"),
        (["new", "../recsys", "--defaults"], "There is no template “../recsys”."),
        (["new", "recsys", "--set", "problem.gaol.target=2"], "Did you mean “goal”?"),
        (["new", "recsys", "--set", "problem.goal.target=1,200"], "--set problem.goal.target: “1,200”"),
        (["new", "recsys", "--set", "mlsd=2"], "The version of the file format is not for --set."),
        (["new", "rescys"], "Did you mean “recsys”?"),
        (["new", "recsys", "--set", "nothing"], "“nothing” sets nothing."),
        (["new", "recsys", "--data", "missing.yaml"], "There is no file missing.yaml."),
        (["new", "recsys", "--language", "de", "--defaults"], "mlsd does not speak “de”."),
        (["new", "recsys", "--defaults", "-o", "a\x1bb"], "U+001B"),
        (["new", "--no-input"], f"mlsd new {' | '.join(names())}"),
        (["resume", "nowhere"], "There is no design.yaml in “nowhere”."),
    ],
)
def test_calls_that_cannot_work(
    arguments: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err
    assert not list(here.iterdir())


def test_resume_names_the_designs_nearby(capsys: pytest.CaptureFixture[str]) -> None:
    run(["new", "recsys", "--defaults"])
    assert run(["resume"]) == 2
    assert "Go on with: mlsd resume recsys" in capsys.readouterr().err


def test_resume_without_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run(["new", "recsys", "--defaults"])
    assert run(["resume", "recsys"]) == 2
    assert "there is no terminal to ask on" in capsys.readouterr().err
    monkeypatch.setenv("CI", "true")
    assert run(["resume", "recsys"]) == 2
    assert "CI is set, so nothing is asked" in capsys.readouterr().err
