"""What the example does not compute: people, labels, language models, agents; and what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from mlsd.content.registry import metric as known_metric
from mlsd.derived.arms import false_alarm, fewest_clusters
from mlsd.derived.every import every
from mlsd.derived.fact import Derived
from mlsd.derived.guardrails import margin_within
from mlsd.derived.llm import split_evenly
from mlsd.design import Design
from mlsd.sizing.working import Input


def found(**stages: Any) -> dict[str, Derived]:
    return {derived.id: derived for derived in every(Design.model_validate(stages))}


def test_an_empty_design_misses_only_what_every_design_needs() -> None:
    assert {name: derived.missing for name, derived in found().items() if derived.begun} == {
        "load.average": ("problem.scale.daily_users", "problem.scale.requests_per_user_day"),
        "cost.month": ("deploy.costs",),
        "test.sample": ("ab_test.mde.value", "ab_test.baseline_rate"),
    }


def test_what_is_missing_is_a_path_and_never_another_number() -> None:
    for derived in found(problem={"scale": {"rps_peak": 900}}, ab_test={"duration_days": 14}).values():
        assert not any(path.split(".")[0] in ("load", "latency", "test", "cost") for path in derived.missing)


def test_a_mean_needs_its_deviation() -> None:
    metrics = {"online": [{"id": "minutes", "baseline": 42}]}
    test = {"primary": "minutes", "mde": "5% relative"}
    assert found(metrics=metrics, ab_test=test)["test.sample"].missing == ("ab_test.sd",)
    assert found(metrics=metrics, ab_test=test | {"sd": 12})["test.sample"].result == 1026


def test_a_value_out_of_range_is_refused_in_a_sentence() -> None:
    test = {"primary": "ctr", "mde": "5% relative", "alpha": 1.0}
    sample = found(metrics={"online": [{"id": "ctr", "baseline": 0.05}]}, ab_test=test)["test.sample"]
    assert sample.working is None
    assert sample.missing == ()
    assert "ab_test.alpha" in str(sample.refused)


def test_an_experiment_without_a_sample_has_none() -> None:
    assert not [name for name in found(ab_test={"design": "shadow"}) if name.startswith("test.")]


def test_every_metric_in_every_treatment_is_a_comparison() -> None:
    test = {"primary": ["a", "b"], "split": {"control": 0.4, "one": 0.25, "two": 0.25, "hold_out": 0.1}}
    found = false_alarm(Design.model_validate({"ab_test": test}))
    assert found is not None
    assert (found.primaries, found.arms, found.comparisons) == (2, 3, 4)
    assert found.chance.result == pytest.approx(1 - 0.95**4)
    assert found.each is not None
    assert found.each.result == 0.0125
    assert [number.origin for number in found.chance.inputs] == ["default", "computed"]
    assert false_alarm(Design.model_validate({"ab_test": {"alpha": 1.0}})) is None


def test_the_smallest_arm_has_the_fewest_clusters() -> None:
    found = fewest_clusters(Design.model_validate({"ab_test": {"clusters": 60, "split": "70/30"}}))
    assert found is not None
    assert [working.result for working in found] == [pytest.approx(18), 67]
    assert fewest_clusters(Design()) is None


def test_a_guardrail_is_shown_inside_the_margin_that_the_units_exclude() -> None:
    metrics = {"online": [{"id": "hides", "direction": "down", "baseline": 0.002, "margin": 0.0005}]}
    design = {"metrics": metrics, "ab_test": {"guardrails": "hides"}}
    needed = found(**design)["test.guardrail.hides"].result
    assert needed is not None
    margin = margin_within(Design.model_validate(design), "hides", Input("units", needed))
    assert margin is not None
    assert margin.result == pytest.approx(0.0005, rel=1e-4)


def test_the_queue_of_people() -> None:
    oversight = {"flag_rate": 0.01, "reviewers": 3, "cases_per_reviewer_day": 50}
    rows = found(problem={"scale": {"volume_day": 20_000}, "decision": {"oversight": oversight}})
    results = [rows[name].result for name in ("labels.queue", "labels.reviewed", "labels.queue_left")]
    assert results == [200, 150, -50]


def test_precision_that_targets_imply() -> None:
    metrics = {
        "offline": [{"id": "recall", "target": 0.9}, {"id": "false_alarms", "metric": "fpr", "target": 0.01}],
    }
    labels = {"positive_rate": 0.002, "test_count": 25_000}
    rows = found(metrics=metrics, data={"labels": labels})
    assert rows["labels.precision"].result == pytest.approx(0.153, abs=5e-4)
    assert rows["labels.test_positives"].result == 50
    assert rows["labels.half_width.recall"].result == pytest.approx(0.083, abs=5e-4)


def names_of(identifier: str) -> list[str]:
    known = known_metric(identifier)
    assert known is not None
    return [known.id, *known.names]


RATE = {"labels": {"positive_rate": 0.002, "test_count": 25_000}}


@pytest.mark.parametrize("name", names_of("recall"))
def test_a_recall_by_any_of_its_names_implies_a_precision(name: str) -> None:
    metrics = {"offline": [{"id": "hits", "metric": name, "target": 0.9}, {"id": "fpr", "target": 0.01}]}
    rows = found(metrics=metrics, data=RATE)
    assert rows["labels.precision"].result == pytest.approx(0.153, abs=5e-4)
    assert rows["labels.half_width.hits"].result == pytest.approx(0.083, abs=5e-4)


@pytest.mark.parametrize("name", names_of("fpr"))
def test_false_alarms_by_any_of_their_names_imply_a_precision(name: str) -> None:
    metrics = {"offline": [{"id": "recall", "target": 0.9}, {"id": "alarms", "metric": name, "target": 0.01}]}
    assert found(metrics=metrics, data=RATE)["labels.precision"].result == pytest.approx(0.153, abs=5e-4)


@pytest.mark.parametrize("metric", [{"id": "recall_at_500"}, {"id": "hits", "metric": "recall", "k": 500}])
def test_the_recall_of_a_list_implies_no_precision(metric: dict[str, Any]) -> None:
    metrics = {"offline": [metric | {"target": 0.9}, {"id": "fpr", "target": 0.01}]}
    assert "labels.precision" not in found(metrics=metrics, data=RATE)


@pytest.mark.parametrize("name", names_of("task_success"))
def test_a_success_by_any_of_its_names_bounds_the_steps(name: str) -> None:
    metrics = {"offline": [{"id": "solved", "metric": name, "target": 0.8}]}
    assert "agent.steps" in found(model={"agent": {"step_success": 0.95}}, metrics=metrics)


def test_labels_that_people_make() -> None:
    annotation = {"to_label": 10_000, "per_item": 3, "unit_cost": 0.2, "per_day": 4000}
    rows = found(data={"labels": {"annotation": annotation}})
    assert (rows["labels.cost"].result, rows["labels.days"].result) == (6000, 8)


def test_everything_a_block_holds_is_summed() -> None:
    holds = [{"what": "table", "rows": 1_000_000, "dim": 64}, {"what": "weights", "rows": 5_000_000, "bytes": 4}]
    rows = found(pipeline={"components": [{"id": "ranker", "holds": holds, "memory_gb": 0.1}]})
    assert rows["memory.ranker.0"].result == pytest.approx(0.256)
    assert rows["memory.ranker"].result == pytest.approx(0.276)
    assert rows["memory.nodes.ranker"].result == 4  # a fifth of each node stays free


def test_vectors_without_a_number_are_all_items() -> None:
    holds = {"what": "vectors", "dim": 128}
    rows = found(problem={"scale": {"items": 1_000_000}}, pipeline={"components": [{"id": "ann", "holds": holds}]})
    working = rows["memory.ann"].working
    assert working is not None
    assert working.result == pytest.approx(0.512)
    assert working.inputs[0].path == "problem.scale.items"


def test_several_calls_of_a_request_need_as_many_replicas() -> None:
    block = {"id": "ranker", "capacity_rps": 100, "fan_out": 3}
    rows = found(problem={"scale": {"rps_peak": 70}}, pipeline={"components": [block]})
    assert rows["load.replicas.ranker"].result == 3


def test_a_language_model() -> None:
    context = {"window": 8000, "system": 500, "question": 100, "chunks": 4, "chunk_tokens": 300, "output": 400}
    model = {"id": "main", "hosting": "api", "price_in": 1, "price_out": 4}
    serving = {"params": 8_000_000_000, "weight_bytes": 2, "layers": 32, "kv_heads": 8, "head_dim": 128,
               "concurrency": 10, "gpu_memory_gb": 24}  # fmt: skip
    llm = {"context": context, "models": [model], "serving": serving}
    rows = found(problem={"scale": {"volume_day": 1000}}, model={"llm": llm})
    assert rows["llm.prompt"].result == 1800
    assert rows["llm.context_left"].result == 8000 - 1800 - 400
    assert rows["llm.cost.main"].result == pytest.approx(30_000 * (1800 * 1 + 400 * 4) / 1e6)
    assert rows["llm.weights"].result == 16
    assert rows["llm.kv_token"].result == 2 * 32 * 8 * 128 * 2
    assert rows["llm.kv_cache"].result == pytest.approx(10 * 2200 * 2 * 32 * 8 * 128 * 2 / 1e9)
    assert rows["llm.gpus"].result == 1
    del context["output"]
    whole = found(model={"llm": llm})  # of what is left open, the whole window
    assert whole["llm.kv_cache"].result == pytest.approx(10 * 8000 * 2 * 32 * 8 * 128 * 2 / 1e9)
    assert whole["llm.gpus"].result == 2


RENTED = {"hosting": "api", "tokens_in": 1000, "tokens_out": 100, "price_in": 2, "price_out": 10, "cached_share": 0.5}


@pytest.mark.parametrize(("price", "paid"), [(None, 0.75), (1, 0.75), (0.2, 0.55), (0, 0.5), (2, 1)])
def test_tokens_from_the_cache_have_a_price_or_cost_half(price: float | None, paid: float) -> None:
    model = RENTED | {"id": "a", "calls_per_request": 3, "price_cached": price}
    rows = found(problem={"scale": {"volume_day": 1000}}, model={"llm": {"models": [model]}})
    assert rows["llm.request"].result == pytest.approx(3 * (2000 * paid + 1000) / 1e6)
    assert rows["llm.cost.a"].result == pytest.approx(30_000 * 3 * (2000 * paid + 1000) / 1e6)


def test_a_cached_token_dearer_than_another_is_refused() -> None:
    rows = found(problem={"scale": {"volume_day": 1}}, model={"llm": {"models": [RENTED | {"price_cached": 3}]}})
    assert rows["llm.cost.0"].refused == rows["llm.request"].refused is not None


def test_an_embedding_pays_for_what_it_reads_only() -> None:
    context = {"system": 500, "question": 100, "output": 400}
    reads = {"id": "e", "kind": "embedding", "tokens_in": 1000, "price_in": 2}
    rows = found(model={"llm": {"context": context, "models": [reads]}})
    assert rows["llm.request"].result == pytest.approx(0.002)
    assert rows["llm.cost.e"].missing == ("problem.scale.volume_day",)
    without = {"id": "r", "kind": "reranker", "hosting": "api", "price_in": 2}
    rows = found(model={"llm": {"context": context, "models": [reads, without]}})
    assert rows["llm.request"].result == pytest.approx(0.002)
    assert "r" in str(rows["llm.request"].working and rows["llm.request"].working.note)
    assert rows["llm.cost.r"].missing == ("problem.scale.volume_day", "model.llm.models[r].tokens_in")


def test_costs_without_the_tokens_say_so() -> None:
    costs = {"costs": [{"item": "machines", "month": 20}]}
    scale = {"scale": {"volume_day": 1000}, "constraints": [{"kind": "cost", "value": 100, "unit": "EUR/month"}]}
    rows = found(problem=scale, model={"llm": {"models": [RENTED]}}, deploy=costs)
    assert rows["cost.month"].result == 20
    for name in ("cost.month", "cost.left", "cost.request"):
        working = rows[name].working
        assert working is not None
        assert "75" in str(working.note)
    costs["costs"].append({"item": "tokens", "month": 70})
    rows = found(problem=scale, model={"llm": {"models": [RENTED]}}, deploy=costs)
    assert rows["cost.month"].working is not None
    assert rows["cost.month"].working.note is None


@pytest.mark.parametrize(
    ("needed", "heads", "even"), [(1, 8, 1), (3, 8, 4), (5, 8, 8), (9, 8, 16), (3, None, 3), (3, 10**9, 3), (2, 1, 2)]
)
def test_heads_are_split_evenly(needed: int, heads: int | None, even: int) -> None:
    assert split_evenly(needed, heads) == even


def test_an_answer_waits_for_the_other_steps_of_its_path() -> None:
    """A guard beside the model costs nothing while the model is slower; a streamed answer has begun before the last
    step, unless that checks it.
    """
    blocks = [
        {"id": "search", "role": "retrieval", "p99_ms": 100}, {"id": "writer", "role": "llm", "p99_ms": 5000},
        {"id": "beside", "role": "guard", "p99_ms": 70}, {"id": "after", "role": "guard", "p99_ms": 30},
    ]  # fmt: skip
    llm = {"serving": {"ttft_ms": 400, "tokens_per_second": 50}, "context": {"output": 100}}
    path = {"components": blocks, "request_path": ["search", ["writer", "beside"], "after"]}
    rows = found(pipeline=path, model={"llm": llm})
    assert rows["llm.first_token_ms"].result == 100 + 400 + 30
    assert rows["llm.answer_ms"].result == 100 + 400 + 2000 + 30
    logged = path | {"components": [*blocks[:3], blocks[3] | {"role": "online_store"}]}
    assert found(pipeline=logged, model={"llm": llm})["llm.first_token_ms"].result == 500
    unknown = path | {"components": [block | {"role": "other"} for block in blocks]}
    assert found(pipeline=unknown, model={"llm": llm})["llm.answer_ms"].result == 2400


def test_an_unknown_architecture_is_said_to_be_unknown() -> None:
    rows = found(model={"llm": {"serving": {"params": 8_000_000_000, "layers": 32}}})
    assert rows["llm.kv_token"].missing == ("model.llm.serving.kv_heads", "model.llm.serving.head_dim")


def test_an_agent() -> None:
    agent = {"step_success": 0.95, "typical_steps": 10, "limits": {"cost": 0.3}}
    rows = found(model={"agent": agent}, metrics={"offline": [{"id": "task_success", "target": 0.8}]})
    assert rows["agent.success"].result == pytest.approx(0.95**10)
    assert rows["agent.steps"].result == 4
    assert rows["agent.cost"].result == pytest.approx(0.3 / 0.95**10)


def test_a_task_takes_at_least_its_answers() -> None:
    serving = {"ttft_ms": 1000, "tokens_per_second": 50}
    own = {"id": "a", "hosting": "own", "tokens_out": 250}
    rows = found(model={"agent": {"typical_steps": 20}, "llm": {"serving": serving, "models": [own]}})
    assert rows["agent.minutes"].result == 2
    often = own | {"calls_per_request": 5}
    rows = found(model={"agent": {"typical_steps": 20}, "llm": {"serving": serving, "models": [often]}})
    assert rows["agent.minutes"].result == 0.5


def test_a_device_holds_its_blocks_and_its_model() -> None:
    holds = {"what": "weights", "rows": 1_000_000_000, "bytes": 2}
    blocks = [{"id": "eye", "role": "scoring", "holds": holds}, {"id": "far", "external": True, "holds": holds}]
    llm = {"serving": {"params": 3_000_000_000, "weight_bytes": 1}}
    pipeline = {"components": blocks, "request_path": ["eye", "far"], "serving": {"mode": "edge"}}
    assert found(pipeline=pipeline, model={"llm": llm})["memory.device"].result == 5
    assert "memory.device" not in found(pipeline=pipeline | {"serving": {"mode": "online"}}, model={"llm": llm})
    assert found(pipeline={"serving": {"mode": "edge"}})["memory.device"].missing == ("pipeline.components",)


def test_a_training_stage() -> None:
    stage = {"kind": "pretraining", "params": 7_000_000_000, "tokens": 140_000_000_000, "gpus": 64, "peak_tflops": 1000,
             "days": 3}  # fmt: skip
    rows = found(model={"llm": {"stages": [stage]}})
    assert rows["llm.flops.0"].result == pytest.approx(6 * 7e9 * 140e9)
    assert rows["llm.tokens_per_parameter.0"].result == 20
    assert rows["llm.days.0"].result == pytest.approx(6 * 7e9 * 140e9 / (64 * 1e15 * 0.4 * 86_400))
    assert rows["llm.training_gpus.0"].result == 57


def test_a_refused_number_refuses_what_needs_it() -> None:
    rows = found(
        pipeline={"components": [{"id": "ranker", "p99_ms": 1e300}], "request_path": ["ranker"]},
        problem={"scale": {"rps_peak": 900}},
    )
    for name in ("latency.path_p99", "load.in_flight"):
        assert rows[name].missing == ()
        assert "pipeline.components[ranker].p99_ms" in str(rows[name].refused)


def test_a_rate_of_one_is_refused_as_a_rate() -> None:
    sample = found(ab_test={"baseline_rate": 1.0, "mde": "5% relative"})["test.sample"]
    assert "ab_test.baseline_rate" in str(sample.refused)


def test_a_planner_before_the_model_that_answers_is_a_step_to_wait_for() -> None:
    blocks = [("gateway", "gateway", 20), ("planner", "llm", 4500), ("worker", "llm", 900), ("guard", "guard", 200)]
    pipeline = {
        "components": [{"id": name, "role": role, "p99_ms": ms} for name, role, ms in blocks],
        "request_path": [name for name, _, _ in blocks],
    }
    llm = {"serving": {"ttft_ms": 900, "tokens_per_second": 50}, "context": {"output": 100}}
    rows = found(pipeline=pipeline, model={"llm": llm})
    assert rows["llm.first_token_ms"].result == 20 + 4500 + 900 + 200
    assert rows["llm.answer_ms"].result == 20 + 4500 + 900 + 2000 + 200


def test_several_primaries_or_treatments_share_the_alpha() -> None:
    metrics = {"online": [{"id": "ctr", "baseline": 0.05}, {"id": "carts", "baseline": 0.05}]}
    test = {"primary": ["ctr", "carts"], "mde": "5% relative", "split": {"control": 0.4, "a": 0.3, "b": 0.3}}
    plain = found(metrics=metrics, ab_test=test)
    corrected = found(metrics=metrics, ab_test=test | {"correction": "holm"})
    assert plain["test.alpha"].working is None
    assert corrected["test.alpha"].result == 0.05 / 4
    assert (corrected["test.sample"].result or 0) > 1.3 * (plain["test.sample"].result or 0)
    in_order = found(metrics=metrics, ab_test=test | {"correction": "hierarchical"})
    assert in_order["test.sample"].result == plain["test.sample"].result


def test_clusters_that_are_the_units() -> None:
    metrics = {"online": [{"id": "minutes", "baseline": 38}]}
    test = {"primary": "minutes", "mde": "2% relative", "sd": 5, "design": "switchback", "unit": "time_slot"}
    rows = found(metrics=metrics, ab_test=test | {"clusters": 504})
    assert rows["test.units"].result == 504
    assert rows["test.detectable"].result == pytest.approx(2.8016 * 5 * (4 / 504) ** 0.5, rel=1e-3)
    slots = found(metrics=metrics, ab_test=test | {"eligible_units_day": 36, "duration_days": 14})
    assert slots["test.units"].result == 504
    stores = test | {"design": "cluster", "unit": "store", "eligible_units_day": 36, "duration_days": 14}
    assert found(metrics=metrics, ab_test=stores)["test.units"].missing == ("ab_test.clusters",)
    assert "test.days" not in found(metrics=metrics, ab_test=stores)


def test_a_language_model_is_called_as_often_as_its_request_needs() -> None:
    blocks = [{"id": "writer", "role": "llm", "capacity_rps": 2}]
    pipeline = {"components": blocks, "request_path": ["writer"]}
    own = {"id": "own", "hosting": "own", "calls_per_request": 12}
    rows = found(problem={"scale": {"rps_peak": 3}}, pipeline=pipeline, model={"llm": {"models": [own]}})
    assert rows["load.replicas.writer"].result == 26


@pytest.mark.parametrize(
    ("value", "unit", "needed"),
    [(7200, "items/h", 3), (1, "rps", 2), (3, None, 5), (864_000, "запросов в день", 15), (5, "tokens", 2)],
)
def test_the_load_is_the_peak_or_the_throughput_promised_beyond_it(value: float, unit: str | None, needed: int) -> None:
    limit = {"kind": "throughput", "op": ">=", "value": value, "unit": unit}
    pipeline = {"components": [{"id": "a", "capacity_rps": 1}], "request_path": ["a"]}
    rows = found(problem={"scale": {"rps_peak": 1}, "constraints": [limit]}, pipeline=pipeline)
    assert rows["load.replicas.a"].result == needed


def test_an_arm_held_out_is_compared_with_nothing() -> None:
    metrics = {"online": [{"id": "ctr", "baseline": 0.05}]}
    test = {"primary": "ctr", "mde": "5% relative", "eligible_units_day": 25_000, "duration_days": 14}
    plain = found(metrics=metrics, ab_test=test)
    held = found(metrics=metrics, ab_test=test | {"split": {"control": 0.45, "treatment": 0.45, "hold_out": 0.1}})
    assert held["test.sample"].result == plain["test.sample"].result == 244_248
    assert held["test.units"].result == 0.9 * 25_000 * 14
    assert held["test.inflation"].result == 1
    assert held["test.alpha"].working is None


@pytest.mark.parametrize(
    "metric", [{"baseline": 0.84, "unit": "EUR"}, {"baseline": 0.84, "metric": "arpu"}, {"baseline": 1.84}]
)
def test_an_amount_is_a_mean_however_small_it_is(metric: dict[str, object]) -> None:
    test = {"primary": "m", "mde": "2% relative"}
    sample = found(metrics={"online": [{"id": "m", **metric}]}, ab_test=test)["test.sample"]
    assert sample.missing == ("ab_test.sd",)


def test_of_several_primaries_the_hardest_decides() -> None:
    metrics = {"online": [{"id": "often", "baseline": 0.2}, {"id": "rare", "baseline": 0.005, "window_days": 9}]}
    test = {"mde": "5% relative", "eligible_units_day": 10_000, "duration_days": 14}
    rare = found(metrics=metrics, ab_test=test | {"primary": "rare"})
    both = found(metrics=metrics, ab_test=test | {"primary": ["often", "rare"]})
    assert both["test.sample"].result == rare["test.sample"].result
    assert both["test.units"].result == 10_000 * (14 - 9)


def test_the_tail_of_a_path_drawn_and_of_a_fan_out() -> None:
    blocks = [{"id": "a", "p50_ms": 5, "p99_ms": 20}, {"id": "b", "p50_ms": 20, "p99_ms": 80, "fan_out": 20}]
    rows = found(pipeline={"components": blocks, "request_path": ["a", "b"]})
    assert 70 < (rows["latency.estimate"].result or 0) < (rows["latency.path_p99"].result or 0) == 100
    assert rows["load.tail.b"].result == pytest.approx(0.99**20)
    half = [{"id": "a", "p50_ms": 5, "p99_ms": 20}, {"id": "b", "p99_ms": 80}]
    rows = found(pipeline={"components": half, "request_path": ["a", "b"]})
    assert rows["latency.estimate"].missing == ("pipeline.components[b].p50_ms",)


def test_answers_are_written_at_once_as_long_as_one_takes() -> None:
    blocks: list[dict[str, Any]] = [{"id": "gate", "role": "gateway"}, {"id": "writer", "role": "llm", "fan_out": 2}]
    pipeline = {"components": blocks, "request_path": ["gate", "writer"]}
    llm: dict[str, Any] = {"serving": {"ttft_ms": 700, "tokens_per_second": 40}, "context": {"output": 400}}
    scale = {"scale": {"rps_peak": 4}}
    assert found(problem=scale, pipeline=pipeline, model={"llm": llm})["llm.sequences"].result == 2 * 4 * 10.7
    llm["models"] = [
        {"id": "rented", "hosting": "api", "tokens_out": 9},
        {"id": "own", "hosting": "own", "tokens_out": 100},
    ]
    assert found(problem=scale, pipeline=pipeline, model={"llm": llm})["llm.sequences"].result == 2 * 4 * 3.2
    blocks.append({"id": "planner", "role": "llm"})
    pipeline["request_path"] = ["planner", "writer"]
    assert found(problem=scale, pipeline=pipeline, model={"llm": llm})["llm.sequences"].missing == (
        "pipeline.request_path",
    )
    blocks[1]["gpus"] = 4
    llm["models"] += [{"id": "writer", "hosting": "own", "tokens_out": 400}, {"kind": "embedding", "hosting": "own"}]
    assert found(problem=scale, pipeline=pipeline, model={"llm": llm})["llm.sequences"].result == 2 * 4 * 10.7
    llm["models"] = llm["models"][:2]
    assert found(problem=scale, pipeline=pipeline, model={"llm": llm})["llm.sequences"].result == 2 * 4 * 3.2


def test_only_what_requests_come_to_needs_replicas_for_the_peak() -> None:
    blocks = [{"id": name, "capacity_rps": 1} for name in ("ranker", "popular", "nightly")]
    blocks[0]["fallback"] = "popular"
    pipeline = {"components": blocks, "request_path": ["ranker"]}
    rows = found(problem={"scale": {"rps_peak": 7}}, pipeline=pipeline)
    assert [name for name in rows if name.startswith("load.replicas.")] == [
        "load.replicas.ranker",
        "load.replicas.popular",
    ]


def test_how_long_a_fallback_takes_is_not_guessed() -> None:
    blocks: list[dict[str, object]] = [{"id": "a", "p99_ms": 9, "timeout_ms": 50, "fallback": "b"}, {"id": "b"}]
    pipeline = {"components": blocks, "request_path": ["a"]}
    assert "latency.timeout.a" not in found(pipeline=pipeline)
    blocks[1]["p99_ms"] = 7
    assert found(pipeline=pipeline)["latency.timeout.a"].result == 57


def test_the_margin_that_a_test_excludes_follows_from_the_units_it_gets() -> None:
    hides = {"id": "hides", "direction": "down", "baseline": 0.1, "margin": 0.02, "role": "guardrail"}
    metrics = {"online": [{"id": "rate", "baseline": 0.05}, hides]}
    test = {"primary": "rate", "mde": "5% relative", "guardrails": "hides"}
    needed = found(metrics=metrics, ab_test=test)
    planned = found(metrics=metrics, ab_test=test | {"eligible_units_day": 90_000, "duration_days": 14})
    ratio = (planned["test.units"].result or 0) / (needed["test.sample"].result or 1)
    assert ratio == pytest.approx(1_260_000 / 244_248)
    excluded = [rows["test.margin.hides"].result or 0 for rows in (needed, planned)]
    assert excluded[1] == pytest.approx(excluded[0] / ratio**0.5, rel=0.02)


def test_in_clusters_the_guardrails_are_named_as_not_computed() -> None:
    metrics = {"online": [{"id": "sold"}, {"id": "empty", "baseline": 0.03, "margin": 0.003}, {"id": "age"}]}
    test = {"primary": "sold", "guardrails": ["empty", "age"], "unit": "store", "clusters": 90}
    rows = {name: one for name, one in found(metrics=metrics, ab_test=test).items() if "guardrail" in name}
    assert set(rows) == {"test.guardrail.empty"}
    assert rows["test.guardrail.empty"].refused is not None


def test_a_guardrail_that_a_person_gives_often_is_no_yes_or_no_of_theirs() -> None:
    sessions = {"id": "zero", "direction": "down", "baseline": 0.34, "margin": 0.01, "of": "session"}
    test = {"primary": "sold", "guardrails": "zero", "unit": "user", "eligible_units_day": 3000, "duration_days": 14}
    rows = found(metrics={"online": [{"id": "sold"}, sessions]}, ab_test=test)
    assert rows["test.guardrail.zero"].missing == ("metrics.online[zero].sd",)
    assert "test.margin.zero" not in rows
    of_people = found(metrics={"online": [{"id": "sold"}, sessions | {"sd": 0.3}]}, ab_test=test)
    assert of_people["test.guardrail.zero"].result
    assert of_people["test.margin.zero"].result
    rows = found(metrics={"online": [{"id": "sold"}, sessions | {"of": "user"}]}, ab_test=test)
    assert rows["test.guardrail.zero"].missing == ()


def test_the_deviation_between_clusters_says_how_many_show_a_guardrail_inside_its_margin() -> None:
    """2 · (1.6449 + 0.8416)² · (0.02 ÷ 0.002)² = 1,236.6 stores an arm."""
    guardrail = {"id": "waste", "direction": "down", "baseline": 0.032, "margin": 0.002, "sd": 0.02}
    metrics = {"online": [{"id": "sold"}, guardrail]}
    test = {"primary": "sold", "guardrails": "waste", "unit": "store", "clusters": 480}
    rows = found(metrics=metrics, ab_test=test)
    assert rows["test.guardrail.waste"].result == 2 * 1237
    assert rows["test.margin.waste"].result == pytest.approx(2.4865 * 0.02 * (4 / 480) ** 0.5, rel=1e-4)
    assert found(metrics=metrics, ab_test=test | {"design": "shadow"}).get("test.guardrail.waste") is None


def test_a_primary_metric_may_bring_its_own_deviation() -> None:
    metrics = {"online": [{"id": "minutes", "baseline": 42, "sd": 12}]}
    test = {"primary": "minutes", "mde": "5% relative"}
    assert found(metrics=metrics, ab_test=test)["test.sample"].result == 1026
    assert found(metrics=metrics, ab_test=test | {"sd": 24})["test.sample"].result == pytest.approx(4 * 1026, rel=1e-3)
