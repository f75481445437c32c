"""How a language model and an agent print: what each model is for, what a month of it costs, what bounds the agent."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from mlsd.content.language import language
from mlsd.content.root import examples
from mlsd.content.template import template
from mlsd.design import Design
from mlsd.render.markdown import document
from mlsd.render.one_pager import one_pager
from mlsd.storage import read

EN, RU = language("en"), language("ru")


def section(printed: str, heading: str) -> str:
    return (
        printed.split(f"### {heading}\n", 1)[1].split("\n#", 1)[0].strip().replace("\u00a0", " ").replace("\u202f", " ")
    )


def printed(data: dict[str, Any]) -> str:
    return document(Design.model_validate(data), language=EN).text


@pytest.fixture(scope="module")
def suggested() -> str:
    return document(template("ai-agent").design, language=EN).text


@pytest.fixture(scope="module")
def support() -> Design:
    return read(examples() / "support-agent" / "design.yaml").design


def test_what_a_model_is_and_what_it_takes_are_two_tables(suggested: str) -> None:
    lines = section(suggested, "Language model").splitlines()
    assert lines[0] == "| Model | Version | Kind | Hosted | Job |"
    use = lines.index("What one request takes of each, and what that comes to:") + 2
    assert lines[use] == (
        "| Model | Calls a request | Tokens in | Tokens out | A million in | A million out | Cached | A month |"
    )
    assert lines[use + 2] == "| planner | 3 | 6000 | 600 | 1.1 EUR | 4.4 EUR | 50 % | 1025 EUR |"


def test_no_table_of_use_where_nothing_is_said_of_it() -> None:
    text = printed({"model": {"llm": {"models": [{"id": "worker", "kind": "instruct"}]}}})
    assert "What one request takes" not in text


@pytest.mark.parametrize("heading", ["Языковая модель", "Агент"])
def test_every_table_has_room_for_its_words(support: Design, heading: str) -> None:
    """A word of a column that is too narrow would run into the next one."""
    text = section(document(support, language=RU).text, heading)
    tables = [part for part in text.split("\n\n") if part.startswith("|")]
    assert tables
    for table in tables:
        assert table.splitlines()[0].count("|") - 1 <= 8


def test_what_serving_takes_is_added_up(support: Design) -> None:
    text = section(document(support, language=RU).text, "Языковая модель")
    assert "Веса занимают 32,8 ГБ, кеш всех последовательностей – 20,3 ГБ, вместе 53,1 ГБ: нужно GPU – 1." in text
    assert "Вместе с шагами пути до показа – не больше 6500 мс." in text
    assert "Самый длинный готов целиком не позже чем через 33,2 с." in text


def test_an_agent_says_what_its_steps_come_to(suggested: str) -> None:
    text = section(suggested, "Agent")
    assert "It stops after 12 steps, 5 min or 0.4 EUR." in text
    assert "of tasks with 5 steps 82 % succeed. At that rate the target allows 5 steps." in text
    assert "A task that succeeds costs at most 0.49 EUR, failed attempts included." in text


def test_where_nothing_is_trained_nothing_is_called_training(suggested: str) -> None:
    assert "### Retraining" not in suggested
    assert "### Feature pipeline" not in suggested
    changes = section(suggested, "Changes and what they must pass")
    assert changes.startswith("Nothing is trained; what changes are prompts, tools and versions of models.")
    tuned = {"model": {"llm": {"stages": [{"kind": "sft"}]}}, "deploy": {"retraining": {"cadence_hours": 168}}}
    assert "The model is retrained every week." in section(printed(tuned), "Retraining")


def test_the_page_names_models_tools_and_limits(support: Design) -> None:
    page = one_pager(support, language=RU)
    assert "Языковые модели: планировщик, исполнитель" in page
    assert "вернуть деньги" in page
    assert "Останавливается по пределу" in page


def test_an_empty_line_stands_before_every_heading(suggested: str) -> None:
    lines = suggested.split("\n")
    assert [line for before, line in pairwise(lines) if line.startswith("## ") and before] == []
