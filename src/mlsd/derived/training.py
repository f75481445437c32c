"""What a stage of training asks for: operations, days on the GPUs there are, GPUs for the days there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.derived.fact import Derived, derive
from mlsd.derived.read import given, needs
from mlsd.design import Design, Path
from mlsd.design.llm import TrainingStage
from mlsd.design.path import show
from mlsd.errors import Message
from mlsd.sizing import training
from mlsd.sizing.working import Input

STAGES: Path = ("model", "llm", "stages")
BASE: Path = ("model", "llm", "serving", "params")
ADAPTERS = frozenset({"lora", "qlora", "dora", "adalora", "ia3", "adapter", "adapters", "peft"})
"""Words of methods that train a few parameters inside a frozen model."""


def of_adapter(stage: TrainingStage) -> bool:
    """Whether the stage trains an adapter in a frozen model, as its method says."""
    return not ADAPTERS.isdisjoint(re.findall(r"[a-z0-9]+", (stage.method or "").lower()))


def stage_of_training(design: Design, position: int) -> Iterator[Derived]:
    """Operations, days and GPUs of a stage; of pre-training also the tokens for each parameter."""
    at: Path = (*STAGES, position)
    stage = _stages(design)[position]
    frozen, used = of_adapter(stage), given(design, (*at, "utilisation"))
    wanted = _passed_through(design, position) | needs(design, (*at, "tokens"))
    name = Message("operations of training stage {number}", number=position + 1)
    yield derive(
        f"llm.flops.{position}", "model", name, wanted, lambda n, d: training.training_flops(n, d, frozen=frozen)
    )
    if stage.kind == "pretraining":
        name = Message("tokens a parameter in training stage {number}", number=position + 1)
        yield derive(f"llm.tokens_per_parameter.{position}", "model", name, wanted, training.tokens_per_parameter)
    name = Message("days of training stage {number}", number=position + 1)
    yield derive(
        f"llm.days.{position}", "model", name, wanted | needs(design, (*at, "gpus"), (*at, "peak_tflops")),
        lambda n, d, gpus, peak: training.training_days(n, d, gpus, peak, used, frozen=frozen),
    )  # fmt: skip
    name = Message("GPUs that training stage {number} needs", number=position + 1)
    yield derive(
        f"llm.training_gpus.{position}", "model", name, wanted | needs(design, (*at, "days"), (*at, "peak_tflops")),
        lambda n, d, days, peak: training.training_gpus(n, d, days, peak, used, frozen=frozen),
    )  # fmt: skip


def _passed_through(design: Design, position: int) -> dict[str, Input | None]:
    """The parameters that every token passes through: those that learn, or all of the model that an adapter sits in."""
    if not of_adapter(_stages(design)[position]):
        return needs(design, (*STAGES, position, "params"))
    whole = [(*STAGES, at, "params") for at in reversed(range(position)) if not of_adapter(_stages(design)[at])]
    return {show(design, BASE): given(design, BASE, *whole)}


def _stages(design: Design) -> list[TrainingStage]:
    return design.model.llm.stages if design.model.llm else []
