"""Every registry is whole: known keys and values only, one entry a line, no name that means two things."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from mlsd.content.register import key
from mlsd.content.root import templates
from mlsd.content.sections import parse
from mlsd.design.model import Candidate, Model
from mlsd.design.types import Role


def choices(annotation: Any) -> set[str]:
    """Every value that a field of one choice may have."""
    parts = get_args(annotation)
    return {annotation} if isinstance(annotation, str) else {value for part in parts for value in choices(part)}


TASKS = choices(Model.model_fields["task"].annotation)
FAMILIES = choices(Candidate.model_fields["family"].annotation)
FLAGS = {
    "best_at_0", "best_at_1", "best_at_target",
    "behavioural", "ratio", "calibration", "mape_like", "system", "precision_side", "recall_side", "plain_accuracy",
    "amount", "automatic", "judged", "grounding", "retrieval", "safety", "over_refusal", "list", "group",
}  # fmt: skip
ROLES = choices(Role) | {"validation", "versioning", "packaging", "tracing"}
NAMES = {"id", "names"}

SHAPE: dict[tuple[str, str], dict[str, Any]] = {
    ("metrics", "metrics"): {
        "direction": {"up", "down"}, "kinds": {"business", "online", "offline"}, "tasks": TASKS,
        "needs_label": {True, False}, "flags": FLAGS,
    },
    ("losses", "losses"): {"tasks": TASKS, "flags": {"mape_like", "contrastive", "rare_class", "mean"}},
    ("models", "families"): {"simple": {True, False}, "opaque": {True, False}},
    ("models", "models"): {"family": FAMILIES},
    ("tools", "tools"): {"roles": ROLES},
}  # fmt: skip
"""File and section → key of an entry → the values it may have."""


def read(file: str) -> tuple[str, dict[str, Any]]:
    text = (templates() / "registries" / f"{file}.yaml").read_text(encoding="utf-8")
    return text, parse(text)


@pytest.mark.parametrize(("file", "section"), SHAPE)
def test_every_entry_has_known_keys_and_values(file: str, section: str) -> None:
    allowed = SHAPE[file, section]
    for entry in read(file)[1][section]:
        assert set(entry) <= NAMES | set(allowed), entry
        for name, values in allowed.items():
            given = entry.get(name, [])
            assert set(given if isinstance(given, list) else [given]) <= values, entry


@pytest.mark.parametrize(("file", "section"), SHAPE)
def test_no_name_means_two_things(file: str, section: str) -> None:
    meaning: dict[str, str] = {}
    for entry in read(file)[1][section]:
        for name in (entry["id"], *entry.get("names", ())):
            assert key(name), entry
            assert key(name) not in meaning, f"{name}: {meaning.get(key(name))} and {entry['id']}"
            meaning[key(name)] = entry["id"]


@pytest.mark.parametrize("file", ["metrics", "losses", "models", "tools", "sources"])
def test_an_entry_is_one_line_that_can_be_read_alone(file: str) -> None:
    text, data = read(file)
    entries = [entry for section in data.values() if isinstance(section, list) for entry in section]
    assert [parse(line)[0] for line in text.splitlines() if line.startswith("  - ")] == entries
    assert data["mlsd_registry"] == 1


def test_every_task_that_is_judged_has_metrics_and_losses() -> None:
    metrics = {task for entry in read("metrics")[1]["metrics"] for task in entry["tasks"]}
    losses = {task for entry in read("losses")[1]["losses"] for task in entry["tasks"]}
    assert metrics == losses == TASKS - {"other"}


def test_every_metric_can_be_of_some_kind_and_an_offline_one_has_a_task_or_is_about_the_list_or_the_system() -> None:
    for entry in read("metrics")[1]["metrics"]:
        assert entry["kinds"], entry
        assert "offline" in entry["kinds"] or entry["tasks"] == [], entry


def test_every_family_of_the_format_is_described() -> None:
    assert {entry["id"] for entry in read("models")[1]["families"]} == FAMILIES


def test_every_source_has_a_title_and_at_most_a_web_address() -> None:
    for entry in read("sources")[1]["sources"]:
        assert set(entry) <= {"id", "title", "address"}
        assert len(entry["title"]) > 10, entry
        assert re.fullmatch(r"https://[^\s]+", entry.get("address", "https://x")), entry
