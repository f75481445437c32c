"""Whatever entry a line can hold, writing it and reading it again gives the entry back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd.content.language import LANGUAGES
from mlsd.design import Node, quantity
from mlsd.design.agent import Tool
from mlsd.design.data import Labels, Source
from mlsd.design.deploy import Monitor, Storage
from mlsd.design.llm import LlmModel, TrainingStage
from mlsd.design.model import Candidate, Feature, Split
from mlsd.design.pipeline import Component, Flow, Serving
from mlsd.errors import ValueRefused
from mlsd.interview.lines import LINES
from mlsd.interview.lines.words import called, choices, one_of

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: "_at_" not in name)
PROSE = (
    st.text("abc АБВ,;:\"'-()0.%", min_size=1, max_size=15)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(letter.isalpha() for letter in text))
)
PLAIN = st.text("abc где", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
COUNTS = st.integers(0, 10**12)
SHARES = st.floats(0, 1, allow_subnormal=False).map(lambda value: int(value) if value in (0, 1) else value)
ABOVE_ZERO = SHARES.filter(bool)
ALPHAS = st.floats(1e-9, 0.5, exclude_max=True)
POWERS = st.floats(0.5, 1, exclude_max=True)
THOUSANDTHS = st.integers(-999_999, 999_999).map(lambda value: value / 1000)
"""With three digits behind the comma of a Russian line."""
NUMBERS = (THOUSANDTHS | st.floats(-1e6, 1e6, allow_subnormal=False) | st.floats(-1, 1, allow_subnormal=False)).map(
    lambda value: int(value) if value.is_integer() else value
)
TIMES = (
    st.floats(0, 1e6).map(lambda value: round(value, 2)).map(lambda value: int(value) if value.is_integer() else value)
)
SOME_IDS = st.lists(IDS, min_size=1, max_size=3)


def entries(needs: dict[str, Any], may: dict[str, Any] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needs, optional=may or {})


def words(*of: str) -> st.SearchStrategy[str]:
    return st.sampled_from(of)


def closed(model: type[Node], field: str) -> st.SearchStrategy[str]:
    """Every word of a closed list."""
    return st.sampled_from(choices(model, field))


def names(entry: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The entry with the id its name makes, or with the id alone."""
    return st.just(entry) | PLAIN.map(lambda name: {**entry, "id": quantity.slugify(name), "name": name}).filter(
        lambda made: made["id"] != made["name"]
    )


def metric(needs: dict[str, Any], may: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return entries({"id": IDS, "direction": words("up", "down"), **needs}, may)


def any_of(fields: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return entries({}, fields).filter(bool)


def parts(entry: dict[str, Any], shares: Iterable[float]) -> dict[str, Any]:
    return {**entry, **dict(zip(("train", "validation", "test"), shares, strict=True))}


LINKS = {"links_to": SOME_IDS}
ENTRIES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "goal": any_of({"metric": IDS, "baseline": NUMBERS, "target": NUMBERS, "by": st.dates().map(str)}).filter(
        lambda entry: "baseline" not in entry or "metric" in entry
    )
    | entries({"metric": IDS, "baseline": NUMBERS, "unit": words("ms", "s", "min", "h", "d")}, {"target": NUMBERS}),
    "clarification": entries({"question": PLAIN.map(lambda text: text + "?")}, {"answer": PROSE}),
    "scale": any_of(
        {
            "daily_users": COUNTS,
            "requests_per_user_day": TIMES,
            "rps_peak": TIMES,
            "items": COUNTS,
            "volume_day": COUNTS,
        }
    ),
    "constraint": entries(
        {"kind": st.just("latency"), "op": words("<=", ">=", "="), "value": TIMES, "unit": st.just("ms")},
        {"percentile": words("50", "99").map(int) | st.just(99.9), "text": PROSE},
    )
    | entries({"kind": words("law", "privacy", "explainability", "people", "other"), "text": PROSE})
    | entries({"kind": st.just("availability"), "op": st.just(">="), "value": SHARES})
    | entries({"kind": st.just("memory"), "op": st.just("<="), "value": TIMES, "unit": st.just("GB")})
    | entries({"kind": st.just("throughput"), "op": st.just(">="), "value": TIMES, "unit": st.just("rps")})
    | entries({"kind": words("freshness", "recovery"), "op": st.just("<="), "value": TIMES, "unit": st.just("min")})
    | entries({"kind": st.just("cost"), "op": st.just("<="), "value": TIMES, "unit": words("EUR/month", "USD/request")})
    | entries({"kind": st.just("downtime"), "op": st.just("<="), "value": TIMES, "unit": words("h/year", "min/month")})
    | entries({"kind": st.just("hardware"), "op": st.just("<="), "value": COUNTS, "unit": words("GPU", "nodes")}),
    "business_metric": metric({}, {"baseline": NUMBERS, "target": NUMBERS})
    | metric(
        {"baseline": NUMBERS, "unit": words("ms", "s", "min", "h", "d", "EUR", "tickets/day")}, {"target": NUMBERS}
    ),
    "online_metric": metric({"role": st.just("success")}, {"baseline": NUMBERS, "target": NUMBERS, **LINKS}),
    "guardrail": metric({"role": st.just("guardrail"), "margin": NUMBERS}, {"baseline": NUMBERS, **LINKS}),
    "offline_metric": metric({}, {"baseline": NUMBERS, "target": NUMBERS, "at": SHARES, "k": COUNTS, **LINKS}),
    "entity": entries({"id": IDS}, {"key": PLAIN, "attributes": st.lists(entries({"name": PROSE}), min_size=1)}),
    "arrivals": entries({"id": IDS, "new_per_day": COUNTS}, {"cold_start": PROSE}),
    "source": entries(
        {"id": IDS},
        {"entity": SOME_IDS, "collection": closed(Source, "collection"), "access": closed(Source, "access")},
    ),
    "labels": any_of({"source": IDS, "origin": closed(Labels, "origin"), "delay_days": TIMES, "positive_rate": SHARES}),
    "serving": any_of({"mode": closed(Serving, "mode"), "slots": COUNTS}),
    "component": entries(
        {"id": IDS}, {"role": closed(Component, "role"), "lane": closed(Component, "lane"), "tool": PROSE}
    ),
    "request_path": st.lists(IDS | st.lists(IDS, min_size=2, max_size=3), min_size=1).map(
        lambda path: {"request_path": path}
    ),
    "funnel": entries(
        {"items": COUNTS, "funnel": st.lists(entries({"gives": COUNTS}, {"component": IDS}), min_size=1, max_size=4)}
    ),
    "flow": entries({"from": IDS, "to": IDS}, {"carries": PROSE, "mode": closed(Flow, "mode")}),
    "baseline_measure": entries({"metric": IDS, "value": NUMBERS}),
    "target_timing": any_of({"entity": IDS, "predicted_at": PROSE, "horizon_days": TIMES}),
    "feature": entries(
        {"id": IDS}, {"entity": SOME_IDS, "source": SOME_IDS, "available": closed(Feature, "available")}
    ),
    "candidate": entries({"id": IDS}, {"family": closed(Candidate, "family")}),
    "split": st.builds(
        parts, entries({"strategy": closed(Split, "strategy")}), st.just((0.8, 0.1, 0.1)) | st.just((0.7, 0.05, 0.25))
    ),
    "llm_model": entries(
        {"id": IDS},
        {"version": PLAIN, "kind": closed(LlmModel, "kind"), "job": PROSE, "hosting": closed(LlmModel, "hosting")},
    ),
    "training_stage": entries(
        {"kind": closed(TrainingStage, "kind")},
        {"method": PLAIN, "data_kind": closed(TrainingStage, "data_kind"), "loss_on": closed(TrainingStage, "loss_on")},
    ),
    "tool": entries({"id": IDS}, {"effect": closed(Tool, "effect"), "approval": PROSE, "limit": PROSE}),
    "limits": any_of({"steps": COUNTS, "minutes": TIMES, "cost": TIMES}),
    "storage": entries(
        {"id": IDS},
        {"tool": PROSE, "role": closed(Storage, "role"), "keeps": st.lists(PLAIN, min_size=1, max_size=3)},
    ),
    "retraining": entries({"cadence_hours": TIMES}, {"trigger": PROSE, "tool": IDS}),
    "monitor": entries({"target": IDS, "threshold": PROSE}, {"kind": closed(Monitor, "kind")}),
    "experiment_size": any_of(
        {"mde": entries({"value": ABOVE_ZERO, "kind": words("relative", "absolute")}), "alpha": ALPHAS, "power": POWERS}
    ),
    "exposure": any_of({"eligible_units_day": COUNTS.filter(bool), "duration_days": TIMES.filter(bool)}),
}


def test_every_line_is_tried() -> None:
    assert set(ENTRIES) == set(LINES)


@pytest.mark.parametrize("name", ENTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=30)
@given(data=st.data())
def test_what_is_written_is_read_again(name: str, language: str, data: st.DataObject) -> None:
    entry = data.draw(ENTRIES[name])
    written = LINES[name].write(entry, language)
    try:
        again = LINES[name].read(written)
    except ValueRefused as refused:
        pytest.fail(f"{written!r}: {refused}")
    assert again == entry, written


CLOSED = [
    (Source, "collection"), (Source, "access"), (Labels, "origin"), (Component, "role"), (Component, "lane"),
    (Flow, "mode"), (Serving, "mode"), (Monitor, "kind"), (Storage, "role"), (Feature, "available"),
    (Candidate, "family"), (Split, "strategy"), (LlmModel, "kind"), (LlmModel, "hosting"), (TrainingStage, "kind"),
    (TrainingStage, "data_kind"), (TrainingStage, "loss_on"), (Tool, "effect"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "field"), CLOSED)
def test_every_closed_word_is_said_in_russian_and_read_again(model: type[Node], field: str) -> None:
    known = choices(model, field)
    said = [called(value, known, field, "ru") for value in known]
    assert [one_of(text, known, field) for text in said] == list(known)
    assert len(set(said)) == len(said)
    english = {value for value, text in zip(known, said, strict=True) if value == text}
    assert english <= {"nearline"}, "what Russian engineers say in English"


@given(data=st.data())
def test_a_name_comes_back_with_its_id(data: st.DataObject) -> None:
    entry = data.draw(ENTRIES["component"].flatmap(names))
    assert LINES["component"].read(LINES["component"].write(entry)) == entry
