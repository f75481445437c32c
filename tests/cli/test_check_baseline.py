"""A baseline sets aside what was there before; what is new is shown, and what is gone is mentioned."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from checking import OVER_BUDGET, SHUFFLED, mlsd, saved

from mlsd.errors import ExitCode

ONLY = ["--select", "MOD-05,PIP-05,ABT-00"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LANG", "MLSD_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MLSD_HOME", str(tmp_path / "nobody"))
    return tmp_path


def test_it_is_written_sorted_and_then_everything_in_it_is_set_aside() -> None:
    saved(SHUFFLED, "b/design.yaml")
    saved(SHUFFLED + OVER_BUDGET, "a/design.yaml")
    ran = mlsd("check", "b", "a", *ONLY, "--write-baseline", "known.json")
    assert ran == (ExitCode.OK, "✓ No findings · 5 in the baseline\n", "info: 5 findings are in known.json now.\n")
    written = Path("known.json").read_text(encoding="utf-8")
    lines = [re.sub(r" [0-9a-f]{16}\",?$", "", line) for line in written.splitlines()]
    assert lines == [
        "{",
        ' "mlsd_baseline": 1,',
        ' "files": {',
        '  "a/design.yaml": [',
        '   "ABT-00 ab_test',
        '   "MOD-05 model.split.strategy',
        '   "PIP-05 pipeline.request_path',
        "  ],",
        '  "b/design.yaml": [',
        '   "ABT-00 ab_test',
        '   "MOD-05 model.split.strategy',
        "  ]",
        " }",
        "}",
    ]
    assert mlsd("check", "b", "a", *ONLY, "--baseline", "known.json") == (0, "✓ No findings · 5 in the baseline\n", "")
    mlsd("check", "a", "b", *ONLY, "--write-baseline", "again.json")
    assert Path("again.json").read_text(encoding="utf-8") == written


def test_a_baseline_holds_from_every_folder(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    saved(SHUFFLED, "a/design.yaml")
    mlsd("check", "a", *ONLY, "--write-baseline", "known.json")
    monkeypatch.chdir(here / "a")
    assert mlsd("check", *ONLY, "--baseline", "../known.json").out == "✓ No findings · 2 in the baseline\n"


def test_lines_and_order_do_not_matter_and_values_do() -> None:
    saved(OVER_BUDGET)
    mlsd("check", *ONLY, "--write-baseline", "known.json")
    blocks = ["    - {id: retrieval, p99_ms: 40}\n", "    - {id: ranker, p99_ms: 80}\n"]
    saved("# moved\n\ntitle: Feed\n" + OVER_BUDGET.replace("".join(blocks), "".join(reversed(blocks))))
    assert mlsd("check", *ONLY, "--baseline", "known.json") == (0, "✓ No findings · 2 in the baseline\n", "")

    saved(OVER_BUDGET.replace("p99_ms: 80", "p99_ms: 95"))
    ran = mlsd("check", *ONLY, "--baseline", "known.json")
    assert ran.out.startswith("design.yaml:8:3: warning: The blocks of the request path take 135 ms")
    assert ran.out.endswith("\n\n1 finding (1 warning) · 1 in the baseline\n")
    assert ran.err == (
        "info: 1 entry of known.json no longer occurs; write it anew with --write-baseline.\n"
        "info: Gone: design.yaml: PIP-05 pipeline.request_path\n"
    )


def test_new_findings_decide_the_exit_code_in_every_form() -> None:
    saved(OVER_BUDGET)
    mlsd("check", *ONLY, "--write-baseline", "known.json")
    saved(OVER_BUDGET + "template: recsys\nmodel: {split: {strategy: random}}\n")
    for form in ("text", "json"):
        ran = mlsd("check", *ONLY, "--baseline", "known.json", "-f", form)
        assert (ran.code, ran.err) == (ExitCode.FINDINGS, "")
    [file] = json.loads(ran.out)["files"]
    assert [found["code"] for found in file["diagnostics"]] == ["MOD-05"]
    assert len(file["diagnostics"][0]["fingerprint"]) == 16
    assert file["summary"]["baseline"] == 2


def test_what_was_not_asked_today_is_not_gone() -> None:
    saved(SHUFFLED, "a/design.yaml")
    saved(SHUFFLED, "b/design.yaml")
    mlsd("check", "a", "b", *ONLY, "--write-baseline", "known.json")
    saved("mlsd: 1\nmodell: {}\n", "a/design.yaml")
    assert mlsd("check", "a", *ONLY, "--baseline", "known.json").err == ""
    assert mlsd("check", "b", "--select", "ABT-00", "--baseline", "known.json").err == ""


def test_a_file_that_is_gone_is_mentioned() -> None:
    saved(SHUFFLED, "a/design.yaml")
    saved(SHUFFLED, "b/design.yaml")
    mlsd("check", "a", "b", *ONLY, "--write-baseline", "known.json")
    assert mlsd("check", "a", *ONLY, "--baseline", "known.json").err == ""
    Path("b/design.yaml").rename("b/new.yaml")
    ran = mlsd("check", "a", "b/new.yaml", *ONLY, "--baseline", "known.json")
    assert (ran.code, ran.err) == (
        ExitCode.FINDINGS,
        "info: b/design.yaml is not there any more, and known.json has 2 findings of it; if it moved, write it anew.\n",
    )


def test_one_of_several_missing_parts_supplied_makes_nothing_new() -> None:
    monitor = "deploy: {{monitoring: [{{id: slow, target: latency, {given}}}]}}\n"
    saved("mlsd: 1\nmaturity: pilot\n" + monitor.format(given="owner: A. Author"))
    mlsd("check", "--select", "DEP-08", "--write-baseline", "known.json")
    saved("mlsd: 1\nmaturity: pilot\n" + monitor.format(given="owner: A. Author, window: 5 min"))
    ran = mlsd("check", "--select", "DEP-08", "--baseline", "known.json")
    assert ran == (ExitCode.OK, "✓ No findings · 1 in the baseline\n", "")


def test_each_entry_sets_one_finding_aside() -> None:
    """Two alike are two: a third is new."""
    metric = "    - {id: %s, metric: accuracy}\n"
    twice = "metrics:\n  offline:\n" + metric % "a" + metric % "b"
    saved(twice)
    mlsd("check", "--write-baseline", "known.json", "--select", "MET")
    saved(twice + metric % "c")
    before = mlsd("check", "--select", "MET", "--fail-on", "never", "-f", "json")
    after = mlsd("check", "--select", "MET", "--fail-on", "never", "-f", "json", "--baseline", "known.json")
    counts = [json.loads(ran.out)["files"][0] for ran in (before, after)]
    assert len(counts[1]["diagnostics"]) + counts[1]["summary"]["baseline"] == len(counts[0]["diagnostics"])


def test_a_file_that_cannot_be_read_is_never_in_a_baseline() -> None:
    saved("mlsd: 1\nmodell: {}\n")
    ran = mlsd("check", "--write-baseline", "known.json")
    assert ran.code == ExitCode.UNREADABLE
    assert json.loads(Path("known.json").read_text(encoding="utf-8")) == {"mlsd_baseline": 1, "files": {}}
    assert mlsd("check", "--baseline", "known.json").code == ExitCode.UNREADABLE


NO_BASELINE = "known.json is not a baseline.\n  Name another file, which mlsd check --write-baseline writes."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            None,
            "known.json cannot be read: No such file or directory.\n"
            "  Write a baseline with: mlsd check --write-baseline known.json",
        ),
        ("", NO_BASELINE),
        ("[]", NO_BASELINE),
        ('{"mlsd_baseline": 1, "files": {"a": [7]}}', NO_BASELINE),
        ('{"mlsd_baseline": 1, "files": []}', NO_BASELINE),
        ('{"mlsd_baseline": "x", "files": {}}', NO_BASELINE),
        ("[" * 100_000, NO_BASELINE),
        ('{"mlsd_baseline": 1, "files": {}}' + " " * (16 << 20), NO_BASELINE),
    ],
    ids=["none", "empty", "list", "number", "files", "version", "deep", "large"],
)
def test_what_is_no_baseline_is_a_mistake_of_the_call(content: str | None, said: str) -> None:
    saved(SHUFFLED)
    if content is not None:
        Path("known.json").write_text(content, encoding="utf-8")
    ran = mlsd("check", "--baseline", "known.json")
    assert ran == (ExitCode.USAGE, "", f"error: {said}\n")


def test_a_newer_baseline_is_not_guessed_at() -> None:
    saved(SHUFFLED)
    Path("known.json").write_text('{"mlsd_baseline": 2, "files": {}}', encoding="utf-8")
    ran = mlsd("check", "--baseline", "known.json")
    assert ran == (ExitCode.USAGE, "", "error: known.json was written by a newer mlsd.\n  Upgrade mlsd.\n")


def test_no_other_file_is_written_over() -> None:
    saved(SHUFFLED)
    ran = mlsd("check", "--write-baseline", "design.yaml")
    assert (ran.code, ran.err.splitlines()[0]) == (ExitCode.USAGE, "error: design.yaml is not a baseline.")
    assert Path("design.yaml").read_text(encoding="utf-8") == SHUFFLED


def test_a_baseline_that_cannot_be_written_is_said() -> None:
    saved(SHUFFLED)
    ran = mlsd("check", "--write-baseline", "nowhere/known.json")
    assert ran.code == ExitCode.CANNOT_WRITE
    assert "nowhere/known.json cannot be written. The folder is not there." in ran.err


def test_a_folder_is_no_baseline() -> None:
    saved(SHUFFLED)
    Path("ci").mkdir()
    ran = mlsd("check", "--write-baseline", "ci")
    assert (ran.code, ran.err) == (ExitCode.USAGE, "error: ci is a folder.\n  Name a file in it: ci/known.json\n")
