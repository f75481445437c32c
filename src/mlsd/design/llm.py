"""Stage 5, only with a language model: knowledge, context, evaluation, serving and training stages."""

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
    """A language model that is used, such as a planner or a worker: `model.llm.models[]`."""

    version: Maybe[Term] = None
    """Which version is pinned?

    For example, `qwen3-8b` or the dated name of a rented model. “Latest” changes overnight, and your prompts with it.
    """
    kind: OneOf[Literal["reasoning", "instruct", "base", "embedding", "reranker"]] = None
    """Of which kind is the model?

    `reasoning` for ambiguous tasks of many steps (planner, judge), `instruct` for fast and well defined work,
    `embedding` and `reranker` for retrieval, `base` only before training.
    """
    job: Maybe[Text] = None
    """For what job is it there?

    A few words, such as “plans the steps” or “answers from the passages found”.
    """
    hosting: OneOf[Literal["api", "own"]] = None
    """Is it rented or run by ourselves?

    `api` costs money for each token and sends the data out; `own` costs GPUs, whether they are used or not.
    """
    calls_per_request: Maybe[Number] = None
    """How many calls of it does one request make?

    When empty, 1. Agents make 5 to 50.
    """
    tokens_in: Maybe[Tokens] = None
    """How many tokens does one call read?

    When empty, the sum of `model.llm.context` without the answer; an embedding or a reranker reads something else.
    """
    tokens_out: Maybe[Tokens] = None
    """How many tokens does one call write?

    When empty, the answer of `model.llm.context`; an embedding or a reranker writes none. Thinking of a reasoning model
    counts, often 1,000 and more.
    """
    price_in: Maybe[Money] = None
    """What do a million tokens read cost, in the currency of the file?

    From the price list of the provider on the day of the design.
    """
    price_out: Maybe[Money] = None
    """What do a million tokens written cost, in the currency of the file?

    Usually three to five times those read.
    """
    cached_share: Maybe[Share] = None
    """What share of the tokens read comes from the cache?

    From 0 to 1 or in per cent. A long and constant beginning of the prompt raises it.
    """
    price_cached: Maybe[Money] = None
    """What do a million tokens from the cache cost, in the currency of the file?

    When empty, half of those read; providers take from a tenth to a half.
    """


class Corpus(Node):
    """What retrieval searches: `model.llm.corpus`."""

    source: Maybe[SourceRef] = None
    """Which source is searched?

    The id of an entry of `data.sources`, such as `handbook`.
    """
    private: Maybe[YesNo] = None
    """Are there documents in it that not everybody may see?

    `true` asks for a filter by rights before the model reads anything.
    """
    access_filter: Maybe[Text] = None
    """Where are the rights of the reader checked?

    In the search itself, such as “tenant and group in the index, checked at the query”. A prompt that asks the model to
    keep a secret is no filter.
    """
    index_lag_minutes: Maybe[Minutes] = None
    """How many minutes until a changed document is found?

    It has to stay within a promised freshness.
    """
    delete_lag_minutes: Maybe[Minutes] = None
    """How many minutes until a deleted document is no longer found?

    The index, the caches and the copies included.
    """


class Context(Node):
    """The largest prompt, in tokens: `model.llm.context`."""

    window: Maybe[Tokens] = None
    """How many tokens does the window of the model hold?

    All other parts together have to fit, the answer included. A long window is slower and dearer, and its middle is
    read badly.
    """
    system: Maybe[Tokens] = None
    """How many tokens do the instructions take?

    With examples and the descriptions of tools.
    """
    history: Maybe[Tokens] = None
    """How many tokens of the earlier conversation are kept?"""
    question: Maybe[Tokens] = None
    """How many tokens may the question have?

    What is longer is refused or cut; say so to the person.
    """
    output: Maybe[Tokens] = None
    """How many tokens may the answer have?

    With the thinking of a reasoning model.
    """
    chunks: Maybe[Count] = None
    """How many retrieved passages are put in?

    Usually 3 to 20.
    """
    chunk_tokens: Maybe[Tokens] = None
    """How many tokens does one passage have?

    Usually 200 to 800.
    """


class LlmEvaluation(Node):
    """How answers are judged before a release: `model.llm.evaluation`."""

    golden_set: Maybe[Count] = None
    """How many cases checked by hand does the evaluation set have?

    50 to start, some 200 to see a difference of 5 points. Without it every change of the prompt is a guess.
    """
    judge: Maybe[Text] = None
    """Who judges the answers?

    For example, “two editors” or “a reasoning model with a rubric of five points”.
    """
    judge_agreement: Maybe[Share] = None
    """In what share of cases does a person agree with the judge?

    From 0 to 1 or in per cent, measured on at least 100 cases. Below some 80 % the judge measures something else.
    """
    decontamination: Maybe[Text] = None
    """How is training data kept out of the evaluation?

    For example, “no shared sequence of 13 tokens, cases written after the training date”.
    """


class LlmServing(Node):
    """How fast it answers and what it needs to run: `model.llm.serving`."""

    ttft_ms: Maybe[Ms] = None
    """After how many milliseconds does the first token come?

    At p99. With streaming this is what a person waits for.
    """
    tokens_per_second: Maybe[Number] = None
    """How many tokens a second does one answer get?

    People read some 5 to 10. Without streaming the wait is the first token plus tokens ÷ this.
    """
    streaming: Maybe[YesNo] = None
    """Is the answer shown while it is written?

    `true` compares the first token with the latency promised, `false` the whole answer. A guard after the model then
    checks it piece by piece: say so with a flow of mode `stream`.
    """
    params: Maybe[Count] = None
    """How many parameters does the model have?

    For example, `8B`. Only for a model run by ourselves.
    """
    weight_bytes: Maybe[Number] = None
    """How many bytes does one weight take?

    2 for bfloat16, 1 for 8 bits, 0.5 for 4 bits: 8B × 2 are 16 GB.
    """
    layers: Maybe[Count] = None
    """How many layers does the model have?

    32 for many models of 8B. It is needed for the memory of the KV cache.
    """
    kv_heads: Maybe[Count] = None
    """How many heads hold keys and values?

    8 with grouped-query attention, otherwise as many as attention heads.
    """
    head_dim: Maybe[Count] = None
    """How many values does one head have?

    Usually 128. 32 layers × 8 heads × 128 × 2 × 2 bytes are 131 kB for each token.
    """
    kv_bytes: Maybe[Number] = None
    """How many bytes does one value of the KV cache take?

    When empty, 2. 8-bit caches take 1.
    """
    concurrency: Maybe[Count] = None
    """How many sequences run at the same time?

    Each holds its own KV cache: 1.07 GB for 8,192 tokens of a model of 8B.
    """
    gpus: Maybe[Count] = None
    """How many GPUs does one copy of the model use?"""
    gpu_memory_gb: Maybe[Gigabytes] = None
    """How much memory has one GPU, in GB?

    80 for an H100; plan with 90 % of it.
    """


class TrainingStage(Node):
    """A stage of training, in order: `model.llm.stages[]`."""

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
    """Which training stage is it?

    The order is pretraining, instruction tuning (`sft`), then `alignment`; a later one without an earlier one starts
    from a model that has it.
    """
    method: Maybe[Term] = None
    """By which method is it trained?

    For example, `lora`, `full`, `dpo`, `ppo` or `grpo`.
    """
    data_kind: OneOf[Literal["text", "prompt_response", "preferences", "rewards"]] = None
    """On what kind of data does it learn?

    `text` for pretraining, `prompt_response` for instruction tuning, `preferences` or `rewards` for alignment.
    """
    loss_on: OneOf[Literal["all", "answer"]] = None
    """On which tokens is the loss?

    `answer` for instruction tuning: the model should learn to answer, not to repeat the question.
    """
    teaches: OneOf[Literal["facts", "behaviour", "format", "domain"]] = None
    """What should it learn?

    `behaviour`, `format` and `domain` are taught well by tuning; `facts` belong into retrieval, because they change.
    """
    params: Maybe[Count] = None
    """How many parameters are trained?

    For example, `7B`; for an adapter those of the adapter. Its time follows from the whole model that it sits in,
    `serving.params`.
    """
    tokens: Maybe[Tokens] = None
    """On how many tokens does it train?

    For example, `140B`; for pretraining about 20 for each parameter.
    """
    gpus: Maybe[Count] = None
    """On how many GPUs does it train?"""
    peak_tflops: Maybe[Number] = None
    """How many TFLOPS does one GPU reach at its peak?

    989 for an H100 in bfloat16, dense.
    """
    utilisation: Maybe[Share] = None
    """What share of that peak is used?

    30 to 50 % is usual; 40 % is a safe guess.
    """
    days: Maybe[Days] = None
    """For how many days does it train?

    6 × parameters × tokens operations have to fit: 7B on 1T tokens take 29,500 hours of an H100 at 40 %. For an adapter
    they are 4 × parameters of the whole model × tokens.
    """


class Llm(Node):
    """A language model and what surrounds it; only where one is used: `model.llm`."""

    models: Listed[LlmModel] = []
    """Which language models are used, each for what job?

    One line for each: `planner: reasoning, plans, api`. A small one for most of the work and a large one for the rest
    is usual.
    """
    knowledge: Listed[Literal["prompt", "rag", "fine_tuning", "tools", "long_context"]] = []
    """Where does its knowledge come from?

    `prompt` first, `rag` for facts that change, `fine_tuning` for behaviour and format, `tools` for what must be looked
    up or computed.
    """
    corpus: Part[Corpus] = Field(default_factory=Corpus)
    """What does retrieval search?"""
    context: Part[Context] = Field(default_factory=Context)
    """How many tokens does the largest prompt have?"""
    reads: Listed[Literal["user_text", "user_files", "documents", "web", "email", "tool_output"]] = []
    """What does it read that strangers wrote?

    Everything here can contain orders to the model: a web page, an e-mail, a file, the result of a tool.
    """
    injection_control: Maybe[Text] = None
    """What keeps that from giving orders?

    Something outside the prompt: “read-only tools while foreign text is in the context, every e-mail confirmed by a
    person”.
    """
    abstention: Maybe[Text] = None
    """What does it do when it does not know?

    For example, “says so, shows the three nearest documents and hands over to support”.
    """
    output_feeds: OneOf[Literal["human", "code", "sql", "tool"]] = None
    """Who or what consumes its output?

    `code` reads or runs it, `sql` and `tool` run it: then it has to be validated first.
    """
    output_validation: Maybe[Text] = None
    """How is its output validated before it is used?

    For example, “JSON Schema, ids looked up, one retry, then a person”.
    """
    evaluation: Part[LlmEvaluation] = Field(default_factory=LlmEvaluation)
    """How is it evaluated?"""
    serving: Part[LlmServing] = Field(default_factory=LlmServing)
    """How fast does it answer, and what does it need to run?"""
    stages: Listed[TrainingStage] = []
    """In which stages is it trained, if it is?

    In order, each with its data: `sft: prompt_response, answer`. Absent where a model is rented or taken as it is.
    """
