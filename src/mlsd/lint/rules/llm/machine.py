"""Whether a block and the language model that it serves are one model on one machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd.derived.generation import writer
from mlsd.design import Design, Path
from mlsd.design.llm import LlmServing
from mlsd.design.pipeline import Component
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import rented, short

SAME_WITHIN = 1.1
"""How far two roundings of one size may lie apart."""


class Pair(NamedTuple):
    """One quantity in two places: of the block, and of the model that is served."""

    at: Path
    field: str
    block: float | None
    model: float | None

    @property
    def differ(self) -> bool:
        """Whether both are said and are not one number."""
        if self.block is None or self.model is None:
            return False
        low, high = sorted((self.block, self.model))
        return high > SAME_WITHIN * low


@rule("LLM-21", Severity.ERROR, since=Maturity.DESIGN, sources=["ALG"])
def block_against_its_model(design: Design) -> Iterator[Finding]:
    """A block and the language model that it serves say two things of one time, or of one machine.

    No call ends before its first token, so a p99 below the time to the first token is another model's, or a wish. And
    where every model is rented, GPUs and weights belong to somebody else: either one model is hosted here, or their
    numbers are left over. Weights of 1.7 billion on a card of 24 GB are not the model of 70 billion on two of 80 GB
    that the sizing counts with: one of the two was planned before the other.

    Ask: Which of the two numbers was measured?
    False positives: a block that only passes a stream on; give it another role.

    Bad:
    ```yaml
    model: {llm: {serving: {ttft_ms: 400}}}
    pipeline: {components: [{id: writer, role: llm, p99_ms: 100}], request_path: [writer]}
    ```
    Good:
    ```yaml
    model: {llm: {serving: {ttft_ms: 400}}}
    pipeline: {components: [{id: writer, role: llm, p99_ms: 900}], request_path: [writer]}
    ```
    Bad:
    ```yaml
    model: {llm: {serving: {params: 70B, weight_bytes: 2, gpus: 2}}}
    pipeline:
      components: [{id: writer, role: llm, holds: {what: weights, rows: 7B, bytes: 2}}]
      request_path: [writer]
    ```
    Good:
    ```yaml
    model: {llm: {serving: {params: 70B, weight_bytes: 2, gpus: 2}}}
    pipeline:
      components: [{id: writer, role: llm, holds: {what: weights, rows: 70B, bytes: 2}}]
      request_path: [writer]
    ```
    """
    if design.model.llm is None:
        return
    serving, position = design.model.llm.serving, writer(design)
    p99 = None if position is None else design.pipeline.components[position].p99_ms
    if position is not None and p99 is not None and serving.ttft_ms is not None and p99 < serving.ttft_ms:
        yield Finding(
            "{block} takes {p99} ms at p99, but its first token alone comes after {first} ms.",
            at=("pipeline", "components", position, "p99_ms"),
            also="model.llm.serving.ttft_ms",
            ways_out=[Sentence("closes at p99_ms ≥ {first}", first=serving.ttft_ms)],
            block=design.pipeline.components[position].id,
            p99=p99,
            first=serving.ttft_ms,
        )
    if position is not None and not rented(design):
        yield from _two_sizes(design.pipeline.components[position], position, serving)
    if rented(design) and (serving.gpus or serving.params):
        yield Finding(
            "Every language model is rented, but {what} are said of machines of your own.",
            at=("model", "llm", "serving", "gpus" if serving.gpus else "params"),
            also="model.llm.models",
            severity=Severity.WARNING,
            ways_out=[Sentence("closes with a model whose hosting is own, or if the numbers are left out")],
            what=Sentence("GPUs") if serving.gpus else Sentence("weights"),
        )


def _two_sizes(block: Component, position: int, serving: LlmServing) -> Iterator[Finding]:
    """A block whose weights or GPUs are those of another model than the sizing counts with."""
    found = [pair for pair in _pairs(block, serving) if pair.differ]
    if found:
        words = {
            "params": Sentence("parameters"),
            "weight_bytes": Sentence("bytes of a weight"),
            "gpus": Sentence("GPUs"),
            "gpu_memory_gb": Sentence("GB of memory"),
        }
        yield Finding(
            "{block} and the model that it serves are of two sizes: {sizes}.",
            at=("pipeline", "components", position, *found[0].at),
            also=f"model.llm.serving.{found[0].field}",
            ways_out=[Sentence("closes if the block and model.llm.serving say one number each")],
            block=block.id,
            sizes=[
                Sentence(
                    "{what} {here} and {there}",
                    what=words[pair.field],
                    here=short(pair.block or 0),
                    there=short(pair.model or 0),
                )
                for pair in found
            ],
        )


def _pairs(block: Component, serving: LlmServing) -> Iterator[Pair]:
    weights = [(at, part) for at, part in enumerate(block.holds) if part.what == "weights"]
    if len(weights) == 1:  # beside another model, a draft or a guard, nobody says which of them is served
        (at, part), *_ = weights
        yield Pair(("holds", at, "rows"), "params", part.rows, serving.params)
        yield Pair(("holds", at, "bytes"), "weight_bytes", part.bytes, serving.weight_bytes)
    copies = block.gpus and serving.gpus and block.gpus % serving.gpus == 0
    if not copies:  # one replica may hold several whole copies
        yield Pair(("gpus",), "gpus", block.gpus, serving.gpus)
    card = serving.gpu_memory_gb
    if weights and block.memory_gb is not None and card is not None and block.memory_gb < card:
        yield Pair(("memory_gb",), "gpu_memory_gb", block.memory_gb, card)
