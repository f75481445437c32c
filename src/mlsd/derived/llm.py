"""What a language model asks for: context, tokens of a month, weights, KV cache, GPUs, time of an answer, training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.generation import CONTEXT, SERVING, answer, first_token, sequences
from mlsd.derived.labels import daily_cases
from mlsd.derived.promised import promised
from mlsd.derived.read import given, needs
from mlsd.design import Design, Path
from mlsd.design.periods import DAYS_A_MONTH
from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain, training
from mlsd.sizing.cost import Item, monthly_bill
from mlsd.sizing.llm import (
    Gpus,
    context_left,
    gpus_needed,
    kv_bytes_per_token,
    kv_cache_gb,
    token_cost_month,
)
from mlsd.sizing.memory import weights_gb
from mlsd.sizing.working import Input, Working


def llm(design: Design) -> Iterator[Derived]:
    """Everything about a language model; nothing where the design has none."""
    if design.model.llm is None:
        return
    prompt = tokens_in(design)
    yield prompt
    yield _context(design)
    for position, model in enumerate(design.model.llm.models):
        if model.hosting != "own":
            at: Path = ("model", "llm", "models", position)
            yield _bill(design, at, model.id or str(position), prompt)
    yield from _serving(design)
    for position, _ in enumerate(design.model.llm.stages):
        yield from _stage(design, ("model", "llm", "stages", position), position)


def _parts(design: Design) -> dict[str, Input | None]:
    fields = ("system", "history", "question", "chunks", "chunk_tokens", "output")
    return {field: given(design, f"{CONTEXT}.{field}") for field in fields}


def tokens_in(design: Design) -> Derived:
    """Tokens of the largest prompt: instructions, history, question, chunks."""
    parts = _parts(design)
    name = Message("tokens of the largest prompt")
    known = [part for field, part in parts.items() if part and field not in ("output", "chunks", "chunk_tokens")]
    chunks, each = parts["chunks"], parts["chunk_tokens"]
    if not known and not (chunks and each):
        return Derived("llm.prompt", "model", name, None, (f"{CONTEXT}.system", f"{CONTEXT}.question"))
    wanted = {part.path or "": part for part in (*known, *((chunks, each) if chunks and each else ()))}
    return derive("llm.prompt", "model", name, wanted, lambda *parts: _prompt(parts[: len(known)], parts[len(known) :]))


def _prompt(parts: Sequence[Input], retrieved: Sequence[Input]) -> Working:
    inputs = [domain.amount(Message("tokens"), part, "tokens") for part in parts]
    size = sum(part.value for part in inputs)
    if retrieved:
        count = domain.amount(Message("retrieved chunks"), retrieved[0])
        each = domain.amount(Message("tokens of a chunk"), retrieved[1], "tokens")
        inputs += [count, each]
        size += count.value * each.value
    formula = "tokens = instructions + history + question + chunks · tokens of a chunk"
    return Working(formula, tuple(inputs), size, "tokens", "Arithmetic")


def _kept(design: Design) -> Input | None:
    """Tokens whose keys and values one sequence keeps: its prompt and its answer, or the whole window at most."""
    window, written = given(design, f"{CONTEXT}.window"), given(design, f"{CONTEXT}.output")
    prompt = tokens_in(design).as_input()
    if prompt is None or written is None or (window is not None and window.value < prompt.value + written.value):
        return window
    return Input(Message("prompt and answer"), prompt.value + written.value, "tokens", "llm.prompt", "computed")


def _context(design: Design) -> Derived:
    parts = _parts(design)
    name = Message("tokens left in the context window")
    wanted = needs(design, f"{CONTEXT}.window")
    return derive("llm.context_left", "model", name, wanted, lambda window: context_left(window, **parts))


def _bill(design: Design, at: Path, title: str, prompt: Derived) -> Derived:
    """Tokens of a month; what a model does not say of its tokens is read from the context."""
    daily = daily_cases(design)
    requests = None
    if daily is not None:
        month = daily.value * DAYS_A_MONTH
        requests = Input(Message("requests of 30 days"), month, "1/month", daily.path, "computed")
    written = given(design, (*at, "tokens_out"), f"{CONTEXT}.output")
    prices = needs(design, (*at, "price_in"), (*at, "price_out"))
    calls, cached = given(design, (*at, "calls_per_request")), given(design, (*at, "cached_share"))
    wanted: dict[str, Input | None] = {
        "problem.scale.volume_day": requests,
        f"model.llm.models[{title}].tokens_in": given(design, (*at, "tokens_in")) or prompt.as_input(),
        f"model.llm.models[{title}].tokens_out": written,
    } | prices

    def compute(month: Input, read: Input, out: Input, price_in: Input, price_out: Input) -> Working:
        return token_cost_month(month, read, out, price_in, price_out, calls, cached)

    name = Message("tokens of {model} a month", model=title)
    return derive(f"llm.cost.{title}", "model", name, wanted, compute, core=True)


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


def tokens_month(design: Design) -> Working | None:
    """What the tokens of all models cost a month, against the budget; None where no model's can be computed."""
    bills = [
        Item(entry.id.removeprefix("llm.cost."), entry.as_input())
        for entry in llm(design)
        if entry.id.startswith("llm.cost.") and entry.result
    ]
    return attempt(lambda: monthly_bill(bills, promised(design, "cost")).working) if bills else None


def _stage(design: Design, at: Path, position: int) -> Iterator[Derived]:
    """Training: operations, days on the GPUs there are, tokens for each parameter."""
    wanted = needs(design, (*at, "params"), (*at, "tokens"))
    name = Message("operations of training stage {number}", number=position + 1)
    yield derive(f"llm.flops.{position}", "model", name, wanted, training.training_flops)
    name = Message("tokens a parameter in training stage {number}", number=position + 1)
    yield derive(f"llm.tokens_per_parameter.{position}", "model", name, wanted, training.tokens_per_parameter)
    used = given(design, (*at, "utilisation"))
    wanted |= needs(design, (*at, "gpus"), (*at, "peak_tflops"))
    name = Message("days of training stage {number}", number=position + 1)
    yield derive(
        f"llm.days.{position}", "model", name, wanted,
        lambda n, d, gpus, peak: training.training_days(n, d, gpus, peak, used),
    )  # fmt: skip
    wanted = needs(design, (*at, "params"), (*at, "tokens"), (*at, "days"), (*at, "peak_tflops"))
    name = Message("GPUs that training stage {number} needs", number=position + 1)
    yield derive(
        f"llm.training_gpus.{position}", "model", name, wanted,
        lambda n, d, days, peak: training.training_gpus(n, d, days, peak, used),
    )  # fmt: skip
