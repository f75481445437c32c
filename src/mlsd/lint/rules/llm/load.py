"""How many answers a language model of one's own writes at once."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from mlsd.derived.generation import sequences, taken, writer
from mlsd.design import Design
from mlsd.design.llm import LlmServing
from mlsd.design.pipeline import Component
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_most, result_of, short

SAME_WITHIN = 1.2
"""How far two ways to say a rate may lie apart."""


@rule("LLM-20", Severity.ERROR, since=Maturity.PILOT, sources=["RG", "ALG"])
def too_few_sequences(serving: LlmServing, design: Design) -> Iterator[Finding]:
    """At the peak more answers are written at once than the copies of the model take.

    At 40 tokens a second an answer of 400 tokens holds its place for ten seconds, so four requests a second are forty
    answers at once (Little's law). What finds no place waits, and the time to the first token grows without bound
    while a dashboard of requests a second still looks quiet. What a copy takes in a second is the same number said
    again: its places over the seconds of an answer.

    Ask: At the busiest minute, how many answers are being written at the same moment?
    False positives: answers are mostly shorter than the longest one; give the usual length in `tokens_out`.

    Bad:
    ```yaml
    problem: {scale: {rps_peak: 4}}
    model:
      llm: {context: {output: 400}, serving: {ttft_ms: 700, tokens_per_second: 40, concurrency: 32}}
    pipeline: {components: [{id: writer, role: llm, replicas: 1}], request_path: [writer]}
    ```
    Good:
    ```yaml
    problem: {scale: {rps_peak: 4}}
    model:
      llm: {context: {output: 400}, serving: {ttft_ms: 700, tokens_per_second: 40, concurrency: 32}}
    pipeline: {components: [{id: writer, role: llm, replicas: 2}], request_path: [writer]}
    ```
    """
    position, found = writer(design), sequences(design)
    if position is None or found.result is None or not serving.concurrency:
        return
    block = design.pipeline.components[position]
    if block.replicas is None:
        return
    places = serving.concurrency * block.replicas
    if found.result <= places:
        yield from _rate(block, position, serving.concurrency, design)
    else:
        yield Finding(
            "At the peak {needed} answers are written at once, but {block} has places for {places}.",
            at="concurrency",
            also="problem.scale.rps_peak",
            working=found.working,
            ways_out=[
                Sentence(
                    "closes at concurrency ≥ {needed}, or with more replicas",
                    needed=ceil(found.result / block.replicas),
                ),
                Sentence("closes with shorter or faster answers"),
            ],
            needed=short(found.result),
            block=block.id,
            places=places,
        )


def _rate(block: Component, position: int, places: float, design: Design) -> Iterator[Finding]:
    """A copy that is said to take more calls a second than its places make."""
    working = taken(design, position)
    rate = result_of(working)
    if rate is None or block.capacity_rps is None or block.capacity_rps <= SAME_WITHIN * rate:
        return
    yield Finding(
        "One replica of {block} is said to take {said} calls a second, but {places} places make {rate}.",
        at="concurrency",
        also=("pipeline", "components", position, "capacity_rps"),
        working=working,
        ways_out=[
            Sentence(
                "closes at concurrency ≥ {needed}, or with a capacity_rps of at most {rate}",
                needed=ceil(places * block.capacity_rps / rate / SAME_WITHIN),
                rate=at_most(SAME_WITHIN * rate),
            )
        ],
        block=block.id,
        said=block.capacity_rps,
        places=places,
        rate=short(rate),
    )
