"""pipeline"""

from __future__ import annotations

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
    Ms,
    NodeRef,
    Number,
    Role,
    Route,
    Share,
    Text,
    ToolName,
    YesNo,
)


class Serving(Node):
    """Serving. `pipeline.serving`"""

    mode: Literal["batch", "nearline", "online", "edge", "hybrid"] | None = None
    """When is the prediction made?"""
    slots: Count | None = None
    """How many results are shown?"""
    batch_every_hours: Hours | None = None
    """How often does the batch run, and how long?"""
    batch_hours: Hours | None = None
    """How often does the batch run, and how long?"""


class Holding(Node):
    """What must fit its memory. `pipeline.components[].holds[]`"""

    what: Literal["vectors", "table", "weights", "other"] | None = None
    """What does it hold, and how much (vectors, empty: `scale.items`)?"""
    rows: Count | None = None
    """What does it hold, and how much (vectors, empty: `scale.items`)?"""
    dim: Count | None = None
    """How many values a row, bytes a value, in which index (HNSW: links M)?"""
    bytes: Number | None = None
    """How many values a row, bytes a value, in which index (HNSW: links M)?"""
    index: Literal["flat", "hnsw", "ivf_pq"] | None = None
    """How many values a row, bytes a value, in which index (HNSW: links M)?"""
    m: Count | None = None
    """How many values a row, bytes a value, in which index (HNSW: links M)?"""


class Component(Entry):
    """Component. `pipeline.components[]`"""

    role: Role | None = None
    """Which blocks are there, what does each do, and when?"""
    lane: Literal["online", "nearline", "offline"] | None = None
    """Which blocks are there, what does each do, and when?"""
    tool: ToolName | None = None
    """What is it built on, and who answers for it? (empty: `deploy.owner`)"""
    owner: Text | None = None
    """What is it built on, and who answers for it? (empty: `deploy.owner`)"""
    p99_ms: Ms | None = None
    """How long may one call take at p99?"""
    p50_ms: Ms | None = None
    """How long at the median; when do we give up, how often try again?"""
    timeout_ms: Ms | None = None
    """How long at the median; when do we give up, how often try again?"""
    retries: Count | None = None
    """How long at the median; when do we give up, how often try again?"""
    capacity_rps: Number | None = None
    """How many calls a second does one replica take, and how many replicas?"""
    replicas: Count | None = None
    """How many calls a second does one replica take, and how many replicas?"""
    concurrency: Count | None = None
    """How many calls may run at once; how many does one request make?"""
    fan_out: Count | None = None
    """How many calls may run at once; how many does one request make?"""
    availability: Share | None = None
    """How often is it up; does all fail without it (empty: yes); what answers instead?"""
    critical: YesNo | None = None
    """How often is it up; does all fail without it (empty: yes); what answers instead?"""
    fallback: ComponentRef | None = None
    """How often is it up; does all fail without it (empty: yes); what answers instead?"""
    external: YesNo | None = None
    """Another's service? Open to strangers? There for which constraint?"""
    public: YesNo | None = None
    """Another's service? Open to strangers? There for which constraint?"""
    serves: Listed[ConstraintRef] = []
    """Another's service? Open to strangers? There for which constraint?"""
    memory_gb: Gigabytes | None = None
    """How much memory has a node, over how many shards, with how many GPUs?"""
    shards: Count | None = None
    """How much memory has a node, over how many shards, with how many GPUs?"""
    gpus: Count | None = None
    """How much memory has a node, over how many shards, with how many GPUs?"""
    holds: Listed[Holding] = []


class Flow(Node):
    """Flow. `pipeline.flows[]`"""

    from_: NodeRef | None = Field(default=None, alias="from")
    """What does each block hand to the next?"""
    to: NodeRef | None = None
    """What does each block hand to the next?"""
    carries: Text | None = None
    """What does each block hand to the next?"""
    mode: Literal["sync", "async", "stream", "batch"] | None = None
    """How does it travel, and what protects personal data on the way?"""
    safeguard: Text | None = None
    """How does it travel, and what protects personal data on the way?"""


class FunnelStep(Node):
    """FunnelStep. `pipeline.funnel[]`"""

    component: ComponentRef | None = None
    """How many come into each step (empty: what the last gives), how many go out?"""
    takes: Count | None = None
    """How many come into each step (empty: what the last gives), how many go out?"""
    gives: Count | None = None
    """How many come into each step (empty: what the last gives), how many go out?"""
    ms_per_item: Number | None = None
    """How long for one, and how many at once?"""
    parallel: Count | None = None
    """How long for one, and how many at once?"""


class Pipeline(Node):
    """Pipeline. `pipeline`"""

    serving: Part[Serving] = Field(default_factory=Serving)
    components: Listed[Component] = []
    request_path: Route = []
    """In which order does a request pass the blocks (inner list: in parallel)?"""
    funnel: Listed[FunnelStep] = []
    flows: Listed[Flow] = []
