"""Every number that follows from a design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mlsd.derived.agent import agent
from mlsd.derived.cost import cost
from mlsd.derived.experiment import experiment
from mlsd.derived.fact import Derived
from mlsd.derived.funnel import funnel
from mlsd.derived.guardrails import guardrails
from mlsd.derived.labels import labels
from mlsd.derived.llm import llm
from mlsd.derived.load import load
from mlsd.derived.memory import memory
from mlsd.derived.service import service
from mlsd.design import STAGES, Design

SUBJECTS = (load, labels, service, funnel, memory, llm, agent, cost, experiment, guardrails)


def every(design: Design) -> list[Derived]:
    """What can be computed, and what is missing for the rest, in the order of the stages."""
    found = {derived.id: derived for subject in SUBJECTS for derived in subject(design)}
    rows = [replace(derived, missing=_written(derived, found)) for derived in found.values()]
    return sorted(rows, key=lambda derived: STAGES.index(derived.stage))


def _written(derived: Derived, known: Mapping[str, Derived]) -> tuple[str, ...]:
    """What is missing, as paths: a number that itself lacks something is replaced by what it lacks."""
    paths: list[str] = []
    for path in derived.missing:
        lacking = known.get(path)
        paths += _written(lacking, known) if lacking and lacking.missing else [path]
    return tuple(dict.fromkeys(paths))
