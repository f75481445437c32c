"""design"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlsd.design.ab_test import AbTest
from mlsd.design.data import Data
from mlsd.design.deploy import Deploy
from mlsd.design.metrics import Metrics
from mlsd.design.model import Model
from mlsd.design.node import Node, Part
from mlsd.design.pipeline import Pipeline
from mlsd.design.problem import Problem
from mlsd.design.types import Count, IsoDate, Level, Listed, PathRef, Term, Text


class Traits(Node):
    """Where its template is wrong here. `traits`"""

    time_ordered: Level | None = None
    """Ordered in time? Do we shape our own labels? Do units affect one another?"""
    self_labelling: Level | None = None
    """Ordered in time? Do we shape our own labels? Do units affect one another?"""
    interference: Level | None = None
    """Ordered in time? Do we shape our own labels? Do units affect one another?"""
    high_stakes: Level | None = None
    """Can it hurt? Is it regulated? Does somebody fight it? Does it treat people?"""
    regulated: Level | None = None
    """Can it hurt? Is it regulated? Does somebody fight it? Does it treat people?"""
    adversarial: Level | None = None
    """Can it hurt? Is it regulated? Does somebody fight it? Does it treat people?"""
    treatment: Level | None = None
    """Can it hurt? Is it regulated? Does somebody fight it? Does it treat people?"""


class Rejected(Node):
    """Rejected. `decisions[].rejected[]`"""

    option: Text | None = None
    """What else was considered, and why not?"""
    because: Text | None = None
    """What else was considered, and why not?"""


class Choice(Node):
    """Choice. `decisions[]`"""

    about: PathRef | None = None
    """What was decided, about which part, and why?"""
    choice: Text | None = None
    """What was decided, about which part, and why?"""
    because: Text | None = None
    """What was decided, about which part, and why?"""
    rejected: Listed[Rejected] = []


class Iteration(Node):
    """Iteration. `iterations[]`"""

    number: Count | None = None
    """What did this pass change, and which findings did it close?"""
    date: IsoDate | None = None
    """What did this pass change, and which findings did it close?"""
    change: Text | None = None
    """What did this pass change, and which findings did it close?"""
    closes: Listed[Term] = []
    """What did this pass change, and which findings did it close?"""


class Waiver(Node):
    """Waiver. `waivers[]`"""

    rule: Term | None = None
    """Which rule does not apply, why not; where, until when, who says so?"""
    reason: Text | None = None
    """Which rule does not apply, why not; where, until when, who says so?"""
    at: PathRef | None = None
    """Which rule does not apply, why not; where, until when, who says so?"""
    until: IsoDate | None = None
    """Which rule does not apply, why not; where, until when, who says so?"""
    by: Term | None = None
    """Which rule does not apply, why not; where, until when, who says so?"""


class Design(Node):
    """Design."""

    mlsd: Count | None = None
    """The version of the format (written by the tool)"""
    title: Text | None = None
    """What are we designing, in one line?"""
    template: Term | None = None
    """Which kind of problem is it?"""
    language: Literal["en", "ru"] | None = None
    """In which language is it printed?"""
    maturity: Literal["interview", "design", "pilot", "production"] | None = None
    """How far does this design claim to be?"""
    authors: Listed[Term] = []
    """Who wrote it?"""
    currency: Term | None = None
    """In which currency is all money of this file?"""
    traits: Part[Traits] = Field(default_factory=Traits)
    glossary: dict[str, Text] = {}
    """Which terms need a word of explanation?"""
    problem: Part[Problem] = Field(default_factory=Problem)
    metrics: Part[Metrics] = Field(default_factory=Metrics)
    data: Part[Data] = Field(default_factory=Data)
    pipeline: Part[Pipeline] = Field(default_factory=Pipeline)
    model: Part[Model] = Field(default_factory=Model)
    deploy: Part[Deploy] = Field(default_factory=Deploy)
    ab_test: Part[AbTest] = Field(default_factory=AbTest)
    decisions: Listed[Choice] = []
    iterations: Listed[Iteration] = []
    waivers: Listed[Waiver] = []
    assumed: Listed[PathRef] = []
    """Taken from the template, not yet confirmed (written by the tool)"""
