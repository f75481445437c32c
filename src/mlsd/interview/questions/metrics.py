"""Core questions 7–10: business, online and offline metrics."""

from __future__ import annotations

from typing import Any

from mlsd.errors import Message
from mlsd.interview.entries import Entries
from mlsd.interview.question import Question
from mlsd.interview.questions.problem import declared_as
from mlsd.interview.situation import Situation

STAGE = "metrics"


def protects(entry: dict[str, Any]) -> bool:
    """A guardrail."""
    return entry.get("role") == "guardrail"


def decides(entry: dict[str, Any]) -> bool:
    """A metric that shows success, or explains it."""
    return not protects(entry)


def goals_own(situation: Situation) -> list[dict[str, Any]]:
    """The goal's metric, offered among the business metrics."""
    goal = situation.design.problem.goal
    declared = [entry.filled() for entry in situation.design.metrics.business if entry.id == goal.metric]
    suggested = any(entry.id == goal.metric for entry in situation.suggested.metrics.business)
    return declared or ([declared_as(goal.filled(), [])] if goal.metric and not suggested else [])


def goals_metric(situation: Situation) -> str | None:
    """The goal's metric, where it is declared: what moves should move that."""
    goal = situation.design.problem.goal.metric
    return goal if goal in situation.ids("metric") else None


QUESTIONS = (
    Question(
        "7",
        STAGE,
        Message("Which numbers does the business watch?"),
        Message(
            "The goal's number is seldom alone: revenue may rise while margin falls. Two or three "
            "numbers keep a team honest."
        ),
        (
            Entries(
                ("metrics.business[].id", "metrics.business[].direction"),
                "business_metric",
                "metrics.business",
                ("direction", "unit"),
                extra=goals_own,
            ),
        ),
        rests_on=("3",),
    ),
    Question(
        "8",
        STAGE,
        Message("Which online metric shows success?"),
        Message(
            "Business numbers move slowly and for many reasons. An experiment needs one that moves "
            "within two weeks and leads "
            "to them."
        ),
        (
            Entries(
                (
                    "metrics.online[].id",
                    "metrics.online[].role",
                    "metrics.online[].direction",
                    "metrics.online[].baseline",
                    "metrics.online[].target",
                    "metrics.online[].links_to",
                ),
                "online_metric",
                "metrics.online",
                ("metric", "role", "direction", "baseline", "target", "unit", "links_to"),
                only=decides,
                instead=goals_metric,
                completes=("metric",),
            ),
        ),
        rests_on=("7",),
    ),
    Question(
        "9",
        STAGE,
        Message("Which number, if it got worse, would make you stop?"),
        Message(
            "A launch that lifts its success metric can still hurt people, revenue or speed. A "
            "guardrail notices while the "
            "experiment runs; its margin says when to stop."
        ),
        (
            Entries(
                (
                    "metrics.online[].id",
                    "metrics.online[].role",
                    "metrics.online[].direction",
                    "metrics.online[].margin",
                    "metrics.online[].links_to",
                ),
                "guardrail",
                "metrics.online",
                ("metric", "role", "direction", "baseline", "margin", "unit", "links_to"),
                only=protects,
                instead=goals_metric,
                completes=("metric",),
            ),
        ),
        rests_on=("8",),
    ),
    Question(
        "10",
        STAGE,
        Message("What do you measure offline, on the test part?"),
        Message(
            "Offline metrics choose among models in hours instead of weeks. They are worth something "
            "only if they move with the "
            "online metric they stand for."
        ),
        (
            Entries(
                (
                    "metrics.offline[].id",
                    "metrics.offline[].metric",
                    "metrics.offline[].direction",
                    "metrics.offline[].k",
                    "metrics.offline[].at",
                    "metrics.offline[].target",
                    "metrics.offline[].links_to",
                ),
                "offline_metric",
                "metrics.offline",
                ("metric", "direction", "k", "at", "baseline", "target", "links_to"),
                completes=("metric",),
            ),
        ),
        rests_on=("8", "22/1"),
    ),
)
