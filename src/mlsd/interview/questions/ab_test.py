"""Core questions 31–35: what decides, in which shares, how small an effect, for how long, and what is done then."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

from mlsd.design import Design
from mlsd.errors import Message
from mlsd.interview import derived
from mlsd.interview.fields import Typed, Words
from mlsd.interview.line import Line
from mlsd.interview.picks import Pick, Picks
from mlsd.interview.prompt import Answer
from mlsd.interview.question import Part, Question
from mlsd.interview.situation import Situation

STAGE = "ab_test"


def _online(situation: Situation, guardrails: bool) -> list[str]:
    metrics = situation.design.metrics.online
    return [str(metric.id) for metric in metrics if metric.id and (metric.role == "guardrail") == guardrails]


def successes(situation: Situation) -> list[str]:
    """Online metrics that may decide."""
    return _online(situation, False)


def guardrails(situation: Situation) -> list[str]:
    """Online metrics that must not get worse."""
    return _online(situation, True)


class Exposure(Line):
    """Units a day and days; of other numbers of people than the template's, the same part is suggested."""

    taken = Part.taken

    @override
    def given(self, design: Design, situation: Situation) -> str | None:
        held = self.held(design)
        people, ours = design.problem.scale.daily_users, situation.design.problem.scale.daily_users
        units = held.get("eligible_units_day")
        if design is not situation.design and units and people and ours and ours != people:
            held["eligible_units_day"] = _two_digits(units * ours / people)
        return self.write(held, situation) if held else None


def _two_digits(value: float) -> int:
    """Rounded to what one says aloud of an estimate: 23456 is 23000."""
    return int(float(f"{value:.2g}"))


class Size(Line):
    """The smallest effect, alpha and power; what a line does not say of these two stays as it is, or as suggested."""

    @override
    def read(self, text: str, situation: Situation) -> dict[str, Any]:
        held = {**self.held(situation.suggested), **self.held(situation.design)}
        return {key: held[key] for key in ("alpha", "power") if key in held} | super().read(text, situation)

    @override
    def typed_whole(self, answer: Answer, situation: Situation) -> bool:
        return {"alpha", "power"} <= super().read(str(answer), situation).keys()

    @override
    def held(self, design: Design) -> dict[str, Any]:
        filled = design.ab_test.filled()
        return {key: filled[key] for key in ("mde", "alpha", "power") if key in filled}


QUESTIONS = (
    Question(
        "31",
        STAGE,
        Message("Which online metric decides, and which must not get worse?"),
        Message(
            "One number decides, or the test is read until something shines by chance. Guardrails are"
            " judged against a margin."
        ),
        (
            Pick(("ab_test.primary",), asked=Message("Which online metric decides?"), among=successes),
            Picks(("ab_test.guardrails",), asked=Message("Which metrics must not get worse?"), among=guardrails),
        ),
        rests_on=("8", "9"),
    ),
    Question(
        "32",
        STAGE,
        Message("In which shares, control first?"),
        Message(
            "An uneven split protects most people from a bad model and costs observations. The "
            "interviewer wants to hear the price."
        ),
        (Typed(("ab_test.split",), example="70/30", derive=derived.split),),
    ),
    Question(
        "33",
        STAGE,
        Message("What is the smallest effect worth seeing, and how sure must we be?"),
        Message(
            "Half the effect needs four times the people. An effect too small to pay for the system "
            "is not worth seeing."
        ),
        (
            Size(
                ("ab_test.mde", "ab_test.alpha", "ab_test.power"),
                "experiment_size",
                "ab_test",
                derive=derived.sample,
            ),
        ),
        rests_on=("31", "32"),
    ),
    Question(
        "34",
        STAGE,
        Message("How many units meet it first each day, and for how many days?"),
        Message(
            "People are counted, not requests, and the metric's window comes on top. Whole weeks cover the weekend."
        ),
        (
            Exposure(
                ("ab_test.eligible_units_day", "ab_test.duration_days"),
                "exposure",
                "ab_test",
                derive=derived.days,
            ),
        ),
        rests_on=("33",),
    ),
    Question(
        "35",
        STAGE,
        Message("What do you do if it wins, if nothing moves, if it loses?"),
        Message(
            "Most tests are flat. What is decided beforehand keeps a team from searching slices until"
            " one of them is green."
        ),
        (
            Words(("ab_test.decision_rule.win",), asked=Message("What do you do if it wins?")),
            Words(("ab_test.decision_rule.flat",), asked=Message("What do you do if nothing moves?")),
            Words(("ab_test.decision_rule.lose",), asked=Message("What do you do if it loses?")),
        ),
    ),
)
