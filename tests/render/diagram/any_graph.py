"""Any graph, for properties of pictures."""

from __future__ import annotations

from hypothesis import strategies as st

from mlsd.render.diagram.graph import Edge, Graph, Lane, Node

LANES = (Lane("online", "Онлайн"), Lane("offline", "Offline"), Lane("data", "Data"))
LABELS = st.sampled_from(["ranker", "Хранилище признаков", "a_very_long_name_without_any_gap_in_it_at_all", "W" * 40])
WORDS = st.sampled_from(["", "события", "served features, scores, propensities, exposures", "x" * 60])


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(1, 12))
    nodes = tuple(
        Node(f"n{number}", draw(LABELS), "service", draw(st.sampled_from(LANES)).id, "p99 30 ms")
        for number in range(count)
    )
    ends = st.integers(0, count - 1).map(lambda number: f"n{number}")
    edges = draw(st.lists(st.builds(Edge, ends, ends, WORDS, st.booleans()), max_size=16))
    lanes = tuple(lane._replace(leftward=draw(st.booleans())) for lane in LANES)
    return Graph("any", lanes, nodes, tuple(edges))
