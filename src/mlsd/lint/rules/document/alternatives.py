"""What was considered and turned down."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

STORES = frozenset(
    {"feature_store", "online_store", "vector_index", "text_index", "database", "object_store", "warehouse"}
)


@rule("DOC-05", Severity.WARNING, since=Maturity.DESIGN, sources=["EY", "BK", "AB", "IH", "COR"])
def no_alternatives(design: Design) -> Iterator[Finding]:
    """A major choice stands there without anything that it was chosen over.

    A model, a way of serving or a store without a rejected alternative is a habit, not a decision. The reason that
    beat the other option is what a reader needs when the reason no longer holds. 69 % of public design documents name
    none.

    Ask: What would you have built if this option had not existed?
    False positives: a decision that does not say what it is about; fill its `about`. What the company chooses for all
    teams was chosen over something too.

    Bad:
    ```yaml
    pipeline: {serving: {mode: online}}
    decisions: [{about: pipeline.serving, choice: online, because: the open item is known only now}]
    ```
    Good:
    ```yaml
    pipeline: {serving: {mode: online}}
    decisions: [{about: pipeline.serving, choice: online, because: the open item is known only now,
      rejected: [{option: nightly lists, because: they miss the last views}]}]
    ```
    """
    argued = [
        choice.about
        for choice in design.decisions
        if choice.about and any(r.option and r.because for r in choice.rejected)
    ]
    bare = [name for name, places in _choices(design) if not any(_near(about, at) for about in argued for at in places)]
    if bare:
        yield Finding(
            "No alternative was turned down, with a reason, for: {choices}.",
            at="decisions",
            ways_out=[Sentence("closes with a rejected option and its reason in decisions, for each")],
            choices=bare,
        )


def _choices(design: Design) -> Iterator[tuple[Sentence, list[str]]]:
    """The major choices that the design makes, and the parts that a decision about each may name."""
    if design.model.candidates or design.model.llm is not None:
        yield Sentence("the model"), ["model"]
    if design.pipeline.serving.mode:
        yield Sentence("the way of serving"), ["pipeline.serving"]
    stores = [block.id for block in design.pipeline.components if block.role in STORES and block.id]
    if design.deploy.storage or stores:
        yield Sentence("the store"), ["deploy.storage", *(f"pipeline.components[{name}]" for name in stores)]


def _near(about: str, place: str) -> bool:
    """Whether a decision is about this part, about something in it, or about what holds it."""
    return (
        about == place or about.startswith((f"{place}.", f"{place}[")) or place.startswith((f"{about}.", f"{about}["))
    )
