"""``mlsd stress`` and ``mlsd explain`` as their user sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mlsd.cli.app import run
from mlsd.errors import ExitCode

TIGHT = """\
maturity: interview
problem:
  constraints: [{id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}]
pipeline:
  components: [{id: ranker, role: ranking, lane: online, p99_ms: 60}]
  request_path: [ranker]
metrics: {online: [{id: ctr, baseline: 5%, window_days: 7}]}
ab_test: {primary: ctr, mde: 5% relative, eligible_units_day: 100k}
assumed: ["pipeline.components[ranker].p99_ms", ab_test.eligible_units_day]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LANG", "MLSD_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "design.yaml").write_text(TIGHT, encoding="utf-8")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run([*arguments]) == ExitCode.OK
    return capsys.readouterr().out


def test_the_number_that_breaks_first_and_what_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "stress").splitlines()
    assert "pipeline.components[ranker].p99_ms = 60" in lines
    [edge] = [line for line in lines if "PIP-05" in line]
    assert edge == "    if it rises to 100.1 (× 1.67): PIP-05 speaks"


def test_stress_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "stress", "design.yaml", "--format", "json"))
    assert list(found) == ["schema_version", "file", "numbers"]
    [ranker] = [row for row in found["numbers"] if row["path"] == "pipeline.components[ranker].p99_ms"]
    assert (ranker["now"], ranker["above"]["value"], ranker["above"]["speak"]) == (60, 100.1, ["PIP-05"])


def test_nothing_is_assumed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "design.yaml").write_text("problem: {scale: {rps_peak: 9}}\n", encoding="utf-8")
    assert said(capsys, "stress").startswith("No number is assumed, so nothing is tried.")


def test_the_tree_of_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "explain", "test.days").splitlines()
    assert lines[0] == "days of the test = 14 days (computed, test.days)"
    assert lines[3] == "10 days are the least; whole weeks see every day of the week equally often."
    assert lines[4].startswith("└ sample = 244")
    assert "  └ baseline rate = 0.05 (given, metrics.online[ctr].baseline)" in lines
    assert "└ eligible units a day = 100\u202f000 units/day (assumed, ab_test.eligible_units_day)" in lines


def test_a_written_path_and_what_it_is_used_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "explain", "ab_test.eligible_units_day") == (
        "ab_test.eligible_units_day = 100\u202f000 (assumed)\nused for: test.days\n"
    )


def test_a_group_of_answers_is_named_not_dumped(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("design.yaml").write_text(
        "metrics: {online: [{id: ctr, role: success}, {id: hides}]}\nab_test: {split: 70/30}\n"
        "pipeline: {flows: [{from: a, to: b}], request_path: [a, [b, c]]}\n"
    )
    said = []
    for path in ("metrics.online", "ab_test.split", "pipeline.flows", "pipeline.request_path", "ab_test"):
        assert run(["explain", path]) == ExitCode.OK
        said.append(capsys.readouterr().out.splitlines()[0])
    assert said == [
        "metrics.online = ctr, hides (given)",
        "ab_test.split = control: 0.7, treatment: 0.3 (given)",
        "pipeline.flows = a → b (given)",
        "pipeline.request_path = a, b, c (given)",
        "ab_test = split (given)",
    ]


def test_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "explain", "test.units") == (
        "units that mature in the time there is = – (missing, test.units)\nab_test.duration_days is empty\n"
    )


def test_the_tree_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "explain", "test.days", ".", "--format", "json"))
    assert (found["value"], found["origin"], found["inputs"][0]["path"]) == (14, "computed", "test.sample")
    assert found["inputs"][0]["inputs"][0] | {"used_for": []} == {
        "name": "baseline rate",
        "path": "metrics.online[ctr].baseline",
        "value": 0.05,
        "unit": "",
        "origin": "given",
        "formula": None,
        "source": None,
        "note": None,
        "missing": [],
        "refused": None,
        "inputs": [],
        "used_for": [],
    }


def test_neither_path_nor_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "test.dais"]) == ExitCode.USAGE
    assert "Did you mean test.days?" in capsys.readouterr().err


def test_a_share_of_nothing_has_an_edge_and_no_multiple(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design = """\
maturity: design
problem: {scale: {rps_peak: 100}, constraints: [{id: up, kind: availability, op: ">=", value: 0.99}]}
pipeline:
  components: [{id: ranker, role: ranking, lane: online, p99_ms: 60, availability: 0}]
  request_path: [ranker]
assumed: ["pipeline.components[ranker].availability"]
"""
    (here / "design.yaml").write_text(design, encoding="utf-8")
    lines = said(capsys, "stress").splitlines()
    assert lines[0] == "pipeline.components[ranker].availability = 0"
    assert "×" not in lines[1]
    assert lines[1].startswith("    if it rises to 0.99")


def test_the_print_says_how_far_numbers_can_move(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "--stress"]) == ExitCode.OK
    printed = capsys.readouterr().out
    appendix = printed[printed.index("## Appendix: how far the assumed numbers can move") :]
    assert "| `pipeline.components[ranker].p99_ms` | 60 | 100.1 (× 1.67): PIP-05 speaks |" in appendix
    assert run(["render"]) == ExitCode.OK
    assert "how far the assumed numbers" not in capsys.readouterr().out


def test_the_print_of_a_design_that_assumes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "design.yaml").write_text("problem: {scale: {rps_peak: 9}}\n", encoding="utf-8")
    assert run(["render", "--stress"]) == ExitCode.OK
    assert capsys.readouterr().out.endswith("can move\n\nNo number is assumed.\n")


def test_one_page_has_no_room_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "--stress", "--document", "one-pager", "-o", "x.md"]) == ExitCode.USAGE
    assert "One page has no room for --stress." in capsys.readouterr().err
