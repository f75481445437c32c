"""What was promised is one number: rules, sizes, charts and documents hold the path against the same one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mlsd.content.language import language
from mlsd.derived.every import every
from mlsd.design import Design
from mlsd.lint import Maturity, check
from mlsd.render.markdown import document
from mlsd.storage import load

PATH = """
problem: {constraints: [%s]}
pipeline:
  components: [{id: a, p99_ms: 150, availability: 99.9%%}, {id: b, p99_ms: 150}]
  request_path: [a%s]
"""
P99 = "{kind: latency, value: %s, unit: ms, percentile: p99}"
P50 = "{kind: latency, value: 200, unit: ms, percentile: p50}"
EN = language("en")


def design(limits: Sequence[str], path: str) -> Design:
    return load(PATH % (", ".join(limits), path), "design.yaml").design


def said(made: Design, code: str) -> list[str]:
    found = check(made, maturity=Maturity.DESIGN).diagnostics
    return [EN.say(entry.message) for entry in found if entry.code == code]


def printed(made: Design) -> str:
    return document(made, language=EN).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("most", "left", "finding", "sentence", "bar"),
    [
        (
            500, 200, [],
            "The path answers in at most 300 ms at p99 (150 + 150), 200 ms under the promised 500 ms.",
            "left – 200 ms (40 %)",
        ),
        (
            250, -50, ["The blocks of the request path take 300 ms (p99), 50 ms more than the promised 250 ms."],
            "The path needs up to 300 ms at p99 (150 + 150), 50 ms more than the promised 250 ms.",
            "over the promise – 50 ms (20 %)",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_a_path_is_held_against_one_latency_everywhere(most, left, finding, sentence, bar, turned):
    limits = P99 % most, P50
    made = design(limits[::-1] if turned else limits, ", b")
    assert {entry.id: entry.result for entry in every(made)}["latency.left"] == left
    assert said(made, "PIP-05") == finding
    assert sentence in printed(made)
    assert bar in printed(made)


@pytest.mark.parametrize("shares", [("99%", "99.95%"), ("99.95%", "99%")])
def test_a_path_is_held_against_one_availability_everywhere(shares):
    made = design([f"{{kind: availability, value: {share}}}" for share in shares], "")
    assert said(made, "PIP-10") == ["99.95 % is promised, but the blocks of the request path are up 99.9 % together."]
    assert "The path is up 99.9 % of the time. Promised: 99.95 %." in printed(made)
