"""Every number that follows from a design."""

from __future__ import annotations

from collections.abc import Mapping

from mlsd.derived.agent import agent
from mlsd.derived.applicable import applicable
from mlsd.derived.cost import cost
from mlsd.derived.device import shared
from mlsd.derived.experiment import experiment
from mlsd.derived.fact import Derived
from mlsd.derived.funnel import funnel
from mlsd.derived.guardrails import guardrails
from mlsd.derived.labels import labels
from mlsd.derived.left import left
from mlsd.derived.llm import llm
from mlsd.derived.load import load
from mlsd.derived.machines import machines
from mlsd.derived.memory import memory
from mlsd.derived.queue import queue
from mlsd.derived.service import service
from mlsd.design import STAGES, Design

SUBJECTS = (
    load, machines, labels, queue, service, left, funnel, memory, shared, llm, agent, cost, experiment, guardrails
)  # fmt: skip


def every(design: Design) -> list[Derived]:
    """What can be computed, and what is missing for the rest, in the order of the stages."""
    found = {derived.id: derived for subject in SUBJECTS for derived in subject(design)}
    fitting = [told for derived in found.values() if (told := applicable(design, derived)) is not None]
    rows = [_told(derived, found) for derived in fitting]
    return sorted(rows, key=lambda derived: STAGES.index(derived.stage))


def _told(derived: Derived, known: Mapping[str, Derived]) -> Derived:
    """The number with what it lacks as paths, or with the refusal of a number that it needs."""
    for path in derived.missing:
        needed = known.get(path)
        told = _told(needed, known) if needed else None
        if told and told.refused:
            return derived._replace(missing=(), refused=told.refused)
    return derived._replace(missing=_written(derived, known))


def _written(derived: Derived, known: Mapping[str, Derived]) -> tuple[str, ...]:
    """What is missing, as paths: a number that itself lacks something is replaced by what it lacks."""
    paths: list[str] = []
    for path in derived.missing:
        lacking = known.get(path)
        paths += _written(lacking, known) if lacking and lacking.missing else [path]
    return tuple(dict.fromkeys(paths))
