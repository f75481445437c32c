"""One thing has one number, written as the person wrote it, wherever it is printed."""

from __future__ import annotations

from typing import Any

import pytest
from printed_designs import design

from mlsd.content.language import language
from mlsd.derived.every import every
from mlsd.render.markdown import document
from mlsd.render.one_pager import one_pager

PRIMARY = {"id": "a", "baseline": "11%", "target": "11.6%", "direction": "up", "of": "user", "window_days": 14}
TEST = {"primary": "a", "mde": "3% relative", "eligible_units_day": "60k", "exposure": "50%", "ramp_days": 2}
OFFLINE = {"id": "u", "at": "5%", "baseline": "1.5%", "target": "4%", "direction": "up"}
FULL = {"serving": {"ttft_ms": 30, "tokens_per_second": 450}, "context": {"output": 40}, "output_feeds": "code"}


def text(code: str = "en", **stages: Any) -> str:
    printed = document(design(stages), language=language(code)).text
    return printed.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_days_of_a_test_are_those_that_size_says() -> None:
    stages = {"metrics": {"online": [PRIMARY]}, "ab_test": TEST}
    days = next(entry for entry in every(design(stages)) if entry.id == "test.days")
    assert days.working is not None
    assert days.working.note is not None
    assert (days.result, days.working.note.values["least"]) == (28, 26)
    assert "to mature: 26 days (in whole weeks 28 days)." in text(**stages)
    page = one_pager(design(stages), language("en"), fits=lambda *_: True).replace("\u00a0", " ")
    assert "at least 26 days (in whole weeks 28 days)." in page


def test_days_without_ramp_and_window_are_said_in_weeks_too() -> None:
    plain = {"metrics": {"online": [PRIMARY | {"window_days": None}]}, "ab_test": TEST | {"ramp_days": None}}
    assert "takes 10 days to enrol. In whole weeks that is 14 days." in text(**plain)
    whole = plain | {"ab_test": TEST | {"ramp_days": 4}}
    assert "4 days of ramp come before: 14 days." in text(**whole)


def test_a_share_written_as_a_percentage_is_printed_as_one() -> None:
    assert "| u | higher | 5 % | 1.5 % | 4 % |" in text(metrics={"offline": [OFFLINE]})
    bare = OFFLINE | {"at": 0.05, "baseline": 0.015, "target": 0.04}
    assert "| u | higher | 0.05 | 0.015 | 0.04 |" in text(metrics={"offline": [bare]})


def test_a_growth_of_more_than_the_whole_stays_a_percentage() -> None:
    assert "| u | higher | 80 % | 120 % |" in text(
        metrics={"offline": [{"id": "u", "direction": "up", "baseline": "80%", "target": "120%"}]}
    )


@pytest.mark.parametrize(("mde", "said"), [("1 pp", "1 pp"), ("0.4 absolute", "0.4")])
def test_an_effect_in_points_needs_no_baseline_to_be_printed(mde: str, said: str) -> None:
    printed = text(metrics={"online": [{"id": "a", "direction": "up"}]}, ab_test={"primary": "a", "mde": mde})
    assert f"The smallest effect worth seeing is {said}." in printed


def test_a_short_word_with_its_stop_ends_a_sentence() -> None:
    metric = {"id": "a", "direction": "up"}
    stages = {
        "metrics": {"online": [metric]},
        "ab_test": {"primary": "a", "mde": "0.4 pp", "expected_effect": "0.6 pp"},
    }
    printed = text("ru", **stages)
    assert "0,4 п. п. Ожидается 0,6 п. п. Уровень значимости" in printed
    assert ".." not in printed


def test_a_lead_is_no_deadline_in_russian() -> None:
    printed = text("ru", problem={"decision": {"actor": "human", "action": "звонит", "lead_days": 45}})
    assert "Решение принимают за 45 дней до срока." in printed


def test_a_slice_is_named_with_its_entity() -> None:
    entities = [{"id": "person", "name": "абонент", "attributes": ["tariff"]}, {"id": "item", "attributes": ["size"]}]
    printed = text("ru", data={"entities": entities}, metrics={"slices": ["person.tariff", "item.size"]})
    assert "Качество показано и по срезам: tariff (абонент), item size." in printed


def test_a_parser_in_the_middle_is_not_said_to_answer() -> None:
    blocks = [{"id": "parser", "role": "llm", "p99_ms": 90}, {"id": "search", "role": "retrieval", "p99_ms": 60}]
    middle = text(pipeline={"components": blocks, "request_path": ["parser", "search"]}, model={"llm": FULL})
    assert "With its longest output the request path takes at most 0.179 s." in middle
    assert "until it is shown" not in middle
    assert "The longest one is complete" not in middle
    assert "Its output goes into code." in middle
    last = text(pipeline={"components": blocks, "request_path": ["search", "parser"]}, model={"llm": FULL})
    assert "With the steps of the path until it is shown that is at most 90 ms." in last
    assert "The longest one is complete after at most 0.179 s." in last


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Counted in users and with equal shares, since nothing else is said."),
        ({"split": "50/50"}, "Counted in users, since nothing else is said."),
        ({"unit": "account"}, "Equal shares are taken, since nothing else is said."),
    ],
)
def test_what_is_taken_for_unit_and_shares_is_said(told: dict[str, str], said: str) -> None:
    printed = text(metrics={"online": [PRIMARY]}, ab_test=TEST | told)
    assert said in printed
    both = text(metrics={"online": [PRIMARY]}, ab_test=TEST | {"split": "50/50", "unit": "user"})
    assert "since nothing else is said" not in both.split("Together", 1)[1].split("Working", 1)[0]


def test_who_is_assigned_is_said_to_be_usual_where_nobody_says_it() -> None:
    usual = "Each user is assigned at random to one arm (the usual way, since nothing else is said)."
    assert usual in text(ab_test={"split": "50/50"})
    assert "Each store is assigned at random to one arm." in text(ab_test={"split": "50/50", "unit": "store"})
