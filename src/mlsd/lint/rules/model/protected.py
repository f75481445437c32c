"""Which features need a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.model import Feature
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence

PROTECTED = frozenset(
    {"age", "sex", "gender", "race", "ethnicity", "religion", "nationality", "citizenship", "disability", "health",
     "pregnancy", "marital", "birth", "birthday", "birthdate", "zip", "zipcode", "postcode", "postal", "возраст", "пол",
     "раса", "национальность", "религия", "гражданство", "инвалидность", "здоровье", "беременность", "почтовый"}
)  # fmt: skip
"""What the law protects of a person, and a postcode, which stands in for it."""
PERSONS = (
    "user", "person", "people", "applicant", "client", "customer", "borrower", "candidate", "employee", "patient",
    "пользовател", "клиент", "заёмщик", "заявител", "кандидат", "сотрудник", "пациент",
)  # fmt: skip
"""How words begin that mean the person whom a feature is about."""
AROUND = frozenset({"group", "band", "years", "of", "the", "at", "code", "date", "status", "группа", "код", "индекс"})
"""Words that leave the meaning of a name as it is."""
_WORD = re.compile(r"[^\W_]+")


@rule(
    "FEA-07",
    {Maturity.DESIGN: Severity.WARNING, Maturity.PILOT: Severity.ERROR},
    sources=["DE-D.1", "SE6", "TS-D4", "TS-M7"],
)
def sensitive_feature_in_regulated(feature: Feature, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A decision that the law watches uses a protected feature, and nothing says why.

    Age, sex, origin, religion, health, and what stands in for them (a postcode, a first name) are forbidden or need
    a reason wherever people are lent money, hired, insured or housed. A model finds the stand-in by itself; the
    design has to know it first.

    Ask: Would you explain this feature to the person it turned down?
    False positives: it is there for a fairness audit and the model never sees it; then it is no feature. By its name
    alone (`age`, `gender`, `zip_code` of a person) it is only asked about; where it is none, say `sensitive: false`.

    Bad:
    ```yaml
    traits: {regulated: strong}
    model: {features: [{id: age, sensitive: true}]}
    ```
    Good:
    ```yaml
    traits: {regulated: strong}
    model: {features: [{id: age, sensitive: true, why: the law asks for a check of legal age}]}
    ```
    """
    if not knowledge.strong("regulated") or feature.why or feature.sensitive is False:
        return
    attribute = next(
        (
            ("data", "entities", number, "attributes", position)
            for number, entity in enumerate(design.data.entities)
            for position, entry in enumerate(entity.attributes)
            if entry.sensitive and entry.name == feature.id and (not feature.entity or entity.id in feature.entity)
        ),
        None,
    )
    if feature.sensitive or attribute:
        yield Finding(
            "{feature} is protected, this decision is regulated, and nothing says why the feature is needed.",
            at="sensitive",
            also=attribute or "",
            ways_out=[Sentence("closes without the feature, or with why it is needed")],
            feature=feature.id,
        )
    elif _sounds_protected(feature, design):
        yield Finding(
            "{feature} sounds protected, this decision is regulated, and nothing says why the feature is needed.",
            at="sensitive",
            severity=Severity.WARNING,
            ways_out=[
                Sentence("closes without the feature, with why it is needed, or with sensitive: false if it is not")
            ],
            feature=feature.id,
        )


def _sounds_protected(feature: Feature, design: Design) -> bool:
    """Whether its name is that of something protected about a person, with nothing in it that says another thing."""
    people = {entity.id for entity in design.data.entities if any(entry.personal for entry in entity.attributes)}
    of_person = not feature.entity or any(name in people or name.startswith(PERSONS) for name in feature.entity)
    names = [_words(text) for text in (feature.id, feature.name) if text]
    said = [{word for word in words if word not in AROUND and not word.startswith(PERSONS)} for words in names]
    return of_person and any(words and words <= PROTECTED for words in said)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
