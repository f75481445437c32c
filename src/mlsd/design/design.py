"""The whole design: its head, the seven stages in order, and what was decided, changed, waived and assumed."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal, Self, TypeVar

from pydantic import Field

from mlsd.design.ab_test import AbTest
from mlsd.design.data import Data
from mlsd.design.deploy import Deploy
from mlsd.design.languages import Code
from mlsd.design.metrics import Metrics
from mlsd.design.model import Model
from mlsd.design.node import Node, Part
from mlsd.design.pipeline import Pipeline
from mlsd.design.place import Path
from mlsd.design.problem import Problem
from mlsd.design.types import Count, IsoDate, Level, Listed, Maybe, OneOf, PathRef, Term, Text

Found = TypeVar("Found")


class Traits(Node):
    """Traits of the problem that its template states differently or not at all: `traits`."""

    time_ordered: Level = None
    """Does the order in time matter, so that training on the future would cheat?

    `strong` asks for a split by time with a gap; `none` suits photos or texts that do not age. When empty, the
    template's answer holds.
    """
    self_labelling: Level = None
    """Do our own decisions shape the labels that we learn from?

    `strong` where people click only what was shown, or a blocked payment never shows whether it was fraud. Such a
    design needs exploration, a random hold-out or logged propensities. When empty, the template's answer holds.
    """
    interference: Level = None
    """Does the treatment of one unit change the result of another?

    `strong` in marketplaces, pricing and dispatch, where treated and untreated people share one stock. A plain user
    split is then biased; clusters or switchback help. When empty, the template's answer holds.
    """
    high_stakes: Level = None
    """Can a wrong answer harm a person's money, health, freedom or safety?

    `strong` asks for costs of both kinds of error and for people in the loop. When empty, the template's answer holds.
    """
    regulated: Level = None
    """Does a law or an authority regulate this kind of decision?

    `strong` for credit, hiring, insurance, housing, education and medicine: an explanation, an appeal and a reason for
    every protected feature are then expected. When empty, the template's answer holds.
    """
    adversarial: Level = None
    """Does somebody profit from fooling the model?

    `strong` for fraud, spam and moderation: the world answers every release, so a model older than 30 days is stale.
    When empty, the template's answer holds.
    """
    treatment: Level = None
    """Does the decision treat people, such as a discount, a call or a message?

    `strong` means that the effect of the action should be predicted (uplift), because the most likely leaver is not the
    most persuadable one. When empty, the template's answer holds.
    """


class Rejected(Node):
    """An option that was considered and turned down: `decisions[].rejected[]`."""

    option: Maybe[Text] = None
    """What else was considered?

    A real alternative that somebody competent would defend, such as “nightly lists”, and not a straw man.
    """
    because: Maybe[Text] = None
    """Why was it turned down?

    Best with a number: “needs a GPU and 400 ms” says more than “too slow”.
    """


class Choice(Node):
    """A decision that was taken, with its reason and what it beat: `decisions[]`."""

    about: Maybe[PathRef] = None
    """Which part of the design does the decision concern?

    A path such as `pipeline.serving` or `model.candidates[two_tower]`. Prints then show the decision in that section.
    """
    choice: Maybe[Text] = None
    """What was decided?

    One clause, such as “trees over candidates of two towers”.
    """
    because: Maybe[Text] = None
    """Why was it decided that way?

    The constraint or measurement that settled it: “500 items must be ranked in 60 ms on a CPU”.
    """
    rejected: Listed[Rejected] = []
    """Which alternatives were turned down?

    At least one for every major choice (model, serving, storage). Interviewers ask for it more often than for the
    choice itself.
    """


class Iteration(Node):
    """One pass over all stages that closed named holes: `iterations[]`."""

    number: Maybe[Count] = None
    """Which pass is it, counted from 1?"""
    date: Maybe[IsoDate] = None
    """On which day was this pass finished?

    Written as `2027-06-30`.
    """
    change: Maybe[Text] = None
    """What did this pass change?

    One sentence: “guardrails, gap, fallbacks and budgets”. The first pass only touches every stage, badly.
    """
    closes: Listed[Term] = []
    """Which findings did this pass close?

    Codes of rules, such as `MET-10` or `PIP-05`. From the second pass on, a pass that closes nothing has no reason.
    """


class Waiver(Node):
    """A rule that is set aside here, with a reason that is printed in the document: `waivers[]`."""

    rule: Maybe[Term] = None
    """Which rule is set aside?

    Its code, such as `ABT-00`; `mlsd rule` lists them all.
    """
    reason: Maybe[Text] = None
    """Why does the rule not apply here?

    A reason that a reviewer can check: “twelve users a day, nothing could become significant in a year”. A waiver
    without a reason does not count.
    """
    at: Maybe[PathRef] = None
    """On which part of the design is the rule set aside?

    A path such as `deploy` or `metrics.online[ctr]`. When empty, the rule is set aside everywhere.
    """
    until: Maybe[IsoDate] = None
    """Until which day does the waiver hold?

    Written as `2027-01-01`; after that day the rule speaks again. When empty, it holds for good.
    """
    by: Maybe[Term] = None
    """Who says so?

    A name or a role that answers for it, such as “head of search”.
    """


class Design(Node):
    """The whole design, as one file holds it."""

    mlsd: Maybe[Count] = None
    """Which version of the file format is this?

    Written by the tool. A file of a newer format than the tool knows is refused with a sentence that says so.
    """
    title: Maybe[Text] = None
    """What are we designing, in one line?

    Name the product and the place, such as “Related items on the product page”, and not the technique.
    """
    template: Maybe[Term] = None
    """Which kind of problem is it?

    The name of a template, such as `recsys`; `generic` fits anything. The template brings the examples of the questions
    and what is typical of such problems.
    """
    language: OneOf[Code] = None
    """In which language is the document printed?

    The file itself may be written in either. When empty, the language that the tool speaks.
    """
    maturity: OneOf[Literal["interview", "design", "pilot", "production"]] = None
    """How far does this design claim to be?

    A rule speaks only from a certain maturity on: a sketch of 45 minutes (`interview`) is not asked for runbooks, a
    system in `production` is.
    """
    authors: Listed[Term] = []
    """Who wrote it?

    Who can be asked about it later, such as `A. Author`.
    """
    currency: Maybe[Term] = None
    """In which currency is all money of this file?

    A code of three letters, such as `EUR`. An amount written in another currency is refused.
    """
    traits: Part[Traits] = Field(default_factory=Traits)
    """Where is the template wrong about this problem?

    Only what differs; every empty trait is the template's.
    """
    glossary: dict[str, Text] = {}
    """Which terms need a word of explanation?

    Every abbreviation that a reader from another team would have to look up, such as “NDCG: quality of an order from 0
    to 1”.
    """
    problem: Part[Problem] = Field(default_factory=Problem)
    """What is really asked, and what limits the answer?"""
    metrics: Part[Metrics] = Field(default_factory=Metrics)
    """Which numbers say whether it got better?"""
    data: Part[Data] = Field(default_factory=Data)
    """What is known, about what, and where does it come from?"""
    pipeline: Part[Pipeline] = Field(default_factory=Pipeline)
    """Of which blocks does the service consist, and what do they hand to one another?"""
    model: Part[Model] = Field(default_factory=Model)
    """What is predicted, from what, and what is the simplest thing that works?"""
    deploy: Part[Deploy] = Field(default_factory=Deploy)
    """How does it run, and how do you notice that it stopped working?"""
    ab_test: Part[AbTest] = Field(default_factory=AbTest)
    """Which experiment shows that it helps?"""
    decisions: Listed[Choice] = []
    """What was decided, and what was turned down?

    One entry for each choice that a reviewer could question: model, serving, storage, split.
    """
    iterations: Listed[Iteration] = []
    """In which passes did this design grow?

    Written by `mlsd` after each pass; an entry may also be added by hand.
    """
    waivers: Listed[Waiver] = []
    """Which rules do not apply here, and why?

    Better than a silent gap: the reason is printed with the document and checked by a reviewer.
    """
    assumed: Listed[PathRef] = []
    """Which answers came from the template and still wait for a person to confirm them?

    Paths, written by the tool. They are printed as assumptions; take a path out once its answer is your own.
    """

    @cached_property
    def answers(self) -> tuple[tuple[Path, Any], ...]:
        """Every answered value with its path; gone through once, since a design never changes."""
        return tuple(self.leaves())

    @cached_property
    def parts(self) -> tuple[tuple[Path, Node], ...]:
        """Every node below this one with its path: a design that held itself would be freed late."""
        return tuple(self.walk())[1:]

    @property
    def nodes(self) -> tuple[tuple[Path, Node], ...]:
        """Every node with its path, this one first."""
        return (((), self), *self.parts)

    @cached_property
    def texts(self) -> tuple[tuple[Path, str], ...]:
        """Those of the answers that are words."""
        return tuple((path, value) for path, value in self.answers if isinstance(value, str))

    @cached_property
    def ids(self) -> dict[str, dict[str, Path]]:
        """For each kind of reference what it may point to; ``reference.known`` fills it in when it is asked."""
        return {}

    @cached_property
    def computed(self) -> dict[str, Any]:
        """What ``once`` has computed."""
        return {}

    def once(self, name: str, compute: Callable[[], Found]) -> Found:
        """What follows from it and many ask for; computed when the first one asks, since a design never changes."""
        known = self.computed
        if name not in known:
            known[name] = compute()
        found: Found = known[name]
        return found

    def __copy__(self) -> Self:
        copied = super().__copy__()
        for kept in ("answers", "parts", "texts", "ids", "computed"):
            copied.__dict__.pop(kept, None)  # a copy is made to be changed
        return copied
