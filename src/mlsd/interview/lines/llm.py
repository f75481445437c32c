"""`planner: reasoning, plans, api`, `sft: prompt_response, answer`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlsd.design.llm import LlmModel, TrainingStage
from mlsd.errors import Message
from mlsd.interview.lines.colon import colon_line
from mlsd.interview.lines.slots import Head, choice, has, name_and, parentheses, plain, prose, with_parentheses
from mlsd.interview.lines.tongue import Tongue

_KIND = choice("kind", TrainingStage)
_METHOD = plain("method")


def _stage(text: str) -> dict[str, Any]:
    kind, method = parentheses(text)
    return {"kind": _KIND.read(kind)} | ({"method": _METHOD.read(method)} if method else {})


def _stage_text(entry: Mapping[str, Any], language: Tongue) -> str:
    kind = _KIND.write(entry["kind"], language) if has(entry, "kind") else ""
    return with_parentheses(kind, entry, "method")


LINES = (
    colon_line(
        "llm_model",
        Message("a language model: its name, a colon, its kind, its job, rented (api) or your own"),
        Message("planner: reasoning, plans, api"),
        name_and(plain("version")),
        (choice("kind", LlmModel), prose("job"), choice("hosting", LlmModel)),
    ),
    colon_line(
        "training_stage",
        Message(
            "a training stage: its kind, the method in parentheses, a colon, the kind of data, the tokens of the loss"
        ),
        Message("sft (LoRA): prompt_response, answer"),
        Head(_stage, _stage_text),
        (choice("data_kind", TrainingStage), choice("loss_on", TrainingStage)),
    ),
)
