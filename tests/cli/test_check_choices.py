"""What ``mlsd check`` is asked for: which rules, at which maturity, how much of each finding, and when it fails."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from checking import OVER_BUDGET, SHUFFLED, mlsd, saved

from mlsd.cli import speech
from mlsd.errors import ExitCode


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LANG", "MLSD_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MLSD_HOME", str(tmp_path / "nobody"))
    return tmp_path


def codes(*arguments: str) -> list[str]:
    """The codes of everything that is found."""
    report = json.loads(mlsd("check", "--format", "json", *arguments).out)
    return sorted({found["code"] for file in report["files"] for found in file["diagnostics"]})


def test_only_the_selected_rules_speak_and_the_ignored_do_not() -> None:
    saved(SHUFFLED)
    everything = codes()
    assert codes("--select", "MOD") == [code for code in everything if code.startswith("MOD")]
    assert codes("--select", "MOD-05,no-experiment") == ["ABT-00", "MOD-05"]
    assert codes("--ignore", "MOD", "--ignore", "ABT-00") == [
        code for code in everything if not code.startswith("MOD") and code != "ABT-00"
    ]
    assert mlsd("check", "--select", "LLM") == (ExitCode.OK, "✓ No findings · 5 rules do not apply\n", "")


def test_a_rule_that_applies_to_none_of_several_files_is_counted_once() -> None:
    """One that applies to one of them is not counted at all, and neither is a file that cannot be read."""
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(SHUFFLED, encoding="utf-8")
    selected = ("--select", "LLM", "--maturity", "interview")
    assert mlsd("check", "a.yaml", "b.yaml", *selected).out == "✓ No findings · 5 rules apply to none of the files\n"
    Path("b.yaml").write_text("model: {llm: {evaluation: {golden_set: 9}, abstention: says so}}\n", encoding="utf-8")
    assert mlsd("check", "a.yaml", "b.yaml", *selected).out == "✓ No findings · 1 rule applies to none of the files\n"
    Path("b.yaml").write_text("modle: {}\n", encoding="utf-8")
    assert " · 1 file not read · 5 rules do not apply · " in mlsd("check", "a.yaml", "b.yaml", *selected).out


def test_to_ignore_a_cause_does_not_let_its_consequences_speak() -> None:
    """PRB-01 silences what waits for it; who ignores PRB-01 has not answered it."""
    saved(SHUFFLED)
    everything = codes()
    for code in everything:
        assert codes("--ignore", code) == [other for other in everything if other != code]


def test_the_exit_code_is_that_of_what_may_speak() -> None:
    saved(SHUFFLED)
    assert mlsd("check", "--select", "ABT-00").code == ExitCode.OK
    assert mlsd("check", "--select", "ABT-00", "--fail-on", "warning").code == ExitCode.FINDINGS


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_wrong_code_is_a_mistake_of_the_call(option: str) -> None:
    saved(SHUFFLED)
    ran = mlsd("check", option, "MET,no-guardrial")
    assert ran == (2, "", "error: There is no rule “no-guardrial”.\n  Did you mean no-guardrail?\n")


def test_a_maturity_replaces_that_of_the_file() -> None:
    saved(SHUFFLED)
    assert "DEP-01" not in codes()
    assert "DEP-01" in codes("--maturity", "pilot")
    saved(SHUFFLED.replace("interview", "production"))
    assert "DEP-01" not in codes("--maturity", "interview")


def test_more_warnings_than_allowed_fail() -> None:
    saved(OVER_BUDGET)
    only = ["check", "--select", "PIP-05,ABT-00"]
    assert mlsd(*only).code == ExitCode.OK
    assert mlsd(*only, "--max-warnings", "2").code == ExitCode.OK
    ran = mlsd(*only, "--max-warnings", "1")
    assert (ran.code, ran.err) == (1, "info: There are more warnings than --max-warnings allows: 1.\n")
    assert mlsd(*only, "--max-warnings", "0", "--fail-on", "never").code == ExitCode.OK


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_exit_code_does_not_depend_on_the_form(form: str) -> None:
    saved(OVER_BUDGET)
    for arguments, code in [
        (["--max-warnings", "0", "--select", "PIP-05"], 1),
        (["--select", "PIP-05", "--statistics"], 0),
        (["--select", "PIP-05", "--fail-on", "warning", "--explain"], 1),
        (["--fail-on", "never"], 0),
    ]:
        assert mlsd("check", "-f", form, *arguments).code == code


def test_statistics_count_by_rule_instead_of_showing() -> None:
    saved(SHUFFLED, "a.yaml")
    saved(SHUFFLED + OVER_BUDGET, "b.yaml")
    ran = mlsd("check", "a.yaml", "b.yaml", "--statistics", "--select", "MOD-05,ABT-00,PIP-05")
    assert ran.out == (
        "2  ABT-00 no-experiment (warning)\n"
        "2  MOD-05 random-split-on-time (error)\n"
        "1  PIP-05 latency-budget-overflow (warning)\n"
        "\n"
        "5 findings (2 errors, 3 warnings)\n"
    )
    report = json.loads(mlsd("check", "b.yaml", "--statistics", "--select", "MOD-05", "-f", "json").out)
    assert report["statistics"] == [{"code": "MOD-05", "name": "random-split-on-time", "severity": "error", "count": 1}]


def test_an_explanation_names_what_was_read_and_compared() -> None:
    saved(OVER_BUDGET + "assumed: ['pipeline.components[ranker]']\n")
    assert mlsd("check", "--explain", "--select", "PIP-05").out == (
        "design.yaml:8:3: warning: The blocks of the request path take 120 ms (p99), 20 ms more than the promised"
        " 100 ms. [PIP-05 latency-budget-overflow]\n"
        "     8 |   request_path: [retrieval, ranker]\n"
        "       |   ^^^^^^^^^^^^\n"
        "    against: problem.constraints[latency].value (design.yaml:3:46)\n"
        '     3 |     - {id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}\n'
        "       |                                              ^^^^^\n"
        "    working: p99 ≤ retrieval + ranker = 120 ms with retrieval 40 ms, ranker 80 ms, latency budget 100 ms"
        " (A sum of p99 is an upper estimate: all blocks are seldom slow at once.)\n"
        "    read: pipeline.components[retrieval].p99_ms = 40 ms (given)\n"
        "    read: pipeline.components[ranker].p99_ms = 80 ms (assumed)\n"
        "    read: problem.constraints[latency].value = 100 ms (given)\n"
        "    read: pipeline.request_path = [retrieval, ranker] (given)\n"
        "    fires when: The blocks of the request path take longer than the service may.\n"
        "    ask yourself: Which block gives up how many milliseconds, and what is lost by that?\n"
        "    way out: closes at latency ≥ 120 ms\n"
        "    way out: closes if the blocks together give up 20 ms\n"
        "\n"
        "1 finding (1 warning)\n"
    )


def test_an_explanation_says_units_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    saved(OVER_BUDGET)
    monkeypatch.setattr(speech, "_spoken", None)
    monkeypatch.setattr(sys, "argv", ["mlsd", "--lang", "ru", "check"])
    said = mlsd("--lang", "ru", "check", "--explain", "--select", "PIP-05").out.replace("\u00a0", " ")
    assert "    прочитано: pipeline.components[ranker].p99_ms = 80 мс (задано)\n" in said


def test_an_explanation_is_honest_where_a_rule_shows_no_working() -> None:
    saved(SHUFFLED)
    assert mlsd("check", "--explain", "--select", "PRB-01").out == (
        "design.yaml:1:1: error: The design does not say who acts on the prediction, nor what they do."
        " [PRB-01 decision-missing]\n"
        "    not in the file yet: problem.decision\n"
        "    read: problem.decision (empty)\n"
        "    fires when: Nobody is said to act on the prediction, or not how.\n"
        "    note: this rule shows no working: named are the answers that decide\n"
        "    ask yourself: When the number arrives, who does what differently?\n"
        "\n"
        "1 finding (1 error)\n"
    )
    [found] = json.loads(mlsd("check", "--explain", "--select", "MOD-05", "-f", "json").out)["files"][0]["diagnostics"]
    assert found["why"] == {
        "read": [
            {
                "path": "model.split.strategy",
                "name": "model.split.strategy",
                "value": "random",
                "unit": "",
                "origin": "given",
            },
            {"path": "template", "name": "template", "value": "recsys", "unit": "", "origin": "given"},
        ],
        "carried": {"strategy": "random"},
        "fires_when": "A shuffled split of data that is ordered in time.",
        "has_working": False,
        "places_not_named": 0,
    }


def test_leftovers_are_shown_and_change_no_exit_code() -> None:
    saved(
        "mlsd: 1\n"
        "waivers:\n"
        "  - {rule: MET-15, reason: none}\n"
        "  - {rule: ABT-00, reason: no users, until: 2020-01-01}\n"
        "assumed: [problem.gaol]\n"
    )
    ran = mlsd("check", "--select", "MET-15")
    assert ran == (
        ExitCode.OK,
        "design.yaml:3:5: note: The waiver of MET-15 sets nothing aside.\n"
        "     3 |   - {rule: MET-15, reason: none}\n"
        "       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "\n"
        "design.yaml:4:5: note: The waiver of ABT-00 has expired: 2020-01-01.\n"
        "     4 |   - {rule: ABT-00, reason: no users, until: 2020-01-01}\n"
        "       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "\n"
        "design.yaml:5:11: note: Nothing is called problem.gaol, so it cannot be an assumption.\n"
        "     5 | assumed: [problem.gaol]\n"
        "       |           ^^^^^^^^^^^^\n"
        "\n"
        "✓ No findings · 3 fixable with --fix\n",
        "",
    )
    [file] = json.loads(mlsd("check", "--select", "MET-15", "-f", "json").out)["files"]
    assert file["leftovers"][1] == {
        "kind": "expired",
        "message": "The waiver of ABT-00 has expired: 2020-01-01.",
        "path": "waivers[1]",
        "line": 4,
        "column": 5,
        "fixable": True,
    }
    assert file["summary"] == {
        "error": 0, "warning": 0, "info": 0, "waived": 0, "not_applicable": 0, "baseline": 0, "fixable": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--dry-run"], "error: --dry-run shows what --fix would do.\n  Give both, or none.\n"),
        (
            ["--baseline", "a", "--write-baseline", "a"],
            "error: --baseline reads what --write-baseline writes.\n  Write first, and read from then on.\n",
        ),
        (
            ["--config", "a", "--no-config"],
            "error: --config and --no-config exclude one another.\n  Leave one of them out.\n",
        ),
        (["--fix", "-"], "error: --fix writes files, and standard input is none.\n  Save it, then name the file.\n"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_options_that_contradict_one_another(arguments: list[str], message: str) -> None:
    saved(SHUFFLED)
    assert mlsd("check", *arguments) == (ExitCode.USAGE, "", message)


def test_a_report_needs_a_name() -> None:
    saved(SHUFFLED)
    ran = mlsd("check", "-f", "sarif", "-o", "")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
