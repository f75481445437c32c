"""``mlsd size memory``: vectors and their index, tables, weights, and the nodes they need."""

from typing import Annotated, Literal

import typer

from mlsd.cli.calculators.flags import Text, flag, read, want
from mlsd.cli.sizes import FORMAT, Answer, Format, show
from mlsd.cli.speech import say
from mlsd.derived.fact import Derived
from mlsd.design import quantity
from mlsd.errors import ExitCode, Message
from mlsd.sizing.memory import nodes_needed, table_gb, vectors_gb, weights_gb
from mlsd.sizing.working import Working

HELP = Message(
    "Memory of vectors, tables and weights. Example: "
    "mlsd size memory --rows 3M --dim 128 --index hnsw --links 32 --node 8GB"
)
Index = Literal["flat", "hnsw", "ivf_pq", "table"]
Precision = Literal["fp32", "tf32", "bf16", "fp16", "fp8", "int8", "int4", "fp4"]


def memory(
    rows: Annotated[Text, flag("--rows", Message("Vectors, or rows of a table: 3M."))] = None,
    dim: Annotated[Text, flag("--dim", Message("Values of each: 128."))] = None,
    size: Annotated[Text, flag("--bytes", Message("Bytes of a value (4 unless given)."))] = None,
    index: Annotated[
        Index, typer.Option("--index", help=say(Message("How vectors are kept; table has no index.")))
    ] = "flat",
    links: Annotated[Text, flag("--links", Message("HNSW: links of a node (M, 32 unless given)."))] = None,
    code: Annotated[Text, flag("--code", Message("IVF-PQ: bytes of a compressed vector."))] = None,
    params: Annotated[Text, flag("--params", Message("Or: parameters of a model, all experts: 70B."))] = None,
    precision: Annotated[
        Precision, typer.Option("--precision", help=say(Message("In which its weights are kept.")))
    ] = "bf16",
    node: Annotated[Text, flag("--node", Message("Memory of a node: 64GB; gives the nodes."))] = None,
    usable: Annotated[Text, flag("--usable", Message("Share of it that may be filled (all unless given)."))] = None,
    format: Annotated[Format, FORMAT] = "text",  # noqa: A002 - the name of the flag
) -> int:
    """The memory, and the nodes."""
    each = read("--bytes", size, quantity.number)
    if params is not None:
        count = want("--params", params, quantity.count, "70B")
        working = weights_gb(count, each, None if each else precision)
    else:
        items, width = want("--rows", rows, quantity.count, "3M"), want("--dim", dim, quantity.count, "128")
        if index == "table":
            working = table_gb(items, width, each)
        else:
            edges, codes = read("--links", links, quantity.count), read("--code", code, quantity.number)
            working = vectors_gb(items, width, each, index, edges, codes)
    found = [Derived("memory_gb", "", Message("memory"), working)]
    if node is not None and working.result is not None:
        found.append(Derived("nodes", "", Message("nodes"), _nodes(working, node, usable)))
    show(Answer(found, {derived.id: derived.result for derived in found}), format)
    return ExitCode.OK


def _nodes(working: Working, node: str, usable: str | None) -> Working:
    need = working.as_input(Message("memory needed"))
    room = want("--node", node, quantity.gigabytes, "64GB")
    return nodes_needed(need, room, read("--usable", usable, quantity.share))
