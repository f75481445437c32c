"""pipeline"""

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
    """Serving. `pipeline.serving`"""

    mode: OneOf[Literal["batch", "nearline", "online", "edge", "hybrid"]] = None
    """When is the prediction made?"""
    slots: Maybe[Count] = None
    """How many results are shown?"""
    batch_every_hours: Maybe[Hours] = None
    """How often does the batch run, and how long?"""
    batch_hours: Maybe[Hours] = None
    """How often does the batch run, and how long?"""


class Holding(Node):
    """What must fit its memory. `pipeline.components[].holds[]`"""

    what: OneOf[Literal["vectors", "table", "weights", "other"]] = None
    """What does it hold, and how much (vectors, empty: `scale.items`)?"""
    rows: Maybe[Count] = None
    """What does it hold, and how much (vectors, empty: `scale.items`)?"""
    dim: Maybe[Count] = None
    """How many values a row, bytes a value, in which index (HNSW: links M)?"""
    bytes: Maybe[Number] = None
    """How many values a row, bytes a value, in which index (HNSW: links M)?"""
    index: OneOf[Literal["flat", "hnsw", "ivf_pq"]] = None
    """How many values a row, bytes a value, in which index (HNSW: links M)?"""
    m: Maybe[Count] = None
    """How many values a row, bytes a value, in which index (HNSW: links M)?"""


class Component(Entry):
    """Component. `pipeline.components[]`"""

    role: Role = None
    """Which blocks are there, what does each do, and when?"""
    lane: OneOf[Literal["online", "nearline", "offline"]] = None
    """Which blocks are there, what does each do, and when?"""
    tool: Maybe[ToolName] = None
    """What is it built on, and who answers for it? (empty: `deploy.owner`)"""
    owner: Maybe[Text] = None
    """What is it built on, and who answers for it? (empty: `deploy.owner`)"""
    p99_ms: Maybe[Ms] = None
    """How long may one call take at p99?"""
    p50_ms: Maybe[Ms] = None
    """How long at the median; when do we give up, how often try again?"""
    timeout_ms: Maybe[Ms] = None
    """How long at the median; when do we give up, how often try again?"""
    retries: Maybe[Count] = None
    """How long at the median; when do we give up, how often try again?"""
    capacity_rps: Maybe[Number] = None
    """How many calls a second does one replica take, and how many replicas?"""
    replicas: Maybe[Count] = None
    """How many calls a second does one replica take, and how many replicas?"""
    concurrency: Maybe[Count] = None
    """How many calls may run at once; how many does one request make?"""
    fan_out: Maybe[Count] = None
    """How many calls may run at once; how many does one request make?"""
    availability: Maybe[Share] = None
    """How often is it up; does all fail without it (empty: yes); what answers instead?"""
    critical: Maybe[YesNo] = None
    """How often is it up; does all fail without it (empty: yes); what answers instead?"""
    fallback: Maybe[ComponentRef] = None
    """How often is it up; does all fail without it (empty: yes); what answers instead?"""
    external: Maybe[YesNo] = None
    """Another's service? Open to strangers? There for which constraint?"""
    public: Maybe[YesNo] = None
    """Another's service? Open to strangers? There for which constraint?"""
    serves: Listed[ConstraintRef] = []
    """Another's service? Open to strangers? There for which constraint?"""
    memory_gb: Maybe[Gigabytes] = None
    """How much memory has a node, over how many shards, with how many GPUs?"""
    shards: Maybe[Count] = None
    """How much memory has a node, over how many shards, with how many GPUs?"""
    gpus: Maybe[Count] = None
    """How much memory has a node, over how many shards, with how many GPUs?"""
    holds: Listed[Holding] = []


class Flow(Node):
    """Flow. `pipeline.flows[]`"""

    from_: Maybe[NodeRef] = Field(default=None, alias="from")
    """What does each block hand to the next?"""
    to: Maybe[NodeRef] = None
    """What does each block hand to the next?"""
    carries: Maybe[Text] = None
    """What does each block hand to the next?"""
    mode: OneOf[Literal["sync", "async", "stream", "batch"]] = None
    """How does it travel, and what protects personal data on the way?"""
    safeguard: Maybe[Text] = None
    """How does it travel, and what protects personal data on the way?"""


class FunnelStep(Node):
    """FunnelStep. `pipeline.funnel[]`"""

    component: Maybe[ComponentRef] = None
    """How many come into each step (empty: what the last gives), how many go out?"""
    takes: Maybe[Count] = None
    """How many come into each step (empty: what the last gives), how many go out?"""
    gives: Maybe[Count] = None
    """How many come into each step (empty: what the last gives), how many go out?"""
    ms_per_item: Maybe[Number] = None
    """How long for one, and how many at once?"""
    parallel: Maybe[Count] = None
    """How long for one, and how many at once?"""


class Pipeline(Node):
    """Pipeline. `pipeline`"""

    serving: Part[Serving] = Field(default_factory=Serving)
    components: Listed[Component] = []
    request_path: Route = []
    """In which order does a request pass the blocks (inner list: in parallel)?"""
    funnel: Listed[FunnelStep] = []
    flows: Listed[Flow] = []
