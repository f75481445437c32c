"""``mlsd check`` as its user sees it: whole reports, exit codes, JSON."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mlsd.cli.app import run
from mlsd.errors import ExitCode

CLEAN = Path(__file__).parents[2] / "examples" / "recsys" / "design.yaml"

SHUFFLED = """\
mlsd: 1
template: recsys
maturity: interview
model:
  split: {strategy: random, train: 0.8, test: 0.2}
"""

OVER_BUDGET = """\
problem:
  constraints:
    - {id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}
pipeline:
  components:
    - {id: retrieval, p99_ms: 40}
    - {id: ranker, p99_ms: 80}
  request_path: [retrieval, ranker]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LC_ALL", "LANG", "MLSD_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def saved(text: str, name: str = "design.yaml") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_clean_design(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(CLEAN)]) == ExitCode.OK
    said = capsys.readouterr().out
    assert said.startswith("✓ No findings")


def test_the_default_is_the_design_here(capsys: pytest.CaptureFixture[str]) -> None:
    saved(SHUFFLED)
    assert run(["check"]) == ExitCode.FINDINGS
    assert "design.yaml:5:11: error" in capsys.readouterr().out


def test_a_finding_shows_its_line_its_question_and_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    saved(SHUFFLED)
    run(["check"])
    blocks = capsys.readouterr().out.split("\n\n")
    [block] = [block for block in blocks if "MOD-05" in block]
    assert block == (
        "design.yaml:5:11: error: The split is random, but this kind of problem is ordered in time."
        " [MOD-05 random-split-on-time]\n"
        "     5 |   split: {strategy: random, train: 0.8, test: 0.2}\n"
        "       |           ^^^^^^^^\n"
        "    ask yourself: Could any row of the training part have been recorded after a row of the test part?\n"
        "    way out: closes with strategy temporal, or rolling for forecasts"
    )


def test_what_is_absent_is_named_by_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    saved(SHUFFLED)
    run(["check"])
    blocks = capsys.readouterr().out.split("\n\n")
    [block] = [block for block in blocks if "PRB-01" in block]
    assert block == (
        "design.yaml:1:1: error: The design does not say who acts on the prediction, nor what they do."
        " [PRB-01 decision-missing]\n"
        "    not in the file yet: problem.decision\n"
        "    ask yourself: When the number arrives, who does what differently?"
    )


def test_two_facts_that_disagree_are_both_shown_with_the_arithmetic(capsys: pytest.CaptureFixture[str]) -> None:
    saved(OVER_BUDGET)
    run(["check"])
    blocks = capsys.readouterr().out.split("\n\n")
    [block] = [block for block in blocks if "PIP-05" in block]
    assert block == (
        "design.yaml:8:3: warning: The blocks of the request path take 120 ms (p99), 20 ms more than the promised"
        " 100 ms. [PIP-05 latency-budget-overflow]\n"
        "     8 |   request_path: [retrieval, ranker]\n"
        "       |   ^^^^^^^^^^^^\n"
        "    against: problem.constraints[latency].value (design.yaml:3:46)\n"
        '     3 |     - {id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}\n'
        "       |                                              ^^^^^\n"
        "    working: p99 ≤ retrieval + ranker = 120 ms with retrieval 40 ms, ranker 80 ms, latency budget 100 ms"
        " (A sum of p99 is an upper estimate: all blocks are seldom slow at once.)\n"
        "    ask yourself: Which block gives up how many milliseconds, and what is lost by that?\n"
        "    way out: closes at latency ≥ 120 ms\n"
        "    way out: closes if the blocks together give up 20 ms"
    )


def test_the_summary_counts_what_is_hidden_too(capsys: pytest.CaptureFixture[str]) -> None:
    saved(
        SHUFFLED + 'waivers: [{rule: MOD-05, reason: "i.i.d. by construction"}, {rule: ABT-00, reason: "no users"}]\n'
    )
    run(["check"])
    counts = r"\d+ findings \(\d+ errors, \d+ warnings?\) · 2 waived · \d+ rules do not apply"
    assert re.fullmatch(counts, capsys.readouterr().out.splitlines()[-1])


@pytest.mark.parametrize(
    ("fail_on", "code"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)], ids=lambda value: str(value)
)
def test_the_exit_code_follows_fail_on_and_never_the_format(fail_on: str, code: int) -> None:
    saved(SHUFFLED)
    for form in ("text", "json"):
        assert run(["check", "--fail-on", fail_on, "--format", form]) == code


def test_warnings_alone_pass_by_default() -> None:
    text = CLEAN.read_text(encoding="utf-8")
    gate = "    gate: ndcg_at_10 not below the live model, and no slice more than 2 % below it\n"
    assert gate in text
    saved(text.replace(gate, ""))
    assert run(["check"]) == ExitCode.OK
    assert run(["check", "--fail-on", "warning"]) == ExitCode.FINDINGS


def test_a_file_that_cannot_be_read_is_a_diagnostic_and_the_others_are_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    saved("mlsd: 1\nmodell: {}\n", "bad.yaml")
    assert run(["check", "bad.yaml", str(CLEAN)]) == ExitCode.UNREADABLE
    assert capsys.readouterr().out.startswith(
        "bad.yaml:2:1: error: “modell” is not a key that may stand here. [FMT-02 unknown-key]\n"
        "     2 | modell: {}\n"
        "       | ^^^^^^\n"
        "    next: Did you mean “model”?\n\n"
        "1 finding (1 error) · 1 file not read"
    )


def test_a_path_that_is_not_there_is_a_mistake_of_the_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "nowhere.yaml"]) == ExitCode.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "error: There is no file nowhere.yaml.\n  Name a design file, or start one with: mlsd new\n"


def test_json_is_versioned_and_complete(capsys: pytest.CaptureFixture[str]) -> None:
    saved(SHUFFLED + "waivers: [{rule: ABT-00, reason: no users, until: 2099-01-01, by: A. Author}]\n")
    run(["check", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert list(report) == ["schema_version", "files"]
    assert report["schema_version"] == 1
    [file] = report["files"]
    assert list(file) == ["path", "diagnostics", "waived", "leftovers", "summary"]
    [diagnostic] = [entry for entry in file["diagnostics"] if entry["code"] == "MOD-05"]
    assert diagnostic == {
        "code": "MOD-05",
        "name": "random-split-on-time",
        "severity": "error",
        "message": "The split is random, but this kind of problem is ordered in time.",
        "path": "model.split.strategy",
        "line": 5,
        "column": 11,
        "question": "Could any row of the training part have been recorded after a row of the test part?",
        "working": None,
        "ways_out": ["closes with strategy temporal, or rolling for forecasts"],
        "also": None,
        "fingerprint": diagnostic["fingerprint"],
    }
    assert re.fullmatch(r"[0-9a-f]{16}", diagnostic["fingerprint"])
    [waived] = file["waived"]
    assert (waived["code"], waived["reason"], waived["until"], waived["by"]) == (
        "ABT-00", "no users", "2099-01-01", "A. Author",
    )  # fmt: skip
    assert file["summary"]["waived"] == 1


def test_unreadable_files_are_in_the_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    saved("a: [1\n")
    assert run(["check", "--format", "json"]) == ExitCode.UNREADABLE
    [diagnostic] = json.loads(capsys.readouterr().out)["files"][0]["diagnostics"]
    assert (diagnostic["code"], diagnostic["name"], diagnostic["line"]) == ("FMT-01", "syntax", 2)


def test_what_strangers_write_reaches_the_terminal_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    saved('ab_test: {primary: "\\e[31mred\\u202E [link=https://evil.example]x[/link]"}\n')
    run(["check"])
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "‹U+001B›" in said
    assert "[link=https://evil.example]x[/link]" in said


def test_russian(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from mlsd.cli import speech

    monkeypatch.setattr(speech, "_spoken", None)
    monkeypatch.setattr(sys, "argv", ["mlsd", "--lang", "ru", "check"])
    saved("mlsd: 1\nmodell: {}\n")
    assert run(["--lang", "ru", "check"]) == ExitCode.UNREADABLE
    said = capsys.readouterr().out
    assert said.startswith("design.yaml:2:1: ошибка: ")
    assert said.splitlines()[-1].startswith("1 замечание (1 ошибка) · 1 файл не прочитан")


def test_a_reader_who_goes_away_ends_it_quietly() -> None:
    saved(SHUFFLED)
    command = f"{sys.executable} -m mlsd check | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env={**os.environ}, check=True)
    assert done.stderr == ""
    assert done.stdout.startswith("design.yaml:1:1: error")
