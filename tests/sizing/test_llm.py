"""Serving and training language models, and agents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.errors import ValueRefused
from mlsd.sizing import agent, llm, tokens, training


def test_kv_cache_of_the_catalogue() -> None:
    """32 layers, 8 KV heads of 128, bf16: 131,072 bytes a token, 1.07 GB for 8k."""
    each = llm.kv_bytes_per_token(32, 8, 128)
    assert each.result == 131_072
    assert llm.kv_cache_gb(each.result or 0, 8192).result == pytest.approx(1.07, abs=5e-3)
    assert llm.kv_cache_gb(131_072, 8192, 64).result == pytest.approx(68.7, abs=0.05)


def test_latent_attention() -> None:
    """DeepSeek-V2: 60 layers, 512 + 64 values, bf16."""
    assert llm.kv_bytes_per_token(60, latent_dim=576).result == 69_120


def test_sliding_window() -> None:
    """Five of six layers look back 1,024 tokens only."""
    found = llm.kv_cache_gb(131_072, 8192, sliding_window=1024, windowed_share=5 / 6)
    assert found.result == pytest.approx(131_072 * (8192 / 6 + 1024 * 5 / 6) / 1e9)
    assert llm.kv_cache_gb(131_072, 512, sliding_window=1024).result == llm.kv_cache_gb(131_072, 512).result


def test_an_unknown_architecture_is_not_guessed() -> None:
    found = llm.kv_bytes_per_token(32, None, 128)
    assert found.result is None
    assert str(found.note) == "The architecture is not known: layers, KV heads and head size must all be given."


def test_gpus() -> None:
    """70B in bf16 and 69 GB of cache on GPUs of 80 GB: memory binds at a few tokens, computing at many."""
    alone = llm.gpus_needed(140, 68.7, 80)
    assert (alone.needed, alone.by_memory, alone.by_compute, alone.binding) == (3, 3, None, "memory")
    few = llm.gpus_needed(140, 68.7, 80, active_params=70e9, tokens_second=2000, peak_tflops=989)
    assert (few.needed, few.by_compute, few.binding) == (3, 1, "memory")
    many = llm.gpus_needed(140, 68.7, 80, active_params=70e9, tokens_second=20_000, peak_tflops=989)
    assert (many.needed, many.by_memory, many.binding) == (8, 3, "compute")


def test_latency() -> None:
    assert llm.time_to_first_token(8e9, 4000, 1, 989).result == pytest.approx(161.8, abs=0.1)
    assert llm.ms_per_token(16, 1, 3350).result == pytest.approx(4.776, abs=1e-3)
    assert llm.generation_ms(400, 300, 60, before_ms=150).result == pytest.approx(5550)
    assert llm.first_token_ms(400, before_ms=150).result == 550
    assert llm.tokens_in_time(5550, 400, 60, before_ms=150).result == 300
    assert llm.tokens_in_time(5549, 400, 60, before_ms=150).result == 299
    assert llm.tokens_in_time(550, 400, 60, before_ms=150).result is None


def test_context() -> None:
    full = llm.context_left(8192, system=800, history=2000, question=200, chunks=8, chunk_tokens=500, output=1000)
    assert (full.result, full.note) == (192, None)
    over = llm.context_left(8192, system=800, history=2000, question=200, chunks=9, chunk_tokens=500, output=1000)
    assert over.result == -308
    assert str(over.note) == "The prompt and its answer are 308.0 tokens too long."


def test_token_bill() -> None:
    """A million requests of 3,000 tokens in and 300 out, at 3 and 15 a million."""
    assert tokens.token_cost_month(1e6, 3000, 300, 3, 15).result == pytest.approx(13_500)
    assert tokens.token_cost_month(1e6, 3000, 300, 3, 15, calls_per_request=2).result == pytest.approx(27_000)
    cached = tokens.token_cost_month(1e6, 3000, 300, 3, 15, cached_share=0.5, cached_price=0.1)
    assert cached.result == pytest.approx(9000 * 0.55 + 4500)


def test_training_of_the_catalogue() -> None:
    """7B on a trillion tokens: 4.2e22 operations, 29,491 hours of an H100 at 40 %."""
    assert training.training_flops(7e9, 1e12).result == pytest.approx(4.2e22)
    assert training.gpu_hours(4.2e22, 989).result == pytest.approx(29_491, abs=1)
    assert training.training_days(7e9, 1e12, 256, 989).result == pytest.approx(4.8, abs=0.01)
    assert training.training_gpus(7e9, 1e12, 4.8, 989).result == 256
    assert training.training_gpus(7e9, 1e12, 4.79, 989).result == 257
    assert training.optimal_tokens(7e9).result == 140e9
    assert training.tokens_per_parameter(7e9, 1e12).note is None
    assert training.tokens_per_parameter(70e9, 1e11).note is not None


def test_an_adapter_trains_through_the_whole_frozen_model() -> None:
    """70B frozen on 2B tokens: 2·N forward and 2·N back, 16.4 days of one H100 at 40 %."""
    assert training.training_flops(70e9, 2e9, frozen=True).result == pytest.approx(5.6e20)
    assert training.training_days(70e9, 2e9, 1, 989, 0.4, frozen=True).result == pytest.approx(16.38, abs=0.01)
    assert training.training_gpus(70e9, 2e9, 1, 989, 0.4, frozen=True).result == 17
    whole, frozen = (training.training_flops(7e9, 1e12, frozen=flag) for flag in (False, True))
    assert frozen.result == pytest.approx((whole.result or 0) * 2 / 3)
    assert "LoRA" in frozen.source
    assert "LoRA" not in whole.source


@pytest.mark.parametrize(("step", "steps", "task"), [(0.95, 10, 0.599), (0.99, 20, 0.818)])
def test_steps_compound(step: float, steps: int, task: float) -> None:
    assert agent.task_success(step, steps).result == pytest.approx(task, abs=5e-4)


@given(st.floats(0.5, 0.999), st.integers(1, 100))
def test_step_and_task_success_undo_each_other(task: float, steps: int) -> None:
    step = agent.step_success_needed(task, steps).result
    assert step is not None
    assert agent.task_success(step, steps).result == pytest.approx(task)


def test_agents() -> None:
    assert agent.steps_possible(0.95, 0.6).result == 9
    assert agent.steps_possible(0.5, 0.9).result is None
    assert agent.cost_per_success(0.3, 0.6).result == pytest.approx(0.5)
    assert agent.cost_per_success(0.3, 0).result is None


def test_refused() -> None:
    with pytest.raises(ValueRefused, match=r"“layers” must be a whole number; it is 3.5"):
        llm.kv_bytes_per_token(3.5, 8, 128)
    with pytest.raises(ValueRefused, match=r"“training tokens” must be a number from"):
        training.training_flops(7e9, 1e308)
