"""Where a number comes from, down to what people wrote; and a design in which one number is another."""

from __future__ import annotations

import pytest

from mlsd.derived.every import every
from mlsd.derived.provenance import Source, explain
from mlsd.derived.what_if import replaced
from mlsd.design import Design
from mlsd.design.path import find
from mlsd.errors import ValueRefused

DESIGN = Design.model_validate(
    {
        "metrics": {"online": [{"id": "ctr", "baseline": 0.05, "window_days": 7}]},
        "ab_test": {"primary": "ctr", "mde": "5% relative", "eligible_units_day": 100_000},
        "assumed": ["ab_test.eligible_units_day"],
    }
)


def leaves(source: Source) -> list[tuple[str, str]]:
    if not source.sources:
        return [(source.path or str(source.name), source.origin)]
    return [leaf for part in source.sources for leaf in leaves(part)]


def test_a_computed_number_leads_to_what_people_wrote() -> None:
    days = explain(DESIGN, "test.days")
    assert (days.origin, days.value) == ("computed", 14.0)
    assert leaves(days) == [
        ("metrics.online[ctr].baseline", "given"),
        ("ab_test.mde.value", "given"),
        ("effect", "computed"),
        ("alpha", "default"),
        ("power", "default"),
        ("ab_test.eligible_units_day", "assumed"),
        ("exposure of the test", "default"),
        ("ramp", "default"),
        ("metrics.online[ctr].window_days", "given"),
    ]


def test_a_written_number_names_what_is_computed_from_it() -> None:
    found = explain(DESIGN, "ab_test.eligible_units_day")
    assert (found.origin, found.value, found.sources) == ("assumed", 100_000, ())
    assert found.uses == ("test.days",)


def test_an_empty_field_is_missing() -> None:
    found = explain(DESIGN, "ab_test.duration_days")
    assert (found.origin, found.value) == ("missing", None)
    assert "test.units" in found.uses


def test_what_cannot_be_computed_says_what_it_lacks() -> None:
    assert explain(DESIGN, "test.units").missing == ("ab_test.duration_days",)


@pytest.mark.parametrize(("text", "near"), [("test.dais", "test.days"), ("ab_test.exposur", "exposure")])
def test_the_nearest_name(text: str, near: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        explain(DESIGN, text)
    assert refused.value.hint is not None
    assert near in str(refused.value.hint)


def test_no_id_is_a_path_of_the_format() -> None:
    for derived in every(DESIGN):
        with pytest.raises(ValueRefused):
            find(DESIGN, derived.id)


def test_another_number_in_one_place_only() -> None:
    path = find(DESIGN, "metrics.online[ctr].baseline")
    other = replaced(DESIGN, path, 0.1)
    assert other.metrics.online[0].baseline == 0.1
    assert DESIGN.metrics.online[0].baseline == 0.05
    assert replaced(other, path, 0.05) == DESIGN


def test_a_share_of_the_split() -> None:
    split = Design.model_validate({"ab_test": {"split": "70/30"}})
    assert replaced(split, ("ab_test", "split", "control"), 0.5).ab_test.split == {"control": 0.5, "treatment": 0.3}
