"""``mlsd size`` as its user sees it: a design's numbers, what-if, and the four formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from mlsd.cli.app import run
from mlsd.cli.calculators import WORDS
from mlsd.cli.sizes.sheet import harmless
from mlsd.errors import ExitCode

EXAMPLE = Path(__file__).parents[2] / "examples" / "recsys"

SMALL = """\
problem: {scale: {daily_users: 2M, requests_per_user_day: 6, growth_per_year: 30%}}
deploy: {costs: [{item: "=HYPERLINK(1)", month: 100}]}
currency: EUR
assumed: [problem.scale.daily_users]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LANG", "MLSD_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "design.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["size", *arguments]) == ExitCode.OK
    return capsys.readouterr().out


def data(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(capsys, *arguments, "--format", "json"))
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["size", *arguments]) == ExitCode.USAGE
    return capsys.readouterr().err


def test_the_design_here_with_its_workings_and_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys) == (
        "Problem\n"
        "average load: 138.889 rps [load.average]\n"
        "    rps = daily users · requests of a user a day ÷ 86\u202f400\n"
        "    daily users = 2M users (assumed, problem.scale.daily_users)\n"
        "    requests of a user a day = 6 a day (given, problem.scale.requests_per_user_day)\n"
        "    source: Xu: System Design Interview, ch. 2\n"
        "\n"
        "Deployment\n"
        "cost of a month: 100 EUR a month [cost.month]\n"
        "    month = Σ items (unit cost · volume)\n"
        "    =HYPERLINK(1) = 100 EUR a month (given, deploy.costs[0].month)\n"
        "    source: Arithmetic\n"
        "\n"
        "cost of one request: 2.77778e-7 EUR [cost.request]\n"
        "    cost of one = month ÷ units\n"
        "    cost a month = 100 EUR a month (computed, cost.month)\n"
        "    units a month = 360M a month (computed, problem.scale.daily_users)\n"
        "    source: Arithmetic\n"
        "\n"
        "Not computed yet\n"
        "    peak over average needs problem.scale.rps_peak\n"
        "    peak load in a year needs problem.scale.rps_peak\n"
        "    left of the budget of a month needs problem.constraints[cost].value\n"
        "    worth of the target over its cost needs problem.goal.worth_month\n"
        "    units that the test needs in all arms needs ab_test.mde.value, ab_test.baseline_rate\n"
    )


def test_json_carries_inputs_with_origin_and_path(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "design.yaml")
    assert list(found) == ["schema_version", "file", "sizes", "missing"]
    average = found["sizes"][0]
    assert (average["id"], average["stage"], average["unit"]) == ("load.average", "problem", "rps")
    assert [(entry["path"], entry["origin"]) for entry in average["inputs"]] == [
        ("problem.scale.daily_users", "assumed"),
        ("problem.scale.requests_per_user_day", "given"),
    ]
    assert found["missing"][0] == {
        "id": "load.peak_factor",
        "stage": "problem",
        "name": "peak over average",
        "needs": ["problem.scale.rps_peak"],
        "refused": None,
    }


def test_what_if_is_answered_and_not_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "--set", "problem.scale.rps_peak=1k", "--set", "problem.scale.daily_users=4M")
    assert found["what_if"] == {"problem.scale.rps_peak": "1k", "problem.scale.daily_users": "4M"}
    results = {size["id"]: size["result"] for size in found["sizes"]}
    assert results["load.average"] == pytest.approx(4_000_000 * 6 / 86_400)
    assert results["load.next_year"] == 1300
    assert (here / "design.yaml").read_text(encoding="utf-8") == SMALL


def test_what_if_in_an_entry_of_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, str(EXAMPLE), "--set", "pipeline.components[ranker].p99_ms=150ms")
    results = {size["id"]: size["result"] for size in found["sizes"]}
    assert (results["latency.path_p99"], results["latency.left"]) == (200, 0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("problem.scale.rps_peek=3", "nothing here is called rps_peek"),
        ("problem.scale.rps_peak", "does not say what to set"),
        ("problem.scale.rps_peak=many", "--set problem.scale.rps_peak"),
        ("ab_test.mde=5", "--set ab_test.mde: “5” can be read two ways"),
        ("ab_test.power=180%", "--set ab_test.power: “180%” is more than the whole"),
    ],
)
def test_a_change_that_cannot_be(capsys: pytest.CaptureFixture[str], change: str, sentence: str) -> None:
    assert sentence in refused(capsys, "--set", change)


def test_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "nowhere.yaml").startswith("error: There is no file nowhere.yaml.")


def test_a_sheet_has_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(said(capsys, "--format", "csv"))))
    assert [row["id"] for row in rows][:2] == ["load.average", "load.peak_factor"]
    for row in rows:
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    [bill] = [row for row in rows if row["id"] == "cost.month"]
    assert bill["inputs"].startswith("'=HYPERLINK(1)")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_six_signs_stay_text(sign: str) -> None:
    assert str(harmless(f"{sign}1+1")).startswith("'")
    assert harmless(f"1{sign}1") is not None
    assert harmless(-1.5) == -1.5


def test_markdown_is_a_table_in_which_answers_stay_text(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "--format", "markdown").splitlines()
    assert lines[:2] == ["| number | result | from | formula | source |", "|---|---|---|---|---|"]
    assert lines[2].startswith("| average load | 138.889 rps | daily users = 2M users (assumed, ")
    assert "- peak over average: `problem.scale.rps_peak`" in lines


def test_the_words_below_size(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "--help")
    words = [
        line.split()[0] for line in out.split("Commands:")[1].splitlines() if line.startswith("  ") and line[2] != " "
    ]
    assert words == ["file", *WORDS]


def test_a_word_in_another_spelling(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["size", "switchbak", "--set", "a=1"]) == ExitCode.USAGE
    assert "No such command 'switchbak'. Did you mean 'switchback'?" in capsys.readouterr().err


def test_a_file_is_named_like_a_word(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "ab").write_text(SMALL, encoding="utf-8")
    assert said(capsys, "./ab").startswith("Problem\naverage load")
    assert said(capsys, "file", "ab").startswith("Problem\naverage load")


def test_russian(capsys: pytest.CaptureFixture[str]) -> None:
    from mlsd.cli import speech

    speech.speak("ru")
    try:
        assert "138,889" in said(capsys)
    finally:
        speech.speak("en")


def test_a_streamed_answer_is_held_against_its_first_token(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "design.yaml").write_text(
        """\
problem: {constraints: [{id: first_words, kind: latency, op: "<=", value: 2000, unit: ms}]}
pipeline:
  components: [{id: search, p99_ms: 300}, {id: writer, role: llm, p99_ms: 9000}]
  request_path: [search, writer]
model: {llm: {serving: {ttft_ms: 500, streaming: true}}}
""",
        encoding="utf-8",
    )

    def left(*more: str) -> tuple[float, str]:
        size = next(size for size in data(capsys, "design.yaml", *more)["sizes"] if size["id"] == "latency.left")
        return size["result"], size["inputs"][1]["path"]

    assert left() == (1200, "llm.first_token_ms")
    assert left("--set", "model.llm.serving.streaming=false") == (-7300, "latency.path_p99")
