"""Tokens, money, time and memory of a language model."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.generation import answer, answer_within, first_token
from mlsd.derived.left import answer_limit
from mlsd.derived.llm import gpus_for, tokens_month
from mlsd.derived.llm import llm as derived_llm
from mlsd.derived.promised import promised
from mlsd.design import Design
from mlsd.design.llm import Llm, LlmServing
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, at_most, computed, result_of, short


@rule("LLM-08", Severity.ERROR, since=Maturity.DESIGN, sources=["NL", "ALG"])
def context_overflow(llm: Llm, design: Design) -> Iterator[Finding]:
    """The largest prompt and its answer do not fit into the context window.

    Instructions, history, question, retrieved passages and the answer share one window. What does not fit is cut
    off without an error, usually the instructions at the top or the end of the answer.

    Ask: In the longest conversation you allow, what is cut first?
    False positives: history is summarised before it grows; give its length after that.

    Bad:
    ```yaml
    model: {llm: {context: {window: 8000, system: 1000, history: 2000, output: 1000, chunks: 10, chunk_tokens: 512}}}
    ```
    Good:
    ```yaml
    model: {llm: {context: {window: 8000, system: 1000, history: 2000, output: 1000, chunks: 5, chunk_tokens: 512}}}
    ```
    """
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
        working=working,
        ways_out=ways,
        taken=window - left,
        over=-left,
        window=window,
    )


@rule("LLM-09", Severity.ERROR, since=Maturity.DESIGN, sources=["AD", "NL", "OL10", "COR"])
def token_cost_over_budget(llm: Llm, design: Design) -> Iterator[Finding]:
    """The tokens of a month cost more than the budget, or there is no budget for them.

    Tokens in and out, calls of a request and requests of a day multiply to a bill that nobody guesses right. 77 %
    of the public documents with a language model give no cost of a request.

    Ask: What does one request cost, and what does the thousandth of one user in a night cost?
    False positives: a contract with a fixed price; then the tokens have none.

    Bad:
    ```yaml
    currency: EUR
    problem:
      scale: {volume_day: 100k}
      constraints: [{id: budget, kind: cost, op: "<=", value: 5000, unit: EUR/month}]
    model: {llm: {models: [{id: answerer, tokens_in: 3000, tokens_out: 400, price_in: 1, price_out: 4}]}}
    ```
    Good:
    ```yaml
    currency: EUR
    problem:
      scale: {volume_day: 100k}
      constraints: [{id: budget, kind: cost, op: "<=", value: 20000, unit: EUR/month}]
    model: {llm: {models: [{id: answerer, tokens_in: 3000, tokens_out: 400, price_in: 1, price_out: 4}]}}
    ```
    """
    budget, working = promised(design, "cost"), tokens_month(design)
    month = result_of(working)
    if month is None:
        return
    if budget is None and any(entry.kind == "cost" for entry in design.problem.constraints):
        return
    if budget is None:
        yield Finding(
            "Tokens cost {month} {currency} a month, and no budget says whether that is too much.",
            at="models",
            severity=Severity.WARNING,
            working=working,
            ways_out=[Sentence("closes with a constraint of kind cost")],
            month=short(month),
            currency=design.currency or "",
        )
    elif month > budget.value:
        yield Finding(
            "Tokens cost {month} {currency} a month, {times} times the budget of {budget}.",
            at="models",
            also=budget.path or "",
            working=working,
            ways_out=[Sentence("closes at a budget ≥ {month}", month=at_least(month))],
            month=short(month),
            currency=design.currency or "",
            times=short(month / budget.value) if budget.value else "∞",
            budget=budget.value,
        )


@rule("LLM-10", Severity.ERROR, since=Maturity.DESIGN, sources=["NL", "ALG"])
def generation_latency(serving: LlmServing, design: Design) -> Iterator[Finding]:
    """The answer comes later than the service promises.

    A model writes a token at a time: 400 tokens at 50 a second are eight seconds after the first one, and retrieval and
    guards come on top. Only a shorter answer, a faster model or showing it while it is written helps; people begin to
    read at the first token, so a streamed answer is held against that one.

    Ask: How long does a person look at an empty screen, and how long until the last word?
    False positives: the answer is usually shorter than its limit; give the output that you have measured.

    Bad:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 2, unit: s, percentile: 99}]}
    model: {llm: {context: {output: 400}, serving: {ttft_ms: 500, tokens_per_second: 50, streaming: false}}}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: latency, kind: latency, op: "<=", value: 2, unit: s, percentile: 99}]}
    model: {llm: {context: {output: 400}, serving: {ttft_ms: 500, tokens_per_second: 50, streaming: true}}}
    ```
    """
    limit = answer_limit(design)
    if limit is None:
        return
    first, whole = first_token(design).working, answer(design).working
    start, end = result_of(first), result_of(whole)
    if start is not None and start > limit.value:
        yield Finding(
            "The first token comes after {ms} ms, but {limit} ms are promised.",
            at="ttft_ms",
            also=limit.path or "",
            working=first,
            ways_out=[Sentence("closes at latency ≥ {total} ms", total=at_least(start))],
            ms=short(start),
            limit=short(limit.value),
        )
    elif end is not None and end > limit.value and not serving.streaming:
        fits = result_of(answer_within(design, limit.value))
        yield Finding(
            "The answer is complete after {ms} ms, but {limit} ms are promised.",
            at="tokens_per_second",
            also=limit.path or "",
            severity=Severity.WARNING if serving.streaming is None else None,
            working=whole,
            ways_out=[
                Sentence("closes with streaming: true"),
                *([Sentence("closes at output ≤ {tokens} tokens", tokens=at_most(fits))] if fits else []),
                Sentence("closes at latency ≥ {total} ms", total=at_least(end)),
            ],
            ms=short(end),
            limit=short(limit.value),
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
            working=need.working,
            ways_out=[
                Sentence("closes at gpus ≥ {needed}", needed=need.needed),
                Sentence("closes with fewer bytes a weight, a shorter context or fewer sequences at once"),
            ],
            weights=short(weights.result),
            cache=short(held or 0.0),
            needed=need.needed,
            memory=serving.gpu_memory_gb,
            gpus=serving.gpus,
        )
