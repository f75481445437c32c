"""Names people use for metrics, losses, models, tools and sources, and what is known of each.

A name is looked up without regard to case, dashes and spaces, by its id or by any other name in English or Russian. An
unknown name is None: it is something to mention, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from mlsd.content.register import Register


class Metric(NamedTuple):
    """A metric: its better direction, the kinds it may be of, the tasks it fits offline, and what sort it is."""

    id: str
    names: tuple[str, ...] = ()
    direction: str = "up"
    kinds: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    needs_label: bool = False
    flags: frozenset[str] = frozenset()

    @property
    def behavioural(self) -> bool:
        """It counts what people do, so no test set can show it."""
        return "behavioural" in self.flags

    @property
    def ratio(self) -> bool:
        """It is per impression or session, so under randomised people its variance needs the delta method."""
        return "ratio" in self.flags

    @property
    def calibration(self) -> bool:
        """It notices probabilities that are not true."""
        return "calibration" in self.flags

    @property
    def mape_like(self) -> bool:
        """It divides by the target, so zeros break it."""
        return "mape_like" in self.flags

    @property
    def system(self) -> bool:
        """It measures the service: latency, errors, cost."""
        return "system" in self.flags

    @property
    def two_sided(self) -> bool:
        """It is best at a value within its scale: neither up nor down is better as such."""
        return any(flag.startswith("best_at_") for flag in self.flags)

    @property
    def best_at(self) -> float | None:
        """Where a two-sided one is best; None where the target itself says so."""
        return 1.0 if "best_at_1" in self.flags else 0.0 if "best_at_0" in self.flags else None

    @property
    def amount(self) -> bool:
        """It is a sum, a count, a time or an index, never a share of something."""
        return "amount" in self.flags


class Loss(NamedTuple):
    """A loss and the tasks it is registered for."""

    id: str
    names: tuple[str, ...] = ()
    tasks: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()


class Family(NamedTuple):
    """A family of models: whether it needs no defence as a first step, whether a prediction fails to explain itself."""

    id: str
    names: tuple[str, ...] = ()
    simple: bool = False
    opaque: bool = False


class Model(NamedTuple):
    """A model or a baseline by name, and its family."""

    id: str
    names: tuple[str, ...] = ()
    family: str = "other"

    @property
    def simple(self) -> bool:
        """Whether it needs no defence as a first step."""
        known = _families().find(self.family)
        return known is not None and known.simple


class Tool(NamedTuple):
    """A tool and the roles it can play."""

    id: str
    names: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()


class Source(NamedTuple):
    """Where a judgement comes from; ``address`` is empty where none is commonly known."""

    id: str
    title: str = ""
    address: str = ""
    names: tuple[str, ...] = ()


VERSION = 1
"""The version of the files; ``mlsd_registry`` says it."""
KINDS: Mapping[str, Any] = {"metrics": Metric, "losses": Loss, "families": Family, "models": Model, "tools": Tool}
"""Section of a registry that people may add to → what its entries are."""
_FREE = frozenset({"id", "names", "family"})
"""Fields that hold names; the others hold words that something is made of."""

_own: Mapping[str, Sequence[Any]] = {}


def use(own: Mapping[str, Sequence[Any]]) -> None:
    """Know these entries beside ours from now on, and no others: section → entries, a later one over an earlier."""
    global _own
    if own != _own:
        _own = own
        for register in (_metrics, _losses, _models, _families, _tools):
            register.cache_clear()


@cache
def words_of(section: str, field: str) -> tuple[str, ...]:
    """The words that a field of our own entries holds; empty for a field that holds names or truth values."""
    if field in _FREE:
        return ()
    found: set[str] = set()
    for entry in Register(_FILES[section], section, KINDS[section]):
        value = getattr(entry, field)
        found |= {value} if isinstance(value, str) else set() if isinstance(value, bool) else set(value)
    return tuple(sorted(found))


def metric(name: str | None) -> Metric | None:
    """The metric people call so; what follows ``@`` or ``_at_`` is set aside: ``NDCG@10``, ``recall_at_500``."""
    return _metrics().find(name)


def loss(name: str | None) -> Loss | None:
    """The loss people call so; ``BPR loss`` is ``bpr``, ``weighted focal`` is ``focal``."""
    return _losses().find(name)


def model(name: str | None) -> Model | None:
    """The model or baseline people call so."""
    return _models().find(name)


def family(name: str | None) -> Family | None:
    """The family of that name, or the family of the model people call so."""
    known = model(name)
    return _families().find(known.family if known else name)


def tool(name: str | None) -> Tool | None:
    """The tool people call so; versions and further words are set aside: ``Kafka 3.7``, ``Redis cluster``."""
    words = (name or "").split()
    return next((known for word in (name, *words[:1], *words[-1:]) if (known := _tools().find(word))), None)


def tool_like(name: str) -> str | None:
    """The tool that a mistyped name was meant for; None where none is near."""
    return _tools().nearest(name)


def model_like(name: str) -> str | None:
    """The model, or the family of models, that a mistyped name was meant for; None where none is near."""
    return _models().nearest(name) or _families().nearest(name)


def source(name: str | None) -> Source | None:
    """The source a citation such as ``EY 5.4``, ``G29`` or ``TS-O2`` begins with."""
    start = re.match(r"[A-Za-z]+", name or "")
    return _sources().called(name or "") or (_sources().called(start[0]) if start else None)


def metrics_for(task: str) -> frozenset[str]:
    """The ids of all metrics that fit this task offline; empty for a task nothing is registered for."""
    return _metrics().for_task(task)


def losses_for(task: str) -> frozenset[str]:
    """The ids of all losses registered for this task; empty for a task that is not judged."""
    return _losses().for_task(task)


_FILES = {"metrics": "metrics", "losses": "losses", "families": "models", "models": "models", "tools": "tools"}


@cache
def _metrics() -> Register[Metric]:
    return _register("metrics")


@cache
def _losses() -> Register[Loss]:
    return _register("losses")


@cache
def _models() -> Register[Model]:
    return _register("models")


@cache
def _families() -> Register[Family]:
    return _register("families")


@cache
def _tools() -> Register[Tool]:
    return _register("tools")


def _register(section: str) -> Register[Any]:
    """Our entries, and over them the person's own."""
    register = Register(_FILES[section], section, KINDS[section])
    for entry in _own.get(section, ()):
        register.add(entry)
    return register


@cache
def _sources() -> Register[Source]:
    return Register("sources", "sources", Source)
