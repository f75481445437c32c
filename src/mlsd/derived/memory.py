"""What the blocks hold in memory, against the memory they have."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.content.values import WORDS
from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.read import given, needs
from mlsd.design import Design, Path
from mlsd.design.path import show
from mlsd.design.pipeline import Component, Holding
from mlsd.errors import Message, ValueRefused
from mlsd.sizing.memory import nodes_needed, table_gb, vectors_gb, weights_gb
from mlsd.sizing.working import Input, Working

USABLE = 0.8
"""The share of a node's memory that data may fill: the process, the system and the next version need the rest."""


def rows_of(design: Design, at: Path, part: Holding) -> Input | None:
    """How many rows are held; vectors without a number of their own are those of all items."""
    return given(design, (*at, "rows"), *(["problem.scale.items"] if part.what == "vectors" else []))


def holding(design: Design, at: Path, part: Holding) -> Working | None:
    """Memory of one thing that a block holds, in GB; None where it cannot be computed."""
    return attempt(lambda: _size(design, at, part))


def _size(design: Design, at: Path, part: Holding) -> Working | None:
    rows = rows_of(design, at, part)
    dim, size = given(design, (*at, "dim")), given(design, (*at, "bytes"))
    if rows is None:
        return None
    if part.what == "vectors" and dim:
        if _uncoded(part):
            return None
        links, code = given(design, (*at, "m")), given(design, (*at, "code_bytes"))
        return vectors_gb(rows, dim, size, part.index or "flat", links, code)
    if part.what == "table" and dim:
        return table_gb(rows, dim, size)
    if part.what == "weights" and size:
        return weights_gb(rows, size)
    return None


def _uncoded(part: Holding) -> bool:
    """Whether nothing says how far vectors are compressed: bytes of whole values are those of the original."""
    return part.index == "ivf_pq" and part.code_bytes is None and (part.bytes is None or part.bytes >= 1)


def memory(design: Design) -> Iterator[Derived]:
    """Memory of everything that every block holds, of all it holds, and the nodes (shards) that asks for."""
    for position, block in enumerate(design.pipeline.components):
        if block.holds:
            yield from _block(design, ("pipeline", "components", position), block, block.id or str(position))


def _block(design: Design, at: Path, block: Component, title: str) -> Iterator[Derived]:
    parts = []
    for position, part in enumerate(block.holds):
        here: Path = (*at, "holds", position)
        identifier = f"memory.{title}" + (f".{position}" if len(block.holds) > 1 else "")
        name = Message("memory of the {what} of {block}", what=WORDS[part.what or "other"], block=title)
        parts.append(_part(design, here, part, Derived(identifier, "pipeline", name, None)))
    yield from parts
    whole = parts[0]
    if len(parts) > 1:
        whole = _sum(title, parts)
        yield whole
    wanted = {whole.id: whole.as_input(), show(design, (*at, "memory_gb")): _node(design, at, block)}
    name = Message("nodes over which {block} must be spread", block=title)
    yield derive(f"memory.nodes.{title}", "pipeline", name, wanted, _spread)


def _spread(held: Input, node: Input) -> Working:
    return nodes_needed(held, node, Input(Message("usable share"), USABLE, "", None, "default"))


def _node(design: Design, at: Path, block: Component) -> Input | None:
    """Memory of a node; where it is that of one GPU, as a language model says it, of all GPUs together."""
    one = given(design, (*at, "memory_gb"))
    llm = design.model.llm
    if one is None or llm is None or (block.gpus or 0) < 2 or one.value != llm.serving.gpu_memory_gb:
        return one
    whole = one.value * (block.gpus or 1)
    return one._replace(name=Message("memory of all GPUs of a node"), value=whole, origin="computed")


def _part(design: Design, at: Path, part: Holding, empty: Derived) -> Derived:
    try:
        working = _size(design, at, part)
    except ValueRefused as error:
        return empty._replace(refused=error.message)
    return empty._replace(working=working, missing=() if working else _lacking(design, at, part))


def _sum(title: str, parts: list[Derived]) -> Derived:
    wanted = {part.id: part.as_input() for part in parts}
    return derive(f"memory.{title}", "pipeline", Message("memory that {block} needs", block=title), wanted, together)


def together(*sizes: Input) -> Working:
    """The sum of what lies in one memory."""
    return Working("GB = Σ of what it holds", sizes, sum(size.value for size in sizes), "GB", "Arithmetic")


def _lacking(design: Design, at: Path, part: Holding) -> tuple[str, ...]:
    """The fields that are needed and empty."""
    fields = {"vectors": ("rows", "dim"), "table": ("rows", "dim"), "weights": ("rows", "bytes")}
    wanted = needs(design, *((*at, field) for field in fields.get(part.what or "", ("rows", "what"))))
    if _uncoded(part):
        wanted |= needs(design, (*at, "code_bytes"))
    if rows_of(design, at, part) is not None:
        wanted.pop(next(iter(wanted)), None)
    return tuple(path for path, found in wanted.items() if found is None)
