"""What the screen calls a thing may be typed where the thing is referred to."""

from __future__ import annotations

from pathlib import Path

import pytest
from sitting import answer, begun, go_to, session

from mlsd.interview.prompt import Lines


@pytest.mark.parametrize("called", ["выручка на сессию", "Выручка на сессию", "revenue_per_session"])
def test_a_metric_is_meant_by_its_name(tmp_path: Path, called: str) -> None:
    sitting = session(begun(tmp_path, code="ru"), "ru")
    go_to(sitting, "8")
    line = f"кликнувшие вверх 5 % до 5,4 % -> {called}"
    assert sitting.prompt().understand(line).derived == ""
    sitting.answer(Lines([], [line]))
    assert sitting.design.metrics.online[0].links_to == ["revenue_per_session"]


def test_a_name_that_nothing_has_stays_what_was_typed(tmp_path: Path) -> None:
    sitting = session(begun(tmp_path, code="ru"), "ru")
    answer(sitting, "8", Lines([], ["кликнувшие вверх -> сборы"]))
    assert sitting.design.metrics.online[0].links_to == ["sbory"]


def test_a_path_is_written_with_the_names_of_blocks(tmp_path: Path) -> None:
    sitting = session(begun(tmp_path, code="ru"), "ru")
    answer(sitting, "18", "шлюз > отбор кандидатов 30 мс > ранкер 40 мс")
    pipeline = sitting.design.pipeline
    assert pipeline.request_path == ["gateway", "retrieval", "ranker"]
    assert {block.id: block.p99_ms for block in pipeline.components if block.id in pipeline.request_path} == {
        "gateway": None, "retrieval": 30, "ranker": 40,
    }  # fmt: skip
