"""Numbers that a kind of problem does not have are neither computed nor missed."""

from __future__ import annotations

from typing import Any

import pytest

from mlsd.derived.every import every
from mlsd.design import Design

COSTS = {"error_costs": {"false_positive": 1, "false_negative": 3}}
LABELS = {"labels": {"count": 1000}}


def missed(**stages: Any) -> set[str]:
    return {found.id for found in every(Design.model_validate(stages)) if found.begun and found.missing}


def computed(**stages: Any) -> set[str]:
    return {found.id for found in every(Design.model_validate(stages)) if found.result is not None}


@pytest.mark.parametrize("task", ["binary", "multilabel", "anomaly", "survival", "detection", "other", None])
def test_a_class_has_a_threshold_and_positives(task: str | None) -> None:
    model = {"task": task, "split": {"test": 0.1}}
    assert "labels.threshold" in computed(problem=COSTS, model=model)
    assert missed(data=LABELS, model=model) >= {"labels.positives", "labels.test_positives"}


@pytest.mark.parametrize("task", ["speech_recognition", "generation", "translation", "forecasting", "regression"])
def test_a_text_and_an_amount_have_neither(task: str) -> None:
    model = {"task": task, "split": {"test": 0.1}}
    assert "labels.threshold" not in computed(problem=COSTS, model=model)
    assert not missed(data=LABELS, model=model) & {"labels.positives", "labels.test_positives"}
    assert "labels.threshold" in computed(problem=COSTS, model=model | {"output_used_as": "cutoff"})
    assert "labels.positives" in computed(data={"labels": {"count": 1000, "positive_rate": 0.1}}, model=model)


@pytest.mark.parametrize("used", ["order", "number"])
def test_what_is_only_ordered_or_counted_on_is_not_cut(used: str) -> None:
    model = {"task": "binary", "output_used_as": used}
    assert "labels.threshold" not in computed(problem=COSTS, model=model)
    assert "labels.threshold" in computed(problem=COSTS, model=model | {"operating_point": {"kind": "threshold"}})


def test_a_recall_beside_a_transcript_asks_for_no_positives() -> None:
    metrics = {"offline": [{"id": "pii_recall", "metric": "recall", "target": 0.99}]}
    wanted = "labels.half_width.pii_recall"
    assert wanted in missed(metrics=metrics, data=LABELS, model={"task": "binary", "split": {"test": 0.1}})
    assert wanted not in missed(
        metrics=metrics, data=LABELS, model={"task": "speech_recognition", "split": {"test": 0.1}}
    )


PATH = {"latency.path_p99", "availability.path"}
PEAKS = {"load.peak_factor", "load.next_year", "load.replicas.score"}


def path(mode: str, **block: Any) -> dict[str, Any]:
    score = {"id": "score", "capacity_rps": 5, **block}
    scale = {"volume_day": 172, "growth_per_year": 0.1}
    blocks = {"components": [score, {"id": "rules"}], "request_path": ["score", "rules"]}
    return {"problem": {"scale": scale}, "pipeline": {"serving": {"mode": mode}} | blocks}


def test_a_nightly_job_misses_no_peak_and_no_time_of_its_path() -> None:
    assert missed(**path("online")) >= PEAKS | PATH
    assert not missed(**path("batch")) & (PEAKS | PATH)
    assert computed(**path("batch", p99_ms=5, availability=0.99)) >= PATH


@pytest.mark.parametrize(("lane", "asked"), [("online", True), (None, True), ("nearline", False), ("offline", False)])
def test_a_block_that_nobody_waits_for_has_no_rate_of_requests(lane: str | None, asked: bool) -> None:
    pipeline = {"components": [{"id": "a", "lane": lane, "replicas": 2}]}
    problem = {"scale": {"rps_peak": 10}}
    assert ("load.replicas.a" in missed(problem=problem, pipeline=pipeline)) == asked
