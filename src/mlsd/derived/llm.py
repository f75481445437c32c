"""What a language model asks for: context, tokens of a month, weights, KV cache, GPUs, time of an answer, training."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from mlsd.derived.fact import Derived, derive
from mlsd.derived.generation import CONTEXT, SERVING, answer, first_token, is_streamed, sequences
from mlsd.derived.prompt import parts_of, tokens_in
from mlsd.derived.read import given, needs
from mlsd.derived.tokens import bills, request_tokens
from mlsd.derived.training import stage_of_training
from mlsd.design import Design
from mlsd.errors import Message, ValueRefused
from mlsd.sizing.llm import Gpus, context_left, gpus_needed, kv_bytes_per_token, kv_cache_gb
from mlsd.sizing.memory import weights_gb
from mlsd.sizing.working import Input

MOST_HEADS = 1024


def llm(design: Design) -> Iterator[Derived]:
    """Everything about a language model; nothing where the design has none."""
    if design.model.llm is None:
        return
    yield tokens_in(design)
    yield _context(design)
    yield from bills(design)
    yield request_tokens(design)
    yield from _serving(design)
    for position, _ in enumerate(design.model.llm.stages):
        yield from stage_of_training(design, position)


def _kept(design: Design) -> Input | None:
    """Tokens whose keys and values one sequence keeps: its prompt and its answer, or the whole window at most."""
    window, written = given(design, f"{CONTEXT}.window"), given(design, f"{CONTEXT}.output")
    prompt = tokens_in(design).as_input()
    if prompt is None or written is None or (window is not None and window.value < prompt.value + written.value):
        return window
    return Input(Message("prompt and answer"), prompt.value + written.value, "tokens", "llm.prompt", "computed")


def _context(design: Design) -> Derived:
    parts = parts_of(design)
    name = Message("tokens left in the context window")
    wanted = needs(design, f"{CONTEXT}.window")
    return derive("llm.context_left", "model", name, wanted, lambda window: context_left(window, **parts))


def _serving(design: Design) -> Iterator[Derived]:
    """What serving the model ourselves takes."""
    at = SERVING
    wanted = needs(design, f"{at}.params", f"{at}.weight_bytes")
    weights = derive("llm.weights", "model", Message("memory of the weights"), wanted, weights_gb)
    yield weights
    bytes_each = given(design, f"{at}.kv_bytes")
    wanted = needs(design, f"{at}.layers", f"{at}.kv_heads", f"{at}.head_dim")
    name = Message("KV cache of a token")
    token = derive("llm.kv_token", "model", name, wanted, lambda n, h, d: kv_bytes_per_token(n, h, d, bytes_each))
    yield token
    wanted = {token.id: token.as_input(), f"{CONTEXT}.window": _kept(design)} | needs(design, f"{at}.concurrency")
    cache = derive("llm.kv_cache", "model", Message("KV cache of all sequences"), wanted, kv_cache_gb)
    yield cache
    wanted = {weights.id: weights.as_input(), cache.id: cache.as_input()} | needs(design, f"{at}.gpu_memory_gb")
    name = Message("GPUs that serve the model")
    yield derive("llm.gpus", "model", name, wanted, lambda w, kv, gpu: gpus_needed(w, kv, gpu).working)
    if is_streamed(design) is not False:
        yield first_token(design)
    yield answer(design)
    yield sequences(design)


def gpus_for(design: Design) -> Gpus | None:
    """GPUs that hold the weights, and the KV cache where its size is known; None where nothing can be said."""
    numbers = {entry.id: entry for entry in _serving(design)}
    held = numbers["llm.weights"].result, numbers["llm.kv_cache"].result
    one = given(design, f"{SERVING}.gpu_memory_gb")
    if held[0] is None or one is None:
        return None
    try:
        return gpus_needed(held[0], held[1] or 0.0, one)
    except ValueRefused:
        return None


def split_evenly(needed: int, heads: int | None) -> int:
    """The fewest GPUs from that many on over which the KV heads are split evenly: a divisor or a multiple of them."""
    if not heads or heads > MOST_HEADS:
        return needed
    if needed > heads:
        return ceil(needed / heads) * heads
    return next(count for count in range(needed, heads + 1) if heads % count == 0)
