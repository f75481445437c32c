"""A picture too large for one page: nothing of it is lost, and what is printed can be read."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from any_graph import graphs
from hypothesis import given, settings

from mlsd.content.language import language
from mlsd.content.root import examples
from mlsd.render.diagram import folded, graph_of, sheets
from mlsd.render.diagram.columns import columns
from mlsd.render.diagram.graph import Edge, Graph, Lane, Node
from mlsd.render.pictures import parts
from mlsd.render.sheet import on_paper, on_screen, stands
from mlsd.storage import read

SAY = language("en").say


def path(length: int) -> Graph:
    """A path of so many blocks, one of which is fed by a source."""
    ids = ["request", *(f"block {number}" for number in range(length)), "decision"]
    nodes = (
        *(Node(name, name, "service", "online", "p99 20 ms") for name in ids),
        Node("log", "log", "source", "data"),
    )
    main = [Edge(before, after, "what it carries", main=True) for before, after in pairwise(ids)]
    return Graph("any", (Lane("online", "Online"), Lane("data", "Data")), nodes, (*main, Edge("log", ids[2])))


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_every_box_and_every_arrow_is_on_some_sheet_and_no_arrow_on_two(graph: Graph) -> None:
    lanes = tuple(lane for lane in graph.lanes if any(node.lane == lane.id for node in graph.nodes))
    graph = graph._replace(lanes=lanes)
    drawn = sheets(graph, SAY)
    assert {node for part in drawn for node in part.nodes} == {*graph.nodes}
    assert Counter(edge for part in drawn for edge in part.joined()) == Counter(graph.joined())


@pytest.mark.parametrize("name", ["fraud-detection", "recsys", "support-agent"])
@pytest.mark.parametrize("code", ["en", "ru"])
def test_the_pictures_of_the_examples_can_be_read(name: str, code: str) -> None:
    say = language(code).say
    graph = graph_of(read(str(examples() / name / "design.yaml")).design.filled(), say)
    assert graph is not None
    assert all(map(on_paper, parts(graph, say, on_paper)))
    assert all(map(on_screen, parts(graph, say, on_screen)))


@pytest.mark.parametrize("length", [3, 8, 16, 30])
def test_a_long_path_is_folded_until_it_can_be_read(length: int) -> None:
    drawn = parts(path(length), SAY, on_paper)
    assert len(drawn) == (1 if length == 3 else 2)
    assert all(map(on_paper, drawn))


def test_a_folded_path_runs_to_the_right_and_back() -> None:
    first, _ = sheets(path(10), SAY)
    rows = folded(first, 3)
    place = columns(rows)
    assert [place[node.id] for node in rows.nodes] == [0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3]
    assert [lane.leftward for lane in rows.lanes] == [False, True, False]


@pytest.mark.parametrize(("wide", "tall", "upright"), [(900, 400, False), (600, 900, True), (800, 700, True)])
def test_a_page_is_turned_as_suits_the_picture(wide: int, tall: int, upright: bool) -> None:
    assert stands(f'<svg width="{wide}" height="{tall}">') is upright
