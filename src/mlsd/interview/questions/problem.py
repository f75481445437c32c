"""Core questions 1–6: what is really asked, and what limits the answer."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

from mlsd.design import Design, Path
from mlsd.design.path import value_at
from mlsd.design.periods import period_of
from mlsd.errors import Message
from mlsd.interview import derived
from mlsd.interview.entries import Entries
from mlsd.interview.fields import Words
from mlsd.interview.line import Line
from mlsd.interview.lines.goal import goal_words, without_currency
from mlsd.interview.listed import Entry
from mlsd.interview.picks import Pick
from mlsd.interview.plain import Data, entries, put
from mlsd.interview.prompt import Answer
from mlsd.interview.question import Question
from mlsd.interview.situation import Situation

STAGE = "problem"


def _subject(limit: Entry) -> object:
    """What a limit with a number is on; a cost of a month and one of a request are two things, as p50 and p99 are."""
    if limit.get("value") is None:
        return None
    return limit.get("kind"), limit.get("percentile"), period_of(limit.get("unit"))


BUSINESS = ("metrics", "business")


class Goal(Line):
    """The goal's number, which is also declared as a business metric so that it can be referred to at once."""

    @override
    def read(self, text: str, situation: Situation) -> dict[str, Any]:
        """The goal; its numbers may carry the file's currency, and its metric may be called by name."""
        found = super().read(without_currency(text, situation.design.currency or ""), situation)
        called = goal_words(text).casefold()
        known = [*situation.design.metrics.business, *situation.suggested.metrics.business]
        named = next((entry.id for entry in known if called and (entry.name or "").casefold() == called), None)
        return found | ({"metric": named} if named else {})

    @override
    def enter(self, data: Data, answer: Any, situation: Situation) -> None:
        before = situation.design.problem.goal.metric
        super().enter(data, answer, situation)
        goal = data.get("problem", {}).get("goal", {})
        metric = goal.get("metric")
        declared = entries(data, BUSINESS)
        unit = self.read(str(answer), situation).get("unit", "%")
        for entry in declared:
            if entry.get("id") == metric and unit != "%":
                entry.setdefault("unit", unit)
        if not metric or any(entry.get("id") == metric for entry in declared):
            return
        known = [entry.filled() for entry in situation.suggested.metrics.business if entry.id == metric]
        offered = {entry.id for entry in situation.suggested.metrics.business}
        ours = len(declared) == 1 or before not in offered  # nobody but the goal has named it
        kept = [entry for entry in declared if entry.get("id") != before or not (ours and _bare(entry))]
        counted = goal | ({"unit": unit} if unit != "%" else {})
        put(data, BUSINESS, [declared_as(counted, known, goal_words(str(answer))), *kept])

    @override
    def beside(self, suggestion: Answer, situation: Situation) -> Answer:
        """Beside another metric than the suggested one only the date: the numbers are those of the suggested one."""
        found, held = self.read(str(suggestion), situation), self.held(situation.design)
        if held.get("metric") in (None, found.get("metric")):
            return suggestion
        return self.write({key: found[key] for key in ("by",) if key in found} | held, situation)

    @override
    def paths(self, design: Design) -> list[Path]:
        metric = design.problem.goal.metric
        business = enumerate(design.metrics.business)
        return super().paths(design) + [
            (*BUSINESS, place) for place, entry in business if entry.id and entry.id == metric
        ]

    @override
    def taken(self, situation: Situation, suggestion: Answer | None) -> set[Path]:
        found = super().taken(situation, suggestion)
        known = {entry.id: entry.direction for entry in situation.suggested.metrics.business}
        for path in self.paths(situation.design):
            entry = value_at(situation.design, path)
            if (
                path[0] == "metrics"
                and ("problem", "goal", "metric") in found
                and known.get(entry.id) == entry.direction
            ):
                found.add(path)
        return found


def _bare(metric: dict[str, Any]) -> bool:
    """Whether nothing was said of a metric but what the goal says of it."""
    return set(metric) <= {"id", "name", "direction", "unit"}


def declared_as(goal: dict[str, Any], known: list[dict[str, Any]], words: str = "") -> dict[str, Any]:
    """The business metric that the goal speaks of: as the template has it, else by the way from today to the target."""
    if known:
        return {key: value for key, value in known[0].items() if key in ("id", "name", "direction", "unit")}
    metric: dict[str, Any] = {"id": goal["metric"]} | ({"name": words} if words not in ("", goal["metric"]) else {})
    metric |= {"unit": goal["unit"]} if "unit" in goal else {}
    baseline, target = goal.get("baseline"), goal.get("target")
    if isinstance(baseline, int | float) and isinstance(target, int | float) and baseline != target:
        metric["direction"] = "up" if target > baseline else "down"
    return metric


QUESTIONS = (
    Question(
        "1",
        STAGE,
        Message("Did I understand correctly: what should change, and for whom?"),
        Message(
            "The task as it is told hides several products. Saying it back in one sentence shows which one you design."
        ),
        (Words(("problem.goal.statement",)),),
    ),
    Question(
        "2",
        STAGE,
        Message("What did you ask back, and what were you told (or do you assume)?"),
        Message(
            "Two or three questions settle most of a design. What is assumed aloud is fair, what is "
            "assumed silently is not."
        ),
        (
            Entries(
                ("problem.clarifications[].question", "problem.clarifications[].answer"),
                "clarification",
                "problem.clarifications",
                ("question", "answer"),
            ),
        ),
    ),
    Question(
        "3",
        STAGE,
        Message("Which business number says so: from what, to what, by when?"),
        Message(
            "Without a number, a target and a date nobody can say afterwards whether the project was worth its money."
        ),
        (
            Goal(
                ("problem.goal.metric", "problem.goal.baseline", "problem.goal.target", "problem.goal.by"),
                "goal",
                "problem.goal",
                derive=derived.goal,
                completes=("metric",),
            ),
        ),
        rests_on=("1",),
    ),
    Question(
        "4",
        STAGE,
        Message("Who acts on the prediction, and what do they do?"),
        Message(
            "A prediction that changes no decision is worth nothing. The action also says what a "
            "mistake costs and how soon "
            "the answer must come."
        ),
        (
            Pick(("problem.decision.actor",), asked=Message("Who acts on the prediction?")),
            Words(("problem.decision.action",), asked=Message("What is done with the prediction?")),
        ),
    ),
    Question(
        "5",
        STAGE,
        Message("How large is it: users, requests, peak, things to choose among?"),
        Message(
            "Ten requests a second and ten thousand are different systems. The estimate decides "
            "caches, replicas and whether "
            "a funnel is needed."
        ),
        (
            Line(
                (
                    "problem.scale.daily_users",
                    "problem.scale.requests_per_user_day",
                    "problem.scale.volume_day",
                    "problem.scale.rps_peak",
                    "problem.scale.items",
                ),
                "scale",
                "problem.scale",
                derive=derived.scale,
            ),
        ),
    ),
    Question(
        "6",
        STAGE,
        Message("What limits you: time, memory, machines, money, people, law?"),
        Message(
            "Limits rule out most designs. One without a number, a unit and, for latency, a "
            "percentile cannot be designed for."
        ),
        (
            Entries(
                (
                    "problem.constraints[].kind",
                    "problem.constraints[].op",
                    "problem.constraints[].value",
                    "problem.constraints[].unit",
                    "problem.constraints[].percentile",
                ),
                "constraint",
                "problem.constraints",
                ("kind", "op", "value", "unit", "percentile", "text"),
                about=_subject,
                id_from="kind",
            ),
        ),
    ),
)
