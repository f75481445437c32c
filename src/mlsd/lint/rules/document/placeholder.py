"""Words that stand where an answer should, say too little, or are understood by their author alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mlsd.content.words import LIMIT, abbreviations, vague
from mlsd.design import Design, Path
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import WORDS_ENOUGH

PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBA|FIXME|XXX|lorem ipsum|уточнить|X ?%)(?!\w)"
    r"|\bN (?:days|weeks|months|users|дней|недель|месяцев|пользователей)\b"
    r"|\?\?\?|\[(?:NO INFO|INSERT[^\]]{0,40}|your [^\]]{0,40})\]|<(?:insert|fill in)[^>]{0,40}>"
)
MARKS = ("TODO", "TBD", "TBA", "FIXME", "XXX", "lorem", "уточнить", "X%", "X %", "N ", "???", "[NO INFO", "[INSERT",
         "[your", "<insert", "<fill in")  # fmt: skip
"""What every placeholder has in it: a design without any of these is not looked at closer."""
CAPITALS = re.compile(r"[A-ZА-ЯЁ](?<![\w-].)[A-ZА-ЯЁ0-9]{1,5}(?![\w-])")
"""What stands before is looked at only where a capital stands: that is five times as fast."""
OFTEN, MOST = 3, 10
NOT_PROSE = frozenset({"mlsd", "assumed", "waivers", "iterations", "glossary"})


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
    texts = [(path, text) for path, text in design.texts if path[0] not in ("assumed", "mlsd")]
    whole = "\n".join(text for _, text in texts)
    return texts if any(mark in whole for mark in MARKS) else []


@rule("DOC-03", Severity.INFO, since=Maturity.DESIGN, sources=["RML", "EY"])
def vague_quantifier(design: Design) -> Iterator[Finding]:
    """A requirement says “fast” or “high” and no number.

    Two people nod at “high quality” and build two services, and no test can show which of them was meant. Where a word
    like this is all there is, the number exists: it is what somebody would complain about.

    Ask: From which number on would you no longer call it that?
    False positives: the word is part of a name; put the name into words that are not praise.

    Bad:
    ```yaml
    problem: {constraints: [{id: clear, kind: explainability, text: good reasons for every refusal}]}
    ```
    Good:
    ```yaml
    problem: {constraints: [{id: clear, kind: explainability, text: the 3 main reasons for every refusal}]}
    ```
    """
    for at, text in _requirements(design):
        word = None if any(letter.isdigit() for letter in text) else next(vague().within(text), None)
        if word:
            yield Finding(
                "“{word}” says no number.",
                at=at,
                ways_out=[Sentence("closes with the number that is meant")],
                word=word,
            )


def _requirements(design: Design) -> Iterator[tuple[Path, str]]:
    """What is required in words: limits that need no number, what a metric means (a goal without one is PRB-02's)."""
    for position, constraint in enumerate(design.problem.constraints):
        worded = constraint.kind is None or constraint.kind in WORDS_ENOUGH
        if constraint.text and worded and constraint.value is None:
            yield ("problem", "constraints", position, "text"), constraint.text
    for kind in ("business", "online", "offline"):
        for position, entry in enumerate(getattr(design.metrics, kind)):
            if entry.definition:
                yield ("metrics", kind, position, "definition"), entry.definition


@rule("DOC-06", Severity.INFO, since=Maturity.DESIGN, sources=["EY", "RML"])
def undefined_acronym(design: Design) -> Iterator[Finding]:
    """An abbreviation is used again and again, and nowhere explained.

    A document is read by people of four trades: “PSI” is a distance between distributions to one of them and a pressure
    to another. One line in the glossary costs less than the question in the meeting.

    Ask: Would somebody from the finance department get through this page?
    False positives: a name of the company that all readers know; the remark may stay.

    Bad:
    ```yaml
    problem:
      current_solution: the TRM sends a letter
      why_ml: the TRM finds 2 % of the cases
      out_of_scope: [whatever the TRM decides by law]
    ```
    Good:
    ```yaml
    problem:
      current_solution: the TRM sends a letter
      why_ml: the TRM finds 2 % of the cases
      out_of_scope: [whatever the TRM decides by law]
    glossary: {TRM: the transaction monitor of the bank}
    ```
    """
    prose = "\n".join(text[:LIMIT] for path, text in design.texts if " " in text and path[0] not in NOT_PROSE)
    found = list(CAPITALS.finditer(prose))
    counted = Counter(match.group() for match in found)
    explained = {word for term in design.glossary for word in CAPITALS.findall(term.upper())}
    explained |= {match.group() for match in found if _spelt_out(prose, *match.span())}
    often = [token for token, count in counted.items() if count >= OFTEN and token not in explained]
    unknown = [token for token in often if token not in abbreviations()]
    if unknown:
        yield Finding(
            "Nothing explains what is used three times or more: {tokens}.",
            at="glossary",
            ways_out=[Sentence("closes with a line for each in the glossary")],
            tokens=unknown[:MOST],
        )


def _spelt_out(prose: str, start: int, end: int) -> bool:
    """Whether the long form stands beside it: “expected calibration error (ECE)”, “ECE (expected …)”."""
    return prose.startswith(" (", end) or (start > 0 and prose[start - 1] == "(" and prose.startswith(")", end))
