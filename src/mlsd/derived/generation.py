"""When a language model begins and ends an answer, and how many answers it writes at once."""

from __future__ import annotations

from mlsd.derived.fact import Derived, attempt, derive
from mlsd.derived.load import PEAK
from mlsd.derived.machines import calls
from mlsd.derived.read import given, needs
from mlsd.derived.served import model_of_block, model_that_answers
from mlsd.derived.service import PATH, latency_of, times
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.sizing.capacity import in_flight, rate_of
from mlsd.sizing.latency import blocks
from mlsd.sizing.llm import first_token_ms, generation_ms, tokens_in_time
from mlsd.sizing.working import Input, Working

CONTEXT, SERVING = "model.llm.context", "model.llm.serving"
CHECKS = frozenset({"guard", "policy"})
"""Roles of blocks that may hold an answer back."""
ANSWERS_THEMSELVES = frozenset({"retrieval", "ranking", "scoring"})
"""Roles of blocks that make a result of their own of what comes in, such as a list of things for a parsed query."""


def first_token(design: Design) -> Derived:
    """When a streamed answer begins: the steps of the request path before the model, its first token, and the checks
    that it passes before anybody reads it.
    """
    before = _other_steps(design, streamed=True)
    wanted = needs(design, f"{SERVING}.ttft_ms")
    name = Message("time until the first token")
    return derive("llm.first_token_ms", "model", name, wanted, lambda first: first_token_ms(first, before))


def answer(design: Design) -> Derived:
    """When an answer that is not streamed is complete: all other steps of the request path, then its tokens."""
    others = _other_steps(design, streamed=False)
    wanted = needs(design, f"{SERVING}.ttft_ms", f"{CONTEXT}.output", f"{SERVING}.tokens_per_second")
    name = Message("time of a complete answer")
    if hands_on(design):
        name = Message("time of the request path with the longest output of the language model")
    return derive(
        "llm.answer_ms", "model", name, wanted, lambda first, tokens, speed: generation_ms(first, tokens, speed, others)
    )


def writer(design: Design) -> int | None:
    """The position of the block of the request path that writes with a model of one's own: the only one with a language
    model, or the only one of those that has GPUs; None where that is not clear.
    """
    path = set(blocks(design.pipeline.request_path))
    found = [(at, one) for at, one in enumerate(design.pipeline.components) if one.role == "llm" and one.id in path]
    served = found if len(found) == 1 else [(at, one) for at, one in found if one.gpus]
    return served[0][0] if len(served) == 1 else None


def sequences(design: Design) -> Derived:
    """Answers that are written at once at the peak, by Little's law with the time that one takes to be written."""

    def compute(rate: Input, tokens: Input, first: Input, speed: Input) -> Working:
        return in_flight(rate, generation_ms(first, tokens, speed).as_input(Message("time of a complete answer")))

    position, name = writer(design), Message("answers written at once at the peak")
    if position is None:
        return Derived("llm.sequences", "model", name, None, (PATH,), begun=False)
    wanted = {PEAK: calls(design, position), f"{CONTEXT}.output": _written_by(design, position)}
    wanted |= needs(design, f"{SERVING}.ttft_ms", f"{SERVING}.tokens_per_second")
    return derive("llm.sequences", "model", name, wanted, compute)


def taken(design: Design, position: int) -> Working | None:
    """Calls a second that one copy of the model takes in its places, each written as long as a usual answer."""
    wanted = needs(design, f"{SERVING}.concurrency", f"{SERVING}.ttft_ms", f"{SERVING}.tokens_per_second")
    places, first, speed = wanted.values()
    tokens = _written_by(design, position)
    if places is None or first is None or speed is None or tokens is None:
        return None
    name = Message("time of a complete answer")
    return attempt(lambda: rate_of(places, generation_ms(first, tokens, speed).as_input(name)))


def _written_by(design: Design, position: int) -> Input | None:
    """What a call of the model that this block serves usually writes, else the longest answer."""
    served = model_of_block(design, design.pipeline.components[position].id or "")
    return given(design, *([(*served, "tokens_out")] if served else []), f"{CONTEXT}.output")


def answer_within(design: Design, limit_ms: float) -> Working | None:
    """The longest answer that is complete by then; None where a number is missing or refused."""
    first, speed = given(design, f"{SERVING}.ttft_ms"), given(design, f"{SERVING}.tokens_per_second")
    if first is None or speed is None:
        return None
    return attempt(lambda: tokens_in_time(limit_ms, first, speed, _other_steps(design, streamed=False)))


def written(design: Design) -> Working | None:
    """The time that the longest answer takes to be written, the other steps of the path not counted."""
    wanted = needs(design, f"{SERVING}.ttft_ms", f"{CONTEXT}.output", f"{SERVING}.tokens_per_second")
    first, tokens, speed = wanted.values()
    return attempt(lambda: generation_ms(first, tokens, speed)) if first and tokens and speed else None


def usual_answer(design: Design, *, alone: bool = False) -> Working | None:
    """When an answer of usual length is complete; ``alone`` leaves the other steps of the path out.

    None where it is not said how much the model usually writes.
    """
    first, speed = given(design, f"{SERVING}.ttft_ms"), given(design, f"{SERVING}.tokens_per_second")
    at = model_that_answers(design)
    tokens = given(design, (*at, "tokens_out")) if at else None
    if first is None or tokens is None or speed is None:
        return None
    others = None if alone else _other_steps(design, streamed=False)
    return attempt(lambda: generation_ms(first, tokens, speed, others))


def answering(design: Design) -> int | None:
    """The step of the request path that answers: its last one with a language model. One before it, such as a planner,
    is waited for. None where no block of the path has the role ``llm``: then it is not known which step answers.
    """
    models = {block.id for block in design.pipeline.components if block.role == "llm"}
    path = enumerate(design.pipeline.request_path)
    return max((at for at, step in path if models & set(blocks([step]))), default=None)


def hands_on(design: Design) -> bool:
    """Whether the language model works for a later step, as a parser of queries does before the search: what it writes
    is then no answer that anybody sees.
    """
    last, path = answering(design), design.pipeline.request_path
    after = set() if last is None else set(blocks(path[last + 1 :]))
    return any(block.id in after and block.role in ANSWERS_THEMSELVES for block in design.pipeline.components)


def is_streamed(design: Design) -> bool | None:
    """Whether people read the answer while it is written; None where nobody says so."""
    llm = design.model.llm
    return False if llm is None or hands_on(design) else llm.serving.streaming


def checks_after(design: Design) -> list[str]:
    """The blocks of the request path that check an answer after it is written, and before anybody reads it."""
    last = answering(design)
    after = set() if last is None else set(blocks(design.pipeline.request_path[last + 1 :]))
    return [block.id for block in design.pipeline.components if block.role in CHECKS and block.id and block.id in after]


def _other_steps(design: Design, *, streamed: bool) -> Input | None:
    """The p99 of the steps around the model, from above; of a streamed answer those before it and its checks."""
    path, last = design.pipeline.request_path, answering(design)
    if last is None:
        return None
    after = [[name for name in blocks([step]) if name in checks_after(design)] for step in path[last + 1 :]]
    around = [*path[:last], *([step for step in after if step] if streamed else path[last + 1 :])]
    found = latency_of(around, times(design))
    if found is None or found.total is None:
        return None
    return Input(Message("other steps of the request path"), found.total, "ms", PATH, "computed")
