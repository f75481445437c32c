"""`online, 10`, `ranker: ranking, online`, `gateway 10ms > retrieval 30ms + features 15ms`, `3M > retrieval 500`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlsd.design.pipeline import Component, Flow, Serving
from mlsd.design.quantity import count, in_ms
from mlsd.design.units import shown
from mlsd.errors import Message, ValueRefused
from mlsd.interview.lines.colon import colon_line, comma_line
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.slots import BY_NAME, amount_of, choice, has, head_and_rest, joined, prose, split, whole
from mlsd.interview.lines.tongue import Tongue
from mlsd.interview.lines.words import NUMBER_AHEAD, ref

_STEP = re.compile(rf"(?P<name>[^\s\d].*?)(?:\s+{NUMBER_AHEAD}(?P<time>.+))?")
_LEVEL = re.compile(rf"(?:(?P<name>[^\s\d].*?)\s+)?{NUMBER_AHEAD}(?P<gives>.+)")
_FLOW_END = re.compile(r"(?P<to>[^\[\]]+?)(?:\s+\[(?P<mode>[^\[\]]*)\])?")
_MODE = choice("mode", Flow)
_NEXT = re.compile(r"\s*(?:->|→|=>|>)\s*")


def _slots(text: str) -> int:
    return count(re.sub(r"\s*(?:slots?|results?|мест[оа]?|результат(?:ов|а)?)$", "", text))


def _steps(text: str) -> list[str]:
    """The parts between “>”; between commas where nothing else joins them."""
    steps = _NEXT.split(text)
    if len(steps) == 1:
        return [step for step in split(text) if step] or [""]
    if strange := next((step for step in steps if len(split(step)) > 1), None):
        raise ValueRefused(
            Message("“{text}” holds a comma.", text=shown(strange)),
            Message("Join what comes one after the other by “>”, and blocks called at once by “+”."),
        )
    return steps


def _path(text: str) -> dict[str, Any]:
    times: dict[str, float] = {}
    steps: list[Any] = []
    for step in _steps(text):
        parallel = [_block(part, times) for part in step.split("+")]
        steps.append(parallel if len(parallel) > 1 else parallel[0])
    return {"request_path": steps} | ({"p99_ms": times} if times else {})


def _block(text: str, times: dict[str, float]) -> str:
    found = _STEP.fullmatch(text.strip())
    if not found:
        raise Misread
    block = ref(found["name"])
    if found["time"]:
        times[block] = whole(in_ms(found["time"]))
    return block


def _path_text(entry: Mapping[str, Any], language: Tongue) -> str:
    times = entry.get("p99_ms") or {}

    def block(name: str) -> str:
        return f"{name} {language.milliseconds(times[name])}" if name in times else name

    steps = entry.get("request_path") or []
    return " > ".join(" + ".join(map(block, step)) if isinstance(step, list) else block(step) for step in steps)


def _funnel(text: str) -> dict[str, Any]:
    steps = [_level(part) for part in _steps(text)]
    items = {} if "component" in steps[0] else {"items": steps.pop(0)["gives"]}
    if not steps:
        raise Misread
    return items | {"funnel": steps}


def _level(text: str) -> dict[str, Any]:
    found = _LEVEL.fullmatch(text)
    if not found:
        raise Misread
    return ({"component": ref(found["name"])} if found["name"] else {}) | {"gives": count(found["gives"])}


def _funnel_text(entry: Mapping[str, Any], language: Tongue) -> str:
    first = [language.figure(entry["items"])] if has(entry, "items") else []
    steps = [
        f"{step.get('component') or ''} {language.figure(step.get('gives') or 0)}".strip()
        for step in entry.get("funnel") or []
    ]
    return " > ".join(first + steps)


def _flow(text: str) -> dict[str, Any]:
    head, carries = head_and_rest(text)
    ends = _NEXT.split(head)
    end = _FLOW_END.fullmatch(ends[1]) if len(ends) == 2 else None
    if not end:
        raise Misread
    entry: dict[str, Any] = {"from": ref(ends[0]), "to": ref(end["to"])}
    entry |= {"carries": carries} if carries else {}
    return entry | ({"mode": _MODE.read(end["mode"])} if end["mode"] else {})


def _flow_text(entry: Mapping[str, Any], language: Tongue) -> str:
    mode = f" [{_MODE.write(entry['mode'], language)}]" if has(entry, "mode") else ""
    return joined(f"{entry.get('from') or ''} -> {entry.get('to') or ''}{mode}", str(entry.get("carries") or ""))


LINES = (
    comma_line(
        "serving",
        Message("the serving: when the prediction is made, and how many results are shown"),
        Message("online, 10"),
        (choice("mode", Serving), amount_of("slots", _slots, Tongue.figure)),
    ),
    colon_line(
        "component",
        Message("a block: its name, a colon, its role, its lane, the tool it is built on"),
        Message("ranker: ranking, online"),
        BY_NAME,
        (choice("role", Component), choice("lane", Component), prose("tool")),
    ),
    line(
        "request_path",
        Message("the path of a request: blocks joined by “>”, parallel ones by “+”, each with its time at p99"),
        Message("gateway 10ms > retrieval 30ms + features 15ms > ranker 80ms"),
        _path,
        _path_text,
    ),
    line(
        "funnel",
        Message("the funnel: how many things it starts from, then what each block gives, joined by “>”"),
        Message("3M > retrieval 500 > ranker 50 > policy 10"),
        _funnel,
        _funnel_text,
    ),
    line(
        "flow",
        Message("a flow: from which block, “->”, to which, a colon, what it carries"),
        Message("click_log -> training: examples"),
        _flow,
        _flow_text,
    ),
)
