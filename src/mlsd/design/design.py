"""design"""

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
from mlsd.design.types import Count, IsoDate, Level, Listed, Maybe, OneOf, PathRef, Term, Text


class Traits(Node):
    """Where its template is wrong here. `traits`"""

    time_ordered: Level = None
    """Ordered in time? Do we shape our own labels? Do units affect one another?"""
    self_labelling: Level = None
    """Ordered in time? Do we shape our own labels? Do units affect one another?"""
    interference: Level = None
    """Ordered in time? Do we shape our own labels? Do units affect one another?"""
    high_stakes: Level = None
    """Can it hurt? Is it regulated? Does somebody fight it? Does it treat people?"""
    regulated: Level = None
    """Can it hurt? Is it regulated? Does somebody fight it? Does it treat people?"""
    adversarial: Level = None
    """Can it hurt? Is it regulated? Does somebody fight it? Does it treat people?"""
    treatment: Level = None
    """Can it hurt? Is it regulated? Does somebody fight it? Does it treat people?"""


class Rejected(Node):
    """Rejected. `decisions[].rejected[]`"""

    option: Maybe[Text] = None
    """What else was considered, and why not?"""
    because: Maybe[Text] = None
    """What else was considered, and why not?"""


class Choice(Node):
    """Choice. `decisions[]`"""

    about: Maybe[PathRef] = None
    """What was decided, about which part, and why?"""
    choice: Maybe[Text] = None
    """What was decided, about which part, and why?"""
    because: Maybe[Text] = None
    """What was decided, about which part, and why?"""
    rejected: Listed[Rejected] = []


class Iteration(Node):
    """Iteration. `iterations[]`"""

    number: Maybe[Count] = None
    """What did this pass change, and which findings did it close?"""
    date: Maybe[IsoDate] = None
    """What did this pass change, and which findings did it close?"""
    change: Maybe[Text] = None
    """What did this pass change, and which findings did it close?"""
    closes: Listed[Term] = []
    """What did this pass change, and which findings did it close?"""


class Waiver(Node):
    """Waiver. `waivers[]`"""

    rule: Maybe[Term] = None
    """Which rule does not apply, why not; where, until when, who says so?"""
    reason: Maybe[Text] = None
    """Which rule does not apply, why not; where, until when, who says so?"""
    at: Maybe[PathRef] = None
    """Which rule does not apply, why not; where, until when, who says so?"""
    until: Maybe[IsoDate] = None
    """Which rule does not apply, why not; where, until when, who says so?"""
    by: Maybe[Term] = None
    """Which rule does not apply, why not; where, until when, who says so?"""


class Design(Node):
    """Design."""

    mlsd: Maybe[Count] = None
    """The version of the format (written by the tool)"""
    title: Maybe[Text] = None
    """What are we designing, in one line?"""
    template: Maybe[Term] = None
    """Which kind of problem is it?"""
    language: OneOf[Literal["en", "ru"]] = None
    """In which language is it printed?"""
    maturity: OneOf[Literal["interview", "design", "pilot", "production"]] = None
    """How far does this design claim to be?"""
    authors: Listed[Term] = []
    """Who wrote it?"""
    currency: Maybe[Term] = None
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
