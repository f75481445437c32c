"""Ids that point to something."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from mlsd.design import Design, Path
from mlsd.design.reference import RESERVED, Reference, among, declared, references, twice
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

ELSEWHERE = frozenset({("model", "features", "source"), ("ab_test", "primary")})
"""References whose absence another rule reports in its own words (FEA-01, ABT-01)."""


@rule("XST-04", Severity.ERROR, since=Maturity.DESIGN, sources=["ALG"])
def dangling_reference(design: Design) -> Iterator[Finding]:
    """An id is used that nothing declares, or two things are declared by one id.

    Half of a design's value is in its links: which metric decides, what answers when a block fails, where a feature
    comes from. A link to nothing is a sentence that was not finished, or a thing that was renamed in one place
    only. A link to two things of one name is read as a link to the first of them.

    Ask: Was it renamed, or was it never declared?
    False positives: none known.

    Bad:
    ```yaml
    pipeline: {components: [{id: ranker, fallback: popular}]}
    ```
    Good:
    ```yaml
    pipeline: {components: [{id: ranker, fallback: popular}, {id: popular}]}
    ```
    """
    every, ids = declared(design), dict[str, dict[str, Path]]()
    for reference in references(design):
        if reference.to not in ids:
            ids[reference.to] = among(every, reference.to)
        there = ids[reference.to]
        if reference.id in there or reference.id in RESERVED or _keys(reference) in ELSEWHERE:
            continue
        near = [name for name in there if name.endswith(f".{reference.id}")]  # an attribute without its entity
        near = near or get_close_matches(reference.id, there, 1)
        ways = [Sentence("did you mean {near}?", near=near[0])] if near else []
        yield Finding("{id} is not declared in this design.", at=reference.path, ways_out=ways, id=reference.id)
    for name, first, later in twice(design):
        yield Finding(
            "{id} is declared twice; all links lead to the first.", at=(*later, "id"), also=(*first, "id"), id=name
        )


def _keys(reference: Reference) -> tuple[str | int, ...]:
    return tuple(step for step in reference.path if isinstance(step, str))
