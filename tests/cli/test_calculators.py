"""Calculators: ``mlsd size ab`` and its siblings, from flags alone."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from mlsd.cli.app import run
from mlsd.errors import ExitCode

RATE = ("--baseline-rate", "5%")


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LANG", "MLSD_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["size", *arguments]) == ExitCode.OK
    return capsys.readouterr().out


def data(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(capsys, *arguments, "--format", "json"))
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["size", *arguments]) == ExitCode.USAGE
    return capsys.readouterr().err


def test_the_test_of_the_manual(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "ab", *RATE, "--mde", "10%", "--split", "70/30", "--daily", "30000")
    wanted = ("method", "alpha", "power", "effect_absolute", "effect_relative", "control", "treatment", "total", "days")
    assert {key: found[key] for key in wanted} == {
        "method": "pooled",
        "alpha": 0.05,
        "power": 0.8,
        "effect_absolute": 0.005,
        "effect_relative": 0.1,
        "control": 51678,
        "treatment": 22148,
        "total": 73826,
        "days": 3,
    }
    assert found["whole_weeks"] == 7
    assert found["inflation"] == pytest.approx(73826 / 62468)


@pytest.mark.parametrize("points", ["0.5pp", "0,5 п.п.", "0.005 absolute"])
def test_points_are_absolute(capsys: pytest.CaptureFixture[str], points: str) -> None:
    found = data(capsys, "ab", *RATE, "--mde", points)
    assert (found["effect_absolute"], found["effect_relative"]) == (0.005, 0.1)


def test_a_decrease(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "ab", *RATE, "--mde", "-10%")
    assert found["effect_absolute"] == -0.005
    assert found["total"] < data(capsys, "ab", *RATE, "--mde", "10%")["total"]


def test_effect_and_power_from_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    seen = data(capsys, "ab", *RATE, "--total", "62468")
    assert (seen["solved"], seen["effect_relative"]) == ("mde", pytest.approx(0.1, rel=1e-3))
    sure = data(capsys, "ab", *RATE, "--total", "62468", "--mde", "10%")
    assert (sure["solved"], sure["power"]) == ("power", pytest.approx(0.8, abs=1e-3))


def test_two_means_with_cuped(capsys: pytest.CaptureFixture[str]) -> None:
    plain = data(capsys, "ab", "--mean", "40", "--sd", "12", "--mde", "5%")
    less = data(capsys, "ab", "--mean", "40", "--sd", "12", "--mde", "5%", "--cuped", "0.7")
    assert plain["total"] == 1132
    assert less["total"] == pytest.approx(plain["total"] * 0.51, rel=0.01)


def test_several_comparisons_make_alpha_smaller(capsys: pytest.CaptureFixture[str]) -> None:
    assert data(capsys, "ab", *RATE, "--mde", "10%", "--comparisons", "2")["alpha"] == 0.025


def test_what_does_not_fit_says_what_would(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("ab", *RATE, "--mde", "5%", "--split", "70/30", "--daily", "30k", "--days", "7")
    assert said(capsys, *arguments).replace("\u00a0", " ").replace("\u202f", " ").splitlines()[:7] == [
        "Method: pooled z test of two rates, without continuity correction, two-sided.",
        "Effect: 0.0025 absolute, 5 % relative.",
        "Arms, control first: 202 785, 86 908; 289 693 in all.",
        "This split needs 18.61 % more units than an even one.",
        "It does not fit into the time there is. Each of these alone would make it fit:",
        "– at least 10 days",
        "– an effect of at least 5.883 %",
    ]
    assert data(capsys, *arguments)["ways_out"]["days"] == 10


def test_a_range_is_a_table_and_a_curve(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "ab", *RATE, "--mde", "2%..20%").splitlines()
    assert lines[0].split() == ["effect", "relative", "absolute", "units", "power"]
    assert len(lines) == 11
    bars = [line.count("━") for line in lines[1:]]
    assert bars == sorted(bars, reverse=True)
    rows = data(capsys, "ab", *RATE, "--mde", "2%..20%")["table"]
    assert (rows[4]["mde"], rows[4]["total"]) == (0.1, 62468)


def test_power_against_days(capsys: pytest.CaptureFixture[str]) -> None:
    rows = data(capsys, "ab", *RATE, "--mde", "5%", "--daily", "30k", "--days", "7..14")["table"]
    assert [row["days"] for row in rows] == list(range(7, 15))
    powers = [row["power"] for row in rows]
    assert powers == sorted(powers)
    assert powers[1] < 0.8 < powers[2]


def test_a_range_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "ab", *RATE, "--mde", "-2%..-4%", "--format", "csv").splitlines()
    assert lines[0] == "mde,effect_relative,effect_absolute,total,power"
    assert lines[1].startswith("-0.02,-0.02,-0.001,")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--mde", "10"), "--mde: “10” can be read two ways: relative to today, or in points."),
        (("--mde", "nan"), "--mde: “nan” is not a finite number."),
        (("--mde", "0%"), "“--mde” must not be zero"),
        (("--mde", "1e308%"), "“--mde” must be a number from \u22121B to 1B"),
        (("--mde", "5%", "--alpha", "5"), "--alpha: “5” is more than the whole: a share goes from 0 to 1."),
        (("--mde", "5%", "--alpha", "-5%"), "--alpha: “-5%” is below zero."),
        (("--mde", "5%", "--power", "10%"), "“--power” must be a number from 0.5 to below 1; it is 0.1."),
        (("--mde", "5%", "--split", "70/40"), "--split: The parts of “70/40” make 110, not 100."),
        (("--total", "1e308"), "“--total” must be a number from 2 to 1e15"),
        (("--mde", "2%..5pp"), "One end of 2%..5pp is relative, the other absolute."),
        (("--mde", "2%..5%", "--power", "80%..90%"), "A table goes over one range"),
        ((), "Neither the effect nor the units are given."),
    ],
)
def test_bad_input_is_a_sentence(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused(capsys, "ab", *RATE, *arguments)


def test_a_rate_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--baseline-rate 5%" in refused(capsys, "ab", "--mde", "10%")


def test_an_impossible_question_has_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "ab", *RATE, "--mde", "2000%")
    assert found["total"] is None
    assert found["note"] == "The rate would be 1.05, and a rate lies between 0 and 1."


def test_planned_looks_cost_units(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "ab", *RATE, "--mde", "10%", "--looks", "5", "--shape", "pocock")
    assert found["looks"]["z"] == pytest.approx([2.413] * 5, abs=1e-3)
    assert found["largest_total"] == pytest.approx(found["total"] * 1.229, rel=2e-3)
    assert "no size is asked" in refused(capsys, "ab", *RATE, "--total", "9k", "--looks", "2")


def test_whole_clusters(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "ab", *RATE, "--mde", "10%", "--cluster-size", "51", "--icc", "0.02")
    assert found["design_effect"] == 2
    assert found["clusters"] == [1225, 1225]
    assert "without --icc" in refused(capsys, "ab", *RATE, "--mde", "10%", "--cluster-size", "51")


def test_a_guardrail(capsys: pytest.CaptureFixture[str]) -> None:
    rate = ("guardrail", "--baseline-rate", "0.2%", "--lower-is-better", "--split", "70/30")
    sized = data(capsys, *rate, "--margin", "0.05%")
    assert (sized["solved"], sized["total"]) == ("sample", 235_056)
    back = data(capsys, *rate, "--total", "235056")
    assert back["margin"] == pytest.approx(0.0005, rel=1e-4)
    assert "--baseline-rate 0.2%" in refused(capsys, "guardrail", "--margin", "1%")


def test_mismatch(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "srm", "--observed", "10000,9600")
    assert (found["mismatch"], found["expected"]) == (False, [9800, 9800])
    assert data(capsys, "srm", "--observed", "10000,9000")["mismatch"] is True
    assert "--observed" in refused(capsys, "srm", "--observed", "10000,many")


def test_load(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(
        capsys, "load", "--users", "2M", "--requests", "6", "--peak", "900", "--latency", "130ms", "--capacity", "60",
        "--candidates", "500", "--features", "20", "--record", "1k", "--retention", "30d", "--replication", "3",
    )  # fmt: skip
    average = 2_000_000 * 6 / 86_400
    assert found["average_rps"] == pytest.approx(average)
    assert (found["in_flight"], found["replicas"], found["feature_reads"]) == (117, 22, 9_000_000)
    assert found["storage_gb"] == pytest.approx(average * 1000 * 86_400 * 30 * 3 / 1e9)
    assert "Nothing can be computed" in refused(capsys, "load")


def test_latency(capsys: pytest.CaptureFixture[str]) -> None:
    path = "gateway 5/10ms > retrieval 10/30ms + features 5/15ms > ranker 40/80ms"
    found = data(capsys, "latency", "--path", path, "--budget", "100ms")
    assert (found["p99_ms"], found["left_ms"]) == (120, -20)
    assert 80 < found["estimate_ms"] < 120
    assert found["steps"][1] == {"blocks": ["retrieval", "features"], "slowest": "retrieval", "ms": 30}
    assert data(capsys, "latency", "--path", path)["estimate_ms"] == found["estimate_ms"]
    assert "does not say a block and its time" in refused(capsys, "latency", "--path", "gateway > ranker 3ms")


def test_availability_and_tail(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "latency", "--availability", "99.9%,99.95%", "--calls", "100")
    assert found["availability"] == pytest.approx(0.999 * 0.9995)
    assert found["without_slow_call"] == pytest.approx(0.99**100)


def test_memory(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "memory", "--rows", "3M", "--dim", "128", "--index", "hnsw", "--node", "1GB")
    assert (found["memory_gb"], found["nodes"]) == (pytest.approx(2.304), 3)
    assert data(capsys, "memory", "--params", "70B", "--precision", "int4")["memory_gb"] == 35
    assert "without --dim" in refused(capsys, "memory", "--rows", "3M")


def test_a_language_model(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(
        capsys, "llm", "--params", "70B", "--layers", "80", "--kv-heads", "8", "--head-dim", "128", "--context", "8k",
        "--concurrency", "16", "--gpu-memory", "80GB",
    )  # fmt: skip
    assert (found["weights_gb"], found["kv_bytes_token"], found["gpus"]) == (140, 327_680, 3)
    unknown = data(capsys, "llm", "--params", "70B", "--context", "8k")
    assert unknown["kv_bytes_token"] is None
    assert "architecture is not known" in unknown["sizes"][1]["note"]


def test_tokens_and_training(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(
        capsys, "llm", "--requests-month", "30k", "--tokens-in", "1800", "--tokens-out", "400", "--price-in", "1",
        "--price-out", "4", "--active", "7B", "--train-tokens", "140B", "--gpus", "64", "--tflops", "1000",
    )  # fmt: skip
    assert found["cost_month"] == pytest.approx(102)
    assert found["tokens_per_parameter"] == 20
    assert found["training_days"] == pytest.approx(6 * 7e9 * 140e9 / (64 * 1e15 * 0.4 * 86_400))


def test_cost(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (
        "--item",
        "ranker=190*24",
        "--item",
        "lake=1100",
        "--budget",
        "5k",
        "--worth",
        "180k",
        "--build",
        "300k",
    )
    found = data(capsys, "cost", *arguments)
    assert (found["month"], found["left"]) == (5660, -660)
    assert found["covers"] == pytest.approx(180_000 / 5660)
    assert found["items"] == [{"item": "ranker", "month": 4560}, {"item": "lake", "month": 1100}]
    assert "is no part of a bill" in refused(capsys, "cost", "--item", "ranker")
    assert "--item" in refused(capsys, "cost")


def test_a_calculator_loads_no_models() -> None:
    code = "import sys; sys.argv[1:] = ['size', 'ab', '--baseline-rate', '5%', '--mde', '10%']\n"
    code += "from mlsd.cli.app import run\nassert run(sys.argv[1:]) == 0\n"
    code += "heavy = {'pydantic', 'rich', 'yaml', 'jinja2', 'questionary', 'statistics', 'mlsd.storage', 'mlsd.lint'}\n"
    code += "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
