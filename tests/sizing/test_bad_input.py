"""No number, however odd, gives a traceback or a silent infinity: it is refused, or the answer is finite."""

from __future__ import annotations

import importlib
import inspect
import math
from collections.abc import Callable
from typing import Any

import pytest

from mlsd.errors import ValueRefused
from mlsd.sizing import (
    ab_test,
    agent,
    availability,
    capacity,
    clusters,
    corrections,
    cost,
    duration,
    history,
    labelling,
    latency,
    llm,
    memory,
    non_inferiority,
    sequential,
    spans,
    srm,
    tail,
    tokens,
    training,
    variance,
    weeks,
)

TEST = ab_test.two_means(1.0, effect_absolute=0.2)

CALLS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (ab_test.two_proportions, {"baseline_rate": 0.05, "effect_relative": 0.05, "alpha": 0.05, "power": 0.8}),
    (ab_test.two_proportions, {"baseline_rate": 0.05, "effect_absolute": 0.01, "total": 1000}),
    (ab_test.two_proportions, {"baseline_rate": 0.05, "total": 1000, "method": "continuity"}),
    (ab_test.two_means, {"sd": 1, "mean": 3, "effect_relative": 0.05, "sd_treatment": 2}),
    (ab_test.two_means, {"sd": 1, "total": 1000}),
    (duration.days, {"total": 1e5, "eligible_units_day": 1e4, "exposure": 1, "ramp_days": 2, "window_days": 7}),
    (duration.units_ever, {"rows": 1e4, "new_per_day": 20, "duration_days": 14}),
    (duration.units_in, {"duration_days": 14, "eligible_units_day": 1e4, "exposure": 1, "ramp_days": 2}),
    (duration.saturation, {"units_week": 1e5, "weeks": 3, "returning": 0.4}),
    (duration.weeks_needed, {"total": 1e5, "units_week": 1e5, "returning": 0.4}),
    (weeks.days_of_weeks, {
        "total": 1e5, "units_week": 1e5, "returning": 0.4, "exposure": 0.5, "ramp_days": 2, "window_days": 7,
    }),
    (weeks.units_in_weeks, {"duration_days": 28, "units_week": 1e5, "returning": 0.4, "exposure": 0.5, "ramp_days": 2}),
    (corrections.familywise, {"alpha": 0.05, "comparisons": 3}),
    (corrections.bonferroni, {"alpha": 0.05, "comparisons": 3}),
    (corrections.sidak, {"alpha": 0.05, "comparisons": 3}),
    (variance.ratio_sd, {
        "numerator_mean": 1, "numerator_sd": 1, "denominator_mean": 2, "denominator_sd": 1, "correlation": 0.5,
    }),
    (variance.cuped_sd, {"sd": 1, "correlation": 0.5}),
    (clusters.design_effect, {"cluster_size": 30, "icc": 0.05, "size_variation": 0.3}),
    (clusters.clustered, {"test": TEST, "cluster_size": 30, "icc": 0.05}),
    (clusters.clusters_in_arm, {"clusters": 60, "share": 0.3}),
    (clusters.clusters_compared, {"clusters": 60, "part": 0.9}),
    (clusters.clusters_needed, {"share": 0.3, "each": 20}),
    (clusters.switchback_periods, {"days": 14, "period_hours": 4, "regions": 3}),
    (clusters.switchback_days, {"periods": 500, "period_hours": 4, "regions": 3}),
    (clusters.switchback_sd, {"sd_between_periods": 1, "carry_over_share": 0.2}),
    (non_inferiority.non_inferior_rate, {"baseline_rate": 0.05, "margin": 0.01, "expected_harm": 0.001}),
    (non_inferiority.non_inferior_mean, {"sd": 2, "margin": 0.01, "alpha": 0.05, "power": 0.8}),
    (non_inferiority.non_inferior_mean, {"sd": 2, "total": 1000, "expected_harm": 0.1}),
    (non_inferiority.stops_at, {"today": 0.002, "margin": 0.0005}),
    (sequential.boundaries, {"looks": 3, "alpha": 0.05, "power": 0.8}),
    (capacity.average_rps, {"daily_users": 1e6, "requests_per_user_day": 5}),
    (capacity.average_rps, {"volume_day": 1e6}),
    (capacity.rate_of, {"places": 48, "time_ms": 328}),
    (capacity.in_flight, {"rps": 100, "latency_ms": 100}),
    (capacity.replicas_needed, {"peak_rps": 100, "capacity_rps": 10, "headroom": 0.7}),
    (capacity.hours_of_work, {"every_hours": 24, "a_day": 100, "replicas": 3, "capacity_rps": 10}),
    (capacity.capacity_of, {"replicas": 3, "capacity_rps": 10, "headroom": 0.7}),
    (capacity.fan_out_tail, {"calls": 10, "percentile": 0.99}),
    (capacity.percentile_needed, {"calls": 10, "requests": 0.99}),
    (capacity.storage_gb, {"writes_s": 10, "bytes_each": 100, "retention_days": 30, "replication": 3}),
    (capacity.bandwidth_mbit, {"rps": 10, "bytes_each": 100}),
    (capacity.feature_reads, {"rps": 10, "candidates": 100, "features": 30, "cached": 0.5}),
    (availability.with_fallback, {"own": 0.99, "fallback": 0.9}),
    (availability.downtime, {"availability": 0.99}),
    (availability.from_downtime, {"hours_year": 8.76}),
    (latency.path_latency, {"request_path": ["a"], "p99_ms": {"a": 10}, "budget_ms": 100}),
    (latency.waited, {"block": "a", "timeout_ms": 100, "retries": 2}),
    (latency.funnel_ms, {"items": 500, "ms_per_item": 0.1, "parallel": 4}),
    (memory.vectors_gb, {"rows": 1e6, "dim": 128, "bytes_each": 4, "index": "hnsw", "links": 32}),
    (memory.vectors_gb, {"rows": 1e6, "dim": 128, "index": "ivf_pq", "code_bytes": 64}),
    (memory.weights_gb, {"params": 7e9, "bytes_each": 2}),
    (memory.table_gb, {"rows": 1e6, "dim": 64, "bytes_each": 4}),
    (memory.nodes_needed, {"needed_gb": 100, "memory_gb": 30, "usable": 0.8}),
    (labelling.implied_precision, {"base_rate": 0.01, "recall": 0.9, "false_positive_rate": 0.01}),
    (labelling.precision_of_top, {"base_rate": 0.01, "taken": 0.05}),
    (labelling.right_by_majority, {"agreement": 0.9, "per_item": 3}),
    (labelling.flagged_share, {"base_rate": 0.01, "recall": 0.9, "false_positive_rate": 0.01}),
    (labelling.flagged_at_precision, {"base_rate": 0.01, "recall": 0.9, "precision": 0.5}),
    (labelling.reviewers_needed, {"volume_day": 1e5, "flagged": 0.01, "minutes_each": 3, "hours_day": 6}),
    (labelling.labelling_days, {"to_label": 1e4, "per_item": 3, "per_day": 100}),
    (labelling.labelling_cost, {"to_label": 1e4, "per_item": 3, "unit_cost": 0.1}),
    (labelling.half_width, {"share": 0.9, "cases": 50, "alpha": 0.05}),
    (labelling.cases_for_half_width, {"share": 0.9, "half": 0.05, "alpha": 0.05}),
    (labelling.cost_threshold, {"false_positive_cost": 1, "false_negative_cost": 3}),
    (labelling.newsvendor_quantile, {"underage_cost": 1, "overage_cost": 3}),
    (labelling.poisson_zero_share, {"mean": 1.5}),
    (llm.kv_bytes_per_token, {"layers": 32, "kv_heads": 8, "head_dim": 128, "bytes_each": 2}),
    (llm.kv_bytes_per_token, {"layers": 32, "latent_dim": 576}),
    (llm.kv_cache_gb, {"bytes_per_token": 1e5, "context_tokens": 8192, "concurrency": 8, "sliding_window": 1024}),
    (llm.gpus_needed, {
        "weights": 14, "kv_cache": 10, "gpu_memory_gb": 80, "usable": 0.9, "active_params": 7e9,
        "tokens_second": 1000, "peak_tflops": 989, "utilisation": 0.4,
    }),
    (llm.time_to_first_token, {"active_params": 7e9, "prompt_tokens": 1000, "gpus": 1, "peak_tflops": 989}),
    (llm.ms_per_token, {"weights": 14, "gpus": 1, "bandwidth_gb_s": 3350, "kv_cache": 3}),
    (llm.generation_ms, {"ttft_ms": 400, "tokens_out": 300, "tokens_per_second": 50, "before_ms": 100}),
    (llm.first_token_ms, {"ttft_ms": 400, "before_ms": 100}),
    (llm.tokens_in_time, {"limit_ms": 2000, "ttft_ms": 400, "tokens_per_second": 50, "before_ms": 100}),
    (llm.context_left, {"window": 8192, "system": 500, "history": 500, "chunks": 5, "chunk_tokens": 500}),
    (tokens.token_cost_month, {
        "requests_month": 1e6, "tokens_in": 3000, "tokens_out": 300, "price_in": 3, "price_out": 15,
        "calls_per_request": 2, "cached_share": 0.5, "cached_price": 0.1,
    }),
    (tokens.token_cost_request, {"tokens_in": 3000, "tokens_out": 300, "price_in": 3, "price_out": 15}),
    (training.training_flops, {"active_params": 7e9, "tokens": 1e12}),
    (training.gpu_hours, {"flops": 4.2e22, "peak_tflops": 989, "utilisation": 0.4}),
    (training.training_days, {"active_params": 7e9, "tokens": 1e12, "gpus": 64, "peak_tflops": 989}),
    (training.training_gpus, {"active_params": 7e9, "tokens": 1e12, "days": 30, "peak_tflops": 989}),
    (training.tokens_per_parameter, {"params": 7e9, "tokens": 1e12}),
    (history.days_before_training, {"window_days": 30, "label_days": 30, "test_days": 14, "wait_days": 30}),
    (history.days_of_split, {
        "test_days": 60, "test_share": 0.15, "gap_days": 18, "wait_days": 18, "window_days": 365,
    }),
    (training.optimal_tokens, {"params": 7e9}),
    (agent.task_success, {"step_success": 0.95, "steps": 10}),
    (agent.step_success_needed, {"task_target": 0.9, "steps": 10}),
    (agent.steps_possible, {"step_success": 0.95, "task_target": 0.6}),
    (agent.minutes_of_run, {"calls": 5, "call_ms": 7000}),
    (agent.cost_per_success, {"cost_per_task": 0.3, "success": 0.6}),
    (cost.unit_cost, {"month": 1000, "volume_month": 1e6}),
    (cost.batch_or_online, {
        "entities": 1e6, "runs_month": 30, "predictions_hour": 1e6, "replicas": 4, "hour_price": 0.5,
    }),
    (cost.value_against_cost, {"worth_month": 1000, "cost_month": 100}),
    (cost.worth_of_goal, {"today": 0.48, "target": 0.5, "requests_month": 1e6}),
    (cost.worth_of_effect, {"worth_month": 1000, "expected": 0.01, "needed": 0.02}),
    (cost.payback_months, {"build_cost": 1000, "worth_month": 100, "cost_month": 10}),
]  # fmt: skip
LISTS: list[Callable[[float], Any]] = [
    lambda x: ab_test.two_proportions(0.05, effect_relative=0.1, shares=(x, 0.5)),
    lambda x: corrections.holm([0.01, x], 0.05),
    lambda x: variance.optimal_split([1, x]),
    lambda x: sequential.boundaries((x, 1.0)),
    lambda x: srm.srm_check([100, x], (0.5, 0.5)),
    lambda x: availability.in_series([0.99, x]),
    lambda x: availability.path_availability(["a", "b"], {"a": 0.9, "b": x}),
    lambda x: latency.path_latency(["a", "b"], {"a": 1, "b": x}),
    lambda x: [ms for _, ms in latency.fitting_ms(["a", "b"], {"a": 10, "b": x}, 100)],
    lambda x: [span.until for span in spans.spans(["a", ["a", "b"]], {"a": 1, "b": x})],
    lambda x: latency.latency_when_timed_out(["a"], "a", {"a": 1}, x, 2),
    lambda x: tail.path_p99(["a"], {"a": (1, x)}, runs=1000),
    lambda x: tail.path_p99(["a"], {"a": (x, 5)}, runs=1000),
    lambda x: cost.monthly_bill([cost.Item("a", unit_cost=x, volume_month=5)]),
]

ODD = [math.nan, math.inf, -math.inf, 1e308, -1e308, 5e-324, 1e-12, -1e-12, 0, -1, 1, 1e15, 0.5, 10**400, 1e-300]


def numbers(answer: object) -> list[float]:
    """Every number of an answer."""
    if isinstance(answer, bool) or answer is None:
        return []
    if isinstance(answer, (int, float)):
        return [answer]
    if isinstance(answer, tuple):
        return [n for part in answer for n in numbers(part)]
    return []


def asked(ask: Callable[[], Any]) -> Any:
    """The answer, or None if the question was refused in a sentence."""
    try:
        return ask()
    except ValueRefused as refused:
        return None if str(refused.message) else pytest.fail("refused without a sentence")


@pytest.mark.parametrize(("function", "arguments"), CALLS, ids=[function.__name__ for function, _ in CALLS])
def test_odd_numbers(function: Callable[..., Any], arguments: dict[str, Any]) -> None:
    assert function(**arguments) is not None
    for name, value in arguments.items():
        if isinstance(value, (int, float)):
            for odd in ODD:
                found = numbers(asked(lambda name=name, odd=odd: function(**(arguments | {name: odd}))))
                assert all(math.isfinite(n) for n in found), (name, odd)
            with pytest.raises(ValueRefused):
                function(**(arguments | {name: math.nan}))
            with pytest.raises(ValueRefused):
                function(**(arguments | {name: "many"}))


@pytest.mark.parametrize("ask", LISTS)
def test_odd_numbers_in_lists(ask: Callable[[float], Any]) -> None:
    for odd in ODD:
        assert all(math.isfinite(n) for n in numbers(asked(lambda odd=odd: ask(odd)))), odd
    with pytest.raises(ValueRefused):
        ask(math.nan)


def test_every_public_function_is_asked() -> None:
    """A new function of these modules must stand in the lists above."""
    modules = "ab_test agent capacity clusters corrections cost history labelling llm memory non_inferiority training "
    modules += "variance weeks"
    public = {
        name
        for module in modules.split()
        for name, thing in inspect.getmembers(importlib.import_module(f"mlsd.sizing.{module}"), inspect.isfunction)
        if not name.startswith("_") and thing.__module__ == f"mlsd.sizing.{module}"
    }
    assert public - {function.__name__ for function, _ in CALLS} == {
        "holm",
        "optimal_split",
        "monthly_bill",
        "fitting_items",
    }
