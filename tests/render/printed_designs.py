"""Designs that the tests of prints share."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from mlsd.content.root import examples
from mlsd.design import Design
from mlsd.storage.reader import parse


def example() -> dict[str, Any]:
    """The plain data of the complete example, a copy for each test."""
    return deepcopy(_example())


@cache
def _example() -> dict[str, Any]:
    return parse((examples() / "recsys" / "design.yaml").read_text(encoding="utf-8"), "design.yaml")[0]


def design(data: dict[str, Any]) -> Design:
    return Design.model_validate(data)


HALF: dict[str, Any] = {
    "title": "Support assistant",
    "currency": "EUR",
    "problem": {
        "goal": {"statement": "Answer questions about orders", "metric": "contact_rate", "baseline": 0.12},
        "decision": {"actor": "both"},
        "scale": {"volume_day": 40000, "rps_peak": 3},
        "constraints": [{"kind": "latency", "op": "<=", "value": 5000, "unit": "ms"}, {"kind": "privacy"}],
        "error_costs": {"false_positive": 5, "false_negative": 20},
        "risks": [{"text": "It promises a refund that nobody may give"}],
        "in_scope": ["orders"],
    },
    "metrics": {
        "business": [{"id": "contact_rate", "direction": "down", "of": "user"}],
        "online": [{"id": "solved", "direction": "up", "of": "session"}],
        "offline": [{"id": "faithfulness", "links_to": "solved"}],
    },
    "data": {
        "entities": [{"id": "ticket", "new_per_day": 300}, {"id": "article", "attributes": ["title"]}],
        "sources": [{"id": "help_pages", "entity": "article"}],
        "labels": {
            "origin": "human",
            "annotation": {"to_label": 2000, "per_item": 3, "unit_cost": 0.4, "per_day": 500},
        },
    },
    "pipeline": {
        "serving": {"mode": "online"},
        "components": [{"id": "chat"}, {"id": "model", "role": "llm", "lane": "online", "external": True}],
        "request_path": ["chat", "model"],
    },
    "model": {
        "task": "generation",
        "baseline": {"kind": "search"},
        "candidates": [{"id": "rag"}],
        "llm": {
            "models": [{"id": "worker", "kind": "instruct", "hosting": "api"}],
            "context": {"window": 32000, "system": 800, "question": 300, "chunks": 8, "chunk_tokens": 400},
            "reads": ["user_text"],
            "stages": [{"kind": "sft", "data_kind": "prompt_response", "loss_on": "answer"}],
        },
        "agent": {
            "tools": [{"id": "refund", "effect": "financial", "limit": "50 EUR", "reversible": False}],
            "limits": {"steps": 8},
            "step_success": 0.95,
            "typical_steps": 6,
        },
    },
    "deploy": {
        "retraining": {"trigger": "new pages"},
        "rollout": [{"kind": "canary", "share": 0.05}],
        "costs": [{"item": "tokens", "unit_cost": 0.01, "volume_month": 1200000}],
    },
    "ab_test": {
        "primary": "solved",
        "split": {"control": 0.5, "treatment": 0.5},
        "mde": {"value": 0.03, "kind": "relative"},
    },
    "decisions": [{"choice": "rent the model", "because": "we have no GPU", "rejected": {"option": "host it"}}],
    "iterations": [{"number": 1, "change": "every stage touched"}],
    "waivers": [{"rule": "ABT-07", "reason": "pilot only"}],
    "glossary": {"RAG": "retrieval-augmented generation"},
    "assumed": ["ab_test.mde.value", "data.entities[ticket].new_per_day"],
}
"""A half-finished assistant with a language model and an agent."""
