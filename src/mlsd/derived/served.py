"""Which language model is meant, where a number is said of a block, of serving or of the answer."""

from __future__ import annotations

from mlsd.design import Design, Path
from mlsd.design.llm import LlmModel

WRITES_NOTHING = frozenset({"embedding", "reranker"})
"""Kinds of language models that read only."""


def model_of_block(design: Design, block: str) -> Path | None:
    """The model of one's own that a block serves: the one with its id, else the only one that writes."""
    own = [(at, one) for at, one in _writing(design) if one.hosting == "own"]
    return _only([entry for entry in own if entry[1].id == block] or own)


def model_of_serving(design: Design) -> Path | None:
    """The model whose speed `model.llm.serving` says: the only one of one's own that writes, else the only one."""
    writing = _writing(design)
    return _only([entry for entry in writing if entry[1].hosting == "own"] or writing)


def model_that_answers(design: Design) -> Path | None:
    """The only model that writes; of several it is not known which one answers."""
    return _only(_writing(design))


def _writing(design: Design) -> list[tuple[int, LlmModel]]:
    models = enumerate(design.model.llm.models if design.model.llm else [])
    return [(at, one) for at, one in models if one.kind not in WRITES_NOTHING]


def _only(found: list[tuple[int, LlmModel]]) -> Path | None:
    return ("model", "llm", "models", found[0][0]) if len(found) == 1 else None
