"""What must fit a node's memory: vectors and their index, embedding tables, weights. 1 GB is 10⁹ bytes."""

from __future__ import annotations

from math import ceil, sqrt

from mlsd.errors import Message, ValueRefused
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Value, Working, impossible

FLOAT = 4.0
HNSW_LINKS = 32.0
LINK_BYTES, ID_BYTES = 4, 8
INDEXES = ("flat", "hnsw", "ivf_pq")
PRECISIONS = {"fp32": 4.0, "tf32": 4.0, "bf16": 2.0, "fp16": 2.0, "fp8": 1.0, "int8": 1.0, "int4": 0.5, "fp4": 0.5}
"""Bytes of one weight, by the name of its precision."""

FAISS = "Faiss wiki: Guidelines to choose an index"
MALKOV = "Malkov, Yashunin: Efficient and robust approximate nearest neighbor search using HNSW graphs (2016)"


def vectors_gb(
    rows: Value,
    dim: Value,
    bytes_each: Value | None = None,
    index: str = "flat",
    links: Value | None = None,
    code_bytes: Value | None = None,
) -> Working:
    """Memory of a vector index in GB.

    ``rows`` vectors of ``dim`` values of ``bytes_each`` bytes (4 unless given). ``flat``: nothing else. ``hnsw``:
    plus rows · 2 · ``links`` (M, 32 unless given) · 4 bytes. ``ivf_pq``: codes of ``code_bytes`` (else dim ·
    ``bytes_each``, if that is given) and an id of 8 bytes for each row, and 4√rows centroids of 4-byte values;
    without either there is no result. Raises ValueRefused for a value outside its range or an unknown index.
    """
    count = domain.amount(Message("vectors"), rows, "rows")
    width = domain.positive(Message("values of a vector"), dim)
    if index == "flat":
        each = domain.positive(Message("bytes of a value"), bytes_each, "B", default=FLOAT)
        raw = count.value * width.value * each.value / 1e9
        return Working("GB = rows · dim · bytes ÷ 10⁹", (count, width, each), raw, "GB", FAISS)
    if index == "hnsw":
        each = domain.positive(Message("bytes of a value"), bytes_each, "B", default=FLOAT)
        edges = domain.positive(Message("links of a node (M)"), links, default=HNSW_LINKS)
        size = count.value * (width.value * each.value + 2 * edges.value * LINK_BYTES) / 1e9
        formula = "GB = rows · (dim · bytes + 2 · M · 4) ÷ 10⁹"
        return Working(formula, (count, width, each, edges), size, "GB", MALKOV)
    if index == "ivf_pq":
        return _ivf_pq(count, width, bytes_each, code_bytes)
    known = ", ".join(INDEXES)
    raise ValueRefused(Message("“{index}” is not an index here; these are: {known}.", index=index, known=known))


def _ivf_pq(count: Input, width: Input, bytes_each: Value | None, code_bytes: Value | None) -> Working:
    formula = "GB = (rows · (code + 8) + 4√rows · dim · 4) ÷ 10⁹"
    source = "Jégou, Douze, Schmid: Product Quantization for Nearest Neighbor Search (2011); " + FAISS
    if code_bytes is None and bytes_each is None:
        why = Message("The length of a compressed vector is not given (bytes of a code, or bytes of a value).")
        return impossible(formula, (count, width), "GB", source, why)
    if code_bytes is not None:
        code = domain.positive(Message("bytes of a code"), code_bytes, "B")
    else:
        each = domain.positive(Message("bytes of a value"), bytes_each, "B")
        code = Input(Message("bytes of a code"), each.value * width.value, "B", each.path, "computed")
    centroids = 4 * sqrt(count.value) * width.value * FLOAT
    size = (count.value * (code.value + ID_BYTES) + centroids) / 1e9
    return Working(formula, (count, width, code), size, "GB", source)


def weights_gb(params: Value, bytes_each: Value | None = None, precision: str | None = None) -> Working:
    """Memory of a model's weights in GB: parameters · bytes of one, given as a number or as a ``precision`` by name.

    A mixture of experts counts by all its parameters. Activations and optimiser state are not in it.
    Raises ValueRefused for an unknown precision, or if neither bytes nor precision is given.
    """
    count = domain.amount(Message("parameters"), params)
    if precision is not None:
        if precision not in PRECISIONS:
            known = ", ".join(PRECISIONS)
            raise ValueRefused(
                Message("“{name}” is not a precision here; these are: {known}.", name=precision, known=known)
            )
        usual = Input(Message("bytes of a weight"), PRECISIONS[precision], "B", None, "default")
        bytes_each = usual if bytes_each is None else bytes_each
    each = domain.positive(Message("bytes of a weight"), bytes_each, "B")
    source = "Arithmetic; Kwon et al.: Efficient Memory Management for LLM Serving (2023)"
    return Working("GB = parameters · bytes ÷ 10⁹", (count, each), count.value * each.value / 1e9, "GB", source)


def table_gb(rows: Value, dim: Value, bytes_each: Value | None = None) -> Working:
    """Memory of an embedding table in GB: rows · dim · bytes (4 unless given)."""
    count = domain.amount(Message("rows of the table"), rows, "rows")
    width = domain.positive(Message("values of a row"), dim)
    each = domain.positive(Message("bytes of a value"), bytes_each, "B", default=FLOAT)
    size = count.value * width.value * each.value / 1e9
    return Working("GB = rows · dim · bytes ÷ 10⁹", (count, width, each), size, "GB", "Arithmetic")


def nodes_needed(needed_gb: Value, memory_gb: Value, usable: Value | None = None) -> Working:
    """Nodes (shards) that ``needed_gb`` must be spread over: ⌈needed ÷ (memory of a node · usable)⌉, at least one.

    ``usable`` is the share of the memory that may be filled, all of it unless given.
    """
    need = domain.amount(Message("memory needed"), needed_gb, "GB")
    node = domain.positive(Message("memory of a node"), memory_gb, "GB")
    share = domain.some_share(Message("usable share"), usable, default=1.0)
    count = max(1, ceil(need.value / (node.value * share.value) - 1e-9))
    formula = "nodes = ⌈needed ÷ (memory of a node · usable)⌉"
    return Working(formula, (need, node, share), float(count), "nodes", "Arithmetic")
