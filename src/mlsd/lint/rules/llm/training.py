"""The stages in which a language model is trained."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design.llm import Llm
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence


@rule("LLM-16", Severity.ERROR, since=Maturity.INTERVIEW, sources=["SEED"])
def training_stage_order(llm: Llm) -> Iterator[Finding]:
    """The training stages stand in an order, or on data, that cannot work.

    Pre-training teaches the language, supervised fine-tuning teaches to answer (on pairs of prompt and response,
    the loss on the answer's tokens), alignment teaches to prefer (on preferences or rewards). Each needs what the
    one before it gives.

    Ask: What does each stage have to know already, and does its data show that?
    False positives: reinforcement learning straight from a base model; waive it and say why.

    Bad:
    ```yaml
    model: {llm: {stages: [{kind: alignment, data_kind: preferences}, {kind: sft, data_kind: prompt_response}]}}
    ```
    Good:
    ```yaml
    model: {llm: {stages: [{kind: sft, data_kind: prompt_response}, {kind: alignment, data_kind: preferences}]}}
    ```
    """
    kinds = [stage.kind for stage in llm.stages]
    for position, stage in enumerate(llm.stages):
        at = ("stages", position)
        if stage.kind == "alignment" and "sft" in kinds[position:]:
            way_out = [Sentence("closes if sft stands before alignment")]
            yield Finding("Alignment comes before supervised fine-tuning.", at=at, ways_out=way_out)
        if stage.kind in ("alignment", "reward_model") and stage.data_kind in ("text", "prompt_response"):
            text = "{kind} learns from preferences or rewards, not from {data}."
            yield Finding(text, at=(*at, "data_kind"), kind=stage.kind, data=stage.data_kind)
        if stage.kind == "sft" and stage.data_kind not in (None, "prompt_response"):
            text = "Supervised fine-tuning learns from pairs of prompt and response, not from {data}."
            yield Finding(text, at=(*at, "data_kind"), data=stage.data_kind)
        if stage.kind == "sft" and stage.loss_on == "all":
            text = "The loss of supervised fine-tuning is on all tokens, those of the prompt included."
            yield Finding(text, at=(*at, "loss_on"), severity=Severity.WARNING)
