"""The core questions by number, in the order in which they are asked."""

from __future__ import annotations

from mlsd.interview.question import Question
from mlsd.interview.questions import ab_test, data, deploy, metrics, model, pipeline, problem

CORE: tuple[Question, ...] = (
    *problem.QUESTIONS,
    *metrics.QUESTIONS,
    *data.QUESTIONS,
    *pipeline.QUESTIONS,
    *model.QUESTIONS,
    *deploy.QUESTIONS,
    *ab_test.QUESTIONS,
)
