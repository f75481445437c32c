"""Data about persons."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd.design import Design, Path
from mlsd.design.data import Data
from mlsd.lint import Finding, Maturity, Severity, rule
from mlsd.lint.diagnostic import Sentence


@rule("DAT-09", Severity.ERROR, since=Maturity.DESIGN, sources=["RML", "EY", "DE-A.1", "TS-D5", "COR"])
def pii_without_policy(data: Data, design: Design) -> Iterator[Finding]:
    """Personal data is used, and nothing says on which ground, for how long, or how it is erased.

    Three questions are asked by law and by the first person who writes in. Erasing is the one that shapes the
    design: a person is in logs, features, backups and models. Of 48 public documents that mention privacy, 19 say
    none of it.

    Ask: Somebody asks to be forgotten tomorrow: which tables, and when is the last row gone?
    False positives: the data is anonymised before it arrives; say so in `deploy.privacy.anonymised`.

    Bad:
    ```yaml
    data: {sources: [{id: click_log, personal: true}]}
    ```
    Good:
    ```yaml
    data: {sources: [{id: click_log, personal: true}]}
    deploy: {privacy: {legal_basis: consent, retention_days: 400, deletion: erased within 30 days}}
    ```
    """
    privacy, where = design.deploy.privacy, _personal(data)
    if where is None or privacy.anonymised:
        return
    missing = [] if privacy.legal_basis else [Sentence("the legal basis")]
    missing += [] if privacy.retention_days is not None else [Sentence("how long it is kept")]
    missing += [] if privacy.deletion else [Sentence("how it is erased")]
    if missing:
        at, what = where
        yield Finding(
            "{what} is personal data, and this is not said: {missing}.",
            at=at,
            severity=Severity.ERROR if len(missing) == 3 else Severity.WARNING,
            ways_out=[Sentence("closes in deploy.privacy")],
            what=what,
            missing=missing,
        )


def _personal(data: Data) -> tuple[Path, str] | None:
    """The first source or attribute that is personal."""
    for position, source in enumerate(data.sources):
        if source.personal:
            return ("sources", position, "personal"), source.id or str(position)
    for number, entity in enumerate(data.entities):
        for position, attribute in enumerate(entity.attributes):
            if attribute.personal:
                return ("entities", number, "attributes", position, "personal"), f"{entity.id}.{attribute.name}"
    return None
