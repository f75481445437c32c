"""Which answers were taken from the template and not yet confirmed: the paths in `assumed`.

A path to an entry of a list (``metrics.online[hide_users]``) covers everything in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from mlsd.design import STAGES, Design, Node, Path
from mlsd.design.path import find, show, value_at
from mlsd.errors import ValueRefused


def covered(assumed: Iterable[str], path: str) -> bool:
    """Whether the path, or something above it, is assumed."""
    return any(path == given or path.startswith((f"{given}.", f"{given}[")) for given in assumed)


def kept_up(
    assumed: Iterable[str], old: Design, new: Design, before: list[Path], after: list[Path], taken: Collection[Path]
) -> list[str]:
    """``assumed`` after an answer that filled ``before`` in the old design and fills ``after`` in the new one.

    What did not change keeps its status; what changed is assumed if it is ``taken`` as it was suggested.
    """
    given = list(assumed)
    earlier = {show(old, path): value_at(old, path) for path in before}
    now = {show(new, path): path for path in after}
    wanted = {}
    for text, path in now.items():
        known = _found_again(text, path, value_at(new, path), earlier)
        wanted[text] = path in taken if known is None else covered(given, known)
    result = [text for text in given if text not in earlier]
    for text, want in wanted.items():
        if want and not covered(result, text):
            result.append(text)
        elif not want and covered(result, text):
            result = without(result, new, text)
    return tidy(result, new)


def _found_again(text: str, path: Path, value: Any, earlier: dict[str, Any]) -> str | None:
    """As what the same answer was known before; an entry without an id may have moved."""
    if text in earlier and earlier[text] == value:
        return text
    if not isinstance(path[-1], int):
        return None
    return next((known for known, held in earlier.items() if held == value), None)


def without(assumed: Iterable[str], design: Design, path: str) -> list[str]:
    """``assumed`` without the path and what is in it; of what is above it, the other parts stay."""
    result: list[str] = []
    for given in assumed:
        if given == path or given.startswith((f"{path}.", f"{path}[")):
            continue
        if covered([given], path):
            result += _parts(design, given, path)
        else:
            result.append(given)
    return result


def tidy(assumed: Iterable[str], design: Design) -> list[str]:
    """Paths that still lead to an answer, once each, in the order of the stages."""
    left = _whole_lists([text for text in dict.fromkeys(assumed) if _answered(design, text)], design)
    order = {stage: place for place, stage in enumerate(STAGES)}
    return sorted(left, key=lambda text: order.get(text.partition(".")[0], -1))


def _whole_lists(assumed: list[str], design: Design) -> list[str]:
    """``pipeline.flows`` in place of all its entries, where they have no ids and a number would soon name another."""
    result: list[str] = []
    for text in assumed:
        home, _, number = text.rpartition("[")
        if number[:-1].isdecimal():
            entries = value_at(design, find(design, home))
            every = [f"{home}[{place}]" for place in range(len(entries))]
            text = home if all(one in assumed for one in every) else text
        if text not in result:
            result.append(text)
    return result


def _parts(design: Design, given: str, path: str) -> list[str]:
    value = value_at(design, find(design, given))
    if isinstance(value, list):
        return [f"{given}[{place}]" for place in range(len(value)) if f"{given}[{place}]" != path]
    if not isinstance(value, Node):
        return []
    inside = [f"{given}.{key}" for key, _ in value.children_and_values() if key not in ("id", "name")]
    return without(inside, design, path)


def _answered(design: Design, text: str) -> bool:
    try:
        value: Any = value_at(design, find(design, text))
    except ValueRefused:
        return False
    return value not in (None, "", [], {}) and not (isinstance(value, Node) and value.is_empty)
