"""Serving a language model: KV cache, GPUs, time to first token, context. 1 GB is 10⁹ bytes."""

from __future__ import annotations

from math import ceil, floor
from typing import Literal, NamedTuple

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working, impossible

GQA = "Ainslie et al.: GQA (2023); Kwon et al.: Efficient Memory Management for LLM Serving (2023)"
MLA = "DeepSeek-AI: DeepSeek-V2 (2024), multi-head latent attention"
KAPLAN = "Kaplan et al.: Scaling Laws for Neural Language Models (2020)"
USABLE = 0.9
UTILISATION = 0.4


class Gpus(NamedTuple):
    """GPUs needed: the larger of what memory and computing ask for, and which of them binds."""

    needed: int | None
    by_memory: int | None
    by_compute: int | None
    binding: Literal["memory", "compute"] | None
    working: Working


def kv_bytes_per_token(
    layers: Value | None,
    kv_heads: Value | None = None,
    head_dim: Value | None = None,
    bytes_each: Value | None = None,
    latent_dim: Value | None = None,
) -> Working:
    """Bytes of KV cache that one token leaves.

    Grouped-query attention: 2 · layers · KV heads · head size · bytes (2 unless given). Multi-head latent
    attention, if ``latent_dim`` is given (compressed vector and positional part together, such as 512 + 64): layers
    · latent · bytes. Where the architecture is not known the answer is None and the note says what is missing;
    nothing is guessed.
    """
    precision = domain.positive(Message("bytes of a cached value"), bytes_each, "B", default=2.0)
    if layers is not None and latent_dim is not None:
        depth = domain.whole(Message("layers"), layers)
        latent = domain.whole(Message("latent dimension"), latent_dim)
        size = depth.value * latent.value * precision.value
        return Working("B/token = layers · latent · bytes", (depth, latent, precision), size, "B/token", MLA)
    formula = "B/token = 2 · layers · KV heads · head size · bytes"
    if layers is None or kv_heads is None or head_dim is None:
        why = Message("The architecture is not known: layers, KV heads and head size must all be given.")
        return impossible(formula, (precision,), "B/token", GQA, why)
    depth = domain.whole(Message("layers"), layers)
    heads = domain.whole(Message("KV heads"), kv_heads)
    width = domain.whole(Message("head size"), head_dim)
    size = 2 * depth.value * heads.value * width.value * precision.value
    return Working(formula, (depth, heads, width, precision), size, "B/token", GQA)


def kv_cache_gb(
    bytes_per_token: Value,
    context_tokens: Value,
    concurrency: Value | None = None,
    sliding_window: Value | None = None,
    windowed_share: Value | None = None,
) -> Working:
    """KV cache of all sequences at once, in GB: bytes a token · tokens kept of each · sequences (1 unless given).

    With a ``sliding_window`` (tokens) the ``windowed_share`` of the layers (all unless given) keeps that many at
    most.
    """
    each = domain.amount(Message("KV bytes of a token"), bytes_per_token, "B/token")
    context = domain.amount(Message("tokens of a sequence"), context_tokens, "tokens")
    count = domain.amount(Message("sequences at once"), concurrency, default=1.0)
    inputs: tuple[Input, ...] = (each, context, count)
    kept = context.value
    formula = "GB = B/token · tokens · sequences ÷ 10⁹"
    if sliding_window is not None:
        window = domain.positive(Message("sliding window"), sliding_window, "tokens")
        part = domain.share(Message("share of windowed layers"), windowed_share, default=1.0)
        kept = (1 - part.value) * context.value + part.value * min(context.value, window.value)
        formula = "GB = B/token · ((1 − w)·tokens + w·min(tokens, window)) · sequences ÷ 10⁹"
        inputs = (*inputs, window, part)
    return Working(formula, inputs, each.value * kept * count.value / 1e9, "GB", GQA)


def gpus_needed(
    weights: Value,
    kv_cache: Value,
    gpu_memory_gb: Value,
    usable: Value | None = None,
    active_params: Value | None = None,
    tokens_second: Value | None = None,
    peak_tflops: Value | None = None,
    utilisation: Value | None = None,
) -> Gpus:
    """GPUs that hold weights and cache (both GB) and keep up with the tokens.

    Memory: ⌈(weights + cache) ÷ (memory of one · usable)⌉, usable .9 unless given. Compute, if ``active_params``,
    ``tokens_second`` (read and written) and ``peak_tflops`` are all given: ⌈2 · active parameters · tokens a second ÷
    (10¹² · peak · utilisation)⌉, utilisation .4 unless given; otherwise memory alone decides and the note says so.
    """
    model = domain.amount(Message("weights"), weights, "GB")
    cache = domain.amount(Message("KV cache"), kv_cache, "GB")
    one = domain.positive(Message("memory of a GPU"), gpu_memory_gb, "GB")
    share = domain.some_share(Message("usable share"), usable, default=USABLE)
    by_memory = max(1, ceil((model.value + cache.value) / (one.value * share.value) - 1e-9))
    inputs = [model, cache, one, share]
    formula = "GPUs = ⌈(weights + cache) ÷ (memory · usable)⌉"
    if active_params is None or tokens_second is None or peak_tflops is None:
        note = Message("By memory alone: active parameters, tokens a second and peak TFLOPS are needed for computing.")
        working = Working(formula, tuple(inputs), float(by_memory), "GPUs", GQA, note)
        return Gpus(by_memory, by_memory, None, "memory", working)
    active = domain.positive(Message("active parameters"), active_params)
    pace = domain.amount(Message("tokens a second"), tokens_second, "1/s")
    peak = domain.positive(Message("peak TFLOPS of a GPU"), peak_tflops, "TFLOPS")
    used = domain.some_share(Message("utilisation"), utilisation, default=UTILISATION)
    by_compute = max(1, ceil(2 * active.value * pace.value / (1e12 * peak.value * used.value) - 1e-9))
    needed = max(by_memory, by_compute)
    formula = f"{formula}, or ⌈2 · active parameters · tokens/s ÷ (10¹² · TFLOPS · utilisation)⌉ if larger"
    inputs += [active, pace, peak, used]
    binding: Literal["memory", "compute"] = "compute" if by_compute > by_memory else "memory"
    note = Message("Computing binds.") if binding == "compute" else Message("Memory binds.")
    working = Working(formula, tuple(inputs), float(needed), "GPUs", f"{GQA}; {KAPLAN}", note)
    return Gpus(needed, by_memory, by_compute, binding, working)


def time_to_first_token(
    active_params: Value, prompt_tokens: Value, gpus: Value, peak_tflops: Value, utilisation: Value | None = None
) -> Working:
    """Milliseconds to read a prompt: 2 · active parameters · tokens ÷ (GPUs · 10¹² · peak · utilisation); no queue.

    ``utilisation`` .4 unless given. Attention over very long prompts comes on top.
    """
    active = domain.positive(Message("active parameters"), active_params)
    tokens = domain.amount(Message("tokens of the prompt"), prompt_tokens, "tokens")
    count = domain.positive(Message("GPUs"), gpus)
    peak = domain.positive(Message("peak TFLOPS of a GPU"), peak_tflops, "TFLOPS")
    used = domain.some_share(Message("utilisation"), utilisation, default=UTILISATION)
    seconds = 2 * active.value * tokens.value / (count.value * 1e12 * peak.value * used.value)
    formula = "ms = 1000 · 2 · active parameters · tokens ÷ (GPUs · 10¹² · TFLOPS · utilisation)"
    return Working(formula, (active, tokens, count, peak, used), seconds * 1000, "ms", KAPLAN)


def ms_per_token(weights: Value, gpus: Value, bandwidth_gb_s: Value, kv_cache: Value | None = None) -> Working:
    """Milliseconds of one decoding step, bound by memory: (active weights + cache read, GB) ÷ (GPUs · GB/s)."""
    model = domain.positive(Message("active weights"), weights, "GB")
    count = domain.positive(Message("GPUs"), gpus)
    band = domain.positive(Message("memory bandwidth of a GPU"), bandwidth_gb_s, "GB/s")
    cache = domain.amount(Message("KV cache"), kv_cache, "GB", default=0.0)
    result = 1000 * (model.value + cache.value) / (count.value * band.value)
    source = "Pope et al.: Efficiently Scaling Transformer Inference (2022)"
    return Working("ms = 1000 · (weights + cache) ÷ (GPUs · GB/s)", (model, count, band, cache), result, "ms", source)


def generation_ms(
    ttft_ms: Value, tokens_out: Value, tokens_per_second: Value, before_ms: Value | None = None
) -> Working:
    """Milliseconds to a complete answer: the other steps of its path + first token + 1000 · tokens ÷ speed.

    ``before_ms`` are all steps that are waited for besides the model, wherever they stand: retrieval before it, guards
    behind. If the answer is streamed, compare ``first_token_ms`` with the promise instead.
    """
    first = domain.amount(Message("time to first token"), ttft_ms, "ms")
    tokens = domain.amount(Message("tokens of the answer"), tokens_out, "tokens")
    speed = domain.positive(Message("tokens a second"), tokens_per_second, "1/s")
    before = domain.amount(Message("time of the other steps"), before_ms, "ms", default=0.0)
    result = before.value + first.value + 1000 * tokens.value / speed.value
    formula = "ms = other steps + first token + 1000 · tokens ÷ tokens a second"
    return Working(formula, (before, first, tokens, speed), result, "ms", "Arithmetic")


def first_token_ms(ttft_ms: Value, before_ms: Value | None = None) -> Working:
    """Milliseconds until a streamed answer begins: the steps that it waits for (retrieval, guards) + first token."""
    first = domain.amount(Message("time to first token"), ttft_ms, "ms")
    before = domain.amount(Message("time of the other steps"), before_ms, "ms", default=0.0)
    return Working("ms = other steps + first token", (before, first), before.value + first.value, "ms", "Arithmetic")


def tokens_in_time(
    limit_ms: Value, ttft_ms: Value, tokens_per_second: Value, before_ms: Value | None = None
) -> Working:
    """Longest answer that is complete in time, in tokens: ⌊(limit − other steps − first token) · speed ÷ 1000⌋.

    None if not even the first token is there in time.
    """
    limit = domain.amount(Message("promised latency"), limit_ms, "ms")
    first = domain.amount(Message("time to first token"), ttft_ms, "ms")
    speed = domain.positive(Message("tokens a second"), tokens_per_second, "1/s")
    before = domain.amount(Message("time of the other steps"), before_ms, "ms", default=0.0)
    formula = "tokens = ⌊(limit − other steps − first token) · tokens a second ÷ 1000⌋"
    inputs = (limit, before, first, speed)
    left = limit.value - before.value - first.value
    if left <= 0:
        return impossible(formula, inputs, "tokens", "Arithmetic", Message("Even the first token comes too late."))
    return Working(formula, inputs, float(floor(left * speed.value / 1000 + 1e-9)), "tokens", "Arithmetic")


def context_left(
    window: Value,
    *,
    system: Value | None = None,
    history: Value | None = None,
    question: Value | None = None,
    chunks: Value | None = None,
    chunk_tokens: Value | None = None,
    output: Value | None = None,
) -> Working:
    """Tokens left in the context window after all parts (0 unless given); negative if they overflow it.

    Raises ValueRefused for a negative part or a window of zero.
    """
    whole = domain.positive(Message("context window"), window, "tokens")
    parts = [
        domain.amount(name, value, "tokens", default=0.0)
        for name, value in (
            (Message("instructions"), system),
            (Message("history"), history),
            (Message("question"), question),
            (Message("answer"), output),
        )
    ]
    count = domain.amount(Message("retrieved chunks"), chunks, default=0.0)
    each = domain.amount(Message("tokens of a chunk"), chunk_tokens, "tokens", default=0.0)
    left = whole.value - sum(part.value for part in parts) - count.value * each.value
    note = None if left >= 0 else Message("The prompt and its answer are {over} tokens too long.", over=-left)
    formula = "left = window − instructions − history − question − answer − chunks · tokens of a chunk"
    return Working(formula, (whole, *parts, count, each), left, "tokens", "Arithmetic", note)
