"""Whatever the graph, boxes and labels keep clear of one another and arrows end at their boxes."""

from __future__ import annotations

from itertools import combinations, pairwise

from any_graph import graphs
from hypothesis import given, settings

from mlsd.render.diagram.graph import Graph, Lane, Node
from mlsd.render.diagram.layout import Drawing, layout
from mlsd.render.diagram.words import ARROW, DETAIL, LABEL, width

Rectangle = tuple[float, float, float, float]


def boxes(drawing: Drawing) -> list[Rectangle]:
    xs = drawing.xs
    return [
        (xs[c.column] - c.width / 2, c.y - c.height / 2, xs[c.column] + c.width / 2, c.y + c.height / 2)
        for c in drawing.cells
    ]


def labels(drawing: Drawing) -> list[Rectangle]:
    found = []
    for line in drawing.lines:
        if line.label:
            x, y = line.label_at
            wide = max(width(text, ARROW) for text in line.label)
            found.append((x, y - 8, x + wide, y + 12 * (len(line.label) - 1)))
    return found


def apart(a: Rectangle, b: Rectangle) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_boxes_and_labels_keep_clear_of_one_another(graph: Graph) -> None:
    drawing = layout(graph)
    placed = boxes(drawing) + labels(drawing)
    assert [pair for pair in combinations(placed, 2) if not apart(*pair)] == []
    assert all(0 <= x < x2 <= drawing.width and 0 <= y < y2 <= drawing.height for x, y, x2, y2 in placed)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_words_fit_their_boxes_in_the_shipped_font(graph: Graph) -> None:
    for cell in layout(graph).cells:
        assert all(width(line, LABEL, bold=True) <= cell.width - 20 for line in cell.label)
        assert all(width(line, DETAIL) <= cell.width - 20 for line in cell.detail)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_every_arrow_runs_from_box_to_box_in_right_angles(graph: Graph) -> None:
    drawing = layout(graph)
    assert [line.edge for line in drawing.lines] == list(graph.joined())
    rectangles = dict(zip((cell.node.id for cell in drawing.cells if cell.node), boxes(drawing), strict=True))
    for line in drawing.lines:
        for end, (x, y) in ((line.edge.source, line.points[0]), (line.edge.target, line.points[-1])):
            left, top, right, bottom = rectangles[end]
            assert left - 0.1 <= x <= right + 0.1
            assert top - 0.1 <= y <= bottom + 0.1
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line.points))


def test_a_line_below_a_name_breaks_at_its_dot() -> None:
    node = Node("a", "a", "service", "l", "Elasticsearch cluster · p99 330 ms")
    (cell,) = layout(Graph("T", (Lane("l", "L"),), (node,), ())).cells
    assert cell.detail == ("Elasticsearch cluster", "p99 330 ms")
