"""Mermaid text: nothing in a label adds a node, an arrow or a line of its own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd.render.diagram import Edge, Graph, Lane, Node, mermaid

HOSTILE = [
    '"] --> evil["x',
    "<img src=x onerror=alert(1)>",
    'click a "javascript:alert(1)"',
    "%%{init: {'theme': 'dark'}}%%",
    "one\ntwo --> three",
    "end",
    "subgraph x",
    "`markdown`",
    "a;b|c{d}e\\",
    "#quot; &lt;",
    "\u202eevil\x1b[31m",
    "x" * 10_000,
]

NODE = re.compile(r'n\d+(\(\[|\[/|\[\(|\[\[|\{\{|\[)"[^"]*"(\]\)|/\]|\)\]|\]\]|\}\}|\])')
ARROW = re.compile(r'n\d+ (-->|-\.->)(\|"[^"]*"\|)? n\d+')


def graph(label: str) -> Graph:
    nodes = (Node("a", label, "model", "on", label), Node("end", label, "store", "on"))
    return Graph(label, (Lane("on", label),), nodes, (Edge("a", "end", label), Edge("end", "a", dashed=True)))


def test_lanes_shapes_and_arrows() -> None:
    small = Graph(
        "t",
        (Lane("on", "Online"), Lane("off", "Offline"), Lane("none", "Empty")),
        (
            Node("request", "request", "terminal", "on"),
            Node("ranker", "ranker", "model", "on", "p99 80 ms"),
            Node("lake", "Озеро", "store", "off"),
            Node("log", "click log", "source", "off"),
            Node("popular", "popular", "missing", "on"),
        ),
        (
            Edge("request", "ranker", main=True),
            Edge("log", "lake", "events, 50 %"),
            Edge("ranker", "popular", dashed=True),
        ),
    )
    assert mermaid(small) == (
        "flowchart LR\n"
        '  subgraph l1["Online"]\n'
        "    direction LR\n"
        '    n1(["request"])\n'
        '    n2[["ranker<br/>p99 80 ms"]]\n'
        '    n5{{"popular"}}\n'
        "  end\n"
        '  subgraph l2["Offline"]\n'
        "    direction LR\n"
        '    n3[("Озеро")]\n'
        '    n4[/"click log"/]\n'
        "  end\n"
        "  n1 --> n2\n"
        '  n4 -->|"events, 50 %"| n3\n'
        "  n2 -.-> n5\n"
    )


@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_label_stays_a_label(label: str) -> None:
    harmless_shape(mermaid(graph(label)))


@given(st.text())
def test_any_label_stays_a_label(label: str) -> None:
    harmless_shape(mermaid(graph(label)))


def harmless_shape(text: str) -> None:
    lines = [line.strip() for line in text.splitlines()]
    assert lines[0] == "flowchart LR"
    assert sum(bool(NODE.fullmatch(line)) for line in lines) == 2
    assert sum(bool(ARROW.fullmatch(line)) for line in lines) == 2
    assert re.fullmatch(r'subgraph l1\["[^"]*"\]', lines[1])
    assert len(lines) == 8
    assert max(map(len, lines)) < 2000
    assert not set("<>") & set(text.replace("<br/>", "").replace("-->", "").replace(".->", ""))
    assert "%%{" not in text
