"""Core questions 16–20: when the prediction is made, the blocks, the path of a request, the funnel, the flows."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

from mlsd.design import Design, Path
from mlsd.errors import Message, ValueRefused
from mlsd.interview import derived
from mlsd.interview.entries import Entries
from mlsd.interview.line import Line
from mlsd.interview.plain import Data, drop, entries, put
from mlsd.interview.prompt import Answer
from mlsd.interview.question import Part, Question
from mlsd.interview.questions.data import is_list
from mlsd.interview.situation import Situation
from mlsd.sizing import latency

STAGE = "pipeline"
COMPONENTS = ("pipeline", "components")


class RequestPath(Line):
    """The path and, on the blocks it passes, how long one call may take."""

    @override
    def read(self, text: str, situation: Situation) -> dict[str, Any]:
        def meant(block: str) -> str:
            return situation.meant("component", block)

        found = super().read(text, situation)
        times = {meant(block): time for block, time in found.get("p99_ms", {}).items()}
        path = [
            [meant(one) for one in step] if isinstance(step, list) else meant(step) for step in found["request_path"]
        ]
        self._refuse_lost(times, situation)
        return found | {"request_path": path} | ({"p99_ms": times} if times else {})

    def _refuse_lost(self, times: dict[str, float], situation: Situation) -> None:
        """A time is kept on its block, so that block has to be declared."""
        known = situation.ids("component")
        if unknown := [block for block in times if block not in known]:
            raise ValueRefused(
                Message("“{block}” is no block named so far, so its time would be lost.", block=unknown[0]),
                Message("Name it in the question before, or leave its time out. Known are: {known}.", known=known),
            )

    @override
    def taken(self, situation: Situation, suggestion: Answer | None) -> set[Path]:
        offered = {block.id: block.p99_ms for block in situation.suggested.pipeline.components}
        path = self.read(str(suggestion), situation)["request_path"] if suggestion else None
        blocks, found = situation.design.pipeline.components, set()
        for at in self.paths(situation.design):
            block = blocks[int(at[2])] if len(at) > 2 else None
            if (block.p99_ms == offered.get(block.id)) if block else situation.design.pipeline.request_path == path:
                found.add(at)
        return found

    @override
    def held(self, design: Design) -> dict[str, Any]:
        path = design.pipeline.request_path
        names = set(latency.blocks(path))
        times = {
            str(block.id): block.p99_ms for block in design.pipeline.components if block.id in names and block.p99_ms
        }
        return ({"request_path": path} | ({"p99_ms": times} if times else {})) if path else {}

    @override
    def given(self, design: Design, situation: Situation) -> str | None:
        held = self.held(design)
        if design is not situation.design:
            held["request_path"] = _only(held.get("request_path", []), set(situation.ids("component")))
        return self.write(held, situation) if held.get("request_path") else None

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        found = self.read(answer, situation)
        times = found.get("p99_ms", {})
        put(data, ("pipeline", "request_path"), found["request_path"])
        passed = set(latency.blocks(found["request_path"]))
        for place, block in enumerate(situation.design.pipeline.components):
            if block.id in times and times[block.id] != block.p99_ms:
                put(data, (*COMPONENTS, place, "p99_ms"), times[block.id])
            elif block.id in passed and block.id not in times and block.p99_ms is not None:
                drop(data, (*COMPONENTS, place, "p99_ms"))

    @override
    def clear(self, data: Data, situation: Situation) -> None:
        for path in self.paths(situation.design):
            drop(data, path)

    @override
    def paths(self, design: Design) -> list[Path]:
        names = set(latency.blocks(design.pipeline.request_path))
        if not names:
            return []
        blocks = enumerate(design.pipeline.components)
        timed = [
            (*COMPONENTS, place, "p99_ms") for place, block in blocks if block.id in names and block.p99_ms is not None
        ]
        return [("pipeline", "request_path"), *timed]

    @override
    def dress(self, situation: Situation, given: Answer | None) -> dict[str, Any]:
        lanes = situation.design.pipeline.components
        return super().dress(situation, given) | {
            "completions": tuple(str(block.id) for block in lanes if block.id and block.lane in (None, "online"))
        }


class Funnel(Line):
    """How many things each block of the funnel gives; the number it starts from lives in the scale."""

    taken = Part.taken

    @override
    def held(self, design: Design) -> dict[str, Any]:
        steps = [step.filled() for step in design.pipeline.funnel if step.gives is not None]
        if not steps:
            return {}
        items = steps[0].get("takes") or design.problem.scale.items
        return ({"items": items} if items else {}) | {"funnel": steps}

    @override
    def given(self, design: Design, situation: Situation) -> str | None:
        held = self.held(design)
        if design is not situation.design and held:
            known = situation.ids("component")
            items = situation.design.problem.scale.items
            held = ({"items": items} if items else {}) | {
                "funnel": [step for step in held["funnel"] if step.get("component") in known]
            }
            slots = situation.design.pipeline.serving.slots
            if slots and held["funnel"]:  # what the last block gives is what is shown
                held["funnel"][-1] = {**held["funnel"][-1], "gives": slots}
        return self.write(held, situation) if held.get("funnel") else None

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        found = self.read(answer, situation)
        steps = self._named(found["funnel"], situation)
        before = {
            entry.get("component"): entry for entry in entries(data, ("pipeline", "funnel")) if isinstance(entry, dict)
        }
        made = [{**before.get(step.get("component"), {}), **step} for step in steps]
        items, known = found.get("items"), situation.design.problem.scale.items
        made[0].pop("takes", None)
        if items and known is None:
            put(data, ("problem", "scale", "items"), items)
        elif items and items != known:
            made[0]["takes"] = items
        order = ("component", "takes", "gives")
        put(
            data,
            ("pipeline", "funnel"),
            [dict(sorted(step.items(), key=lambda one: _rank(one[0], order))) for step in made],
        )

    def _named(self, steps: list[dict[str, Any]], situation: Situation) -> list[dict[str, Any]]:
        """The steps with the blocks they mean: as written, else the choosing blocks of the path in their order."""
        roles = {block.id: block.role for block in situation.design.pipeline.components}
        every = list(latency.blocks(situation.design.pipeline.request_path)) or [str(name) for name in roles if name]
        choosing = iter([name for name in every if roles.get(name) in ("retrieval", "ranking", "scoring", "policy")])
        made = []
        for step in steps:
            name = step.get("component") or next(choosing, None)
            made.append(({"component": name} if name else {}) | step)
        return made

    @override
    def clear(self, data: Data, situation: Situation) -> None:
        drop(data, ("pipeline", "funnel"))

    @override
    def paths(self, design: Design) -> list[Path]:
        return [("pipeline", "funnel")] if design.pipeline.funnel else []


def _rank(key: str, order: tuple[str, ...]) -> int:
    return order.index(key) if key in order else len(order)


def _only(path: list[Any], known: set[str]) -> list[Any]:
    """The path without blocks that are not there."""
    left = [[name for name in step if name in known] if isinstance(step, list) else step for step in path]
    flat = [step[0] if isinstance(step, list) and len(step) == 1 else step for step in left]
    return [step for step in flat if (step if isinstance(step, list) else step in known)]


QUESTIONS = (
    Question(
        "16",
        STAGE,
        Message("When is the prediction made, and how many results are shown?"),
        Message(
            "A prediction made at night is cheap and knows nothing of today. One made on request "
            "needs every feature within "
            "milliseconds."
        ),
        (
            Line(
                ("pipeline.serving.mode", "pipeline.serving.slots"),
                "serving",
                "pipeline.serving",
                completes=("pipeline.serving.mode",),
            ),
        ),
    ),
    Question(
        "17",
        STAGE,
        Message("Which blocks does the service have, training included?"),
        Message(
            "A drawing with one box called “model” is the most frequent weak answer. What is computed"
            " online, what offline, and "
            "what answers when a block fails?"
        ),
        (
            Entries(
                ("pipeline.components[].id", "pipeline.components[].role", "pipeline.components[].lane"),
                "component",
                "pipeline.components",
                ("role", "lane", "tool"),
                completes=("pipeline.components[].role", "pipeline.components[].lane"),
            ),
        ),
    ),
    Question(
        "18",
        STAGE,
        Message("In which order does a request pass them, at how many ms (p99) each?"),
        Message(
            "Adding up the parts in front of the interviewer shows whether the promise can be kept, "
            "and what is left for a timeout."
        ),
        (
            RequestPath(
                ("pipeline.request_path", "pipeline.components[].p99_ms"),
                "request_path",
                "pipeline",
                derive=derived.path,
            ),
        ),
        rests_on=("16", "17", "6"),
    ),
    Question(
        "19",
        STAGE,
        Message("How many things come into each step, and how many go out?"),
        Message(
            "No ranker scores millions within the budget. The funnel also shows where quality is "
            "lost: what the first step "
            "misses, no later one brings back."
        ),
        (
            Funnel(
                ("pipeline.funnel[].component", "pipeline.funnel[].takes", "pipeline.funnel[].gives"),
                "funnel",
                "pipeline",
                completes=("component",),
                derive=derived.funnel,
            ),
        ),
        is_list,
        rests_on=("5", "18"),
    ),
    Question(
        "20",
        STAGE,
        Message("What does each block hand to the next?"),
        Message(
            "The edge most often forgotten leads back: what was shown and what came of it, into the training data."
        ),
        (
            Entries(
                ("pipeline.flows[].from", "pipeline.flows[].to", "pipeline.flows[].carries"),
                "flow",
                "pipeline.flows",
                ("from", "to", "carries", "mode"),
                needs=("from", "to"),
                completes=("node",),
            ),
        ),
        rests_on=("17", "13"),
    ),
)
