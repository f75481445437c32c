"""``--fix`` mends what is certain, keeps every other byte, and a second time finds nothing to do."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest
from checking import SHUFFLED, mlsd, saved

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


SLIPS = """\
# Related items
mlsd: 1
"modle":   # what learns
  split:
    {strategy: temporal, Gap-Days: 7}   # a week
waivers:
  # no users yet
  - rule: ABT-00
    reason: twelve users a day

  - {rule: ABT-00, reason: old, until: 2020-01-01}  # gone
assumed: [model.split.gap_days, problem.gaol, nothing]
"""
MENDED = """\
# Related items
mlsd: 1
model:   # what learns
  split:
    {strategy: temporal, gap_days: 7}   # a week
waivers:
  # no users yet
  - rule: ABT-00
    reason: twelve users a day

assumed: [model.split.gap_days]
"""


def read(name: str = "design.yaml") -> str:
    return Path(name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
def test_what_is_certain_is_mended_and_nothing_else_is_touched(newline: str) -> None:
    saved(SLIPS.replace("\n", newline))
    ran = mlsd("check", "--fix", "--select", "ABT-00")
    assert read() == MENDED.replace("\n", newline)
    assert ran == (ExitCode.OK, "✓ No findings · 1 waived\n", "info: 5 fixes in design.yaml.\n")
    again = mlsd("check", "--fix", "--select", "ABT-00")
    assert again == (ExitCode.OK, "✓ No findings · 1 waived\n", "")
    assert read() == MENDED.replace("\n", newline)


def test_the_difference_is_shown_and_nothing_is_written() -> None:
    saved(SLIPS)
    ran = mlsd("check", "--fix", "--dry-run")
    assert read() == SLIPS
    assert (ran.code, ran.err) == (
        ExitCode.UNREADABLE,
        "1 finding (1 error) · 1 file not read · 1 fixable with --fix\n",
    )
    assert ran.out.startswith(
        '--- design.yaml\n+++ design.yaml\n@@ -1,12 +1,11 @@\n # Related items\n mlsd: 1\n-"modle":   # what learns\n'
    )


@pytest.mark.skipif(which("patch") is None, reason="patch is not installed here")
def test_the_difference_is_one_that_patch_takes() -> None:
    saved(SLIPS)
    ran = mlsd("check", "--fix", "--dry-run")
    subprocess.run(["patch", "-s", "design.yaml"], input=ran.out, text=True, check=True)
    assert read() == MENDED


@pytest.mark.skipif(which("patch") is None, reason="patch is not installed here")
def test_so_it_is_where_lines_end_as_on_windows_and_names_have_spaces() -> None:
    saved(SLIPS.replace("\n", "\r\n"), "my design.yaml")
    ran = mlsd("check", "--fix", "--dry-run", "my design.yaml")
    subprocess.run(["patch", "-s", "-p0", "--binary"], input=ran.out.encode(), check=True)
    assert Path("my design.yaml").read_bytes() == MENDED.replace("\n", "\r\n").encode()


def test_a_file_without_a_last_line_break_has_a_difference_too() -> None:
    saved("mlsd: 1\nmodle: {}")
    assert mlsd("check", "--fix", "--dry-run").out == (
        "--- design.yaml\n+++ design.yaml\n@@ -1,2 +1,2 @@\n mlsd: 1\n"
        "-modle: {}\n\\ No newline at end of file\n+model: {}\n\\ No newline at end of file\n"
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("modell: {}", "model: {}"),
        ("modl: {}", "model: {}"),
        ("Model: {}", "model: {}"),
        ("ABTest: {}", "ab_test: {}"),
        ("ab-test: {}", "ab_test: {}"),
        ("'metrcis': {}", "metrics: {}"),
        ("pipeline: {requst_path: [a]}", "pipeline: {request_path: [a]}"),
    ],
)
def test_a_key_with_one_slip(wrong: str, right: str) -> None:
    saved(f"mlsd: 1\n{wrong}\n")
    assert " · 1 fixable with --fix" in mlsd("check").out
    mlsd("check", "--fix")
    assert read() == f"mlsd: 1\n{right}\n"


@pytest.mark.parametrize(
    "line",
    [
        "pipeline: {components: [{id: a, p95_ms: 4}]}",  # p99_ms is another number
        "mdoels: {}",  # two slips
        "modell: {}\nmodel: {}",  # the right name is taken
        "modell: {}\nmodl: {}",  # two that would be one
        "problem: {features: []}",  # a key of another place
        "problem: {xyzzy: 1}",
        "pipeline: {components: [{p99_ms: 0,5 ms}]}",  # a number in two
    ],
)
def test_what_could_mean_something_else_is_left_to_a_person(line: str) -> None:
    text = f"mlsd: 1\n{line}\n"
    saved(text)
    ran = mlsd("check", "--fix")
    assert (ran.code, ran.err, "fixable" in ran.out) == (ExitCode.UNREADABLE, "", False)
    assert read() == text


def test_a_list_of_which_nothing_is_left_goes_with_its_key() -> None:
    saved("mlsd: 1\nassumed: [nothing]\nwaivers:\n  - {rule: MET-15, reason: none}\ntitle: x\n")
    mlsd("check", "--fix")
    assert read() == "mlsd: 1\ntitle: x\n"
    saved("mlsd: 1\nassumed: nothing\nwaivers: {rule: MET-15, reason: none}\ntitle: x\n")
    mlsd("check", "--fix")
    assert read() == "mlsd: 1\ntitle: x\n"


def test_a_large_file_is_mended_in_several_runs() -> None:
    """Every edit reads the file anew: a run ends after some seconds, whatever a stranger wrote."""
    large = "# " + "x" * 1_000_000 + "\n"
    waivers = "waivers:\n  - {rule: ABT-00, reason: no users}\n" + "  - {rule: MET-15, reason: none}\n" * 20
    saved(f"mlsd: 1\n{large}{waivers}")
    ran = mlsd("check", "--fix", "--select", "ABT-00")
    assert ran.err == (
        "info: 16 fixes of design.yaml are enough for one run; run it again.\ninfo: 16 fixes in design.yaml.\n"
    )
    assert mlsd("check", "--fix", "--select", "ABT-00").err == "info: 4 fixes in design.yaml.\n"
    assert read() == f"mlsd: 1\n{large}waivers:\n  - {{rule: ABT-00, reason: no users}}\n"


def test_a_waiver_that_is_needed_later_stays() -> None:
    text = SHUFFLED + "waivers: [{rule: DEP-01, reason: stateless}]\n"
    saved(text)
    ran = mlsd("check", "--fix", "--select", "DEP-01")
    assert read() == text
    assert "The waiver of DEP-01 sets nothing aside." in ran.out


def test_what_leads_elsewhere_is_not_written_through() -> None:
    saved("mlsd: 1\nmodle: {}\n", "real.yaml")
    Path("design.yaml").symlink_to("real.yaml")
    ran = mlsd("check", "--fix")
    assert ran.code == ExitCode.CANNOT_WRITE
    assert read("real.yaml") == "mlsd: 1\nmodle: {}\n"


def test_several_files_and_one_that_needs_nothing() -> None:
    saved("mlsd: 1\nmodle: {}\n", "a/design.yaml")
    saved(SHUFFLED, "b/design.yaml")
    saved("mlsd: 1\nmodle: {}\n", "c/design.yaml")
    ran = mlsd("check", "a", "b", "c", "--fix", "--select", "MOD-05", "--jobs", "2")
    assert (read("a/design.yaml"), read("b/design.yaml")) == ("mlsd: 1\nmodel: {}\n", SHUFFLED)
    assert ran.err == "info: 1 fix in a/design.yaml.\ninfo: 1 fix in c/design.yaml.\n"
    assert ran.code == ExitCode.FINDINGS
