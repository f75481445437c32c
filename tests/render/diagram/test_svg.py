"""The picture itself: the same bytes every time, readable by a machine, inert whatever the labels say."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from mlsd.render.diagram import Edge, Graph, Lane, Node, svg

SVG = "{http://www.w3.org/2000/svg}"

SMALL = Graph(
    title="Small service",
    lanes=(Lane("online", "Online"), Lane("data", "Данные")),
    nodes=(
        Node("request", "request", "terminal", "online"),
        Node("ranker", "ranker", "model", "online", "triton · p99 80 ms"),
        Node("popular", "popular", "store", "online"),
        Node("log", "журнал показов", "source", "data"),
    ),
    edges=(
        Edge("request", "ranker", main=True),
        Edge("ranker", "popular", dashed=True),
        Edge("ranker", "log", "served features, scores"),
        Edge("log", "nowhere"),
        Edge("log", "log"),
    ),
    description="request leads to ranker.",
    dashed="answers when the other fails",
)


def test_the_small_service_is_drawn_as_it_was_approved() -> None:
    assert svg(SMALL) == (Path(__file__).parent / "small.svg").read_text(encoding="utf-8")


def test_it_names_itself_for_those_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(svg(SMALL))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Small service"
    assert root.findtext(f"{SVG}desc") == "request leads to ranker."


def test_arrows_that_lead_nowhere_are_left_out() -> None:
    root = ElementTree.fromstring(svg(SMALL))
    assert sum("head" in str(path.get("class")) for path in root.iter(f"{SVG}path")) == 3


def test_nothing_to_draw_is_no_picture() -> None:
    assert svg(Graph("empty")) == ""


@pytest.mark.parametrize("label", ["</text><script>x</script>", "a & b", "\x00\x1b[31m\u202e", '"onload="x', "&#x0;"])
def test_a_label_is_text_and_nothing_else(label: str) -> None:
    graph = Graph(label, (Lane("l", label),), (Node("a", label, "store", "l", label), Node("b", "b", "job", "l")),
                  (Edge("a", "b", label),), label)  # fmt: skip
    root = ElementTree.fromstring(svg(graph))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "path", "text", "g",
    }  # fmt: skip
    assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)
