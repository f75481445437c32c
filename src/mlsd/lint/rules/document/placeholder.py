"""Words that stand where an answer should."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.design import Design, Path
from mlsd.lint import Finding, Maturity, Severity, rule

PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBA|FIXME|XXX|lorem ipsum|уточнить|X ?%)(?!\w)"
    r"|\bN (?:days|weeks|months|users|дней|недель|месяцев|пользователей)\b"
    r"|\?\?\?|\[(?:NO INFO|INSERT[^\]]{0,40}|your [^\]]{0,40})\]|<(?:insert|fill in)[^>]{0,40}>"
)
MARKS = ("TODO", "TBD", "TBA", "FIXME", "XXX", "lorem", "уточнить", "X%", "X %", "N ", "???", "[NO INFO", "[INSERT",
         "[your", "<insert", "<fill in")  # fmt: skip
"""What every placeholder has in it: a design without any of these is not looked at closer."""

LIMIT = 20_000
"""Longer text is looked at only so far: a placeholder stands in short answers."""


@rule("DOC-01", Severity.WARNING, since=Maturity.DESIGN, sources=["RML", "CR"])
def placeholder(design: Design) -> Iterator[Finding]:
    """A placeholder stands where an answer should, or a waiver gives no reason.

    TODO and “N months” look like answers and are none; the typed file has a better way to leave something open:
    leave it empty, and the print shows it as open.

    Ask: Is this known, so that it can be written, or unknown, so that it should stay empty?
    False positives: the word is meant; rephrase it or waive it.

    Bad:
    ```yaml
    deploy: {rollback: {how: TBD}}
    ```
    Good:
    ```yaml
    deploy: {rollback: {how: previous model by one flag}}
    ```
    """
    for path, value in _suspect(design):
        if found := PLACEHOLDER.search(value[:LIMIT]):
            yield Finding("“{word}” stands where an answer should.", at=path, word=found.group())
    for position, waiver in enumerate(design.waivers):
        if not (waiver.reason or "").strip():
            at = ("waivers", position)
            yield Finding("The waiver of {rule} gives no reason, so it does not count.", at=at, rule=waiver.rule or "?")


def _suspect(design: Design) -> list[tuple[Path, str]]:
    """Every text of the design, or nothing where no mark of a placeholder is in any of them."""
    texts = [
        (path, value) for path, value in design.answers if isinstance(value, str) and path[0] not in ("assumed", "mlsd")
    ]
    whole = "\n".join(text for _, text in texts)
    return texts if any(mark in whole for mark in MARKS) else []
