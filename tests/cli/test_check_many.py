"""Many designs: folders, patterns, standard input, processes side by side, and a reader who goes away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from checking import OVER_BUDGET, SHUFFLED, mlsd, saved

from mlsd.cli.designs import collect
from mlsd.errors import ExitCode


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LANG", "MLSD_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MLSD_HOME", str(tmp_path / "nobody"))
    return folder


def tree() -> None:
    """Designs in several folders, and files that look like some."""
    for name in (
        "b/design.yaml", "a/deep/er/design.yaml", "a/design.ru.yaml", "own/design.yaml", "own/below/design.yaml",
        ".git/design.yaml", ".venv/design.yaml", "node_modules/x/design.yaml", "venv/design.yaml", "c/other.yaml",
    ):  # fmt: skip
        saved(SHUFFLED, name)
    Path("link").symlink_to("b")
    Path("a/up").symlink_to("..")
    Path("c/design.yaml").symlink_to("../b/design.yaml")


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (["."], ["a/deep/er/design.yaml", "b/design.yaml", "own/below/design.yaml", "own/design.yaml"]),
        (["own"], ["own/design.yaml"]),
        (["own/"], ["own/design.yaml"]),
        (["a", "b"], ["a/deep/er/design.yaml", "b/design.yaml"]),
        (["b", "a", "b/design.yaml", "./b"], ["b/design.yaml", "a/deep/er/design.yaml"]),
        (["link"], ["link/design.yaml"]),
        (["*"], ["a/deep/er/design.yaml", "b/design.yaml", "own/design.yaml"]),
        (["*/design*.yaml"], ["a/design.ru.yaml", "b/design.yaml", "own/design.yaml"]),
        (["own/**/design.yaml"], ["own/design.yaml", "own/below/design.yaml"]),
        (["**/[do]*.yaml"], [
            "a/design.ru.yaml", "a/deep/er/design.yaml", "b/design.yaml", "c/other.yaml", "own/design.yaml",
            "own/below/design.yaml",
        ]),
        (["-", "b", "-"], ["-", "b/design.yaml"]),
        (["c/other.yaml"], ["c/other.yaml"]),
    ],
    ids=str,
)  # fmt: skip
def test_what_paths_mean(paths: list[str], files: list[str]) -> None:
    tree()
    found, empty = collect(paths)
    assert (found, empty) == (files, [])


def test_a_pattern_from_the_root_of_the_disk(here: Path) -> None:
    tree()
    assert collect([f"{here}/*/design.yaml"])[0] == [f"{here}/b/design.yaml", f"{here}/own/design.yaml"]


def test_nothing_found_is_an_exit_code_of_its_own() -> None:
    Path("empty").mkdir()
    hint = "  A design is called design.yaml; name other files themselves, or by a pattern in quotes.\n"
    assert mlsd("check", "empty") == (ExitCode.NO_INPUT, "", f"error: Nothing in empty is a design.\n{hint}")
    assert mlsd("check", "*.yaml", "empty") == (3, "", f"error: Nothing in *.yaml, empty is a design.\n{hint}")
    assert mlsd("check", "gone/*.yaml").code == ExitCode.NO_INPUT


def test_one_empty_folder_among_others_is_mentioned() -> None:
    Path("empty").mkdir()
    saved(SHUFFLED, "full/design.yaml")
    ran = mlsd("check", "empty", "full", "--select", "ABT-00")
    assert (ran.code, ran.err) == (0, "info: Nothing in empty is a design.\n")
    assert ran.out.startswith("full/design.yaml:1:1: warning")


def test_a_file_whose_name_looks_like_a_pattern_is_that_file() -> None:
    saved(SHUFFLED, "design[1].yaml")
    saved(SHUFFLED, "design1.yaml")
    assert collect(["design[1].yaml"]) == (["design[1].yaml"], [])


def test_standard_input_among_files() -> None:
    saved(SHUFFLED)
    ran = mlsd("check", "-", "design.yaml", "--select", "MOD-05,PIP-05", given=OVER_BUDGET)
    heads = [line.split(" ")[0] for line in ran.out.splitlines() if ": error" in line or ": warning" in line]
    assert heads == ["<stdin>:8:3:", "design.yaml:5:11:"]


def many(count: int) -> None:
    """Designs of every kind: with findings, unreadable, with an umlaut in the name."""
    kinds = [SHUFFLED, OVER_BUDGET, "mlsd: 1\nmodell: {}\n", "a: [1\n"]
    for number in range(count):
        saved(f"title: № {number}\n{kinds[number % 4]}", f"many/ü{number:03}/design.yaml")


@pytest.mark.parametrize("form", ["text", "json"])
def test_processes_side_by_side_change_nothing_that_is_said(form: str) -> None:
    many(30)
    command = [sys.executable, "-m", "mlsd", "check", "many", "-", "-f", form, "--explain"]
    ran = [
        subprocess.run([*command, "--jobs", jobs], input=SHUFFLED, capture_output=True, text=True, check=False)
        for jobs in ("1", "2", "7")
    ]
    assert ran[0].returncode == ExitCode.UNREADABLE
    assert ran[0].stderr == ""
    assert "ü029" in ran[0].stdout
    for other in ran[1:]:
        assert (other.returncode, other.stdout, other.stderr) == (ran[0].returncode, ran[0].stdout, "")


def test_beside_other_threads_processes_are_started_anew() -> None:
    many(8)
    program = (
        "import sys, threading\n"
        "from mlsd.cli.app import run\n"
        "stop = threading.Event()\n"
        "threading.Thread(target=stop.wait).start()\n"
        "try:\n"
        "    code = run(['check', 'many', '--jobs', sys.argv[1]])\n"
        "finally:\n"
        "    stop.set()\n"
        "sys.exit(code)\n"
    )
    ran = [
        subprocess.run([sys.executable, "-c", program, jobs], capture_output=True, text=True, check=False, timeout=120)
        for jobs in ("1", "2")
    ]
    assert ran[0].returncode == ExitCode.UNREADABLE
    assert (ran[1].returncode, ran[1].stdout, ran[1].stderr) == (65, ran[0].stdout, "")


@pytest.mark.skipif(sys.platform != "linux", reason="a file that opens and cannot be read")
def test_a_mistake_that_a_process_meets_is_said_by_the_first() -> None:
    many(6)
    paths = [*(f"many/ü{number:03}/design.yaml" for number in range(6)), "/proc/self/mem"]
    command = [sys.executable, "-m", "mlsd", "check", *paths, "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == ExitCode.USAGE
    assert done.stderr == (
        "error: /proc/self/mem cannot be read: Input/output error.\n"
        "  Look at the rights of the file and of its folder.\n"
    )


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_who_goes_away_ends_it_quietly(form: str) -> None:
    for number in range(120):
        saved(SHUFFLED, f"many/{number:03}/design.yaml")
    command = f"{sys.executable} -m mlsd check many -f {form} --jobs 2 | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, timeout=120)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "141"


def test_progress_is_for_terminals_and_leaves_nothing_behind() -> None:
    many(40)
    terminal = {**os.environ, "TERM": "xterm-256color"}
    command = f"exec {sys.executable} -m mlsd check many --jobs 1 --select FMT >out.txt"
    child = pexpect.spawn("bash", ["-c", command], env=terminal, encoding="utf-8", timeout=120)
    child.expect(pexpect.EOF)
    drawn = child.before or ""
    assert " 1 of 40 files" in drawn
    assert drawn.endswith("\r\x1b[K")
    assert "of 40 files" not in Path("out.txt").read_text(encoding="utf-8")
