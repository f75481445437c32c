"""How fast a design file is read: with every place, against libyaml's bare events and PyYAML's own loader.

Run: python benchmarks/reading.py [design.yaml]
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from time import perf_counter

import yaml

from mlsd.storage.reader import parse

DESIGN = Path(__file__).with_name("design.yaml")
ROUNDS = 300
EVENTS, MLSD, LOADER = "libyaml's events, thrown away", "mlsd: data, places, guards", "PyYAML's loader: data only"


def milliseconds(text: str) -> dict[str, float]:
    """The fastest of many rounds in turns, on the clock: what the machine's other work disturbed least."""
    parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    works = {
        EVENTS: lambda: sum(1 for _ in yaml.parse(text, Loader=parser)),
        MLSD: lambda: parse(text, "design.yaml"),
        LOADER: lambda: yaml.load(text, Loader=parser),
    }
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            gc.collect(0)
            begin = perf_counter()
            work()
            best[name] = min(best[name], perf_counter() - begin)
    return {name: seconds * 1000 for name, seconds in best.items()}


def main() -> None:
    text = Path(sys.argv[1] if len(sys.argv) > 1 else DESIGN).read_text(encoding="utf-8")
    found = milliseconds(text)
    print(f"{len(text.splitlines())} lines, {len(text)} characters")
    for name, time in found.items():
        print(f"{name:32} {time:7.2f} ms   × {time / found[EVENTS]:.2f}")


if __name__ == "__main__":
    main()
