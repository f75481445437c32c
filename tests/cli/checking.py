"""Designs and calls that the tests of ``mlsd check`` share."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NamedTuple

from mlsd.cli.app import run

SHUFFLED = """\
mlsd: 1
template: recsys
maturity: interview
model:
  split: {strategy: random, train: 0.8, test: 0.2}
"""
OVER_BUDGET = """\
problem:
  constraints:
    - {id: latency, kind: latency, op: "<=", value: 100, unit: ms, percentile: 99}
pipeline:
  components:
    - {id: retrieval, p99_ms: 40}
    - {id: ranker, p99_ms: 80}
  request_path: [retrieval, ranker]
"""


class Ran(NamedTuple):
    """What a call came to."""

    code: int
    out: str
    err: str


def mlsd(*arguments: str, given: str = "") -> Ran:
    """Call the command in this process, with ``given`` on standard input."""
    streams = [io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8") for text in (given, "", "")]
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        code = run(arguments)
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    for stream in streams[1:]:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode("utf-8") for stream in streams[1:])  # type: ignore[attr-defined]
    return Ran(code, out, err)


def saved(text: str, name: str = "design.yaml") -> str:
    """Write a design, its folders too."""
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    return name
