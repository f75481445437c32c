"""Which fields of a full pass apply to a design: annotation only where people label, and the like."""

from __future__ import annotations

from collections.abc import Callable

from mlsd.derived.question import is_clustered
from mlsd.design import Path
from mlsd.design.path import value_at
from mlsd.interview.situation import Situation

Test = Callable[[Situation, Path], bool]


def _never(_: Situation, __: Path) -> bool:
    return False


def _online(situation: Situation, path: Path) -> bool:
    return getattr(value_at(situation.design, path[:3]), "lane", None) in (None, "online")


def _guardrail(situation: Situation, path: Path) -> bool:
    return getattr(value_at(situation.design, path[:3]), "role", None) == "guardrail"


def _own_model(situation: Situation, _: Path) -> bool:
    llm = situation.design.model.llm
    return llm is not None and any(model.hosting == "own" for model in llm.models)


def _open_ended(situation: Situation, path: Path) -> bool:
    return getattr(value_at(situation.design, path[:4]), "open_ended", None) is True


def _searches(situation: Situation, _: Path) -> bool:
    llm = situation.design.model.llm
    return llm is not None and "rag" in llm.knowledge


_TESTS: dict[str, Test] = {
    "data.labels.annotation": lambda s, _: s.design.data.labels.origin == "human",
    "data.labels.zero_share": lambda s, _: s.design.model.task in ("forecasting", "regression"),
    "data.labels.mean": lambda s, _: s.design.model.task in ("forecasting", "regression"),
    "pipeline.serving.batch_every_hours": lambda s, _: s.design.pipeline.serving.mode in ("batch", "hybrid"),
    "pipeline.serving.batch_hours": lambda s, _: s.design.pipeline.serving.mode in ("batch", "hybrid"),
    "problem.decision.deadline_ms": lambda s, _: s.design.pipeline.serving.mode != "batch",
    "problem.decision.oversight": lambda s, _: s.design.problem.decision.actor != "machine",
    "problem.error_costs.over": lambda s, _: s.design.model.task in ("forecasting", "regression"),
    "problem.error_costs.under": lambda s, _: s.design.model.task in ("forecasting", "regression"),
    "model.operating_point": lambda s, _: not s.lists and not s.llm,
    "model.split.folds": lambda s, _: s.design.model.split.strategy in ("kfold", "rolling"),
    "model.split.group": lambda s, _: s.design.model.split.strategy in ("group", "kfold", "temporal"),
    "model.features": lambda s, _: not s.llm,
    "model.loss": lambda s, _: not s.llm,
    "model.sampling": lambda s, _: not s.llm,
    "model.candidates[].target": _never,
    "model.llm": lambda s, _: s.llm,
    "model.llm.corpus": _searches,
    "model.llm.context.chunks": _searches,
    "model.llm.context.chunk_tokens": _searches,
    "model.agent": lambda s, _: s.agent,
    "model.agent.tools[].sandbox": _open_ended,
    "pipeline.funnel": lambda s, _: s.lists,
    "data.labels.negatives": lambda s, _: s.design.model.task not in ("forecasting", "regression"),
    "ab_test.clusters": lambda s, _: s.design.ab_test.design in ("cluster", "switchback"),
    "ab_test.correction": lambda s, _: len(s.design.ab_test.primary) > 1,
    "metrics.online[].margin": _guardrail,
    "metrics.online[].sd": lambda s, path: _guardrail(s, path) and is_clustered(s.design),
    **{
        f"model.llm.serving.{key}": _own_model
        for key in ("params", "weight_bytes", "layers", "kv_heads", "head_dim", "kv_bytes", "concurrency", "gpus",
                    "gpu_memory_gb")
    },
    **{f"metrics.business[].{key}": _never for key in ("role", "k", "at", "margin", "sd", "links_to", "events")},
    **{f"metrics.online[].{key}": _never for key in ("k", "at")},
    **{f"metrics.offline[].{key}": _never for key in ("role", "margin", "sd", "of", "window_days", "events")},
    **{
        f"pipeline.components[].{key}": _online
        for key in ("p99_ms", "p50_ms", "timeout_ms", "retries", "capacity_rps", "concurrency", "fan_out",
                    "availability", "critical", "fallback", "public")
    },
}  # fmt: skip


def applicable(pattern: str, path: Path, situation: Situation) -> bool:
    """Whether the field, or the part, applies to the design as it stands."""
    test = _TESTS.get(pattern)
    return test is None or test(situation, path)
