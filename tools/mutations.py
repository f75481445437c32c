"""Clean examples made wrong in one place at a time, and what the rules say of each: recall and what else speaks up.

python tools/mutations.py             every defect that is not found as it should be
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mlsd.design import Design
from mlsd.design.path import find
from mlsd.errors import ValueRefused
from mlsd.lint import Maturity, Severity, check
from mlsd.storage import Loaded, load
from mlsd.storage.editor import remove, set_value
from mlsd.storage.reader import parse

ROOT = Path(__file__).resolve().parent.parent
DEFECTS = ROOT / "tests" / "lint" / "defects"


class Mutation(NamedTuple):
    """One defect, as a person errs: a few values changed or left out in one example, and the rule that must notice."""

    defect: str
    rule: str
    example: str
    set: Mapping[str, Any] = {}
    remove: Sequence[str] = ()
    maturity: str | None = None
    """Where the rule speaks only from a later maturity than the example claims."""
    causes: Sequence[str] = ()
    """Codes of other errors that the same defect really causes."""

    @property
    def id(self) -> str:
        """What a test is called by."""
        return f"{self.example}: {self.defect}"


class Outcome(NamedTuple):
    """What the rules say of one mutation beyond what they say of the example as it is."""

    mutation: Mutation
    found: Severity | None
    """The severity of the intended finding, None where the rule is silent."""
    errors: Sequence[str]
    """Codes of other errors, those that the defect causes left out."""
    others: Sequence[str]
    """Codes of other warnings and infos."""


@cache
def mutations() -> Sequence[Mutation]:
    """Every defect of ``tests/lint/defects/``, in the order of the files."""
    found = []
    for file in sorted(DEFECTS.glob("*.yaml")):
        data, _ = parse(file.read_text(encoding="utf-8"), file.name)
        found += [Mutation(example=file.stem, **entry) for entry in data["mutations"]]
    return found


@cache
def clean(example: str, file: str = "design.yaml") -> Loaded:
    """The example as it is."""
    path = ROOT / "examples" / example / file
    return load(path.read_text(encoding="utf-8"), path.name)


def mutated(mutation: Mutation, file: str = "design.yaml") -> Design:
    """The example with the defect, put into its text as an editor would and read again."""
    return _mutated(mutation.id, file)


@cache
def _mutated(wanted: str, file: str) -> Design:
    mutation = next(mutation for mutation in mutations() if mutation.id == wanted)
    now = clean(mutation.example, file)
    for written, value in mutation.set.items():
        now = load(set_value(now.text, _path(now.design, written), value), file)
    for written in mutation.remove:
        now = load(remove(now.text, find(now.design, written)), file)
    return now.design


def _path(design: Design, written: str) -> tuple[str | int, ...]:
    """The path meant; ``[+]`` stands for a new entry at the end of a list."""
    if not written.endswith("[+]"):
        return find(design, written)
    at = find(design, written.removesuffix("[+]"))
    value: Any = design
    for step in at:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return (*at, len(value))


def outcome(mutation: Mutation, file: str = "design.yaml") -> Outcome:
    """What the rules say now and did not say before."""
    maturity = Maturity.of(mutation.maturity) if mutation.maturity else None
    report = check(mutated(mutation, file), maturity=maturity)
    assert not report.broken
    before = _said(mutation.example, file, maturity)
    new = [entry for entry in report.diagnostics if (entry.code, entry.path) not in before]
    intended = [entry.severity for entry in new if entry.code == mutation.rule]
    beside = [entry for entry in new if entry.code not in (mutation.rule, *mutation.causes)]
    return Outcome(
        mutation,
        max(intended, default=None),
        sorted({entry.code for entry in beside if entry.severity is Severity.ERROR}),
        sorted({entry.code for entry in beside if entry.severity is not Severity.ERROR}),
    )


@cache
def _said(example: str, file: str, maturity: Maturity | None) -> frozenset[tuple[str, str]]:
    """Code and path of everything that is said of the example as it is."""
    return frozenset(
        (entry.code, entry.path) for entry in check(clean(example, file).design, maturity=maturity).diagnostics
    )


def page(made: str) -> str:
    """The table of all defects."""
    found = [outcome(mutation) for mutation in mutations()]
    noticed = sum(entry.found is not None for entry in found)
    extra = sum(bool(entry.errors) for entry in found)
    beside = sum(len(entry.others) for entry in found)
    examples = sorted({mutation.example for mutation in mutations()})
    rules = len({mutation.rule for mutation in mutations()})
    lines = [
        "# Defects and who notices them",
        "",
        made,
        "",
        f"The examples {', '.join(f'`{name}`' for name in examples)} give no finding. Here each is made wrong",
        "in one place, as a person errs, and checked again (`tests/lint/defects/`).",
        "",
        f"- **Recall:** {noticed} of {len(found)} defects are noticed by the rule meant for them ({rules} rules).",
        f"- **Errors that the defect does not cause:** in {extra} of {len(found)}.",
        f"- **Other warnings and infos beside the intended finding:** {beside}, named in the last column.",
        "",
        "| defect | example | rule | said | the same defect also breaks | also said |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_row(entry) for entry in found]
    return "\n".join([*lines, ""])


def _row(entry: Outcome) -> str:
    mutation = entry.mutation
    said = entry.found.word if entry.found else "**nothing**"
    errors = [f"**{code}**" for code in entry.errors]
    cells = (
        mutation.defect, mutation.example, mutation.rule, said, ", ".join(mutation.causes),
        ", ".join([*errors, *entry.others]),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _wrong() -> Iterator[str]:
    for mutation in mutations():
        try:
            found = outcome(mutation)
        except ValueRefused as error:
            yield f"{mutation.id}: {error}"
            continue
        if found.found is None:
            yield f"{mutation.id}: {mutation.rule} is silent; said: {', '.join([*found.errors, *found.others])}"
        elif found.errors:
            yield f"{mutation.id}: {', '.join(found.errors)} beside {mutation.rule}"


if __name__ == "__main__":
    wrong = list(_wrong())
    print("\n".join(wrong) or f"{len(mutations())} defects, all found")
    sys.exit(bool(wrong))
