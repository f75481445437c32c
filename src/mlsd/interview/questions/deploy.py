"""Core questions 27–30: storage and transport, retraining, monitoring, architecture."""

from __future__ import annotations

from mlsd.errors import Message
from mlsd.interview import known
from mlsd.interview.entries import Entries
from mlsd.interview.fields import Names, Typed, Words
from mlsd.interview.line import Line
from mlsd.interview.question import Question
from mlsd.interview.questions.data import has_features

STAGE = "deploy"

QUESTIONS = (
    Question(
        "27",
        STAGE,
        Message("What keeps the data, what carries it, what computes the features?"),
        Message(
            "Every tool has a role it is good at. One tool for all of it is a warning sign, and so is"
            " a store too slow for serving."
        ),
        (
            Entries(
                (
                    "deploy.storage[].id",
                    "deploy.storage[].tool",
                    "deploy.storage[].role",
                    "deploy.storage[].keeps",
                ),
                "storage",
                "deploy.storage",
                ("tool", "role", "keeps"),
                asked=Message("What keeps the data?"),
                completes=("deploy.storage[].role",),
            ),
            Names(
                ("deploy.transport",),
                asked=Message("What carries the data?"),
                applies=has_features,
                offers=known.transports,
            ),
            Typed(
                ("deploy.feature_pipeline.tool",),
                asked=Message("What computes the features?"),
                applies=has_features,
                offers=known.feature_tools,
            ),
        ),
    ),
    Question(
        "28",
        STAGE,
        Message("How often or on what signal is it retrained, and what runs that?"),
        Message("“We will retrain” without a cadence or a signal means never, or in a hurry after the damage."),
        (
            Line(
                ("deploy.retraining.cadence_hours", "deploy.retraining.trigger", "deploy.retraining.tool"),
                "retraining",
                "deploy.retraining",
            ),
        ),
    ),
    Question(
        "29",
        STAGE,
        Message("What is watched, and at which number does it ring?"),
        Message(
            "Models fail quietly: the service is up and the answers are wrong. A monitor without a "
            "number and a person is a picture."
        ),
        (
            Entries(
                (
                    "deploy.monitoring[].target",
                    "deploy.monitoring[].kind",
                    "deploy.monitoring[].threshold",
                ),
                "monitor",
                "deploy.monitoring",
                ("target", "kind", "threshold"),
                needs=("target",),
                completes=("metric", "feature", "source", "component"),
            ),
        ),
        rests_on=("8", "9"),
    ),
    Question(
        "30",
        STAGE,
        Message("How is it packaged and run?"),
        Message(
            "Blocks that scale apart are deployed apart. Zones and scaling say what happens when one of them falls."
        ),
        (Words(("deploy.architecture",)),),
    ),
)
