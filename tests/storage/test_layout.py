# ruff: noqa: E501
"""How a whole design is written, and that it reads as the same design again."""

from __future__ import annotations

from copy import deepcopy
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mlsd.design import Design
from mlsd.storage.layout import dump
from mlsd.storage.loader import load
from mlsd.storage.reader import parse
from mlsd.storage.schema import model_below, written_keys
from mlsd.storage.words import is_plain, word

LONG = (
    "Whoever opens a product should find what goes with it, so that a session earns more than it did before, every day."
)


def test_a_design_is_written_stage_by_stage() -> None:
    data = {
        "mlsd": 1,
        "title": "Related items",
        "glossary": {"block": "ten items: a row"},
        "problem": {
            "goal": {"statement": LONG, "metric": "revenue", "by": "2027-06-30"},
            "decision": {"actor": "machine", "reversible": True},
            "why_ml": "Two lines.\n\nThe second: here.\n",
            "in_scope": ["home page", "a, b", "70:30"],
            "constraints": [
                {"id": "latency", "op": "<=", "value": 200},
                {"id": "law", "text": LONG},
                {"id": "notes", "text": "one\ntwo"},
            ],
        },
        "pipeline": {"request_path": ["gateway", ["retrieval", "features"], "ranker"]},
        "decisions": [{"choice": "online", "rejected": [{"option": "batch", "because": "too old"}]}],
        "assumed": ["problem.goal.metric"],
    }
    text = dump(data, "yaml-language-server: $schema=design.schema.json")
    assert text == dedent("""\
        # yaml-language-server: $schema=design.schema.json
        mlsd: 1
        title: Related items
        glossary: {block: "ten items: a row"}

        problem:
          goal:
            statement: >-
              Whoever opens a product should find what goes with it, so that a session earns more than it did before, every day.
            metric: revenue
            by: 2027-06-30
          decision: {actor: machine, reversible: true}
          why_ml: |
            Two lines.

            The second: here.
          in_scope: [home page, "a, b", "70:30"]
          constraints:
            - {id: latency, op: "<=", value: 200}
            - id: law
              text: >-
                Whoever opens a product should find what goes with it, so that a session earns more than it did before, every
                day.
            - id: notes
              text: |-
                one
                two

        pipeline:
          request_path: [gateway, [retrieval, features], ranker]

        decisions:
          - {choice: online, rejected: [{option: batch, because: too old}]}
        assumed: [problem.goal.metric]
        """)
    assert parse(text, "design.yaml")[0] == data


def test_nothing_is_an_empty_file() -> None:
    assert dump({}) == ""
    assert dump(Design()) == ""


@pytest.mark.parametrize(
    ("value", "block", "flow"),
    [
        ("home page", "home page", "home page"),
        ("a, b", "a, b", '"a, b"'),
        ("what?", "what?", '"what?"'),
        ("http://x.y", "http://x.y", '"http://x.y"'),
        ("3M items for 14M people", "3M items for 14M people", "3M items for 14M people"),
        ("5 min", "5 min", "5 min"),
        ("70/30", "70/30", "70/30"),
        ("0,5 %", "0,5 %", '"0,5 %"'),
        ("2026-01-01", "2026-01-01", "2026-01-01"),
        ("день", "день", "день"),
        (">=", '">="', '">="'),
        ("> 0.2", '"> 0.2"', '"> 0.2"'),
        ("@home", '"@home"', '"@home"'),
        ("- a", '"- a"', '"- a"'),
        ("-a", "-a", "-a"),
        ("a: b", '"a: b"', '"a: b"'),
        ("a:", '"a:"', '"a:"'),
        ("a #b", '"a #b"', '"a #b"'),
        ("a#b", "a#b", "a#b"),
        ("", '""', '""'),
        (" a", '" a"', '" a"'),
        ("no", '"no"', '"no"'),
        ("On", '"On"', '"On"'),
        ("y", '"y"', '"y"'),
        ("null", '"null"', '"null"'),
        ("~", '"~"', '"~"'),
        ("70:30", '"70:30"', '"70:30"'),
        ("007", '"007"', '"007"'),
        ("1.10", '"1.10"', '"1.10"'),
        ("1.10.2", '"1.10.2"', '"1.10.2"'),
        ("1_000", '"1_000"', '"1_000"'),
        ("0x1F", '"0x1F"', '"0x1F"'),
        (".inf", '".inf"', '".inf"'),
        ("2026-01-01 10:00:00", '"2026-01-01 10:00:00"', '"2026-01-01 10:00:00"'),
        ('say "hi"', 'say "hi"', 'say "hi"'),
        ("a\tb", '"a\\tb"', '"a\\tb"'),
        ("a\x85b\u2028", '"a\\u0085b\\u2028"', '"a\\u0085b\\u2028"'),
        (None, "null", "null"),
        (True, "true", "true"),
        (20000, "20000", "20000"),
        (10**20, "1.0e+20", "1.0e+20"),
        (0.0005, "0.0005", "0.0005"),
        (1e-05, "0.00001", "0.00001"),
        (2.5e30, "2.5e+30", "2.5e+30"),
        (1e30, "1.0e+30", "1.0e+30"),
    ],
)
def test_a_word_gets_quotes_only_where_some_reader_would_stumble(value: Any, block: str, flow: str) -> None:
    assert (word(value, flow=False), word(value, flow=True)) == (block, flow)


@given(st.text(max_size=30) | st.text("0123456789.:_-+eExob, {}[]?#&*!|>'\"%@`yno~nultrue=<", max_size=8))
def test_text_is_the_same_text_for_a_reader_of_yaml_1_1(text: str) -> None:
    for flow in (False, True):
        if is_plain(text, flow):
            written = f"{{a: {text}, b: 1}}" if flow else f"a: {text}\nb: 1"
            assert parse(written, "design.yaml")[0] == {"a": text, "b": 1}
            old = yaml.safe_load(written)
            assert {key: str(value) for key, value in old.items()} == {"a": text, "b": "1"}


leaves = st.sampled_from(
    ["5%", "70/30", "2 d", "300k", "online", "up", "success", "latency", "a_b", "Some words: and, more", LONG, "1\n2"]
) | st.sampled_from([3, 0.25, 1e-7, 99.9, True, False, "2027-06-30", "<=", "user", "batch", "test", "day\n", "no"])


def parts(model: Any) -> st.SearchStrategy[Any]:
    """Data for a class of the design: some keys, with values that may or may not fit."""

    def filled(key: str) -> st.SearchStrategy[Any]:
        below = model_below(model, key)
        one = parts(below) if below is not None else leaves
        return st.lists(one, min_size=1, max_size=2) | one

    return st.lists(st.sampled_from(written_keys(model)), max_size=5, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries({key: filled(key) for key in keys})
    )


def fitting(data: Any) -> Design:
    """The design that is left when everything its types refuse is taken out."""
    data = deepcopy(data)
    while True:
        try:
            return Design.model_validate(data)
        except ValidationError as error:
            for detail in error.errors():
                _drop(data, detail["loc"])


def _drop(data: Any, path: tuple[str | int, ...]) -> None:
    known = []
    for step in path:
        below = data[step] if isinstance(data, list) or (isinstance(data, dict) and step in data) else None
        if below is None and step != 0:
            break
        if below is not None:
            known.append((data, step))
            data = below
    for holder, step in reversed(known):
        if isinstance(holder, dict):
            holder.pop(step, None)
            return


@given(parts(Design))
def test_a_design_that_is_dumped_and_loaded_is_the_same(data: Any) -> None:
    design = Design.model_validate(fitting({**data, "mlsd": 1}).filled())
    text = dump(design, "a header")
    again = load(text, "design.yaml").design
    assert again == design
    assert dump(again, "a header") == text
    assert all(len(line) <= 120 or " " not in line.strip() for line in text.splitlines())
