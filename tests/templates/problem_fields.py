"""What a problem template consists of, described once; ``faults`` says in sentences where a file falls short of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from mlsd.content.registry import source
from mlsd.design import STAGES, Design
from mlsd.design.reference import RESERVED, declared, known, references

SECTIONS = [
    "mlsd_template", "name", "title", "summary", "uses", "traits", "core_entities", "guardrails", "leaks",
    "simple_fallback", "design", "also", "questions", "follow_ups", "pitfalls", "checklist",
]  # fmt: skip
USES = ["lists", "llm", "agent"]
TRAITS = ["time_ordered", "self_labelling", "interference", "high_stakes", "regulated", "adversarial", "treatment"]
LEVELS = {"none", "weak", "strong"}
QUESTIONS = [str(number) for number in range(1, 36)]
LLM_QUESTIONS = [f"L{number}" for number in range(1, 7)]
AGENT_QUESTIONS = ["A1", "A2"]
HEADER = {"mlsd", "template", "language", "maturity", "authors", "assumed", "iterations", "waivers"}
LEAST = {"why": 60, "title": 5, "summary": 30, "follow_ups": 30, "checklist": 30, "text": 40}
FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff{}\"`<>]|  |^\s|\s$")
PLACEHOLDER = re.compile(r"TODO|TBD|FIXME|\?\?\?|lorem|xxx", re.IGNORECASE)

CORE = {
    "0": ["title"],
    "1": ["problem.goal.statement"],
    "2": ["problem.clarifications.question", "problem.clarifications.answer"],
    "3": ["problem.goal.metric", "problem.goal.baseline", "problem.goal.target", "problem.goal.by"],
    "4": ["problem.decision.actor", "problem.decision.action"],
    "5": ["problem.scale.daily_users|volume_day", "problem.scale.rps_peak"],
    "6": ["problem.constraints.kind", "problem.constraints.op", "problem.constraints.value",
          "problem.constraints.unit"],
    "7": ["metrics.business.id", "metrics.business.direction"],
    "8": ["metrics.online.role", "metrics.online.baseline", "metrics.online.target", "metrics.online.links_to"],
    "9": ["metrics.online.margin"],
    "10": ["metrics.offline.id", "metrics.offline.direction", "metrics.offline.target", "metrics.offline.links_to"],
    "11": ["data.entities.id", "data.entities.key", "data.entities.attributes"],
    "12": ["data.entities.new_per_day", "data.entities.cold_start"],
    "13": ["data.sources.id", "data.sources.entity", "data.sources.collection", "data.sources.access"],
    "14": ["data.labels.source", "data.labels.origin", "data.labels.delay_days", "data.labels.positive_rate"],
    "15": ["data.labels.negatives"],
    "16": ["pipeline.serving.mode", "pipeline.serving.slots"],
    "17": ["pipeline.components.id", "pipeline.components.role", "pipeline.components.lane"],
    "18": ["pipeline.request_path", "pipeline.components.p99_ms"],
    "19": ["pipeline.funnel.component", "pipeline.funnel.gives"],
    "20": ["pipeline.flows.from", "pipeline.flows.to", "pipeline.flows.carries"],
    "21": ["model.baseline.kind", "model.baseline.description", "model.baseline.metric", "model.baseline.value"],
    "22": ["model.task", "model.loss"],
    "23": ["model.target.definition", "model.target.entity", "model.target.predicted_at", "model.target.horizon_days"],
    "24": ["model.features.id", "model.features.entity", "model.features.source", "model.features.available"],
    "25": ["model.candidates.id", "model.candidates.family"],
    "26": ["model.split.strategy", "model.split.train", "model.split.validation", "model.split.test"],
    "27": ["deploy.storage.tool", "deploy.storage.role", "deploy.storage.keeps", "deploy.transport",
           "deploy.feature_pipeline.tool"],
    "28": ["deploy.retraining.cadence_hours", "deploy.retraining.trigger", "deploy.retraining.tool"],
    "29": ["deploy.monitoring.target", "deploy.monitoring.kind", "deploy.monitoring.threshold"],
    "30": ["deploy.architecture"],
    "31": ["ab_test.primary", "ab_test.guardrails"],
    "32": ["ab_test.split"],
    "33": ["ab_test.mde.value", "ab_test.mde.kind", "ab_test.alpha", "ab_test.power"],
    "34": ["ab_test.eligible_units_day", "ab_test.duration_days"],
    "35": ["ab_test.decision_rule.win", "ab_test.decision_rule.flat", "ab_test.decision_rule.lose"],
}  # fmt: skip
"""Core question → the fields the suggestion has to fill, if the kind of problem is asked that question."""
LLM_CORE = {
    "L1": ["model.llm.models.id", "model.llm.models.version", "model.llm.models.kind", "model.llm.models.job",
           "model.llm.models.hosting"],
    "L2": ["model.llm.knowledge"],
    "L3": ["model.llm.evaluation.golden_set"],
    "L4": ["model.llm.abstention"],
    "L5": ["model.llm.reads", "model.llm.injection_control"],
}  # fmt: skip
"""The same for the questions about a language model; L6 may stay empty, because nothing has to be trained."""
AGENT_CORE = {
    "A1": ["model.agent.tools.id", "model.agent.tools.effect", "model.agent.tools.approval", "model.agent.tools.limit"],
    "A2": ["model.agent.limits.steps", "model.agent.limits.minutes", "model.agent.limits.cost"],
}
"""The same for the questions about a model that acts."""


def faults(name: str, data: dict[str, Any]) -> list[str]:
    """Every way in which a template falls short, each as a sentence that says where."""
    return [*_head(name, data), *_questions(data), *_lines(data), *_pitfalls(data), *_designs(data), *_prose(data)]


def _head(name: str, data: dict[str, Any]) -> Iterator[str]:
    yield from (f"Section {key} is missing." for key in SECTIONS if key not in data)
    yield from (f"Section {key} is not known." for key in data if key not in SECTIONS)
    if data.get("mlsd_template") != 1:
        yield "mlsd_template is not 1."
    if data.get("name") != name:
        yield f"The name is not that of the file, {name}."
    yield from (f"{key} is too thin." for key in ("title", "summary") if len(data.get(key) or "") < LEAST[key])
    if list(data.get("uses") or ()) != USES:
        yield "uses does not say lists, llm and agent."
    if list(data.get("traits") or ()) != TRAITS:
        yield "traits are not the seven traits in their order."
    levels = (data.get("traits") or {}).items()
    yield from (f"Trait {key} has the level {level}." for key, level in levels if level not in LEVELS)


def _questions(data: dict[str, Any]) -> Iterator[str]:
    given, uses = data.get("questions") or {}, data.get("uses") or {}
    wanted = QUESTIONS + LLM_QUESTIONS * bool(uses.get("llm")) + AGENT_QUESTIONS * bool(uses.get("agent"))
    yield from (f"Question {number} is missing." for number in wanted if number not in given)
    yield from (f"Question {number} is not known." for number in given if number not in wanted)
    for number, entry in given.items():
        why = entry.get("why") or ""
        if len(why) < LEAST["why"]:
            yield f"Question {number} does not say why."
        if len(re.findall(r"[.?!](?= |$|[”)])", why)) > 3:
            yield f"Question {number} says why in more than three sentences."


def _lines(data: dict[str, Any]) -> Iterator[str]:
    for section in ("follow_ups", "checklist"):
        given = data.get(section) or {}
        if list(given) != list(STAGES):
            yield f"{section} does not go through the seven stages in order."
        for stage, lines in given.items():
            if len(lines) < 3:
                yield f"{section} has fewer than three lines for {stage}."
            yield from (f"{section} says too little: {line}" for line in lines if len(line) < LEAST[section])
            yield from (f"{section} says twice: {line}" for line, times in Counter(lines).items() if times > 1)


def _pitfalls(data: dict[str, Any]) -> Iterator[str]:
    given = data.get("pitfalls") or []
    covered = {entry.get("stage") for entry in given}
    yield from (f"No pitfall is about {stage}." for stage in STAGES if stage not in covered)
    for entry in given:
        if sorted(entry) != ["source", "stage", "text"]:
            yield f"A pitfall has the keys {', '.join(sorted(entry))}."
        elif entry["stage"] not in STAGES:
            yield f"A pitfall is about {entry['stage']}, which is no stage."
        elif source(entry["source"]) is None:
            yield f"A pitfall names the source {entry['source']}, which nobody knows."
        elif len(entry["text"]) < LEAST["text"]:
            yield f"A pitfall says too little: {entry['text']}"


def _designs(data: dict[str, Any]) -> Iterator[str]:
    given, uses = data.get("design") or {}, data.get("uses") or {}
    yield from (f"The design has the key {key}, which the tool writes." for key in given if key in HEADER)
    skipped = (set() if uses.get("lists") else {"15", "19"}) | ({"15", "19", "24"} if uses.get("llm") else set())
    unasked = {"model.loss"} if uses.get("llm") else set()
    for number, paths in CORE.items():
        if number not in skipped:
            wanted = [path for path in paths if path not in unasked]
            yield from (f"Question {number} has no suggestion: {path}." for path in wanted if not _filled(given, path))
    further = (LLM_CORE if uses.get("llm") else {}) | (AGENT_CORE if uses.get("agent") else {})
    for number, paths in further.items():
        yield from (f"Question {number} has no suggestion: {path}." for path in paths if not _filled(given, path))
    design, also = Design.model_validate(given), Design.model_validate(data.get("also") or {})
    for kind, ids in declared(design).items():
        twice = sorted(set(ids) & set(declared(also)[kind])) if kind != "attribute" else []
        yield from (f"The {kind} {name} is offered twice." for name in twice)
    for part, within in ((design, [design]), (also, [design, also])):
        for reference in references(part):
            if reference.id not in RESERVED and not any(reference.id in known(one, reference.to) for one in within):
                yield f"The {reference.to} {reference.id} is referred to and not declared."
    yield from _ids(given)
    yield from _ids(data.get("also") or {})


def _filled(data: Any, path: str) -> bool:
    """Whether the path, its lists entered, leads to at least one answer."""
    if isinstance(data, list):
        return any(_filled(entry, path) for entry in data)
    head, _, rest = path.partition(".")
    values = [data.get(key) for key in head.split("|")] if isinstance(data, dict) else []
    return any(value not in (None, "", [], {}) and (not rest or _filled(value, rest)) for value in values)


def _ids(data: Any, at: str = "") -> Iterator[str]:
    """Two entries of one list with one id."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _ids(value, f"{at}.{key}".lstrip("."))
    elif isinstance(data, list):
        counted = Counter(entry["id"] for entry in data if isinstance(entry, dict) and "id" in entry)
        yield from (f"{at} has {times} entries called {name}." for name, times in counted.items() if times > 1)
        for entry in data:
            yield from _ids(entry, at)


def _prose(data: Any, at: str = "") -> Iterator[str]:
    """Characters that would break a catalogue, a table or a terminal, and words that stand for nothing."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _prose(value, f"{at}.{key}".lstrip("."))
    elif isinstance(data, list):
        for entry in data:
            yield from _prose(entry, at)
    elif isinstance(data, str) and not at.endswith((".op", ".unit")):
        if FORBIDDEN.search(data):
            yield f"{at} has a character that is not allowed: {data!r}"
        if PLACEHOLDER.search(data):
            yield f"{at} is a placeholder: {data!r}"
