"""A finding is the same finding as long as its rule, its path and its values are; lines and positions do not count."""

from __future__ import annotations

import pytest

from mlsd.lint import Report, check
from mlsd.lint.fingerprint import fingerprint
from mlsd.storage import load

DESIGN = """\
mlsd: 1
template: recsys
maturity: design
problem:
  constraints:
    - {id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}
    - {id: cost, kind: cost, op: "<=", value: 5, unit: EUR/month}
pipeline:
  components:
    - {id: retrieval, p99_ms: 40}
    - {id: ranker, p99_ms: 80}
  request_path: [retrieval, ranker]
model:
  split: {strategy: random, train: 0.8, test: 0.2}
waivers:
  - {rule: MET-10, reason: TODO}
  - {rule: MET-01, reason: later}
"""


def prints(text: str) -> dict[str, set[str]]:
    """Code → the fingerprints of its findings."""
    loaded = load(text, "design.yaml")
    report: Report = check(loaded.design, places=loaded.places)
    found: dict[str, set[str]] = {}
    for entry in [*report.diagnostics, *(waived.diagnostic for waived in report.waived)]:
        found.setdefault(entry.code, set()).add(fingerprint(loaded.design, entry))
    return found


BEFORE = prints(DESIGN)


def test_there_is_something_to_know_again() -> None:
    assert {"PIP-05", "MOD-05", "DOC-01", "PRB-01"} <= BEFORE.keys()
    assert all(len(one) == 16 for some in BEFORE.values() for one in some)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mlsd: 1\n", "# a comment\n\n\nmlsd: 1\n"),
        ("    - {id: retrieval, p99_ms: 40}\n    - {id: ranker, p99_ms: 80}\n",
         "    - {id: ranker, p99_ms: 80}\n    - {id: retrieval, p99_ms: 40}\n"),
        ('    - {id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}\n    - {id: cost',
         '    - {id: latency, kind: latency, op: "<=", value: 0.1, unit: s, percentile: 99}\n    - {id: cost'),
        ("  - {rule: MET-10, reason: TODO}\n  - {rule: MET-01, reason: later}\n",
         "  - {rule: MET-01, reason: later}\n  - {rule: MET-10, reason: TODO}\n"),
    ],
    ids=["lines", "blocks reordered", "another unit", "entries without ids reordered"],
)  # fmt: skip
def test_what_changes_no_finding_changes_no_fingerprint(old: str, new: str) -> None:
    assert prints(DESIGN.replace(old, new)) == BEFORE


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("p99_ms: 80", "p99_ms: 90", "PIP-05"),
        ("value: 100, unit: ms", "value: 110, unit: ms", "PIP-05"),
        ("reason: TODO", "reason: TBD", "DOC-01"),
    ],
)
def test_another_value_is_another_finding_and_the_others_stay(old: str, new: str, code: str) -> None:
    after = prints(DESIGN.replace(old, new))
    assert after.keys() == BEFORE.keys()
    assert [name for name in after if after[name] != BEFORE[name]] == [code]
