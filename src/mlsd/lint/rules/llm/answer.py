"""When a language model answers, and when it has finished."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.agent import minutes
from mlsd.derived.generation import (
    answer,
    answer_within,
    answering,
    checks_after,
    first_token,
    hands_on,
    is_streamed,
    usual_answer,
    written,
)
from mlsd.derived.left import answer_limit
from mlsd.derived.promised import numbers
from mlsd.design import Design
from mlsd.design.llm import LlmServing
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, at_most, result_of, short
from mlsd.sizing.latency import blocks
from mlsd.sizing.working import Input


@rule("LLM-10", Severity.ERROR, since=Maturity.DESIGN, sources=["NL", "ALG"])
def generation_latency(serving: LlmServing, design: Design) -> Iterator[Finding]:
    """The answer comes later than the service promises.

    A model writes a token at a time: 400 tokens at 50 a second are eight seconds after the first one, and retrieval and
    guards come on top. Only a shorter answer, a faster model or showing it while it is written helps; people begin to
    read at the first token, so a streamed answer is held against that one. What is held is the longest answer that the
    limit allows; where the usual one (`tokens_out` of the model) comes in time, it only warns. What an agent says at
    the end comes after all its calls, one after another: they are a warning where one call is in time. A promise that
    names the block that writes is one of the whole answer. A guard after the model has to read what it lets pass:
    people see a streamed answer unchecked, or wait for all of it, unless the guard is handed it piece by piece (a flow
    of mode `stream`). What a model writes for a later step, such as a parsed query for the search, nobody reads: the
    whole path is held, with the longest output.

    Ask: How long does a person look at an empty screen, and how long until the last word?
    False positives: no answer ever reaches its limit; give as output the longest that you have measured.

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
    yield from _unchecked(design)
    yield from _whole(design)
    limit = answer_limit(design)
    if limit is None:
        return
    if hands_on(design):
        yield from _inside(limit, design)
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
        usual = result_of(usual_answer(design))
        unsure = serving.streaming is None or (usual is not None and usual <= limit.value)
        yield Finding(
            "The longest answer is complete after {ms} ms, but {limit} ms are promised."
            if usual is None
            else "The longest answer is complete after {ms} ms and a usual one after {usual} ms, but {limit} ms are "
            "promised.",
            at="tokens_per_second",
            also=limit.path or "",
            severity=Severity.WARNING if unsure else None,
            working=whole,
            ways_out=[Sentence("closes with streaming: true"), *_shorter(design, limit.value, end)],
            ms=short(end),
            limit=short(limit.value),
            **_told(usual),
        )
    elif not serving.streaming:
        yield from _calls_of_a_task(limit, design)


def _inside(limit: Input, design: Design) -> Iterator[Finding]:
    """A model that works for a later step: nobody reads what it writes, and the path waits for all of it."""
    whole = answer(design).working
    end, usual = result_of(whole), result_of(usual_answer(design))
    if end is not None and end > limit.value:
        yield Finding(
            "With the longest output of the language model the request path takes {ms} ms, but {limit} ms are "
            "promised.",
            at="tokens_per_second",
            also=limit.path or "",
            severity=Severity.WARNING if usual is not None and usual <= limit.value else None,
            working=whole,
            ways_out=list(_shorter(design, limit.value, end)),
            ms=short(end),
            limit=short(limit.value),
        )


def _calls_of_a_task(limit: Input, design: Design) -> Iterator[Finding]:
    """An agent that calls the model several times before it answers, each time as long as usual, the tools left out."""
    working = minutes(design).working if design.model.agent is not None else None
    least = 60_000 * (result_of(working) or 0.0)
    if working is not None and least > limit.value:
        yield Finding(
            "One call after another, a typical task takes {ms} ms of the model ({calls} calls), but {limit} ms are "
            "promised.",
            at="tokens_per_second",
            also=limit.path or "",
            severity=Severity.WARNING,
            working=working,
            ways_out=[
                Sentence("closes at latency ≥ {total} ms", total=at_least(least)),
                Sentence(
                    "closes with fewer or shorter calls, or with a promise of the first words and streaming: true"
                ),
            ],
            ms=short(least),
            calls=short(working.inputs[0].value),
            limit=short(limit.value),
        )


def _shorter(design: Design, limit: float, end: float) -> Iterator[Sentence]:
    """The longest answer that is there by then, or the time that this one takes."""
    fits = result_of(answer_within(design, limit))
    if fits:
        yield Sentence("closes at output ≤ {tokens} tokens", tokens=at_most(fits))
    yield Sentence("closes at latency ≥ {total} ms", total=at_least(end))


def _told(usual: float | None) -> dict[str, float]:
    return {} if usual is None else {"usual": short(usual)}


def _unchecked(design: Design) -> Iterator[Finding]:
    """A streamed answer that a later block checks, and nothing says that it is checked in pieces."""
    piecewise = {flow.to for flow in design.pipeline.flows if flow.mode == "stream"}
    waiting = [block for block in checks_after(design) if block not in piecewise] if is_streamed(design) else []
    if waiting:
        yield Finding(
            "The answer is streamed, and after the model it passes {blocks}: people read what is not checked yet, or "
            "they wait for all of it.",
            at="streaming",
            also="pipeline.request_path",
            severity={Maturity.DESIGN: Severity.INFO, Maturity.PILOT: Severity.WARNING},
            ways_out=[
                Sentence("closes with a flow of mode stream from the model to it, where it checks piece by piece"),
                Sentence("closes with streaming: false"),
            ],
            blocks=waiting,
        )


def _whole(design: Design) -> Iterator[Finding]:
    """Promises that name the block that writes, against the whole answer; the time of other steps only warns."""
    whole, last = answer(design).working, answering(design)
    end, usual = result_of(whole), result_of(usual_answer(design))
    alone = result_of(written(design) if usual is None else usual_answer(design, alone=True))
    if last is None or end is None:
        return
    writers = {block.id for block in design.pipeline.components if block.role == "llm"}
    writers &= set(blocks(design.pipeline.request_path[last : last + 1]))
    for constraint, limit in numbers(design, "latency"):
        if not writers & set(constraint.applies_to) or end <= limit.value:
            continue
        yield Finding(
            "The longest answer is complete after {ms} ms, but {limit} ms are promised of {block}."
            if usual is None
            else "The longest answer is complete after {ms} ms and a usual one after {usual} ms, but {limit} ms are "
            "promised of {block}.",
            at="tokens_per_second",
            also=limit.path or "",
            severity=None if alone is not None and alone > limit.value else Severity.WARNING,
            working=whole,
            ways_out=list(_shorter(design, limit.value, end)),
            ms=short(end),
            limit=short(limit.value),
            **_told(usual),
            block=sorted(str(writer) for writer in writers),
        )
