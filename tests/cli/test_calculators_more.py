"""Calculators beyond the first: returning units, unequal deviations, switchbacks, labels; and bad input to all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mlsd.cli.app import run
from mlsd.cli.calculators import WORDS
from mlsd.errors import ExitCode

GOOD: dict[str, list[str]] = {
    "ab": [
        "--baseline-rate 5% --mde 10% --split 70/30 --alpha 5% --power 80% --daily 30k --days 14 --exposure 50% "
        "--ramp 1 --window 2 --cluster-size 5 --icc 0.02",
        "--mean 40 --sd 12 --sd-treatment 15 --cuped 0.5 --mde 5% --weekly 100k --returning 40% --days 30",
        "--ratio 1.2,3,24,30,0.5 --total 100k",
    ],
    "guardrail": [
        "--baseline-rate 0.2% --margin 0.0005 --expected-harm 0 --alpha 5% --power 80%",
        "--sd 12 --total 1k",
    ],
    "switchback": [
        "--period 4h --regions 3 --mean 38 --sd 5 --mde 2% --carry-over 20% --days 28 --alpha 5% --power 80%"
    ],
    "srm": ["--observed 10200,4300 --split 70/30 --alarm 0.001"],
    "holm": ["--p 0.01,0.04 --alpha 5%"],
    "load": [
        "--users 2M --requests 6 --peak 900 --latency 130ms --capacity 60 --headroom 70% --candidates 500 "
        "--features 20 --cached 50% --record 200 --retention 90d --replication 3",
        "--volume 2M --record 100",
    ],
    "latency": ["--budget 200ms --calls 20 --availability 99.9% --downtime 8h"],
    "memory": ["--rows 3M --dim 128 --bytes 4 --links 32 --node 8GB --usable 80%", "--params 70B"],
    "labels": [
        "--base-rate 0.2% --recall 90% --false-positives 1% --volume 40k --flagged 2% --minutes 3 --hours 6 "
        "--items 10k --per-item 2 --per-day 500 --label-cost 0.1 --share 90% --cases 50 --half-width 3% --alpha 5% "
        "--false-positive-cost 1 --false-negative-cost 3 --too-few 3 --too-many 1 --mean-count 0.4"
    ],
    "llm": [
        "--params 70B --active 20B --layers 80 --kv-heads 8 --head-dim 128 --kv-bytes 2 --sliding-window 4096 "
        "--windowed 50% --context 8k --concurrency 16 --gpu-memory 80GB --tflops 990 --bandwidth 3350 "
        "--tokens-second 90000 --requests-month 1M --tokens-in 2k --tokens-out 300 --price-in 1 --price-out 3 "
        "--calls 2 --cached 50% --cached-price 10% --train-tokens 1T --gpu-hours 20k --utilisation 40% "
        "--context-window 8k"
    ],
    "agent": ["--step-success 95% --steps 10 --target 80% --task-cost 0.12", "--task-success 60% --task-cost 1"],
    "cost": [
        "--budget 20k --worth 180k --build 300k --requests 360M --entities 3M --runs 30 --predictions-hour 2M "
        "--replicas 24 --hour-price 0.3 --serving-price 0.4 --item a=5*3"
    ],
}
BAD = ("-5", "nan", "inf", "1e308", "0", "abc", "", "150%")


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LANG", "MLSD_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


def data(capsys: pytest.CaptureFixture[str], line: str) -> dict[str, Any]:
    assert run(["size", *line.split(), "--format", "json"]) == ExitCode.OK
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], line: str) -> str:
    assert run(["size", *line.split()]) == ExitCode.USAGE
    return capsys.readouterr().err


def endless(text: str) -> None:
    raise AssertionError(f"{text} is no number of an answer")


def test_every_calculator_is_tried() -> None:
    assert set(GOOD) == set(WORDS)


@pytest.mark.parametrize("word", WORDS)
def test_bad_input_to_any_flag_is_refused_with_a_sentence_or_has_a_finite_answer(
    capsys: pytest.CaptureFixture[str], word: str
) -> None:
    for line in GOOD[word]:
        flags = line.split()
        for place in range(0, len(flags), 2):
            for bad in BAD:
                tried = [*flags[:place], f"{flags[place]}={bad}", *flags[place + 2 :]]
                code = run(["size", word, *tried, "--format", "json"])
                said = capsys.readouterr()
                assert code in (ExitCode.OK, ExitCode.USAGE), (tried[place], said.err)
                if code == ExitCode.OK:
                    json.loads(said.out, parse_constant=endless)
                else:
                    assert said.err.startswith("error: ")


def test_units_that_return_take_more_weeks(capsys: pytest.CaptureFixture[str]) -> None:
    test = "ab --baseline-rate 5% --mde 10% --weekly 40k"
    assert data(capsys, test)["days"] == 14
    back = data(capsys, f"{test} --returning 60% --window 1")
    assert (back["days"], back["whole_weeks"]) == (29, 35)
    few = data(capsys, "ab --baseline-rate 5% --mde 10% --weekly 1k --returning 50%")
    [days] = [size for size in few["sizes"] if size["id"] == "days"]
    assert (few["days"], days["result"]) == (None, None)
    assert days["note"] == "There are only about 2000 different units, fewer than the sample."


def test_what_returning_units_leave_of_the_time_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "ab --baseline-rate 5% --mde 10% --weekly 40k --returning 60% --window 1 --days 14")
    assert found["ways_out"]["days"] == 29
    [units] = [size for size in found["sizes"] if size["id"] == "units"]
    assert units["result"] == pytest.approx(40_000)


def test_unequal_deviations_have_a_best_split(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "ab --mean 40 --sd 12 --sd-treatment 20 --mde 5%")
    assert found["best_split"] == pytest.approx([12 / 32, 20 / 32])
    best = data(capsys, "ab --mean 40 --sd 12 --sd-treatment 20 --mde 5% --split 37.5/62.5")
    assert found["total"] / best["total"] == pytest.approx(1.0625, rel=1e-3)


def test_a_ratio_metric_by_the_delta_method(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "ab --ratio 1.2,3,24,30,0.5 --mde 3%")
    assert found["baseline"] == pytest.approx(0.05)
    plain = data(capsys, f"ab --mean 0.05 --sd {found['sizes'][0]['result']} --mde 3%")
    assert found["total"] == plain["total"]


def test_holm_sizes_like_bonferroni_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    test = "ab --baseline-rate 5% --mde 10% --comparisons 3 --correction"
    holm, bonferroni = data(capsys, f"{test} holm"), data(capsys, f"{test} bonferroni")
    assert holm["total"] == bonferroni["total"]
    assert holm["sizes"][0]["note"].startswith("Holm's first step asks as much as Bonferroni")


def test_holm(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "holm --p 0.01,0.04,0.03")
    assert found["adjusted"] == pytest.approx([0.03, 0.06, 0.06])
    assert found["rejected"] == [True, False, False]
    assert found["familywise"] == pytest.approx(0.142625)
    assert run(["size", "holm", "--p", "0.01,0.04", "--format", "csv"]) == ExitCode.OK
    assert capsys.readouterr().out == "p,adjusted,holds\n0.01,0.02,1.0\n0.04,0.04,1.0\n"


def test_a_switchback(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "switchback --period 4h --regions 3 --mean 38 --sd 5 --mde 2% --carry-over 20% --days 28")
    assert found["period_sd"] == pytest.approx(5 / 0.8**0.5)
    assert (found["periods"], found["days"], found["periods_there"]) == (1700, 95, 504)
    assert found["power"] == pytest.approx(0.332, abs=0.001)
    assert "Give it, for example: --sd 5" in refused(capsys, "switchback --period 4h --mde 2%")


def test_batch_against_online(capsys: pytest.CaptureFixture[str]) -> None:
    flags = "--entities 3M --runs 30 --predictions-hour 2M --replicas 24 --hour-price 0.3"
    found = data(capsys, f"cost {flags}")
    assert (found["batch"], found["online"], found["cheaper"]) == (13.5, 5256, "batch")
    both = data(capsys, f"cost --item lake=100 {flags}")
    assert (both["month"], both["online_over_batch"]) == (100, 5242.5)
    assert "without --runs, --predictions-hour, --replicas, --hour-price." in refused(capsys, "cost --entities 3M")


def test_labels(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, f"labels {GOOD['labels'][0]}")
    assert found["precision"] == pytest.approx(0.1528, abs=1e-4)
    assert (found["reviewers"], found["label_days"], found["label_cost"]) == (7, 40, 2000)
    assert found["half_width"] == pytest.approx(0.0832, abs=1e-4)
    assert (found["threshold"], found["quantile"]) == (0.25, 0.75)


def test_an_agent(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "agent --step-success 95% --steps 10 --target 80% --task-cost 0.12")
    assert found["success"] == pytest.approx(0.95**10)
    assert found["success_cost"] == pytest.approx(0.12 / 0.95**10)
    assert found["steps_possible"] == 4


def test_a_mixture_of_experts_reads_its_active_weights(capsys: pytest.CaptureFixture[str]) -> None:
    line = (
        "llm --params 70B --active 20B --layers 80 --kv-heads 8 --head-dim 128 --context 8k --gpus 4 --bandwidth 3350"
    )
    found = data(capsys, f"{line} --gpu-memory 80GB --tflops 990 --tokens-second 90000 --tokens-out 100 --tokens-in 2k")
    assert found["weights_gb"] == 140
    cache = 320 * 1024 * 8000 / 1e9
    assert found["ms_per_token"] == pytest.approx(1000 * (40 + cache) / (4 * 3350))
    assert found["answer_ms"] == pytest.approx(found["ttft_ms"] + 100 * found["ms_per_token"])
    assert (found["gpus_by_memory"], found["gpus_by_compute"], found["binding"]) == (2, 10, "compute")
    assert "--active is more than --params" in refused(capsys, "llm --params 7B --active 8B")


def test_a_training_against_the_hours_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "llm --params 7B --train-tokens 140B --tflops 990 --gpu-hours 2000")
    assert found["optimal_tokens"] == 140e9
    assert found["gpu_hours"] == pytest.approx(6 * 7e9 * 140e9 / (990e12 * 0.4 * 3600))
    assert found["remarks"] == ["The training takes 2125 GPU hours more than there are."]


def test_a_block_with_its_fallback(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "latency --availability 99.9%,99.5%:99.9% --downtime 8.76h")
    assert found["availability"] == pytest.approx(0.999 * (1 - 0.005 * 0.001))
    assert found["availability_needed"] == pytest.approx(0.999)
    assert "--availability: “” is not a number" in refused(capsys, "latency --availability 99%:")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("ab --baseline-rate 5% --mde 10% --cuped 0.5", "--cuped says nothing without --sd."),
        ("ab --baseline-rate 5% --sd 3 --mde 10%", "--sd and --baseline-rate say the same in two ways."),
        ("ab --ratio 1,2,3,4,0 --sd 3 --mde 10%", "--ratio and --sd say the same in two ways."),
        ("ab --ratio 1,2 --mde 10%", "--ratio: “1,2” is not five numbers."),
        ("ab --baseline-rate 5% --mde 10% --daily 1k --weekly 5k", "--daily and --weekly say the same in two ways."),
        ("ab --baseline-rate 5% --mde 10% --returning 5%", "--returning says nothing without --weekly."),
        ("ab --baseline-rate 5% --mde 10% --weekly 5k --returning 100%", "“--returning” must be a number from 0"),
    ],
)  # fmt: skip
def test_flags_that_do_not_go_together(capsys: pytest.CaptureFixture[str], line: str, sentence: str) -> None:
    assert sentence in refused(capsys, line)


def test_a_path_that_takes_too_long_says_what_would_fit(capsys: pytest.CaptureFixture[str]) -> None:
    path = "gateway 10ms > fast 140ms + slow 150ms > ranker 80ms"
    assert run(["size", "latency", "--path", path, "--budget", "200ms", "--format", "json"]) == ExitCode.OK
    found = json.loads(capsys.readouterr().out)
    assert found["ways_out"] == {"budget": 240, "blocks": {"ranker": 40}}
    assert found["remarks"][1:] == [
        "Each of these alone would make it fit:",
        "– a promise of at least 240 ms",
        "– ranker in at most 40 ms",
    ]
    fits = path.replace("80ms", "40ms")
    assert run(["size", "latency", "--path", fits, "--budget", "200ms", "--format", "json"]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["p99_ms"] == 200


def test_a_bill_over_its_budget_says_what_would_fit(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "cost --item gpu=900 --item lake=300 --item logs=50 --budget 1000")
    assert found["ways_out"] == {"budget": 1250, "items": {"gpu": 650, "lake": 50}}
    assert "ways_out" not in data(capsys, "cost --item gpu=650 --item lake=300 --item logs=50 --budget 1000")
