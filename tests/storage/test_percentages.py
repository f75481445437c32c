"""A number that was written as a percentage is written as one again."""

from __future__ import annotations

import pytest

from mlsd.design import Design
from mlsd.design.units import Percentage
from mlsd.storage import load
from mlsd.storage.editor import set_value
from mlsd.storage.layout import dump
from mlsd.storage.words import as_written

METRIC = {"id": "u", "baseline": "1.5%", "target": "100 %", "margin": 0.25}


def test_a_new_file_has_the_percentages_that_were_given() -> None:
    design = Design.model_validate({"metrics": {"offline": [METRIC]}, "ab_test": {"mde": "1 pp"}})
    text = dump(design)
    assert "{id: u, baseline: 1.5%, target: 100%, margin: 0.25}" in text
    again = load(text, "design.yaml").design
    assert again == design
    assert type(again.metrics.offline[0].baseline) is Percentage
    assert again.ab_test.mde.value == 0.01


def test_an_edit_writes_a_percentage_and_leaves_one_that_stands_there() -> None:
    text = "metrics:\n  offline:\n    - {id: u, baseline: 1.5%}  # kept\n"
    path = ("metrics", "offline", 0, "baseline")
    assert set_value(text, path, Percentage(0.015)) == text
    assert set_value(text, path, Percentage(0.02)) == text.replace("1.5%", "2%")


@pytest.mark.parametrize("value", [0.0, 1.0, -0.05, 0.1 + 0.2, 1 / 3, 1e-7, 12.5])
def test_nothing_is_lost_on_the_way(value: float) -> None:
    metric = {"id": "u", "sd": as_written(Percentage(value))}
    assert Design.model_validate({"metrics": {"online": [metric]}}).metrics.online[0].sd == value
