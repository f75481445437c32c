"""A comma between braces and brackets that ended a value although it belongs to it."""

from __future__ import annotations

import pytest

from mlsd.errors import Unreadable
from mlsd.storage import load

SEEMS = "ends an entry of the list, and it seems to stand inside a number."


def said(text: str) -> list[str]:
    """Every fault of a text: its code, its column, its words."""
    try:
        load(text, "f")
    except Unreadable as error:
        return [f"{fault.code} {fault.place.column}: {fault.message} {fault.hint}" for fault in error.faults]
    return []


def scope(entries: str) -> str:
    return f"problem: {{in_scope: [{entries}]}}"


@pytest.mark.parametrize(
    ("entries", "digits"),
    [
        ("loans up to 15,000 EUR on the web", "000"),
        ("HTTP requests of 40,000 sites, and no other", "000"),
        ("a, loans up to 15,000", "000"),
        ("15,000 loans", "000"),
        ("up to 1,200 loans", "200"),
        ("loans (€15,500)", "500"),
        ("up to 1,200,000 loans", "200"),
    ],
)
def test_a_comma_inside_a_number_of_a_list_is_told_once(entries: str, digits: str) -> None:
    found = said(scope(entries))
    assert len(found) == 1
    assert found[0].startswith("FMT-03")
    assert f"The comma before “{digits}” {SEEMS}" in found[0]


@pytest.mark.parametrize(
    "entries",
    [
        "loans up to 15, 000 EUR",
        '"loans up to 15,000 EUR"',
        '"loans up to 15","000 EUR"',
        "a,loans up to 15,000 EUR",
        "loans up to 15,00 EUR",
        "loans up to 1500,000 EUR",
        "loans up to 15,0000 EUR",
        "ndcg_at_10,100_best",
        "since 2026-01-15,100 shops",
        "a,b",
    ],
)
def test_what_may_be_two_entries_is_left_alone(entries: str) -> None:
    assert said(scope(entries)) == []


@pytest.mark.parametrize(
    "text", ["data: {seasonality_days: [7,365]}", "problem:\n  in_scope:\n    - up to 15,000 EUR\n"]
)
def test_numbers_and_lines_of_their_own_are_no_cut_numbers(text: str) -> None:
    assert said(text) == []


def test_what_the_comma_did_to_the_types_is_not_told_beside_it() -> None:
    assert len(said(scope("loans up to 15,100"))) == 1
    assert [fault[:6] for fault in said(scope("loans up to 15,000 EUR") + "\nfoo: 1")] == ["FMT-03", "FMT-02"]


def test_the_place_is_the_whole_entry() -> None:
    with pytest.raises(Unreadable) as caught:
        load("problem:\n  in_scope: [a,\n    up to 15,000 EUR]\n", "f")
    place = caught.value.faults[0].place
    assert caught.value.source[place.start : place.end] == "up to 15,000 EUR"
    assert (place.line, place.column, place.end_line, place.end_column) == (3, 5, 3, 21)


@pytest.mark.parametrize(
    ("inside", "hint"),
    [
        ("text: It reaches 4,000 machines at once.", 'text: "…"'),
        ("text: quick, but wrong", 'text: "…"'),
        ("text: quick, always", 'text: "…"'),
        ("id: a, text: так, но не всегда, mitigation: b", 'text: "…"'),
        ("text: up to 4,000 machines", 'text: "up to 4,000 machines"'),
    ],
)
def test_a_text_between_braces_that_a_comma_cut_is_to_be_quoted(inside: str, hint: str) -> None:
    assert said(f"problem: {{risks: [{{{inside}}}]}}")[0].endswith(f"{hint}.")


@pytest.mark.parametrize(
    ("inside", "hint"),
    [
        ("id: a, txt", "Did you mean “text”?"),
        ("id: a, but what: b", "The keys that may stand here are"),
        ("id: a, but: b", "The keys that may stand here are"),
    ],
)
def test_a_key_that_may_have_been_meant_as_one_gets_the_nearest_word(inside: str, hint: str) -> None:
    assert hint in said(f"problem: {{risks: [{{{inside}}}]}}")[0]


def test_a_text_in_brackets_is_to_lose_them() -> None:
    assert said("model: {target: {entity: [cell]}}")[0].endswith("Write one text or id here, without brackets.")
