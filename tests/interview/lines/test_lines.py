"""The one-line notations: what is typed, what is understood, what is shown back for editing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.content.language import language
from mlsd.design import Design
from mlsd.errors import ValueRefused
from mlsd.interview.lines import LINES

UP = {"role": "success", "direction": "up"}
GUARD = {"role": "guardrail", "direction": "down"}

TYPED: list[tuple[str, str, dict[str, Any]]] = [
    ("goal", "revenue_per_session 1.84 to 1.86 by 2027-06-30",
     {"metric": "revenue_per_session", "baseline": 1.84, "target": 1.86, "by": "2027-06-30"}),
    ("goal", "выручка с 1,2 млн до 1,3 млн к 2027-06-30",
     {"metric": "vyruchka", "baseline": 1_200_000, "target": 1_300_000, "by": "2027-06-30"}),
    ("goal", "churn 5% to 4%", {"metric": "churn", "baseline": 0.05, "target": 0.04, "unit": "%"}),
    ("goal", "to 1.86", {"target": 1.86}),
    ("goal", "time to hire 30 days to 25 days",
     {"metric": "time_to_hire", "baseline": 30, "target": 25, "unit": "d"}),
    ("goal", "checkout 900 ms to 600 ms", {"metric": "checkout", "baseline": 900, "target": 600, "unit": "ms"}),
    ("goal", "x 1 to 2 by end of Q2 2027", {"metric": "x", "baseline": 1, "target": 2, "by": "2027-06-30"}),
    ("goal", "x с 1 до 2 к концу 2-го квартала 2027",
     {"metric": "x", "baseline": 1, "target": 2, "by": "2027-06-30"}),
    ("goal", "x 1 to 2 by February 2028", {"metric": "x", "baseline": 1, "target": 2, "by": "2028-02-29"}),
    ("goal", "x 1 to 2 by June 30, 2027", {"metric": "x", "baseline": 1, "target": 2, "by": "2027-06-30"}),
    ("goal", "x 1 to 2 by the end of 2027", {"metric": "x", "baseline": 1, "target": 2, "by": "2027-12-31"}),
    ("request_path", "gateway, retrieval 10,5 ms, ranker",
     {"request_path": ["gateway", "retrieval", "ranker"], "p99_ms": {"retrieval": 10.5}}),
    ("request_path", "a 10h > ranker", {"request_path": ["a", "ranker"], "p99_ms": {"a": 36_000_000}}),
    ("funnel", "1M, retrieval 500",
     {"items": 1_000_000, "funnel": [{"component": "retrieval", "gives": 500}]}),
    ("exposure", "300k/day, 14 days", {"eligible_units_day": 300_000, "duration_days": 14}),
    ("exposure", "300 тыс./день, 14 дней", {"eligible_units_day": 300_000, "duration_days": 14}),
    ("scale", "requests 5M/day", {"volume_day": 5_000_000}),
    ("scale", "6 requests a user a day", {"requests_per_user_day": 6}),
    ("scale", "peak 400/s", {"rps_peak": 400}),
    ("scale", "peak 400 req/s", {"rps_peak": 400}),
    ("scale", "400 rps", {"rps_peak": 400}),
    ("scale", "пик 400 запр./с", {"rps_peak": 400}),
    ("scale", "пик 400 в секунду", {"rps_peak": 400}),
    ("scale", "1,2 млн человек", {"daily_users": 1_200_000}),
    ("scale", "люди 1,2 млн, 300k vacancies", {"daily_users": 1_200_000, "items": 300_000}),
    ("constraint", "throughput >= 400 req/s", {"kind": "throughput", "op": ">=", "value": 400, "unit": "rps"}),
    ("constraint", "cost <= 20k/month", {"kind": "cost", "op": "<=", "value": 20_000, "unit": "month"}),
    ("goal", "отток с 5 % до 4 % к 1.06.2027",
     {"metric": "ottok", "baseline": 0.05, "target": 0.04, "by": "2027-06-01", "unit": "%"}),
    ("goal", "week 2 retention 41% to 42% by 13/07/2027",
     {"metric": "week_2_retention", "baseline": 0.41, "target": 0.42, "by": "2027-07-13", "unit": "%"}),
    ("clarification", "Which page? The product page.", {"question": "Which page?", "answer": "The product page."}),
    ("clarification", "Which page?", {"question": "Which page?"}),
    ("clarification", "Web? Or app? -> Both.", {"question": "Web? Or app?", "answer": "Both."}),
    ("scale", "users 2M, requests 6, peak 900, items 3M, volume 5M",
     {"daily_users": 2_000_000, "requests_per_user_day": 6, "rps_peak": 900, "items": 3_000_000,
      "volume_day": 5_000_000}),
    ("scale", "2M users a day, 6 requests per user, 900 rps",
     {"daily_users": 2_000_000, "requests_per_user_day": 6, "rps_peak": 900}),
    ("scale", "2 million users, 5 visits each, catalogue 20k",
     {"daily_users": 2_000_000, "requests_per_user_day": 5, "items": 20_000}),
    ("scale", "10k tickets a day, 300 visitors", {"volume_day": 10_000, "daily_users": 300}),
    ("scale", "400 тыс. платежей в день", {"volume_day": 400_000}),
    ("scale", "2,5 млн пользователей, 6 запросов на пользователя, пик 900, 3 млн товаров",
     {"daily_users": 2_500_000, "requests_per_user_day": 6, "rps_peak": 900, "items": 3_000_000}),
    ("constraint", "p99 latency <= 200 ms",
     {"kind": "latency", "op": "<=", "value": 200, "unit": "ms", "percentile": 99}),
    ("constraint", "задержка p99 не больше 0,2 с",
     {"kind": "latency", "op": "<=", "value": 200, "unit": "ms", "percentile": 99}),
    ("constraint", "no GPU", {"kind": "hardware", "op": "<=", "value": 0, "unit": "GPU"}),
    ("constraint", "только CPU", {"kind": "hardware", "op": "<=", "value": 0, "unit": "GPU"}),
    ("constraint", "cost <= 20k EUR/month", {"kind": "cost", "op": "<=", "value": 20_000, "unit": "EUR/month"}),
    ("constraint", "бюджет не более 20 тыс. € в месяц",
     {"kind": "cost", "op": "<=", "value": 20_000, "unit": "EUR/month"}),
    ("constraint", "cost under €0.02 per request", {"kind": "cost", "op": "<=", "value": 0.02, "unit": "EUR/request"}),
    ("constraint", "availability >= 99.9%", {"kind": "availability", "op": ">=", "value": 0.999}),
    ("constraint", "uptime 99,95 %", {"kind": "availability", "op": ">=", "value": 0.9995}),
    ("constraint", "downtime <= 8.76 h/year", {"kind": "downtime", "op": "<=", "value": 8.76, "unit": "h/year"}),
    ("constraint", "простой до 43 мин в месяц", {"kind": "downtime", "op": "<=", "value": 43, "unit": "min/month"}),
    ("constraint", "freshness <= 10 min", {"kind": "freshness", "op": "<=", "value": 10, "unit": "min"}),
    ("constraint", "law: people may refuse: all of it", {"kind": "law", "text": "people may refuse: all of it"}),
    ("constraint", "latency < 1 s: as felt by people",
     {"kind": "latency", "op": "<=", "value": 1000, "unit": "ms", "text": "as felt by people"}),
    ("constraint", "10k EUR a month", {"kind": "cost", "op": "<=", "value": 10_000, "unit": "EUR/month"}),
    ("constraint", "200ms p99", {"kind": "latency", "op": "<=", "value": 200, "unit": "ms", "percentile": 99}),
    ("constraint", "p99 <= 200ms", {"kind": "latency", "op": "<=", "value": 200, "unit": "ms", "percentile": 99}),
    ("constraint", "1,5 с", {"kind": "latency", "op": "<=", "value": 1500, "unit": "ms"}),
    ("constraint", "99.9% availability", {"kind": "availability", "op": ">=", "value": 0.999}),
    ("constraint", "5 min freshness", {"kind": "freshness", "op": "<=", "value": 5, "unit": "min"}),
    ("constraint", "4 GB", {"kind": "memory", "op": "<=", "value": 4, "unit": "GB"}),
    ("constraint", "team of 3 people", {"kind": "people", "op": "<=", "value": 3, "unit": "people"}),
    ("constraint", "cost: <= 5k EUR per month", {"kind": "cost", "op": "<=", "value": 5000, "unit": "EUR/month"}),
    ("constraint", "бюджет: 500 тыс руб/месяц", {"kind": "cost", "op": "<=", "value": 500_000, "unit": "RUB/month"}),
    ("constraint", "latency: p99 250 ms",
     {"kind": "latency", "op": "<=", "value": 250, "unit": "ms", "percentile": 99}),
    ("constraint", "memory: 16 GB", {"kind": "memory", "op": "<=", "value": 16, "unit": "GB"}),
    ("constraint", "availability: 99.9%", {"kind": "availability", "op": ">=", "value": 0.999}),
    ("constraint", "freshness: 1 hour", {"kind": "freshness", "op": "<=", "value": 60, "unit": "min"}),
    ("constraint", "memory: fits 16 GB phones", {"kind": "memory", "text": "fits 16 GB phones"}),
    ("constraint", "law: GDPR article 17", {"kind": "law", "text": "GDPR article 17"}),
    ("constraint", "закон: 152-ФЗ", {"kind": "law", "text": "152-ФЗ"}),
    ("goal", "conversion 9% to 12% by 1 December 2026",
     {"metric": "conversion", "baseline": 0.09, "target": 0.12, "by": "2026-12-01", "unit": "%"}),
    ("goal", "conversion с 9% до 12% к 1 мая 2027 г.",
     {"metric": "conversion", "baseline": 0.09, "target": 0.12, "by": "2027-05-01", "unit": "%"}),
    ("goal", "conversion 9% to 12% by 3rd Mar 2027",
     {"metric": "conversion", "baseline": 0.09, "target": 0.12, "by": "2027-03-03", "unit": "%"}),
    ("business_metric", "margin up", {"id": "margin", "direction": "up"}),
    ("business_metric", "Маржа вверх", {"id": "marzha", "name": "Маржа", "direction": "up"}),
    ("online_metric", "cart_users up 5% to 5.4% -> revenue_per_session",
     {"id": "cart_users", **UP, "baseline": 0.05, "target": 0.054, "links_to": ["revenue_per_session"]}),
    ("online_metric", "Кликнувшие вверх с 5 % до 5,4 % → Выручка",
     {"id": "kliknuvshie", "name": "Кликнувшие", **UP, "baseline": 0.05, "target": 0.054, "links_to": ["vyruchka"]}),
    ("online_metric", "clickers up 5% -> revenue + margin",
     {"id": "clickers", **UP, "baseline": 0.05, "links_to": ["revenue", "margin"]}),
    ("online_metric", "buyers 5% to 6%", {"id": "buyers", **UP, "baseline": 0.05, "target": 0.06}),
    ("guardrail", "latency, margin 20 ms", {"id": "latency", **GUARD, "margin": 20, "unit": "ms"}),
    ("guardrail", "hide_users down, margin 0.05%", {"id": "hide_users", **GUARD, "margin": 0.0005}),
    ("guardrail", "hide_users вниз 0,2%, запас 0,05 %",
     {"id": "hide_users", **GUARD, "baseline": 0.002, "margin": 0.0005}),
    ("guardrail", "complaints down 0.3%, margin 0.1 pp",
     {"id": "complaints", **GUARD, "baseline": 0.003, "margin": 0.001}),
    ("guardrail", "complaints вниз 0,3 %, запас 0,1 п. п.",
     {"id": "complaints", **GUARD, "baseline": 0.003, "margin": 0.001}),
    ("guardrail", "nps up 40, margin 2 points", {"id": "nps", **GUARD, "direction": "up", "baseline": 40, "margin": 2,
     "unit": "points"}),
    ("guardrail", "p99_latency (latency) down 120 ms, margin 20 ms",
     {"id": "p99_latency", "metric": "latency", **GUARD, "baseline": 120, "margin": 20, "unit": "ms"}),
    ("offline_metric", "ndcg_at_10 up to 0.34 -> cart_users",
     {"id": "ndcg_at_10", "metric": "ndcg", "k": 10, "direction": "up", "target": 0.34, "links_to": ["cart_users"]}),
    ("offline_metric", "precision up 0.4 to 0.5 at 0.9",
     {"id": "precision", "direction": "up", "baseline": 0.4, "target": 0.5, "at": 0.9}),
    ("offline_metric", "mae", {"id": "mae", "direction": "down"}),
    ("entity", "user (user_id): country, tenure, age",
     {"id": "user", "key": "user_id", "attributes": [{"name": "country"}, {"name": "tenure"}, {"name": "age"}]}),
    ("entity", "Пользователь сайта: возраст, город",
     {"id": "polzovatel_sayta", "name": "Пользователь сайта", "attributes": [{"name": "возраст"}, {"name": "город"}]}),
    ("entity", "interaction (user_id, item_id, time): kind",
     {"id": "interaction", "key": "user_id, item_id, time", "attributes": [{"name": "kind"}]}),
    ("arrivals", "user 20k: neighbours of the open item",
     {"id": "user", "new_per_day": 20_000, "cold_start": "neighbours of the open item"}),
    ("arrivals", "user 20 тыс. в день", {"id": "user", "new_per_day": 20_000}),
    ("source", "click_log: interaction+user, logs, granted",
     {"id": "click_log", "entity": ["interaction", "user"], "collection": "logs", "access": "granted"}),
    ("labels", "click_log, natural, 2 д, 0,5 %",
     {"source": "click_log", "origin": "natural", "delay_days": 2, "positive_rate": 0.005}),
    ("labels", "tickets, 30 days, 1%", {"source": "tickets", "delay_days": 30, "positive_rate": 0.01}),
    ("labels", "click_log, -, 2 d", {"source": "click_log", "delay_days": 2}),
    ("serving", "online, 10", {"mode": "online", "slots": 10}),
    ("component", "Ranker: ranking, online", {"id": "ranker", "name": "Ranker", "role": "ranking", "lane": "online"}),
    ("component", "features: feature store, online, redis",
     {"id": "features", "role": "feature_store", "lane": "online", "tool": "redis"}),
    ("request_path", "gateway 10ms > retrieval 30ms + features 15ms > ranker 80ms",
     {"request_path": ["gateway", ["retrieval", "features"], "ranker"],
      "p99_ms": {"gateway": 10, "retrieval": 30, "features": 15, "ranker": 80}}),
    ("request_path", "gateway > ранкер 0,5 с", {"request_path": ["gateway", "ranker"], "p99_ms": {"ranker": 500}}),
    ("funnel", "3M > 500 > 10", {"items": 3_000_000, "funnel": [{"gives": 500}, {"gives": 10}]}),
    ("funnel", "3 млн > retrieval 500 > ranker 50",
     {"items": 3_000_000, "funnel": [{"component": "retrieval", "gives": 500}, {"component": "ranker", "gives": 50}]}),
    ("flow", "click_log -> training: examples, labels",
     {"from": "click_log", "to": "training", "carries": "examples, labels"}),
    ("flow", "click_log > training", {"from": "click_log", "to": "training"}),
    ("flow", "click_log → training [stream]: views",
     {"from": "click_log", "to": "training", "carries": "views", "mode": "stream"}),
    ("baseline_measure", "ndcg_at_10 0,31", {"metric": "ndcg_at_10", "value": 0.31}),
    ("baseline_measure", "не измерено", {}),
    ("target_timing", "when the page is requested, 1 d",
     {"predicted_at": "when the page is requested", "horizon_days": 1}),
    ("target_timing", "user: when the page is requested, 1 d",
     {"entity": "user", "predicted_at": "when the page is requested", "horizon_days": 1}),
    ("feature", "score: user+item, retrieval, request",
     {"id": "score", "entity": ["user", "item"], "source": ["retrieval"], "available": "request"}),
    ("candidate", "lambdamart: trees", {"id": "lambdamart", "family": "trees"}),
    ("candidate", "boosting: gbdt", {"id": "boosting", "family": "trees"}),
    ("split", "by time 80/20", {"strategy": "temporal", "train": 0.8, "test": 0.2}),
    ("split", "temporal 80/10/10", {"strategy": "temporal", "train": 0.8, "validation": 0.1, "test": 0.1}),
    ("storage", "lake: s3, object_store, events + models",
     {"id": "lake", "tool": "s3", "role": "object_store", "keeps": ["events", "models"]}),
    ("retraining", "weekly, airflow", {"cadence_hours": 168, "tool": "airflow"}),
    ("retraining", "every night or on drift", {"cadence_hours": 24, "trigger": "drift"}),
    ("retraining", "раз в неделю", {"cadence_hours": 168}),
    ("retraining", "1 d, airflow", {"cadence_hours": 24, "tool": "airflow"}),
    ("retraining", "on drift: PSI over 0.2, airflow", {"trigger": "drift: PSI over 0.2", "tool": "airflow"}),
    ("retraining", "раз в 6 ч, при PSI больше 0,2", {"cadence_hours": 6, "trigger": "PSI больше 0,2"}),
    ("monitor", "hide_users: over 0.3 %", {"target": "hide_users", "threshold": "over 0.3 %"}),
    ("monitor", "p99_latency > 180 ms", {"target": "p99_latency", "threshold": "> 180 ms"}),
    ("monitor", "hide_users больше 0,3 %", {"target": "hide_users", "threshold": "больше 0,3 %"}),
    ("monitor", "p99_latency [system]: over 180 ms",
     {"target": "p99_latency", "kind": "system", "threshold": "over 180 ms"}),
    ("experiment_size", "5% relative, alpha 5%, power 80%",
     {"mde": {"value": 0.05, "kind": "relative"}, "alpha": 0.05, "power": 0.8}),
    ("experiment_size", "0,25 п.п., мощность 90 %", {"mde": {"value": 0.0025, "kind": "absolute"}, "power": 0.9}),
    ("exposure", "300k a day, 14 days", {"eligible_units_day": 300_000, "duration_days": 14}),
    ("exposure", "300 users a day for 14 days", {"eligible_units_day": 300, "duration_days": 14}),
    ("exposure", "300 тыс. в день, 2 нед", {"eligible_units_day": 300_000, "duration_days": 14}),
    ("llm_model", "planner: reasoning, plans, api",
     {"id": "planner", "kind": "reasoning", "job": "plans", "hosting": "api"}),
    ("llm_model", "llama: own", {"id": "llama", "hosting": "own"}),
    ("training_stage", "sft (LoRA): prompt_response, answer",
     {"kind": "sft", "method": "LoRA", "data_kind": "prompt_response", "loss_on": "answer"}),
    ("tool", 'refund: financial, "lead, then CFO", 50 EUR',
     {"id": "refund", "effect": "financial", "approval": "lead, then CFO", "limit": "50 EUR"}),
    ("limits", "20 шагов, 5 мин, 2 ₽", {"steps": 20, "minutes": 5, "cost": 2}),
    ("limits", "$2, 20 steps", {"steps": 20, "cost": 2}),
    ("online_metric", "clicks 12% -> 13%",
     {"id": "clicks", "role": "success", "direction": "up", "baseline": 0.12, "target": 0.13}),
    ("online_metric", "conversion 1,5% -> 1,6% -> revenue",
     {"id": "conversion", "role": "success", "direction": "up", "baseline": 0.015, "target": 0.016,
      "links_to": ["revenue"]}),
]  # fmt: skip

REFUSED = [
    ("goal", "cart_rate from 3% to 3,5 % by next june",
     "“next june” is not a full date. Write year, month and day: 2027-06-30."),
    ("goal", "revenue 1.84 by 2027", "“2027” is not a full date. Write year, month and day: 2027-06-30."),
    ("clarification", "the page",
     "“the page” cannot be read here: this is a line for a question you asked back, with its question mark, and the "
     "answer. Write it like this: Which page do we mean? The product page, web and app."),
    ("constraint", "latncy <= 5 ms",
     "“latncy” is not one of the words this field knows. Did you mean “latency”? The words are: latency, "
     "throughput, availability, downtime, recovery, freshness, memory, hardware, cost, privacy, law, explainability, "
     "people, other."),
    ("constraint", "GDPR",
     "“GDPR” does not say which kind of limit it is. Put the kind and a colon before the words (law: GDPR). The kinds "
     "are: latency, throughput, availability, downtime, recovery, freshness, memory, hardware, cost, privacy, law, "
     "explainability, people, other."),
    ("constraint", "152-FZ",
     "“152-FZ” does not say which kind of limit it is. Put the kind and a colon before the words (law: GDPR). The "
     "kinds are: latency, throughput, availability, downtime, recovery, freshness, memory, hardware, cost, privacy, "
     "law, explainability, people, other."),
    ("goal", "churn 5% to 4% by 31.02.2027",
     "“2027-02-31” is not a day of the calendar. Write year, month and day: 2027-06-30."),
    ("goal", "conversion +10%",
     "“+10%” says how much it changes, not from what to what. Write today's value and the target: "
     "revenue_per_session 1.84 to 1.86"),
    ("goal", "revenue per user up 5%",
     "“5%” says how much it changes, not from what to what. Write today's value and the target: "
     "revenue_per_session 1.84 to 1.86"),
    ("goal", "выручка на 5%",
     "“5%” says how much it changes, not from what to what. Write today's value and the target: "
     "revenue_per_session 1.84 to 1.86"),
    ("goal", "raise revenue per session by 5%",
     "“5%” says how much it changes, not from what to what. Write today's value and the target: "
     "revenue_per_session 1.84 to 1.86"),
    ("goal", "revenue 1.84 to 1.86 by 06/07/2027",
     "“06/07/2027” can be read two ways. Write 2027-07-06 or 2027-06-07."),
    ("goal", "GMV $1.2M to $1.4M",
     "“$1.2M” is in another currency than the design, or in one it does not name. Write the number alone: 1.2M. The "
     "field “currency” says once what money is counted in."),
    ("scale", "users 1.2M, titles 20k",
     "“titles” is no word of the size of a task. Write the numbers you know, each with its word: users 2M, requests 6, "
     "peak 900, items 3M, volume 5M."),
    ("online_metric", "latency p99 <= 200 ms",
     "“latency p99 <=” is no name: it holds “<=”. Write one name alone here; a path, a limit and what a metric moves "
     "have places of their own."),
    ("component", "gateway > retrieval 30ms > ranker 400ms",
     "“gateway > retrieval 30ms > ranker 400ms” is no name: it holds “>”. Write one name alone here; a path, a limit "
     "and what a metric moves have places of their own."),
    ("constraint", "downtime <= 8 h", "“8 h” is not a downtime. Write it as 8.76 h/year or 43 min/month."),
    ("business_metric", "margin sideways",
     "“margin sideways” cannot be read here: this is a line for a business metric: its name, and up or down for the "
     "better way. Write it like this: margin up"),
    ("guardrail", "x down 5 ms, margin 1 s",
     "“5 ms, margin 1 s” has two units: ms, s. Write a number, with its unit where it has one: 5%, 0.34 or 120 ms."),
    ("source", "a: b, logs, granted, extra",
     "“a: b, logs, granted, extra” cannot be read here: this is a line for a source: its name, a colon, its entity "
     "(two with “+”), how it is collected, whether we may use it. "
     "Write it like this: click_log: interaction, logs, granted"),
    ("serving", "onlne, 10",
     "“onlne” is not one of the words this field knows. Did you mean “online”? The words are: batch, nearline, online, "
     "edge, hybrid."),
    ("split", "temporal 80/30",
     "The parts of “80/30” make 110, not 100. Write shares that make 100, such as 70/30 or 80/10/10."),
    ("labels", "click_log, natural, 2 d, 5",
     "“5” is more than the whole: a share goes from 0 to 1. Write 5 % or 0.05."),
    ("goal", "retention 41% to 45",
     "“45” has no per cent sign, and “41%” has one. Write 45 %, or both of them without the sign."),
    ("guardrail", "hide_users down 0.3%, margin 5",
     "“5” has no per cent sign, and “0.3%” has one. Write 5 %, or both of them without the sign."),
    ("request_path", "gateway > finder, ranker",
     "“finder, ranker” holds a comma. Join what comes one after the other by “>”, and blocks called at once by “+”."),
    ("experiment_size", "2% relative, power 20%",
     "The power lies from 50 % to below 100 %; it is 20 %. 80 % is usual: power 80%."),
    ("experiment_size", "2% relative, power 100%",
     "The power lies from 50 % to below 100 %; it is 100 %. 80 % is usual: power 80%."),
    ("experiment_size", "2% relative, alpha 80%, power 80%",
     "Alpha lies above 0 and below 50 %; it is 80 %. 5 % is usual: alpha 5%."),
    ("experiment_size", "0% relative",
     "An effect of 0 cannot be seen by any experiment. Write the smallest change that is worth a launch: 5% relative."),
    ("exposure", "0 a day, 7 days",
     "“0 a day”: nothing can be learnt from 0. Write the units a day and the days: 300k a day, 14 days."),
    ("exposure", "300k a day, 0 days",
     "“0 days”: nothing can be learnt from 0. Write the units a day and the days: 300k a day, 14 days."),
    ("experiment_size", "5", "“5” can be read two ways: relative to today, or in points. Write 5 % or 5 pp."),
    ("limits", "20",
     "“20” cannot be read here: this is a line for the agent's limits: steps, time and money, each with its unit. "
     "Write it like this: 20 steps, 5 min, 2 EUR"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "entry"), TYPED, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_typed_is_understood_and_shown_back(name: str, text: str, entry: dict[str, Any]) -> None:
    assert LINES[name].read(text) == entry
    assert LINES[name].read(LINES[name].write(entry)) == entry


@pytest.mark.parametrize(("name", "text", "said"), REFUSED, ids=lambda value: str(value)[:20])
def test_what_cannot_be_read_names_the_right_shape(name: str, text: str, said: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        LINES[name].read(text)
    told = language("en").say
    assert f"{told(refused.value.message)} {told(refused.value.hint or '')}" == said


WHERE = {
    "goal": "problem.goal", "clarification": "problem.clarifications[]", "scale": "problem.scale",
    "constraint": "problem.constraints[]", "business_metric": "metrics.business[]", "online_metric": "metrics.online[]",
    "guardrail": "metrics.online[]", "offline_metric": "metrics.offline[]", "entity": "data.entities[]",
    "arrivals": "data.entities[]", "source": "data.sources[]", "labels": "data.labels", "serving": "pipeline.serving",
    "component": "pipeline.components[]", "flow": "pipeline.flows[]", "target_timing": "model.target",
    "baseline_measure": "model.baseline", "feature": "model.features[]", "candidate": "model.candidates[]",
    "split": "model.split", "storage": "deploy.storage[]", "retraining": "deploy.retraining",
    "monitor": "deploy.monitoring[]", "experiment_size": "ab_test", "exposure": "ab_test",
    "llm_model": "model.llm.models[]", "training_stage": "model.llm.stages[]", "tool": "model.agent.tools[]",
    "limits": "model.agent.limits",
}  # fmt: skip


HELD = [case for case in TYPED if case[0] in WHERE]  # a path and a funnel fill several places at once


@pytest.mark.parametrize(("name", "text", "entry"), HELD, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_understood_is_what_the_design_holds(name: str, text: str, entry: dict[str, Any]) -> None:
    if name == "goal":  # the unit of its numbers is kept by its metric
        entry = {key: value for key, value in entry.items() if key != "unit"}
    *steps, last = WHERE[name].split(".")
    held: Any = [entry] if last.endswith("[]") else entry
    data: Any = {last.removesuffix("[]"): held}
    for step in reversed(steps):
        data = {step: data}
    assert Design.model_validate(data).filled() == (data if entry else {})


@pytest.mark.parametrize("name", LINES)
def test_the_example_of_a_line_reads_and_is_written_back(name: str) -> None:
    line = LINES[name]
    read = line.read(str(line.example))
    assert line.read(line.write(read)) == read
    assert read


@pytest.mark.parametrize(
    ("trigger", "shown"),
    [("PSI больше 0,2", "on PSI больше 0,2"), ("drift, or a new model", '"on drift, or a new model"')],
)
def test_words_are_quoted_only_where_a_line_would_read_them_otherwise(trigger: str, shown: str) -> None:
    entry = {"cadence_hours": 24, "trigger": trigger, "tool": "airflow"}
    assert LINES["retraining"].write(entry) == f"1 d, {shown}, airflow"
    assert LINES["retraining"].read(f"1 d, {shown}, airflow") == entry


def test_a_name_that_would_be_misread_is_shown_as_its_id() -> None:
    entry = {"id": "clicks_up_to_5", "name": "clicks: up to 5", "family": "trees"}
    assert LINES["candidate"].write(entry) == "clicks_up_to_5: trees"
    assert LINES["candidate"].write({**entry, "name": "Clicks up, to 5"}) == "Clicks up, to 5: trees"


@given(st.sampled_from(sorted(LINES)), st.text() | st.text("ab1:,;->+>/()[]% .\"'", max_size=20))
def test_nothing_but_a_refusal_is_ever_raised(name: str, text: str) -> None:
    try:
        entry = LINES[name].read(text)
    except ValueRefused as refused:
        assert all(map(str, (refused.message, refused.hint)))  # noqa: PT017
    else:
        assert isinstance(LINES[name].write(entry), str)
