"""A sitting in Russian shows the words of closed lists in Russian; the file keeps the English ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sitting import begun, go_to, session

from mlsd.content.language import language
from mlsd.design import STAGES, Design
from mlsd.design.node import Node
from mlsd.interview import typed
from mlsd.interview.prompt import Lines, Prompt
from mlsd.interview.titles import title_of


def asked(tmp_path: Path, question: str) -> Prompt:
    return go_to(session(begun(tmp_path, code="ru"), "ru"), question)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("13", "click_log: interaction+user, логи, доступ есть"),
        ("17", "gateway: шлюз, онлайн"),
        ("17", "ranker: ранжирование, онлайн, triton"),
        ("24", "click_rate_7d: item, click_log, онлайн"),
    ],
)
def test_rows_to_tick_are_in_russian(tmp_path: Path, question: str, row: str) -> None:
    rows = [option.title for option in asked(tmp_path, question).options]
    assert row in rows


def test_tab_completes_russian_words(tmp_path: Path) -> None:
    assert {"логи", "доступ есть"} <= set(asked(tmp_path, "13").completions)


def test_a_block_with_a_russian_name_says_by_which_id_a_path_shows_it(tmp_path: Path) -> None:
    prompt = asked(tmp_path, "17")
    told = prompt.understand("векторный поиск: отбор, онлайн, milvus")
    assert told.text == "векторный поиск: отбор, онлайн, milvus"
    assert told.derived == "в путях и потоках: vektornyy_poisk"
    assert prompt.understand("ranker: ранжирование").derived == ""


def test_the_file_keeps_english(tmp_path: Path) -> None:
    sitting = session(begun(tmp_path, code="ru"), "ru")
    go_to(sitting, "13")
    sitting.answer(Lines(["click_log"], ["свои клики: item, логи, разрешено"]))
    assert "collection: logs, access: granted" in sitting.sheet.file.read_text()


def test_no_two_values_of_a_field_have_one_title() -> None:
    say = language("ru").say
    for path in sorted(_paths(Design, ())):
        values = typed.values(path)
        titles = [say(title_of(str(path[-1]), value)) for value in values]
        assert len(set(titles)) == len(titles), (path, titles)


def _paths(node: type[Node], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every field of a closed list below a node."""
    for name, info in node.model_fields.items():
        path = (*above, info.alias or name)
        if path[0] not in STAGES:
            continue
        if typed.values(path):
            yield path
        below = typed.kind(path).below
        if below is not None and len(path) < 7:
            yield from _paths(below, path)
