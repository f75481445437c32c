"""How fast a design file is read: with every place, against libyaml's bare events and PyYAML's own loader.

Run: python benchmarks/reading.py [design.yaml]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import yaml

from mlsd.storage.reader import parse

EXAMPLE = Path(__file__).parent.parent / "examples" / "recsys" / "design.yaml"
ROUNDS = 100


def milliseconds(work: Callable[[], object]) -> float:
    """The tenth fastest of a hundred rounds, in processor time: what the machine's other work disturbs least."""
    times = []
    for _ in range(ROUNDS):
        begin = process_time()
        work()
        times.append(process_time() - begin)
    return sorted(times)[ROUNDS // 10] * 1000


def main() -> None:
    text = Path(sys.argv[1] if len(sys.argv) > 1 else EXAMPLE).read_text(encoding="utf-8")
    parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events = milliseconds(lambda: sum(1 for _ in yaml.parse(text, Loader=parser)))
    rows = {
        "libyaml's events, thrown away": events,
        "mlsd: data, places, guards": milliseconds(lambda: parse(text, "design.yaml")),
        "PyYAML's loader: data only": milliseconds(lambda: yaml.load(text, Loader=parser)),
    }
    print(f"{len(text.splitlines())} lines, {len(text)} characters")
    for name, time in rows.items():
        print(f"{name:32} {time:7.2f} ms   × {time / events:.2f}")


if __name__ == "__main__":
    main()
