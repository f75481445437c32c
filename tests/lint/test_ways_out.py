"""A way out that names a number, applied, closes its finding: rounding goes to the safe side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from math import ceil
from typing import Any

import pytest
from pydantic import ValidationError

from mlsd.design import Design, Path
from mlsd.errors import Message
from mlsd.lint import Diagnostic, Maturity, Rule, check
from mlsd.lint.rules import every
from mlsd.storage.reader import parse

NAMED = re.compile(r"closes at (?:an? )?(.*?) ?(?:≥|≤) \{(\w+)\}( %)?")
FACTORS = (1, 0.37, 1.13, 2.9)
HOMES = {
    "duration": "ab_test.duration_days",
    "clusters": "ab_test.clusters",
    "cadence_hours": "deploy.retraining.cadence_hours",
    "output": "model.llm.context.output",
    "typical_steps": "model.agent.typical_steps",
    "history": "",
    "precision": "",
    "": "",
}
"""Where a name leads that is not a field beside the finding; an empty one is the place of the finding itself."""


def numbers(data: Any, at: Path = ()) -> Iterator[Path]:
    """Where plain data holds a number."""
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from numbers(value, (*at, key))
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield at


def value_at(data: Any, at: Path) -> Any:
    for step in at:
        data = data[step]
    return data


def put(data: Any, at: Path, value: Any) -> Any:
    """A copy with the value in its place, as a whole number where one stood there."""
    changed = deepcopy(data)
    holder = changed
    for step in at[:-1]:
        holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
    holder[at[-1]] = value
    return changed


def found(rule: Rule, data: Any) -> list[Diagnostic]:
    design = Design.model_validate(data, context={"currency": data.get("currency")})
    maturity = Maturity.of(design.maturity) if design.maturity else rule.since
    return list(check(design, rules=[rule], maturity=maturity).diagnostics)


def home(rule: Rule, name: str, entry: Diagnostic, data: Any) -> Path:
    """The field that a way out speaks of: beside the finding, the other fact of it, or its known home."""
    limits = data.get("problem", {}).get("constraints", [])
    wanted = {"latency": "latency", "budget": "cost", "value": entry.code}.get(name)
    for position, limit in enumerate(limits):
        if limit.get("kind") == wanted:
            return ("problem", "constraints", position, "value")
    if name == "budget":
        return ("data", "labels", "annotation", "budget")
    if name == "margin":
        return ("metrics", "online", 0, "margin")
    if name in HOMES:
        return tuple(HOMES[name].split(".")) if HOMES[name] else entry.at
    beside = (*entry.at[:-1], name)
    if name in Design.model_validate(data).model_fields_set:
        return (name,)
    return beside


def applied(rule: Rule, entry: Diagnostic, way: Message, data: Any) -> Any:
    """The design with the number that the way out names."""
    name, placeholder, percent = NAMED.match(way.text).groups()  # type: ignore[union-attr]
    name = str(way.values["field"]) if name == "{field}" else name
    given = way.values[placeholder]
    if isinstance(given, Message):  # an effect, with its kind
        placeholder, percent, way = "value", "%" in given.text, given
        given = given.values["value"]
    value = float(given) / (100 if percent or way.text.endswith(" pp") else 1)
    if name == "mde":
        kind = "relative" if "relative" in way.text else "absolute"
        return put(data, ("ab_test", "mde"), {"value": value, "kind": kind})
    if name == "costs":  # their sum
        return put(data, ("deploy", "costs"), [{"item": "all", "month": value}])
    at = home(rule, name, entry, data)
    if name == "flag_rate":
        at = ("problem", "decision", "oversight", "flag_rate")
    if at[-1] == "value" and at[1] == "constraints" and name == "latency":
        data = put(data, (*at[:-1], "unit"), "ms")  # type: ignore[arg-type]
    whole = "≥" in way.text and isinstance(value_of(data, at), int) and not value.is_integer()
    return put(data, at, ceil(value) if whole else value)


def value_of(data: Any, at: Path) -> Any:
    try:
        return value_at(data, at)
    except (KeyError, IndexError):
        return None


def cases(rule: Rule) -> Iterator[Any]:
    """Its Bad, and the same with each number made odd."""
    for example in rule.page.bad:
        data, _ = parse(example, "example")
        plain = Design.model_validate(data, context={"currency": data.get("currency")}).filled()
        yield plain
        for at in numbers(plain):
            for factor in FACTORS[1:]:
                value = value_at(plain, at) * factor * 1.0123457
                yield put(plain, at, max(1, round(value)) if isinstance(value_at(plain, at), int) else value)


NUMERIC = [
    rule
    for rule in every()
    if any(
        NAMED.match(way.text)
        for example in rule.page.bad
        for entry in found(rule, parse(example, "example")[0])
        for way in entry.ways_out
    )
]


@pytest.mark.parametrize("rule", NUMERIC, ids=lambda rule: rule.code)
def test_the_number_that_a_way_out_names_closes_the_finding(rule: Rule) -> None:
    tried = 0
    for data in cases(rule):
        try:
            entries = found(rule, data)
        except ValidationError:
            continue
        for entry in entries:
            for way in entry.ways_out:
                if not NAMED.match(way.text):
                    continue
                closed = found(rule, applied(rule, entry, way, data))
                tried += 1
                assert (entry.path, entry.message.text) not in [(left.path, left.message.text) for left in closed], (
                    way.text, way.values, data, [str(left.message) for left in closed],
                )  # fmt: skip
    assert tried


def test_most_arithmetic_rules_name_a_number() -> None:
    assert len(NUMERIC) >= 30
