"""Whether, in which stages and at what expense a language model is trained."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.registry import model as known_model
from mlsd.derived.llm import llm as derived_llm
from mlsd.design import Design, Path
from mlsd.design.llm import Llm
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least, computed, result_of, short
from mlsd.sizing.training import TOKENS_PER_PARAMETER

TUNING = frozenset({"sft", "alignment", "distillation"})
"""Stages that change a model which already knows the language."""
SIMPLER = frozenset({"prompt", "rag", "tools", "long_context"})
UNTRAINED = frozenset({"llm", "pretrained"})
"""Families of models that are used as they are."""
TOLERANCE = 1.25
"""What a chain of estimates may be off."""


@rule("LLM-12", Severity.WARNING, since=Maturity.INTERVIEW, sources=["NL", "BK"])
def finetune_first(llm: Llm, design: Design) -> Iterator[Finding]:
    """A model is tuned before a prompt or retrieval was tried, or in order to teach it facts.

    A prompt takes an afternoon and retrieval a week; tuning takes data, GPUs and a model that has to be tuned again
    when its base is replaced. Whether it was worth it only the simpler thing can show. Facts are its weakest use: they
    change, and a model says a fact it half remembers in the same voice as one that it knows.

    Ask: How good is the best prompt with the right passages in it, on the same evaluation set?
    False positives: a model small enough for a phone that cannot follow a prompt; name a prompted larger one as the
    baseline.

    Bad:
    ```yaml
    model: {llm: {knowledge: fine_tuning}}
    ```
    Good:
    ```yaml
    model: {llm: {knowledge: [prompt, fine_tuning]}}
    ```
    """
    for position, stage in enumerate(llm.stages):
        if stage.teaches == "facts" and stage.kind in TUNING:
            yield Finding(
                "Training stage {number} ({kind}) is to teach facts, which change and belong into retrieval.",
                at=("stages", position, "teaches"),
                ways_out=[Sentence("closes with facts in retrieval (rag), and behaviour or format as what is taught")],
                number=position + 1,
                kind=stage.kind,
            )
    pretrained = any(stage.kind == "pretraining" for stage in llm.stages)
    if "fine_tuning" in llm.knowledge and not pretrained and not _tried_simpler(llm, design):
        yield Finding(
            "The model is fine-tuned, and neither a prompt nor retrieval stands before it.",
            at="knowledge",
            ways_out=[Sentence("closes with prompt or rag among the knowledge, or with a prompted baseline")],
        )


def _tried_simpler(llm: Llm, design: Design) -> bool:
    """Whether something without training is there to compare with: as knowledge, as the baseline, or as a candidate."""
    baseline = known_model(design.model.baseline.kind)
    families = [baseline.family if baseline else None]
    for candidate in design.model.candidates:
        if candidate.family == "fine_tuned":
            break
        families.append(candidate.family)
    return bool(SIMPLER & set(llm.knowledge)) or bool(UNTRAINED & set(families))


@rule("LLM-15", Severity.WARNING, since=Maturity.DESIGN, sources=["NL", "BK"], requires=("LLM-01",))
def eval_contamination(llm: Llm) -> Iterator[Finding]:
    """A model is trained, and nothing keeps the evaluation out of its training data.

    Examples for tuning are cut from the same logs and documents as the cases that judge it, often by the same people
    in the same week. A case that was seen is recalled, not solved: the score rises, and the service does not. Shared
    runs of words (13 tokens are usual) and near duplicates are found in an hour; cases written after the training
    date need no search.

    Ask: How many of the evaluation cases have a near copy in the training data?
    False positives: none known; the answer may be one sentence.

    Bad:
    ```yaml
    model: {llm: {evaluation: {golden_set: 300}, stages: [{kind: sft, data_kind: prompt_response}]}}
    ```
    Good:
    ```yaml
    model:
      llm:
        evaluation: {golden_set: 300, decontamination: no shared run of 13 tokens}
        stages: [{kind: sft, data_kind: prompt_response}]
    ```
    """
    if (llm.stages or "fine_tuning" in llm.knowledge) and not llm.evaluation.decontamination:
        yield Finding(
            "The model is trained, and nothing keeps the evaluation out of its training data.",
            at="evaluation.decontamination",
            ways_out=[Sentence("closes with evaluation.decontamination")],
        )


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
        is_what: Path = ("model", "llm", *at, "kind")
        if stage.kind == "alignment" and "sft" in kinds[position:]:
            later: Path = ("model", "llm", "stages", kinds.index("sft", position))
            way_out = [Sentence("closes if sft stands before alignment")]
            yield Finding("Alignment comes before supervised fine-tuning.", at=at, also=later, ways_out=way_out)
        if stage.kind in ("alignment", "reward_model") and stage.data_kind in ("text", "prompt_response"):
            text = "{kind} learns from preferences or rewards, not from {data}."
            yield Finding(text, at=(*at, "data_kind"), also=is_what, kind=stage.kind, data=stage.data_kind)
        if stage.kind == "sft" and stage.data_kind not in (None, "prompt_response"):
            text = "Supervised fine-tuning learns from pairs of prompt and response, not from {data}."
            yield Finding(text, at=(*at, "data_kind"), also=is_what, data=stage.data_kind)
        if stage.kind == "sft" and stage.loss_on == "all":
            text = "The loss of supervised fine-tuning is on all tokens, those of the prompt included."
            yield Finding(text, at=(*at, "loss_on"), also=is_what, severity=Severity.WARNING)


@rule("LLM-17", Severity.ERROR, since=Maturity.DESIGN, sources=["NL", "ALG"])
def compute_budget(llm: Llm, design: Design) -> Iterator[Finding]:
    """The training does not fit into its days on the GPUs it has.

    Training takes 6 operations for each parameter and token: 7 billion parameters on a trillion tokens are 4.2e22, or
    29,500 hours of an H100 that is used to 40 %. Peak TFLOPS of a data sheet are reached by nobody, so the share that
    is used is the number to argue about; up to a quarter too long is a warning. A pre-training on fewer than ten tokens
    a parameter gets a remark: a smaller model on more tokens would be better for the same money.

    An adapter trains few parameters, but every token passes forward and back through the whole frozen model: 4
    operations for each parameter of the model, not of the adapter. Where the size of the model is not given, its
    training is not judged.

    Ask: Which of model, tokens, GPUs and days gives way, and who decides that?
    False positives: a mixture of experts trains with its active parameters only; `serving.params` counts all of them.

    Bad:
    ```yaml
    model: {llm: {stages: [{kind: sft, params: 7B, tokens: 10B, gpus: 8, peak_tflops: 989, utilisation: 0.4, days: 1}]}}
    ```
    Good:
    ```yaml
    model: {llm: {stages: [{kind: sft, params: 7B, tokens: 10B, gpus: 8, peak_tflops: 989, utilisation: 0.4, days: 2}]}}
    ```
    """
    if not llm.stages:
        return
    found = list(derived_llm(design))
    for position, stage in enumerate(llm.stages):
        takes = computed(found, f"llm.days.{position}")
        needed = result_of(takes)
        if needed is not None and stage.days is not None and needed > stage.days:
            gpus = result_of(computed(found, f"llm.training_gpus.{position}"))
            yield Finding(
                "Training stage {number} takes {needed} days with {gpus} × GPU, but has {days}.",
                at=("stages", position, "days"),
                also=("model", "llm", "stages", position, "gpus"),
                severity=Severity.WARNING if needed <= stage.days * TOLERANCE else None,
                working=takes,
                ways_out=[
                    *([Sentence("closes at gpus ≥ {needed}", needed=at_least(gpus))] if gpus else []),
                    Sentence("closes at days ≥ {days}", days=at_least(needed)),
                ],
                number=position + 1,
                needed=short(needed),
                gpus=stage.gpus,
                days=stage.days,
            )
        ratio = computed(found, f"llm.tokens_per_parameter.{position}")
        if stage.kind == "pretraining" and ratio is not None and ratio.note is not None:
            yield Finding(
                "Training stage {number} sees {ratio} tokens a parameter; about {usual} are compute-optimal.",
                at=("stages", position, "tokens"),
                severity=Severity.INFO,
                working=ratio,
                number=position + 1,
                ratio=short(ratio.result or 0.0),
                usual=TOKENS_PER_PARAMETER,
            )
