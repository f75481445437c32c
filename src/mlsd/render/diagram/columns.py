"""Which column a node stands in: arrows within a lane run to the right, arrows between lanes stay short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mlsd.render.diagram.graph import Edge, Graph

Columns = dict[str, int]


def columns(graph: Graph) -> Columns:
    """The column of every node, from 0, without empty columns."""
    lane = {node.id: node.lane for node in graph.nodes}
    edges = graph.joined()
    ids = [node.id for node in graph.nodes]
    within = [edge for edge in edges if lane[edge.source] == lane[edge.target] and not edge.dashed]
    back = {known.id for known in graph.lanes if known.leftward}
    inside = [
        (edge.target, edge.source) if lane[edge.source] in back else (edge.source, edge.target) for edge in within
    ]
    hard = _without_cycles(ids, inside)
    column = _longest_paths(ids, hard)
    tied = {*hard, *((edge.source, edge.target) for edge in within if lane[edge.source] in back)}
    _pull_together(ids, column, hard, [edge for edge in edges if (edge.source, edge.target) not in tied])
    rank = {old: new for new, old in enumerate(sorted(set(column.values())))}
    return {node: rank[place] for node, place in column.items()}


def _without_cycles(ids: Sequence[str], edges: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The edges with those that close a cycle turned round; an explicit stack, so long chains are no danger."""
    after: dict[str, list[str]] = {node: [] for node in ids}
    entered = dict.fromkeys(ids, 0)
    for source, target in edges:
        after[source].append(target)
        entered[target] += 1
    state: dict[str, int] = {}
    backward: set[tuple[str, str]] = set()
    for root in sorted(ids, key=lambda node: entered[node] > 0):
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(after[root]))]
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[node] = 2
                stack.pop()
            elif state.get(following) == 1:
                backward.add((node, following))
            elif following not in state:
                state[following] = 1
                stack.append((following, iter(after[following])))
    return [(target, source) if (source, target) in backward else (source, target) for source, target in edges]


def _longest_paths(ids: Sequence[str], hard: Sequence[tuple[str, str]]) -> Columns:
    column = dict.fromkeys(ids, 0)
    for _ in ids:
        moved = False
        for source, target in hard:
            if column[target] <= column[source]:
                column[target] = column[source] + 1
                moved = True
        if not moved:
            break
    return column


def _pull_together(ids: Sequence[str], column: Columns, hard: Sequence[tuple[str, str]], soft: Sequence[Edge]) -> None:
    """Slide each node, between its neighbours in the lane, to where its arrows are shortest."""
    last = max(column.values(), default=0)
    before: Mapping[str, list[str]] = {node: [] for node in ids}
    after: Mapping[str, list[str]] = {node: [] for node in ids}
    for source, target in hard:
        before[target].append(source)
        after[source].append(target)
    near: Mapping[str, list[tuple[str, int]]] = {node: [] for node in ids}
    for edge in soft:
        near[edge.source].append((edge.target, 1))
        near[edge.target].append((edge.source, -1))

    def cost(node: str, place: int) -> float:
        length = sum(2 * (column[other] - place - 1) for other in after[node])
        length += sum(2 * (place - column[other] - 1) for other in before[node])
        return length + sum(_stretch((column[other] - place) * way) for other, way in near[node])

    for _ in range(8):
        for node in (*ids, *reversed(ids)):
            low = max((column[other] + 1 for other in before[node]), default=0)
            high = min((column[other] - 1 for other in after[node]), default=last)
            if low <= high:
                column[node] = min(range(low, high + 1), key=lambda place: (cost(node, place), place))


def _stretch(steps: int) -> float:
    """What an arrow between lanes costs: one step forward is best, straight up or down almost, backward dear."""
    return 0.25 if steps == 0 else abs(steps - 1) if steps > 0 else 1.6 * -steps + 1
