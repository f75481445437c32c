"""A Russian interview writes its lines in Russian; what they say does not change with the language."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.content.language import language
from mlsd.content.template import names
from mlsd.design import quantity
from mlsd.errors import ValueRefused
from mlsd.interview.lines import LINES
from mlsd.interview.lines.tongue import ENGLISH, RUSSIAN, Tongue
from mlsd.interview.start import Start

WRITTEN = [
    ("goal", "revenue_per_session 1.84 to 1.86 by 2027-06-30", "revenue_per_session с 1,84 до 1,86 к 30.06.2027"),
    ("scale", "users 1M, requests 2.1, peak 900, items 300k, volume 1.2B",
     "пользователей 1 млн, запросов 2,1, пик 900, объектов 300 тыс., решений 1,2 млрд"),
    ("constraint", "p99.9 latency <= 200 ms", "задержка p99.9 <= 200 мс"),
    ("constraint", "cost <= 20k EUR/month: a first guess", "стоимость <= 20 тыс. EUR в месяц: a first guess"),
    ("constraint", "cost <= 0.02 USD/request", "стоимость <= 0,02 USD за запрос"),
    ("constraint", "downtime <= 8.76 h/year", "простой <= 8,76 ч в год"),
    ("constraint", "throughput >= 900 rps", "пропускная способность >= 900 запросов/с"),
    ("constraint", "availability >= 99.9%", "доступность >= 99,9 %"),
    ("constraint", "memory <= 1.5 GB", "память <= 1,5 ГБ"),
    ("constraint", "hardware <= 21 nodes", "железо <= 21 узел"),
    ("constraint", "no GPU", "без GPU"),
    ("constraint", "law: GDPR", "закон: GDPR"),
    ("online_metric", "cart_users up 5% to 5.4% -> revenue", "cart_users вверх с 5 % до 5,4 % -> revenue"),
    ("online_metric", "cart up 1.536 EUR", "cart вверх с 1.536 EUR"),  # “1,536” could be thousands
    ("guardrail", "hide_users down, margin 0.05%", "hide_users вниз, запас 0,05 %"),
    ("guardrail", "p99 down 110 ms, margin 10 ms", "p99 вниз с 110 мс, запас 10 мс"),
    ("online_metric", "wait down 1.5 s to 1 s", "wait вниз с 1,5 с до 1 с"),
    ("offline_metric", "recall up to 0.5 at 0.01, k 20k", "recall вверх до 0,5 при 0,01, k 20 тыс."),
    ("arrivals", "user 20k: neighbours", "user 20 тыс.: neighbours"),
    ("labels", "click_log, natural, 1.5 d, 1%", "click_log, естественные, 1,5 дн., 1 %"),
    ("request_path", "gateway 10ms > a 30ms + b > ranker 80.5ms", "gateway 10 мс > a 30 мс + b > ranker 80,5 мс"),
    ("funnel", "3M > retrieval 500 > ranker 50", "3 млн > retrieval 500 > ranker 50"),
    ("baseline_measure", "not measured", "не измерено"),
    ("baseline_measure", "ndcg_at_10 0.31", "ndcg_at_10 0,31"),
    ("split", "temporal 66.5/13.5/20", "по времени 66,5/13,5/20"),
    ("retraining", "1 d, on drift, airflow", "раз в день, или если drift, airflow"),
    ("retraining", "3 d", "раз в 3 дн."),
    ("retraining", "7 d", "раз в неделю"),
    ("retraining", "6.5 h", "раз в 6,5 ч"),
    ("limits", "21 steps, 5 min, cost 1.5", "21 шаг, 5 мин, стоимость 1,5"),
    ("limits", "12 steps", "12 шагов"),
    ("experiment_size", "5% relative, alpha 5%, power 80%", "5 % относительно, альфа 5 %, мощность 80 %"),
    ("experiment_size", "0.4 absolute", "0,4 абсолютно"),
    ("exposure", "300k a day, 14 days", "300 тыс. в день, 14 дней"),
    ("exposure", "22 days", "22 дня"),
    ("request_path", "gateway 10h > a 20s > b 5min > c 1500ms", "gateway 10 ч > a 20 с > b 5 мин > c 1500 мс"),
    ("source", "clicks: user+item, scraped, granted", "clicks: user+item, скрейпинг, доступ есть"),
    ("component", "finder: retrieval, online, milvus", "finder: отбор, онлайн, milvus"),
    ("component", "finder: -, offline", "finder: -, офлайн"),
    ("serving", "online, 10", "онлайн, 10"),
    ("flow", "a -> b [batch]: clicks", "a -> b [пакетно]: clicks"),
    ("feature", "age: user, users, offline_only", "age: user, users, только офлайн"),
    ("candidate", "lambdamart: trees", "lambdamart: деревья"),
    ("storage", "lake: s3, object_store, events", "lake: s3, объектное хранилище, events"),
    ("monitor", "p99 [input_drift]: over 1", "p99 [дрейф входов]: over 1"),
    ("llm_model", "planner: reasoning, plans, api", "planner: reasoning-модель, plans, API"),
    ("training_stage", "sft (LoRA): prompt_response, answer", "SFT (LoRA): промпты с ответами, токены ответа"),
    ("tool", "refund: financial, lead", "refund: переводит деньги, lead"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "english", "russian"), WRITTEN)
def test_a_line_is_written_in_either_language_and_read_whatever_is_spoken(
    name: str, english: str, russian: str
) -> None:
    entry = LINES[name].read(english)
    assert LINES[name].write(entry, "en") == english
    assert LINES[name].write(entry, "ru") == russian
    assert LINES[name].read(russian) == entry


@pytest.mark.parametrize("name", LINES)
def test_the_russian_example_fills_the_same_fields(name: str) -> None:
    said = language("ru").say(LINES[name].example)
    found, meant = LINES[name].read(said), LINES[name].read(str(LINES[name].example))
    assert {*found} - {"name"} == {*meant} - {"name"}
    assert [value for value in found.values() if isinstance(value, int | float)] == [
        value for value in meant.values() if isinstance(value, int | float)
    ]


def test_the_refusal_shows_the_example_in_the_language_spoken() -> None:
    with pytest.raises(ValueRefused) as refused:
        LINES["business_metric"].read("margin sideways")
    assert language("ru").say(refused.value.hint or "") == "Пишите так: маржа вверх"


@pytest.mark.parametrize(
    ("name", "said", "read"),
    [
        ("component", "ranker: ранжирование, онлайн", {"role": "ranking", "lane": "online"}),
        ("component", "finder: поиск, офлайн", {"role": "retrieval", "lane": "offline"}),
        ("serving", "пакетно, 10", {"mode": "batch", "slots": 10}),
        ("source", "clicks: user, логи, есть", {"collection": "logs", "access": "granted"}),
        ("labels", "clicks, люди, 2 дн.", {"origin": "human", "delay_days": 2}),
        ("feature", "age: user, users, Онлайн", {"available": "online"}),
        ("candidate", "lambdamart: деревья", {"family": "trees"}),
        ("split", "случайно 80/10/10", {"strategy": "random"}),
        ("flow", "a -> b [поток]: clicks", {"mode": "stream"}),
        ("tool", "refund: moves money", {"effect": "financial"}),
    ],
)
def test_what_documents_call_a_value_is_taken_for_it(name: str, said: str, read: dict[str, Any]) -> None:
    found = LINES[name].read(said)
    assert {key: found.get(key) for key in read} == read


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("source", "clicks: user, логи, разршено", "Возможно, «доступ есть»? Известные слова: доступ есть, доступ"),
        ("component", "broker: очередь, kafka", "Известные слова: шлюз, отбор, ранжирование, скоринг, LLM, правила"),
        ("constraint", "скорость 5", "Виды: задержка, пропускная способность, доступность"),
    ],
)
def test_a_refusal_lists_the_words_of_the_language_spoken(name: str, typed: str, said: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        LINES[name].read(typed)
    assert said in language("ru").say(refused.value.hint or "")


@given(st.sampled_from([ENGLISH, RUSSIAN]), st.floats(-1, 1), st.sampled_from(["relative", "absolute"]))
def test_an_effect_written_is_read_again(spoken: Tongue, value: float, kind: str) -> None:
    assert quantity.effect(spoken.effect(value, kind)) == {"value": value, "kind": kind}


@given(st.sampled_from([ENGLISH, RUSSIAN]), st.integers(1, 10**10).map(lambda hundredths: hundredths / 100))
def test_a_time_of_a_block_is_read_again(spoken: Tongue, value: float) -> None:
    assert quantity.in_ms(spoken.milliseconds(value)) == value


@given(st.sampled_from([ENGLISH, RUSSIAN]), st.integers(1, 999))
def test_a_split_written_is_read_again(spoken: Tongue, tenths: int) -> None:
    parts = [tenths / 1000, (1000 - tenths) / 1000]
    assert quantity.shares(spoken.shares(parts)) == parts


@given(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False), st.sampled_from([ENGLISH, RUSSIAN]))
def test_a_number_written_is_read_again(value: float, spoken: Tongue) -> None:
    assert quantity.number(spoken.figure(value)) == value


@pytest.mark.parametrize("template", names())
def test_what_the_suggestions_come_to_does_not_depend_on_the_language_spoken(template: str) -> None:
    def text(code: str) -> str:
        return Start(template, language(code), language="en", defaults=True, full=True).text()

    assert text("ru") == text("en")
