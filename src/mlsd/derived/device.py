"""What a device holds in memory: its blocks share one, and a language model keeps its cache beside its weights."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.derived.fact import Derived, derive
from mlsd.derived.llm import llm
from mlsd.derived.memory import memory, together
from mlsd.design import Design
from mlsd.design.pipeline import Component
from mlsd.errors import Message
from mlsd.sizing.latency import blocks
from mlsd.sizing.working import Input


def shared(design: Design) -> Iterator[Derived]:
    """The memory of a device, where one serves."""
    if design.pipeline.serving.mode == "edge":
        yield device(design)


def model_held(design: Design, *, weights: bool = True) -> list[Input]:
    """Weights and KV cache of the language model that is served, as far as they can be computed."""
    wanted = ("llm.weights", "llm.kv_cache") if weights else ("llm.kv_cache",)
    found = [entry.as_input() for entry in llm(design) if entry.id in wanted]
    return [size for size in found if size is not None]


def on_device(design: Design) -> list[tuple[int, Component]]:
    """The blocks of the request path apart from rented ones; without a path, what works while somebody waits."""
    path = set(blocks(design.pipeline.request_path))
    return [
        (position, block)
        for position, block in enumerate(design.pipeline.components)
        if not block.external and (block.id in path if path else block.lane in (None, "online"))
    ]


def device(design: Design) -> Derived:
    """What lies on the device: what its blocks hold, the model's weights where no block holds them, its cache."""
    there = [block for _, block in on_device(design)]
    held = {f"memory.{block.id}" for block in there if block.id and block.holds}
    sizes = [entry.as_input() for entry in memory(design) if entry.id in held]
    counted = any(part.what == "weights" for block in there if block.role == "llm" for part in block.holds)
    sizes += model_held(design, weights=not counted)
    name = Message("memory that the device needs")
    wanted = {size.path or "": size for size in sizes if size is not None}
    if not wanted:
        return Derived("memory.device", "pipeline", name, None, ("pipeline.components",), begun=False)
    return derive("memory.device", "pipeline", name, wanted, together)
