"""Sentences of a print that depend on their numbers: what is not so is not said, and what nobody needs is no hole."""

from __future__ import annotations

from typing import Any

import pytest
from printed_designs import design

from mlsd.content.language import language
from mlsd.render.markdown import document
from mlsd.render.one_pager import one_pager

GAP = "⟨"


def text(code: str = "en", template: dict[str, Any] | None = None, **stages: Any) -> str:
    printed = document(design(stages), language=language(code), template=template).text
    return printed.replace("\u00a0", " ").replace("\u202f", " ")


def of_split(gap: float | None, delay: float | None, after: float | None = None) -> str:
    labels = {"source": "log", "origin": "natural", "delay_days": delay}
    split = {"strategy": "temporal", "gap_days": gap, "maturity_days": after}
    return text(data={"labels": labels}, model={"split": split}).split("### Split\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(
    ("gap", "delay", "said"),
    [
        (2, 2, "The gap between training and test is 2 days, as long as the truth takes, so that"),
        (7, 1, "The gap between training and test is 7 days, longer than the 1 day that the truth takes, so that"),
        (1, 7, "The gap between training and test is 1 day, shorter than the 7 days that the truth takes: labels"),
        (0, 7, "There is no gap between training and test, and the truth takes 7 days: labels"),
        (7, 0, "The gap between training and test is 7 days."),
        (7, None, "The gap between training and test is 7 days."),
        (0, 0, "There is no gap between training and test."),
        (0, None, "There is no gap between training and test."),
        (None, 7, f"How many days lie between training and test is *{GAP}open⟩*."),
    ],
)
def test_the_gap_is_held_against_the_delay_of_the_truth(gap: float | None, delay: float | None, said: str) -> None:
    assert said in of_split(gap, delay)
    assert of_split(gap, delay).count("gap between") + of_split(gap, delay).count("How many days lie") == 1


@pytest.mark.parametrize(("after", "delay", "arrived"), [(2, 2, True), (3, 2, True), (1, 2, False), (1, 0, False)])
def test_labels_have_arrived_only_if_the_snapshot_waits_for_them(after: float, delay: float, arrived: bool) -> None:
    printed = of_split(delay, delay, after)
    assert "after the end of the test" in printed
    assert ("when its labels have arrived" in printed) == arrived


def test_nothing_is_known_after_0_days_or_looks_0_days_ahead() -> None:
    labels = {"source": "log", "origin": "natural", "delay_days": 0}
    model = {"target": {"definition": "the next word", "horizon_days": 0}}
    printed = text(data={"labels": labels}, model=model)
    assert "It is known at once." in printed
    assert "0 days" not in printed
    assert "0 days" not in text(data={"labels": labels | {"origin": "human"}})
    assert "known at once" not in text(data={"labels": labels | {"origin": "human"}})
    assert "How late it is known is" in text(data={"labels": labels | {"delay_days": None}})
    assert "It is known at once†." in text(data={"labels": labels}, assumed=["data.labels.delay_days"])


BATCH: dict[str, Any] = {
    "problem": {"scale": {"volume_day": 172}},
    "pipeline": {
        "serving": {"mode": "batch"},
        "components": [{"id": "score", "role": "scoring", "lane": "offline", "memory_gb": 8}],
        "request_path": ["score"],
    },
}


def of_load(mode: str, **scale: Any) -> str:
    pipeline = BATCH["pipeline"] | {"serving": {"mode": mode}}
    return text(problem={"scale": BATCH["problem"]["scale"] | scale}, pipeline=pipeline)


def test_a_nightly_job_has_neither_a_peak_nor_a_time_of_its_path() -> None:
    printed = of_load("batch")
    assert "172 things a day must be decided." in printed
    assert "What they carry and hold:" in printed
    for hole in ("the peak is", "How long the path takes", "requests a second", "Working: 172"):
        assert hole not in printed
    for hole in ("the peak is", "How long the path takes", "against a peak of"):
        assert f"{hole} *{GAP}" in of_load("online").replace("takes is", "takes")
    assert "at the peak" in of_load("batch", rps_peak=3)


def test_the_page_of_a_nightly_job_names_its_volume() -> None:
    page = one_pager(design(BATCH), language("en"), fits=lambda *_: True)
    assert "**Numbers.** 172 things a day must be decided." in page
    assert "at the peak" not in page


def test_what_is_taken_when_nothing_is_said_is_no_hole() -> None:
    serving = {"layers": 36, "kv_heads": 2, "head_dim": 128}
    usual = "128 values, of 2 bytes each as is usual, since nothing else is said."
    assert usual in text(model={"llm": {"serving": serving}})
    assert "128 values of 1 bytes" in text(model={"llm": {"serving": serving | {"kv_bytes": 1}}})


@pytest.mark.parametrize(
    ("first", "other", "promise", "said"),
    [
        (0.9999, 0.5, 0.9999, "up 99.995 % of the time with its fallbacks, 99.99 % without them. Promised: 99.99 %."),
        (0.999, 0.9, 0.9999, "up 99.99 % of the time with its fallbacks, 99.9 % without them. Promised: 99.99 %."),
        (0.99, 0.9, 0.99, "up 99.9 % of the time with its fallbacks, 99 % without them. Promised: 99 %."),
        (0.999998, None, 0.9999, "up 99.999 % of the time. Promised: 99.99 %."),
        (0.999998, None, 0.99, "up 99.99 % of the time. Promised: 99 %."),
    ],
)
def test_availabilities_have_as_many_nines_as_tell_them_apart(
    first: float, other: float | None, promise: float, said: str
) -> None:
    reserve = [{"id": "b", "availability": other}] if other else []
    components = [{"id": "a", "availability": first, "fallback": "b" if other else None}, *reserve]
    limit = {"id": "up", "kind": "availability", "op": ">=", "value": promise}
    printed = text(problem={"constraints": [limit]}, pipeline={"components": components, "request_path": ["a"]})
    assert f"The path is {said}" in printed


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ({"name": "GDPR 22", "kind": "law", "text": "no decision alone"}, "GDPR 22"),
        ({"kind": "law", "text": "A person reads every refusal."}, "A person reads every refusal"),
        ({"kind": "latency", "op": "<=", "value": 60_000, "unit": "ms"}, "latency – at most 60 s"),
        ({"kind": "law", "text": "word " * 40}, "law"),
        ({"kind": "law"}, "law"),
        ({}, "c22"),
    ],
)
def test_a_block_is_there_because_of_a_limit_and_not_of_its_id(limit: dict[str, Any], reason: str) -> None:
    blocks = [{"id": "a", "serves": ["c22"]}]
    printed = text(problem={"constraints": [{"id": "c22"} | limit]}, pipeline={"components": blocks})
    assert f"It is there because of: {reason}." in printed
    assumed = text(
        problem={"constraints": [{"id": "c22"} | limit]}, pipeline={"components": blocks}, assumed=["pipeline"]
    )
    assert f"because of: {reason}†." in assumed


@pytest.mark.parametrize(
    ("direction", "effect", "said"),
    [("down", "12% relative", "−12 % relative"), ("up", "12% relative", "12 % relative"), ("down", "1 pp", "−1 pp")],
)
def test_what_is_expected_is_signed_as_what_is_worth_seeing(direction: str, effect: str, said: str) -> None:
    metric = {"id": "loss_rate", "role": "success", "direction": direction, "baseline": 0.2, "unit": "share"}
    test = {"primary": ["loss_rate"], "mde": "10% relative", "expected_effect": effect}
    sign = "−" if direction == "down" else ""
    printed = text(metrics={"online": [metric]}, ab_test=test)
    assert f"worth seeing is {sign}10 % relative" in printed
    assert f"Expected: {said}." in printed


@pytest.mark.parametrize(
    ("people", "each", "said"),
    [
        (4, 1, "Reviewers: 4. Cases a day: 1 for each, 4 together."),
        (1, 8, "Reviewers: 1. Cases a day: 8 for each, 8 together."),
        (4, 8, "There are 4 reviewers with 8 cases a day each, 32 together."),
    ],
)
def test_one_is_not_spoken_of_as_many(people: int, each: int, said: str) -> None:
    oversight = {"reviewers": people, "cases_per_reviewer_day": each}
    assert said in text(problem={"decision": {"oversight": oversight}})
    scale = {"daily_users": 500, "requests_per_user_day": each}
    many = "one request each" if each == 1 else "8 requests each"
    assert f"500 people a day make {many}." in text(problem={"scale": scale})


def test_the_summary_of_the_template_for_anything_says_nothing_of_the_design() -> None:
    summary = {"title": "Any other problem", "summary": "shown on tickets"}
    assert "tickets" not in text(template=summary | {"name": "generic"})
    assert "tickets" in text(template=summary | {"name": "recsys"})


def test_whole_clusters_are_counted_as_clusters() -> None:
    metric = {"id": "minutes", "role": "success", "direction": "down", "baseline": 190}
    test = {"design": "cluster", "unit": "region", "primary": ["minutes"], "mde": "25% relative", "sd": 45}
    both = {"clusters": 40, "split": {"control": 0.5, "treatment": 0.5}}
    assert "clusters, by the two-sided" in text(metrics={"online": [metric]}, ab_test=test | both)


def test_in_russian_levels_and_moments_are_grammatical() -> None:
    printed = text(
        "ru",
        traits={"time_ordered": "none"},
        model={"target": {"definition": "находка", "predicted_at": "когда снимок пришёл"}},
    )
    assert "упорядочена во времени: нет" in printed
    assert "Момент предсказания: когда снимок пришёл." in printed
