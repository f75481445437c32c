"""What a language model and an agent come to: the largest prompt, the tokens of a month, GPUs, the chance of a task."""

from __future__ import annotations

from mlsd.derived import agent as acting
from mlsd.derived import llm as speaking
from mlsd.derived.fact import Derived
from mlsd.derived.generation import hands_on
from mlsd.design import Design
from mlsd.errors import Message
from mlsd.render.facts import Facts
from mlsd.render.view.figures import Figures

_USE = ("calls_per_request", "tokens_in", "tokens_out", "price_in", "price_out", "cached_share", "price_cached")


def language_model(design: Design, figures: Figures, shown: Facts) -> Facts:
    """The largest prompt in tokens and its parts, what each model is used for a month, what serving it takes."""
    facts: Facts = {"sum": None, "parts": None, "used": [], "first": None, "answer": None, "weights": None,
                    "cache": None, "both": None, "needed": None, "hands_on": hands_on(design)}  # fmt: skip
    if design.model.llm is None:
        return facts
    found = {entry.id: entry for entry in speaking.llm(design)}
    facts |= _prompt(design, figures)
    facts["used"] = _used(found, figures, shown)
    first, answer = _result(found, "llm.first_token_ms"), _result(found, "llm.answer_ms")
    facts["first"] = None if first is None else figures.ms(float(f"{first:.4g}"))
    facts["answer"] = None if answer is None else figures.unit(answer / 1000, "s", 3)
    return facts | _memory(found, figures)


def _result(found: dict[str, Derived], identifier: str) -> float | None:
    return found[identifier].result if identifier in found else None


def _prompt(design: Design, figures: Figures) -> Facts:
    context = design.model.llm.context if design.model.llm else None
    if context is None:
        return {}
    chunks = context.chunks * context.chunk_tokens if context.chunks and context.chunk_tokens else None
    parts = [
        (Message("instructions {tokens}"), context.system),
        (Message("history {tokens}"), context.history),
        (Message("question {tokens}"), context.question),
        (Message("retrieved text {tokens}"), chunks),
        (Message("answer {tokens}"), context.output),
    ]
    known = [(message, tokens) for message, tokens in parts if tokens is not None]
    if not known:
        return {}
    words = [figures.say(Message(text.text, tokens=figures.number(tokens))) for text, tokens in known]
    return {"sum": figures.number(sum(tokens for _, tokens in known)), "parts": ", ".join(words)}


def _used(found: dict[str, Derived], figures: Figures, shown: Facts) -> list[Facts]:
    """A row for each model that says how it is used, with its bill of a month where prices and load are known."""
    rows = []
    for position, model in enumerate(shown["model"]["llm"]["models"]):
        bill = _result(found, f"llm.cost.{model['raw']['id'] or position}")
        if bill is not None or any(model[key] for key in _USE):
            paid = None if bill is None else figures.money(float(f"{bill:.4g}"))
            rows.append({**model, "cached": _cached(model, figures), "bill": paid})
    return rows


def _cached(model: Facts, figures: Figures) -> str | None:
    """The share from the cache, and at what price a million of them comes."""
    share, price = model["cached_share"], model["price_cached"]
    if share and price:
        return figures.say(Message("{share} for {price}", share=share, price=price))
    return share or (figures.say(Message("for {price}", price=price)) if price else None)


def _memory(found: dict[str, Derived], figures: Figures) -> Facts:
    """Weights, cache and both together in GB, and the GPUs that they ask for."""
    weights, cache, needed = (_result(found, f"llm.{name}") for name in ("weights", "kv_cache", "gpus"))
    if weights is None or cache is None or needed is None:
        return {}
    return {
        "weights": figures.unit(weights, "GB", 3),
        "cache": figures.unit(cache, "GB", 3),
        "both": figures.unit(weights + cache, "GB", 3),
        "needed": figures.number(needed),
    }


def agent(design: Design, figures: Figures) -> Facts:
    """The chance that a task succeeds, the steps its target allows, the most that a success costs."""
    found = {entry.id: entry for entry in acting.agent(design)}
    chance, steps, cost = (_result(found, f"agent.{name}") for name in ("success", "steps", "cost"))
    return {
        "chance": None if chance is None else figures.percent(chance, 2),
        "steps": None if steps is None else figures.number(steps),
        "cost": None if cost is None else figures.money(float(f"{cost:.2g}")),
    }
