"""From the plain data of a design to the graph that is drawn."""

from __future__ import annotations

from mlsd.render.diagram import Edge, graph_of, svg
from mlsd.render.view.brands import brand


def test_a_design_with_nothing_has_no_picture() -> None:
    assert graph_of({}, str) is None
    assert graph_of({"pipeline": {"serving": {"mode": "online"}}, "data": {}, "deploy": {}}, str) is None


def test_blocks_sources_and_stores_stand_in_their_lanes() -> None:
    design = {
        "pipeline": {
            "components": [
                {"id": "ranker", "role": "ranking", "lane": "online", "tool": "triton", "p99_ms": 80.0},
                {"id": "feature_jobs", "name": "Jobs of the night", "role": "batch_compute", "lane": "offline"},
            ]
        },
        "data": {"sources": [{"id": "click_log", "entity": ["user"]}]},
        "deploy": {"storage": [{"id": "lake", "tool": "s3"}]},
    }
    graph = graph_of(design, str)
    assert graph is not None
    assert [(node.label, node.kind, node.lane, node.detail) for node in graph.nodes] == [
        ("ranker", "model", "online", "triton · p99 80.0 ms"),
        ("Jobs of the night", "job", "offline", ""),
        ("click log", "source", "data", ""),
        ("lake", "store", "data", "s3"),
    ]
    assert [lane.id for lane in graph.lanes] == ["online", "offline", "data"]
    assert graph.edges == ()


def test_a_request_comes_in_where_something_works() -> None:
    def lanes(*blocks: str) -> dict[str, str]:
        components = [{"id": f"b{number}", "lane": lane} for number, lane in enumerate(blocks)]
        graph = graph_of({"pipeline": {"components": components, "request_path": ["b0"]}}, str)
        assert graph is not None
        return {node.id: node.lane for node in graph.nodes if node.kind == "terminal"}

    assert lanes("offline") == {"request": "offline", "decision": "offline"}
    assert lanes("offline", "nearline") == {"request": "nearline", "decision": "nearline"}
    assert lanes("offline", "online") == {"request": "online", "decision": "online"}
    assert lanes() == {"request": "online", "decision": "online"}


def test_the_request_path_runs_from_request_to_decision_and_an_inner_list_in_parallel() -> None:
    graph = graph_of({"pipeline": {"request_path": ["gateway", ["retrieval", "features"], "ranker"]}}, str)
    assert graph is not None
    assert [(edge.source, edge.target) for edge in graph.edges] == [
        ("request", "gateway"),
        ("gateway", "retrieval"),
        ("gateway", "features"),
        ("retrieval", "ranker"),
        ("features", "ranker"),
        ("ranker", "decision"),
    ]
    assert all(edge.main for edge in graph.edges)
    assert {node.kind for node in graph.nodes} == {"terminal", "missing"}


def test_flows_carry_their_words_and_fallbacks_are_dashed() -> None:
    design = {
        "pipeline": {
            "components": [
                {"id": "ranker", "role": "ranking", "lane": "online", "fallback": "popular"},
                {"id": "popular", "role": "cache", "lane": "online"},
            ],
            "request_path": ["ranker"],
            "flows": [{"from": "ranker", "to": "decision", "carries": "ten items"}, {"from": "ranker"}],
        }
    }
    graph = graph_of(design, str)
    assert graph is not None
    assert graph.edges == (
        Edge("request", "ranker", main=True),
        Edge("ranker", "decision", "ten items", main=True),
        Edge("ranker", "popular", dashed=True),
    )
    assert graph.description == (
        "request leads to ranker. ranker hands ten items to decision. popular answers when ranker fails."
    )


def test_a_huge_design_shows_its_first_blocks() -> None:
    blocks = [{"id": f"block_{number}", "lane": "online", "fallback": "block_0"} for number in range(1000)]
    path = [block["id"] for block in blocks]
    graph = graph_of({"pipeline": {"components": blocks, "request_path": path}}, str)
    assert graph is not None
    assert len(graph.nodes) == 120
    assert svg(graph).count('class="box') == 120


def test_a_tool_is_spelled_as_it_spells_itself() -> None:
    tools = ["fastapi", "langchain", "openai", "kafka", "Our own queue"]
    assert [brand(tool) for tool in tools] == ["FastAPI", "LangChain", "OpenAI", "Kafka", "Our own queue"]
