"""The largest prompt of a language model, in tokens."""

from __future__ import annotations

from collections.abc import Sequence

from mlsd.derived.fact import Derived, derive
from mlsd.derived.generation import CONTEXT
from mlsd.derived.read import given
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.working import Input, Working


def parts_of(design: Design) -> dict[str, Input | None]:
    """The parts of the largest prompt and its answer, as far as they are given."""
    fields = ("system", "history", "question", "chunks", "chunk_tokens", "output")
    return {field: given(design, f"{CONTEXT}.{field}") for field in fields}


def tokens_in(design: Design) -> Derived:
    """Tokens of the largest prompt: instructions, history, question, chunks."""
    parts = parts_of(design)
    name = Message("tokens of the largest prompt")
    known = [part for field, part in parts.items() if part and field not in ("output", "chunks", "chunk_tokens")]
    chunks, each = parts["chunks"], parts["chunk_tokens"]
    if not known and not (chunks and each):
        return Derived("llm.prompt", "model", name, None, (f"{CONTEXT}.system", f"{CONTEXT}.question"))
    wanted = {part.path or "": part for part in (*known, *((chunks, each) if chunks and each else ()))}
    return derive("llm.prompt", "model", name, wanted, lambda *parts: _prompt(parts[: len(known)], parts[len(known) :]))


def _prompt(parts: Sequence[Input], retrieved: Sequence[Input]) -> Working:
    inputs = [domain.amount(Message("tokens"), part, "tokens") for part in parts]
    size = sum(part.value for part in inputs)
    if retrieved:
        count = domain.amount(Message("retrieved chunks"), retrieved[0])
        each = domain.amount(Message("tokens of a chunk"), retrieved[1], "tokens")
        inputs += [count, each]
        size += count.value * each.value
    formula = "tokens = instructions + history + question + chunks · tokens of a chunk"
    return Working(formula, tuple(inputs), size, "tokens", "Arithmetic")
