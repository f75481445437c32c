"""Stage 4: the blocks of the service, what they hand to one another, and what each may cost in time."""

from typing import Literal

from pydantic import Field

from mlsd.design.node import Entry, Node, Part
from mlsd.design.types import (
    ComponentRef,
    ConstraintRef,
    Count,
    Gigabytes,
    Hours,
    Listed,
    Maybe,
    Ms,
    NodeRef,
    Number,
    OneOf,
    Role,
    Route,
    Share,
    Text,
    ToolName,
    YesNo,
)


class Serving(Node):
    """When predictions are made and how many are shown: `pipeline.serving`."""

    mode: OneOf[Literal["batch", "nearline", "online", "edge", "hybrid"]] = None
    """When is the prediction made?

    `batch` before anybody asks, `nearline` shortly after an event, `online` while somebody waits, `edge` on the device,
    `hybrid` several of these. Batch is cheapest wherever the inputs are known the night before.
    """
    slots: Maybe[Count] = None
    """How many results are shown at once?

    10 for a block of ten items, 1 for a yes or no. The last step of the funnel gives at least as many, and the k of the
    metrics agrees with it.
    """
    batch_every_hours: Maybe[Hours] = None
    """How often does the batch run, in hours between two runs?

    24 for every night. Together with its duration it may not exceed the freshness that is promised.
    """
    batch_hours: Maybe[Hours] = None
    """How many hours does one run of the batch take?

    It has to end before the next one starts, with time for a second try.
    """


class Holding(Node):
    """Something that must fit into a block's memory: `pipeline.components[].holds[]`."""

    what: OneOf[Literal["vectors", "table", "weights", "other"]] = None
    """What does the block keep in memory?"""
    rows: Maybe[Count] = None
    """How many rows does it keep?

    For vectors, when empty, `problem.scale.items`.
    """
    dim: Maybe[Count] = None
    """How many values does one row have?

    The length of a vector, such as 128; 100M × 128 × 4 bytes are 51.2 GB.
    """
    bytes: Maybe[Number] = None
    """How many bytes does one value take?

    4 for float32, 2 for bfloat16, 1 for int8; quantised weights may take 0.5.
    """
    index: OneOf[Literal["flat", "hnsw", "ivf_pq"]] = None
    """In which index do the vectors lie?

    `flat` compares all, `hnsw` is fast and adds 2 × M × 4 bytes a vector, `ivf_pq` is small and less exact.
    """
    code_bytes: Maybe[Number] = None
    """How many bytes has a vector compressed by product quantisation?

    8 to 64, one for each part of the vector: 64 in an index of PQ64, whatever the original took. Only for `ivf_pq`.
    """
    m: Maybe[Count] = None
    """How many links M has a vector in the HNSW graph?

    Usually 16 to 64; 32 adds 256 bytes a vector.
    """


class Component(Entry):
    """A block of the service, training included: `pipeline.components[]`."""

    role: Role = None
    """What does the block do?

    One of the roles from `gateway` to `human`. Rules read the role and not the name: a block of role `training` is
    needed, and so is one that models.
    """
    lane: OneOf[Literal["online", "nearline", "offline"]] = None
    """When does the block work?

    `online` while somebody waits, `nearline` on events, `offline` on a schedule. Prints draw a lane for each.
    """
    tool: Maybe[ToolName] = None
    """On which tool is the block built?

    For example, `faiss`, `redis`, `triton`. A tool in a role it does not suit is pointed out, such as object storage
    where milliseconds count.
    """
    owner: Maybe[Text] = None
    """Who answers for the block?

    A team or a rota. When empty, `deploy.owner`.
    """
    p99_ms: Maybe[Ms] = None
    """How long may one call take at p99, in milliseconds?

    The budget of the block, such as `30 ms`. Along the request path the budgets add up (parallel blocks count once, the
    slowest), and the sum must stay within the latency promised.
    """
    p50_ms: Maybe[Ms] = None
    """How long does one call take at the median, in milliseconds?

    Below the p99; if even the medians add up to more than the promise, nothing helps.
    """
    timeout_ms: Maybe[Ms] = None
    """After how many milliseconds does the caller give up?

    A little above the p99, such as 40 for a p99 of 30. Timeout × (1 + retries) has to fit into the latency promised.
    """
    retries: Maybe[Count] = None
    """How often is a failed call tried again?

    0 or 1 on the request path. Every retry multiplies the waiting time and, when something breaks, the load.
    """
    capacity_rps: Maybe[Number] = None
    """How many calls a second does one replica take?

    From a load test, not from a brochure. Capacity × replicas × 0.7 has to cover the peak.
    """
    replicas: Maybe[Count] = None
    """How many replicas run?

    At least two where a request waits for it; count those of the peak if it scales.
    """
    concurrency: Maybe[Count] = None
    """How many calls may run at the same time, in all replicas together?

    Calls a second × seconds a call takes is what is in flight: 900 a second × 0.08 s are 72.
    """
    fan_out: Maybe[Count] = None
    """How many calls does one request make to it?

    When empty, 1. With 100 calls at once only 37 % of the requests see none slower than the p99.
    """
    availability: Maybe[Share] = None
    """What share of the time is the block up?

    For example, `99.9%`, which is 8.76 hours down a year. The shares of the critical blocks multiply.
    """
    critical: Maybe[YesNo] = None
    """Does the whole request fail without the block?

    When empty, `true`. `false` for online features that have defaults.
    """
    fallback: Maybe[ComponentRef] = None
    """Which block answers when this one fails?

    The id of a simpler block that does not depend on the failed one, such as `popular`.
    """
    external: Maybe[YesNo] = None
    """Does the service belong to another company?

    `true` for a rented model or a payment provider. Personal data sent there needs a contract, and its availability is
    not yours.
    """
    public: Maybe[YesNo] = None
    """Can strangers call it?

    `true` asks for authentication, a limit of calls and a limit of input.
    """
    serves: Listed[ConstraintRef] = []
    """For which constraints is the block there?

    Ids from `problem.constraints`. Only needed where no number answers the constraint, such as a filter that a law asks
    for.
    """
    memory_gb: Maybe[Gigabytes] = None
    """How much memory has one node, in GB?

    1 GB is 10⁹ bytes. What the block holds, divided by its shards, has to fit with room to spare.
    """
    shards: Maybe[Count] = None
    """Over how many shards is the data spread?

    When empty, 1: every replica holds all of it. 16 replicas of 8 shards hold everything twice. A request for the
    nearest vectors asks every shard.
    """
    gpus: Maybe[Count] = None
    """How many GPUs has one replica?

    0 says that it needs none, which a hardware constraint may demand.
    """
    holds: Listed[Holding] = []
    """What must fit into its memory?

    Vectors with their index, tables, weights; the tool computes the GB and compares.
    """


class Flow(Node):
    """What one block hands to the next, outside the request path: `pipeline.flows[]`."""

    from_: Maybe[NodeRef] = Field(default=None, alias="from")
    """From which source, block or store does it come?

    An id, such as `click_log`. Edges that the request path implies are not repeated here.
    """
    to: Maybe[NodeRef] = None
    """To which block or store does it go?

    An id, such as `training`; `decision` is where the action leaves the service.
    """
    carries: Maybe[Text] = None
    """What is handed over?

    The content and not the protocol: “joined examples”, “approved model”, “served features and scores”.
    """
    mode: OneOf[Literal["sync", "async", "stream", "batch"]] = None
    """How does it travel?

    `sync` somebody waits, `async` nobody waits, `stream` event by event, `batch` in files. Edges that close a loop are
    `async` or `batch`.
    """
    safeguard: Maybe[Text] = None
    """What protects personal data on the way?

    For example, “user_id hashed, contract for processing, EU only”. Needed when it leaves the company.
    """


class FunnelStep(Node):
    """A step that narrows the choice: `pipeline.funnel[]`."""

    component: Maybe[ComponentRef] = None
    """Which block narrows the choice?

    The id of a component, in the order of the request path.
    """
    takes: Maybe[Count] = None
    """How many things come in?

    When empty, what the step before gives; for the first step, `problem.scale.items`.
    """
    gives: Maybe[Count] = None
    """How many things go out?

    Fewer than come in: 3M > 500 > 50 > 10. The last step gives at least the slots shown.
    """
    ms_per_item: Maybe[Number] = None
    """How long does one thing take, in milliseconds?

    For example, `0.12`: 500 things take 60 ms, which have to fit into the block's budget.
    """
    parallel: Maybe[Count] = None
    """How many things are worked on at the same time?

    When empty, 1. A batch of 50 on a GPU counts as 50.
    """


class Pipeline(Node):
    """The blocks, their order for a request, and what flows between them: `pipeline`."""

    serving: Part[Serving] = Field(default_factory=Serving)
    """When is the prediction made, and how many results are shown?"""
    components: Listed[Component] = []
    """Which blocks does the service have, training included?

    Six to twelve, each with a role and a lane: `ranker: ranking, online`. A block that nothing enters or leaves is
    decoration.
    """
    request_path: Route = []
    """In which order does a request pass the blocks?

    From `request` to `decision`, which are not written. An inner list runs in parallel: `[gateway, [retrieval,
    online_features], ranker, policy]`.
    """
    funnel: Listed[FunnelStep] = []
    """How many things enter and leave each step?

    Only where things are chosen among many: `3M > 500 > 50 > 10`.
    """
    flows: Listed[Flow] = []
    """What does each block hand to the next?

    One line for each: `click_log -> training: examples`. The way from the source through training to the model must be
    there, and the way of the outcomes back.
    """
