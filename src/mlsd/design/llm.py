"""llm"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    Count,
    Days,
    Gigabytes,
    Listed,
    Minutes,
    Money,
    Ms,
    Number,
    Share,
    SourceRef,
    Term,
    Text,
    Tokens,
    YesNo,
)


class LlmModel(Entry):
    """E.g. a planner and a worker. `model.llm.models[]`"""

    version: Term | None = None
    """Which model, in which version?"""
    kind: Literal["reasoning", "instruct", "base", "embedding", "reranker"] | None = None
    """A reasoning or an instruct model, for what job, rented or our own?"""
    job: Text | None = None
    """A reasoning or an instruct model, for what job, rented or our own?"""
    hosting: Literal["api", "own"] | None = None
    """A reasoning or an instruct model, for what job, rented or our own?"""
    calls_per_request: Number | None = None
    """How many calls a request, of how many tokens in and out? (empty: `context`)"""
    tokens_in: Tokens | None = None
    """How many calls a request, of how many tokens in and out? (empty: `context`)"""
    tokens_out: Tokens | None = None
    """How many calls a request, of how many tokens in and out? (empty: `context`)"""
    price_in: Money | None = None
    """What does a million tokens cost, and how many are cached?"""
    price_out: Money | None = None
    """What does a million tokens cost, and how many are cached?"""
    cached_share: Share | None = None
    """What does a million tokens cost, and how many are cached?"""


class Corpus(Node):
    """What retrieval searches. `model.llm.corpus`"""

    source: SourceRef | None = None
    """Which source is searched; may everybody see it; who filters?"""
    private: YesNo | None = None
    """Which source is searched; may everybody see it; who filters?"""
    access_filter: Text | None = None
    """Which source is searched; may everybody see it; who filters?"""
    index_lag_minutes: Minutes | None = None
    """How soon does a change, and a deletion, reach the index?"""
    delete_lag_minutes: Minutes | None = None
    """How soon does a change, and a deletion, reach the index?"""


class Context(Node):
    """The largest prompt. `model.llm.context`"""

    window: Tokens | None = None
    """How many tokens for the window, instructions, history, question, answer?"""
    system: Tokens | None = None
    """How many tokens for the window, instructions, history, question, answer?"""
    history: Tokens | None = None
    """How many tokens for the window, instructions, history, question, answer?"""
    question: Tokens | None = None
    """How many tokens for the window, instructions, history, question, answer?"""
    output: Tokens | None = None
    """How many tokens for the window, instructions, history, question, answer?"""
    chunks: Count | None = None
    """How many retrieved chunks, and how long is one?"""
    chunk_tokens: Tokens | None = None
    """How many retrieved chunks, and how long is one?"""


class LlmEvaluation(Node):
    """LlmEvaluation. `model.llm.evaluation`"""

    golden_set: Count | None = None
    """How many hand-checked cases has the evaluation set?"""
    judge: Text | None = None
    """Who judges, and how often does a person agree?"""
    judge_agreement: Share | None = None
    """Who judges, and how often does a person agree?"""
    decontamination: Text | None = None
    """How is training data kept out of the evaluation?"""


class LlmServing(Node):
    """LlmServing. `model.llm.serving`"""

    ttft_ms: Ms | None = None
    """How soon comes the first token, how fast the rest, is it streamed?"""
    tokens_per_second: Number | None = None
    """How soon comes the first token, how fast the rest, is it streamed?"""
    streaming: YesNo | None = None
    """How soon comes the first token, how fast the rest, is it streamed?"""
    params: Count | None = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    weight_bytes: Number | None = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    layers: Count | None = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    kv_heads: Count | None = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    head_dim: Count | None = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    kv_bytes: Number | None = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    concurrency: Count | None = None
    """How many sequences at once, on how many GPUs of how much memory?"""
    gpus: Count | None = None
    """How many sequences at once, on how many GPUs of how much memory?"""
    gpu_memory_gb: Gigabytes | None = None
    """How many sequences at once, on how many GPUs of how much memory?"""


class TrainingStage(Node):
    """In order. `model.llm.stages[]`"""

    kind: (
        Literal[
            "pretraining",
            "continued_pretraining",
            "sft",
            "reward_model",
            "alignment",
            "distillation",
        ]
        | None
    ) = None
    """Which training stages, in which order, by which method?"""
    method: Term | None = None
    """Which training stages, in which order, by which method?"""
    data_kind: Literal["text", "prompt_response", "preferences", "rewards"] | None = None
    """On what does it learn, and on which tokens is the loss?"""
    loss_on: Literal["all", "answer"] | None = None
    """On what does it learn, and on which tokens is the loss?"""
    teaches: Literal["facts", "behaviour", "format", "domain"] | None = None
    """What should it learn, how many parameters, on how many tokens?"""
    params: Count | None = None
    """What should it learn, how many parameters, on how many tokens?"""
    tokens: Tokens | None = None
    """What should it learn, how many parameters, on how many tokens?"""
    gpus: Count | None = None
    """On how many GPUs, how fast, how well used, for how many days?"""
    peak_tflops: Number | None = None
    """On how many GPUs, how fast, how well used, for how many days?"""
    utilisation: Share | None = None
    """On how many GPUs, how fast, how well used, for how many days?"""
    days: Days | None = None
    """On how many GPUs, how fast, how well used, for how many days?"""


class Llm(Node):
    """Only where a language model is used. `model.llm`"""

    models: Listed[LlmModel] = []
    knowledge: Listed[Literal["prompt", "rag", "fine_tuning", "tools", "long_context"]] = []
    """Where does its knowledge come from?"""
    corpus: Part[Corpus] = Field(default_factory=Corpus)
    context: Part[Context] = Field(default_factory=Context)
    reads: Listed[Literal["user_text", "user_files", "documents", "web", "email", "tool_output"]] = []
    """What does it read that strangers wrote; what keeps that from giving orders?"""
    injection_control: Text | None = None
    """What does it read that strangers wrote; what keeps that from giving orders?"""
    abstention: Text | None = None
    """What does it do when it does not know?"""
    output_feeds: Literal["human", "code", "sql", "tool"] | None = None
    """Who consumes its output, and how is it validated first?"""
    output_validation: Text | None = None
    """Who consumes its output, and how is it validated first?"""
    evaluation: Part[LlmEvaluation] = Field(default_factory=LlmEvaluation)
    serving: Part[LlmServing] = Field(default_factory=LlmServing)
    stages: Listed[TrainingStage] = []
