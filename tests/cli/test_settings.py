"""Settings: where they are found, what wins, and what a slip in them gets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from checking import OVER_BUDGET, SHUFFLED, mlsd, saved
from screen import Screen

from mlsd.cli.checks.job import job_here
from mlsd.cli.console import talk
from mlsd.cli.recap import Recap
from mlsd.cli.speech import spoken
from mlsd.content.registry import metric, use
from mlsd.errors import ExitCode, UsageError
from mlsd.interview.session import Session
from mlsd.settings import Settings, settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a repository to stand in, and an empty home."""
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LANG", "MLSD_LANG", "MLSD_CONFIG", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MLSD_HOME", str(tmp_path / "home"))
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "repository" / "ml").mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "repository" / "ml")
    return tmp_path


def found(flags: dict[str, object] | None = None, **named: object) -> Settings:
    """What holds here."""
    return settings(flags or {}, os.environ, Path.cwd(), **named)  # type: ignore[arg-type]


def test_nothing_said_is_the_default() -> None:
    assert found() == Settings((), (), "error", None, None, ())


def test_flags_win_over_environment_over_project_over_person(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "home" / "mlsd.toml").write_text('fail-on = "info"\nignore = ["MET"]\nmaturity = "design"\n')
    assert (found().fail_on, found().ignore, found().maturity) == ("info", ("MET",), "design")
    (here / "repository" / "mlsd.toml").write_text('fail-on = "warning"\nignore = ["DAT", "ABT-00"]\nmax-warnings = 3')
    assert (found().fail_on, found().ignore, found().maturity) == ("warning", ("DAT", "ABT-00"), "design")
    monkeypatch.setenv("MLSD_IGNORE", "PIP, MOD-05")
    monkeypatch.setenv("MLSD_MAX_WARNINGS", "0")
    assert (found().fail_on, found().ignore, found().max_warnings) == ("warning", ("PIP", "MOD-05"), 0)
    flagged = found({"ignore": ("LLM",), "fail_on": None})
    assert (flagged.fail_on, flagged.ignore) == ("warning", ("LLM",))
    places = {"ignore": "MLSD_IGNORE", "max_warnings": "MLSD_MAX_WARNINGS"}
    assert found(no_config=True) == Settings(ignore=("PIP", "MOD-05"), max_warnings=0, places=places)


@pytest.mark.parametrize(
    ("files", "ignore"),
    [
        ({"repository/ml/mlsd.toml": 'ignore = ["A"]', "repository/mlsd.toml": 'ignore = ["B"]'}, ("A",)),
        ({"repository/mlsd.toml": 'ignore = ["B"]', "mlsd.toml": 'ignore = ["C"]'}, ("B",)),
        ({"mlsd.toml": 'ignore = ["C"]'}, ()),
        (
            {"repository/pyproject.toml": '[tool.mlsd]\nignore = "P"', "repository/ml/pyproject.toml": "[tool.ruff]"},
            ("P",),
        ),
        (
            {"repository/mlsd.toml": 'ignore = ["B"]', "repository/pyproject.toml": '[tool.mlsd]\nignore = "P"'},
            ("B",),
        ),
    ],
    ids=["nearest", "root of the repository", "never beyond it", "pyproject with a table", "own file first"],
)
def test_where_the_file_of_a_project_is_found(here: Path, files: dict[str, str], ignore: tuple[str, ...]) -> None:
    for name, content in files.items():
        (here / name).write_text(content)
    assert found().ignore == ignore


def test_outside_a_repository_only_the_folder_itself_counts(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "elsewhere" / "ml").mkdir(parents=True)
    (here / "elsewhere" / "mlsd.toml").write_text('ignore = ["MET"]\n')
    monkeypatch.chdir(here / "elsewhere" / "ml")
    assert found().ignore == ()
    monkeypatch.chdir(here / "elsewhere")
    assert found().ignore == ("MET",)


def test_a_named_file_replaces_the_found_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "repository" / "mlsd.toml").write_text('ignore = ["MET"]\n')
    (here / "other.toml").write_text('ignore = ["DAT"]\n')
    assert found(config=str(here / "other.toml")).ignore == ("DAT",)
    monkeypatch.setenv("MLSD_CONFIG", "../../other.toml")
    assert found().ignore == ("DAT",)
    with pytest.raises(UsageError, match=r"^There is no file nowhere\.toml\.$"):
        found(config="nowhere.toml")


def test_without_mlsd_home_the_folder_of_xdg_counts(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLSD_HOME")
    monkeypatch.setenv("HOME", str(here))
    monkeypatch.setattr("sys.platform", "linux")
    (here / ".config" / "mlsd").mkdir(parents=True)
    (here / ".config" / "mlsd" / "mlsd.toml").write_text('ignore = ["MET"]\n')
    assert found().ignore == ("MET",)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(here / "xdg"))
    assert found().ignore == ()
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert found().ignore == ()


def test_folders_of_registries_are_relative_to_their_file(here: Path) -> None:
    (here / "home" / "registries").mkdir()
    (here / "repository" / "mlsd.toml").write_text('registries = ["ml/registries", "shared"]\n')
    assert found().registries == (
        here / "home" / "registries",
        here / "repository" / "ml" / "registries",
        here / "repository" / "shared",
    )
    assert found(no_config=True).registries == ()


MLSD = "../mlsd.toml"


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        ('ignroe = ["MET"]', "{file}: there is no setting “ignroe”.", "Did you mean “ignore”?"),
        ('fail_on = "error"', "{file}: there is no setting “fail_on”.", "Did you mean “fail-on”?"),
        ("plugins = true", "{file}: there is no setting “plugins”.",
         "The settings are select, ignore, fail-on, max-warnings, maturity, registries."),
        ('fail-on = "fatal"', "{file}: “fail-on” cannot be read.",
         "Here belongs one of error, warning, info, never."),
        ("max-warnings = true", "{file}: “max-warnings” cannot be read.",
         "Here belongs a whole number, not below 0."),
        ("max-warnings = -1", "{file}: “max-warnings” cannot be read.", "Here belongs a whole number, not below 0."),
        ("select = 7", "{file}: “select” cannot be read.",
         'Here belongs a list of codes, such as ["MET", "ABT-00"].'),
        ('registries = "ml"', "{file}: “registries” cannot be read.", "Here belongs a list of folders."),
        ("a = ", "{file} is not TOML: Invalid value (at end of document).",
         "Mend it, name another with --config, or use none with --no-config."),
    ],
)  # fmt: skip
def test_a_slip_is_one_sentence_with_its_file(here: Path, content: str, message: str, hint: str) -> None:
    file = here / "repository" / "mlsd.toml"
    file.write_text(content)
    saved(SHUFFLED)
    said = message.format(file=file)
    assert mlsd("check") == (ExitCode.USAGE, "", f"error: {said}\n  {hint}\n")
    assert mlsd("check", "--no-config", "--select", "ABT-00").code == ExitCode.OK


def test_a_slip_in_the_environment_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    saved(SHUFFLED)
    monkeypatch.setenv("MLSD_MAX_WARNINGS", "few")
    assert mlsd("check") == (
        ExitCode.USAGE, "", "error: MLSD_MAX_WARNINGS is “few”.\n  Here belongs a whole number, not below 0.\n",
    )  # fmt: skip


def test_a_check_obeys_them(here: Path) -> None:
    saved(SHUFFLED)
    (here / "repository" / "pyproject.toml").write_text(
        '[tool.mlsd]\nselect = ["ABT-00"]\nfail-on = "warning"\nmaturity = "pilot"\n'
    )
    ran = mlsd("check")
    assert (ran.code, ran.out.splitlines()[-1]) == (ExitCode.FINDINGS, "1 finding (1 warning)")
    assert mlsd("check", "--fail-on", "error").code == ExitCode.OK
    assert "DEP-01" in mlsd("check", "--select", "DEP-01").out


def test_a_working_folder_that_was_deleted_holds_none(here: Path) -> None:
    design = saved(SHUFFLED, str(here / "design.yaml"))
    program = "import os; os.rmdir(os.getcwd()); from mlsd.cli.app import run; raise SystemExit(run(['check', %r]))"
    gone = here / "gone"
    gone.mkdir()
    done = subprocess.run(
        [sys.executable, "-P", "-c", program % design], cwd=gone, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (ExitCode.FINDINGS, "")


def test_toml_is_loaded_only_where_there_is_some() -> None:
    program = "import sys; from mlsd.cli.app import run; run(['check']); print('tomllib' in sys.modules)"
    saved(SHUFFLED)
    for there in (False, True):
        if there:
            Path("mlsd.toml").write_text("")
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == str(there)


LOSSES = "losses:\n  - {id: house_loss, names: [our loss], tasks: [ranking]}\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_check_knows_the_registries_of_the_project_and_of_the_person(here: Path, jobs: str) -> None:
    saved("model: {task: forecasting, loss: our loss}\n", "a/design.yaml")
    saved("model: {task: forecasting, loss: bpr}\n", "b/design.yaml")
    check = ["check", "a", "b", "--select", "MOD-04", "--jobs", jobs]
    assert [line for line in mlsd(*check).out.splitlines() if "MOD-04" in line] == [
        "a/design.yaml:1:28: info: Whether the loss our loss is for forecasting is not known: it is in no registry."
        " [MOD-04 loss-task-mismatch]",
        "b/design.yaml:1:28: error: The loss bpr is for ranking, retrieval, not for forecasting."
        " [MOD-04 loss-task-mismatch]",
    ]
    (here / "repository" / "mlsd.toml").write_text('registries = ["registries"]\n')
    saved(LOSSES, "../registries/losses.yaml")
    saved("losses: [{id: bpr, tasks: [forecasting]}]\n", str(here / "home" / "registries" / "losses.yaml"))
    assert [line for line in mlsd(*check).out.splitlines() if "MOD-04" in line] == [
        "a/design.yaml:1:28: error: The loss our loss is for ranking, not for forecasting. [MOD-04 loss-task-mismatch]"
    ]
    assert "The loss our loss" not in mlsd(*check, "--no-config").out


def test_a_slip_in_a_registry_is_said_with_its_place(here: Path) -> None:
    saved(SHUFFLED)
    saved("losses: [{id: a, task: [ranking]}]\n", "registries/losses.yaml")
    (here / "repository" / "mlsd.toml").write_text('registries = ["ml/registries", "nowhere"]\n')
    place = here / "repository" / "ml" / "registries" / "losses.yaml"
    assert mlsd("check") == (
        ExitCode.USAGE, "", f"error: {place}:1:18: “task” is not known here.\n  Did you mean “tasks”?\n",
    )  # fmt: skip


CODES = re.compile(r"\b[A-Z]{3}-\d\d\b")


def test_prints_say_what_the_check_says(here: Path) -> None:
    saved(SHUFFLED)
    (here / "repository" / "mlsd.toml").write_text('select = ["MOD", "MET"]\nignore = ["MOD-05"]\nmaturity = "pilot"\n')
    checked = {*CODES.findall(mlsd("check", "--format", "concise").out)}
    printed = {*CODES.findall(mlsd("render").out)}
    assert printed == checked
    assert any(code.startswith("MOD") for code in printed)
    assert not printed & {"MOD-05", "PRB-01"}


def test_the_interview_says_what_the_check_says(here: Path) -> None:
    mlsd("new", "recsys", "--defaults")
    file = Path("recsys/design.yaml")
    file.write_text(file.read_text().replace("strategy: temporal", "strategy: random"))

    def said() -> set[str]:
        session = Session(file, spoken())
        return {*CODES.findall("\n".join(Recap(talk(), spoken(), session, job_here()).stage("model")))}

    assert "MOD-05" in said()
    (here / "repository" / "mlsd.toml").write_text('ignore = ["MOD-05"]\n')
    assert "MOD-05" not in said()


def test_stress_moves_numbers_for_the_rules_that_the_check_asks(here: Path) -> None:
    saved(OVER_BUDGET.replace("p99_ms: 80", "p99_ms: 50") + 'assumed: ["pipeline.components[ranker].p99_ms"]\n')
    assert "PIP-05" in mlsd("stress").out
    (here / "repository" / "mlsd.toml").write_text('ignore = ["PIP-05"]\n')
    assert "PIP-05" not in mlsd("stress").out


def test_the_interview_knows_the_names_of_the_project(here: Path) -> None:
    (here / "repository" / "mlsd.toml").write_text('registries = ["registries"]\n')
    saved("metrics: [{id: basket_depth, names: [items per order], kinds: [online]}]\n", "../registries/metrics.yaml")
    assert metric("items per order") is None
    job_here()
    assert metric("items per order") == metric("basket_depth") is not None
    use({})


def test_an_unknown_rule_names_where_it_was_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(SHUFFLED)
    file = here / "repository" / "mlsd.toml"
    file.write_text('select = ["MET"]\nignore = ["MOD-99"]\n')
    said = "There is no rule “MOD-99”.\n  Did you mean MOD-19?\n"
    assert mlsd("check") == (2, "", f"error: {file}: {said}")
    assert mlsd("check", "--ignore", "MOD-99") == (2, "", f"error: {said}")
    monkeypatch.setenv("MLSD_IGNORE", "MOD-99")
    assert mlsd("check") == (2, "", f"error: MLSD_IGNORE: {said}")


def test_a_slip_in_the_settings_stops_an_interview_before_anything_is_written(here: Path) -> None:
    (here / "repository" / "mlsd.toml").write_text('select = ["MET-99"]\n')
    with Screen("-m", "mlsd", "new", "recsys", cwd=here / "repository") as screen:
        screen.until("MET-99")
        assert screen.ended() == ExitCode.USAGE
    assert not (here / "repository" / "recsys").exists()
