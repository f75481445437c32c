"""An answer is printed, whatever else is still open: each of the examples' answers stands in a design alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from printed_designs import design

from mlsd.content.language import language
from mlsd.content.root import examples
from mlsd.render.markdown import document

EN = language("en")
STAGES = ("problem", "metrics", "data", "pipeline", "model", "deploy", "ab_test")

MEANS_NOTHING_ALONE = {
    "ab_test.expected_effect.kind",
    "ab_test.mde.kind",
    "problem.error_costs.currency",
}
"""Says how another answer is meant."""

IN_WORDS = {"deploy.feature_pipeline.cadence_hours", "deploy.retraining.cadence_hours"}
"""Printed as “every day”."""

Keys = tuple[str | int, ...]


def leaves(node: Any, at: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Every answer with its path; of a list of entries the first."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*at, key))
    elif isinstance(node, list) and node and isinstance(node[0], dict):
        yield from leaves(node[0], (*at, 0))
    else:
        yield at, node


def alone(at: Keys, value: Any) -> Any:
    """The smallest design with this answer; an entry keeps what identifies it."""
    for step, above in zip(reversed(at), reversed((*at[:-1], "")), strict=False):
        value = [value] if step == 0 else {step: value}
        if above == 0 and isinstance(value, dict) and "id" not in value:
            value = {"id": "some_thing", **value}
    return value


def every() -> dict[str, tuple[Any, Any]]:
    """A smallest design for each kind of answer in the examples, and the answer, by its path."""
    found: dict[str, tuple[Any, Any]] = {}
    for name in ("recsys", "support-agent", "fraud-detection"):
        whole = yaml.safe_load((examples() / name / "design.yaml").read_text(encoding="utf-8"))
        for at, value in leaves({stage: whole[stage] for stage in STAGES if stage in whole}):
            found.setdefault(".".join(str(step) for step in at if step != 0), (alone(at, value), value))
    return found


def lines(data: dict[str, Any]) -> set[str]:
    text = document(design({"title": "T", **data}), language=EN).text
    return set(text.split("\n## Appendix")[0].splitlines())


CASES = every()
EMPTY = lines({})


def figures(text: str) -> str:
    """The digits of a number without the zeros around them, whatever separates them and wherever its point is."""
    return re.sub(r"\D", "", text).strip("0")


def said(value: Any, new: str) -> bool:
    """Whether the words or the digits of an answer stand in what it adds to a print."""
    if isinstance(value, str) and " " in value:
        return " ".join(value.split()[:3]).strip(".,").lower() in " ".join(new.replace("\\", "").split()).lower()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return not value or figures(str(value)) in figures(new)
    return bool(new)


@pytest.mark.parametrize("path", [path for path in CASES if path not in MEANS_NOTHING_ALONE | IN_WORDS])
def test_an_answer_alone_is_printed(path: str) -> None:
    data, value = CASES[path]
    assert said(value, "\n".join(lines(data) - EMPTY))
