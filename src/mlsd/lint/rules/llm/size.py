"""What a language model has to hold: its prompt in the window, its weights and cache on the GPUs."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.llm import gpus_for, split_evenly
from mlsd.derived.llm import llm as derived_llm
from mlsd.derived.served import WRITES_NOTHING, model_that_answers
from mlsd.design import Design
from mlsd.design.llm import Context, Llm, LlmModel, LlmServing
from mlsd.design.path import value_at
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import computed, result_of, short


@rule("LLM-08", Severity.ERROR, since=Maturity.DESIGN, sources=["NL", "ALG"])
def context_overflow(llm: Llm, design: Design) -> Iterator[Finding]:
    """The largest prompt and its answer do not fit into the context window.

    Instructions, history, question, retrieved passages and the answer share one window. What does not fit is cut
    off without an error, usually the instructions at the top or the end of the answer. An answer that is usually longer
    than it may be is cut off every time, or costs and time are computed with the wrong one of the two.

    Ask: In the longest conversation you allow, what is cut first?
    False positives: history is summarised before it grows; give its length after that. `window` is that of the model
    with the largest prompt, so no call of a model that writes can read more.

    Bad:
    ```yaml
    model: {llm: {context: {window: 8000, system: 1000, history: 2000, output: 1000, chunks: 10, chunk_tokens: 512}}}
    ```
    Good:
    ```yaml
    model: {llm: {context: {window: 8000, system: 1000, history: 2000, output: 1000, chunks: 5, chunk_tokens: 512}}}
    ```
    """
    yield from _largest_prompt(llm, design)
    for position, model in enumerate(llm.models):
        yield from _call(llm, position, model)
    yield from _usual_answer(llm, design)


def _largest_prompt(llm: Llm, design: Design) -> Iterator[Finding]:
    working = computed(derived_llm(design), "llm.context_left")
    left, window = result_of(working), llm.context.window
    if left is None or left >= 0 or window is None:
        return
    context, ways = llm.context, [Sentence("closes at window ≥ {tokens} tokens", tokens=window - left)]
    if context.chunks and context.chunk_tokens:
        fewer = context.chunks + int(left // context.chunk_tokens)
        ways += [Sentence("closes at chunks ≤ {fewer}", fewer=fewer)] if fewer > 0 else []
    yield Finding(
        "Prompt and answer take {taken} tokens, {over} more than the window of {window}.",
        at="context.window",
        also=f"model.llm.context.{_largest_part(context)}",
        working=working,
        ways_out=ways,
        taken=window - left,
        over=-left,
        window=window,
    )


def _largest_part(context: Context) -> str:
    """The field of the prompt, or of its answer, that takes most of the window."""
    sizes = {part: getattr(context, part) or 0 for part in ("system", "history", "question", "output")}
    sizes["chunks"] = (context.chunks or 0) * (context.chunk_tokens or 0)
    return max(sizes, key=lambda part: sizes[part])


def _call(llm: Llm, position: int, model: LlmModel) -> Iterator[Finding]:
    window, read, written = llm.context.window, model.tokens_in, model.tokens_out or 0
    if window is None or read is None or model.kind in WRITES_NOTHING or read + written <= window:
        return
    yield Finding(
        "One call of {model} takes {taken} tokens, read and written, but the window holds {window}.",
        at=("models", position, "tokens_in"),
        also="model.llm.context.window",
        ways_out=[
            *([Sentence("closes at tokens_in ≤ {most}", most=window - written)] if window > written else []),
            Sentence("closes at window ≥ {tokens} tokens", tokens=read + written),
        ],
        model=model.id or str(position),
        taken=read + written,
        window=window,
    )


def _usual_answer(llm: Llm, design: Design) -> Iterator[Finding]:
    """What the only model that writes usually writes, against the longest answer."""
    place, longest = model_that_answers(design), llm.context.output
    usual = value_at(design, (*place, "tokens_out")) if place else None
    if place and usual is not None and longest is not None and usual > longest:
        yield Finding(
            "A call usually writes {usual} tokens, but the longest answer may have {longest}.",
            at=(*place[2:], "tokens_out"),
            also="model.llm.context.output",
            severity=Severity.WARNING,
            ways_out=[
                Sentence("closes at tokens_out ≤ {longest}", longest=longest),
                Sentence("closes at output ≥ {usual} tokens", usual=usual),
            ],
            usual=usual,
            longest=longest,
        )


@rule("LLM-11", Severity.ERROR, since=Maturity.DESIGN, sources=["NL", "ALG"])
def gpu_memory(serving: LlmServing, design: Design) -> Iterator[Finding]:
    """Weights and KV cache do not fit the memory of the GPUs.

    Weights are parameters times bytes; the cache is 2 · layers · KV heads · head size · bytes for every token of
    every sequence at once. For a model of 8 billion parameters 8,000 tokens take about a gigabyte a sequence, so
    forty people at once need more than the weights.

    Ask: With how many people at once, each with a full context, is the memory full?
    False positives: contexts are seldom full and pages are shared; give the concurrency that you have measured.

    Bad:
    ```yaml
    model: {llm: {serving: {params: 70B, weight_bytes: 2, gpus: 1, gpu_memory_gb: 80}}}
    ```
    Good:
    ```yaml
    model: {llm: {serving: {params: 70B, weight_bytes: 2, gpus: 2, gpu_memory_gb: 80}}}
    ```
    """
    found = list(derived_llm(design))
    weights, cache = computed(found, "llm.weights"), computed(found, "llm.kv_cache")
    held, need = result_of(cache), gpus_for(design)
    if weights is None or weights.result is None or need is None or serving.gpus is None:
        return
    if need.needed is not None and need.needed > serving.gpus:
        yield Finding(
            "Weights of {weights} GB need {needed} GPUs of {memory} GB, the KV cache not counted; planned: {gpus}."
            if held is None
            else "Weights of {weights} GB and a KV cache of {cache} GB need {needed} GPUs of {memory} GB; planned: "
            "{gpus}.",
            at="gpus",
            also="model.llm.serving.params",
            working=need.working,
            ways_out=[
                _gpus(need.needed, split_evenly(need.needed, serving.kv_heads)),
                Sentence("closes with fewer bytes a weight, a shorter context or fewer sequences at once"),
            ],
            weights=short(weights.result),
            cache=short(held or 0.0),
            needed=need.needed,
            memory=serving.gpu_memory_gb,
            gpus=serving.gpus,
        )


def _gpus(needed: int, even: int) -> Sentence:
    if even == needed:
        return Sentence("closes at gpus ≥ {needed}", needed=needed)
    return Sentence("closes at gpus ≥ {needed}; over {even} the KV heads are split evenly", needed=needed, even=even)
