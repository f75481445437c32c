"""llm"""

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    Count,
    Days,
    Gigabytes,
    Listed,
    Maybe,
    Minutes,
    Money,
    Ms,
    Number,
    OneOf,
    Share,
    SourceRef,
    Term,
    Text,
    Tokens,
    YesNo,
)


class LlmModel(Entry):
    """E.g. a planner and a worker. `model.llm.models[]`"""

    version: Maybe[Term] = None
    """Which model, in which version?"""
    kind: OneOf[Literal["reasoning", "instruct", "base", "embedding", "reranker"]] = None
    """A reasoning or an instruct model, for what job, rented or our own?"""
    job: Maybe[Text] = None
    """A reasoning or an instruct model, for what job, rented or our own?"""
    hosting: OneOf[Literal["api", "own"]] = None
    """A reasoning or an instruct model, for what job, rented or our own?"""
    calls_per_request: Maybe[Number] = None
    """How many calls a request, of how many tokens in and out? (empty: `context`)"""
    tokens_in: Maybe[Tokens] = None
    """How many calls a request, of how many tokens in and out? (empty: `context`)"""
    tokens_out: Maybe[Tokens] = None
    """How many calls a request, of how many tokens in and out? (empty: `context`)"""
    price_in: Maybe[Money] = None
    """What does a million tokens cost, and how many are cached?"""
    price_out: Maybe[Money] = None
    """What does a million tokens cost, and how many are cached?"""
    cached_share: Maybe[Share] = None
    """What does a million tokens cost, and how many are cached?"""


class Corpus(Node):
    """What retrieval searches. `model.llm.corpus`"""

    source: Maybe[SourceRef] = None
    """Which source is searched; may everybody see it; who filters?"""
    private: Maybe[YesNo] = None
    """Which source is searched; may everybody see it; who filters?"""
    access_filter: Maybe[Text] = None
    """Which source is searched; may everybody see it; who filters?"""
    index_lag_minutes: Maybe[Minutes] = None
    """How soon does a change, and a deletion, reach the index?"""
    delete_lag_minutes: Maybe[Minutes] = None
    """How soon does a change, and a deletion, reach the index?"""


class Context(Node):
    """The largest prompt. `model.llm.context`"""

    window: Maybe[Tokens] = None
    """How many tokens for the window, instructions, history, question, answer?"""
    system: Maybe[Tokens] = None
    """How many tokens for the window, instructions, history, question, answer?"""
    history: Maybe[Tokens] = None
    """How many tokens for the window, instructions, history, question, answer?"""
    question: Maybe[Tokens] = None
    """How many tokens for the window, instructions, history, question, answer?"""
    output: Maybe[Tokens] = None
    """How many tokens for the window, instructions, history, question, answer?"""
    chunks: Maybe[Count] = None
    """How many retrieved chunks, and how long is one?"""
    chunk_tokens: Maybe[Tokens] = None
    """How many retrieved chunks, and how long is one?"""


class LlmEvaluation(Node):
    """LlmEvaluation. `model.llm.evaluation`"""

    golden_set: Maybe[Count] = None
    """How many hand-checked cases has the evaluation set?"""
    judge: Maybe[Text] = None
    """Who judges, and how often does a person agree?"""
    judge_agreement: Maybe[Share] = None
    """Who judges, and how often does a person agree?"""
    decontamination: Maybe[Text] = None
    """How is training data kept out of the evaluation?"""


class LlmServing(Node):
    """LlmServing. `model.llm.serving`"""

    ttft_ms: Maybe[Ms] = None
    """How soon comes the first token, how fast the rest, is it streamed?"""
    tokens_per_second: Maybe[Number] = None
    """How soon comes the first token, how fast the rest, is it streamed?"""
    streaming: Maybe[YesNo] = None
    """How soon comes the first token, how fast the rest, is it streamed?"""
    params: Maybe[Count] = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    weight_bytes: Maybe[Number] = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    layers: Maybe[Count] = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    kv_heads: Maybe[Count] = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    head_dim: Maybe[Count] = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    kv_bytes: Maybe[Number] = None
    """How many parameters of how many bytes; what shapes the KV cache?"""
    concurrency: Maybe[Count] = None
    """How many sequences at once, on how many GPUs of how much memory?"""
    gpus: Maybe[Count] = None
    """How many sequences at once, on how many GPUs of how much memory?"""
    gpu_memory_gb: Maybe[Gigabytes] = None
    """How many sequences at once, on how many GPUs of how much memory?"""


class TrainingStage(Node):
    """In order. `model.llm.stages[]`"""

    kind: OneOf[
        Literal[
            "pretraining",
            "continued_pretraining",
            "sft",
            "reward_model",
            "alignment",
            "distillation",
        ]
    ] = None
    """Which training stages, in which order, by which method?"""
    method: Maybe[Term] = None
    """Which training stages, in which order, by which method?"""
    data_kind: OneOf[Literal["text", "prompt_response", "preferences", "rewards"]] = None
    """On what does it learn, and on which tokens is the loss?"""
    loss_on: OneOf[Literal["all", "answer"]] = None
    """On what does it learn, and on which tokens is the loss?"""
    teaches: OneOf[Literal["facts", "behaviour", "format", "domain"]] = None
    """What should it learn, how many parameters, on how many tokens?"""
    params: Maybe[Count] = None
    """What should it learn, how many parameters, on how many tokens?"""
    tokens: Maybe[Tokens] = None
    """What should it learn, how many parameters, on how many tokens?"""
    gpus: Maybe[Count] = None
    """On how many GPUs, how fast, how well used, for how many days?"""
    peak_tflops: Maybe[Number] = None
    """On how many GPUs, how fast, how well used, for how many days?"""
    utilisation: Maybe[Share] = None
    """On how many GPUs, how fast, how well used, for how many days?"""
    days: Maybe[Days] = None
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
    injection_control: Maybe[Text] = None
    """What does it read that strangers wrote; what keeps that from giving orders?"""
    abstention: Maybe[Text] = None
    """What does it do when it does not know?"""
    output_feeds: OneOf[Literal["human", "code", "sql", "tool"]] = None
    """Who consumes its output, and how is it validated first?"""
    output_validation: Maybe[Text] = None
    """Who consumes its output, and how is it validated first?"""
    evaluation: Part[LlmEvaluation] = Field(default_factory=LlmEvaluation)
    serving: Part[LlmServing] = Field(default_factory=LlmServing)
    stages: Listed[TrainingStage] = []
