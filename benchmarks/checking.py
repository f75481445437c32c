"""``mlsd check`` of many and of large designs, beside linters of other YAML files of the same size.

Run: python benchmarks/checking.py
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import perf_counter
from typing import NamedTuple

import peers
from measure import Runs, side_by_side

DESIGN = Path(__file__).with_name("design.yaml")
MLSD = str(Path(sys.executable).with_name("mlsd"))
FILES = 1000
ROUNDS = 200


class Judged(NamedTuple):
    """Milliseconds for one design in a warm process, the fastest of many rounds on the clock.

    The processor's own clock stands still between two ticks of the system on some machines, 4 ms apart; the fastest of
    many rounds is disturbed by nobody.
    """

    reading: float
    validation: float
    rules: float

    @property
    def ratio(self) -> float:
        """Validation and all rules as a multiple of reading."""
        return (self.validation + self.rules) / self.reading


def judged() -> Judged:
    """Reading (text to data with places), validation (data to a typed design), all rules."""
    from mlsd.design import Design
    from mlsd.lint import check
    from mlsd.storage.reader import parse

    text = DESIGN.read_text(encoding="utf-8")
    data, places = parse(text, "design.yaml")
    fresh = {"context": {"currency": data.get("currency")}}
    made = iter(
        [Design.model_validate(data, **fresh) for _ in range(ROUNDS + 1)]
    )  # a design remembers what was asked of it
    return Judged(
        _fastest(lambda: parse(text, "design.yaml")),
        _fastest(lambda: Design.model_validate(data, **fresh)),
        _fastest(lambda: check(next(made), places=places)),
    )


def _fastest(work: Callable[[], object]) -> float:
    work()
    best = float("inf")
    for _ in range(ROUNDS):
        gc.collect(0)
        begin = perf_counter()
        work()
        best = min(best, perf_counter() - begin)
    return best * 1000


class Side(NamedTuple):
    """Two ways to check the same files."""

    one: Runs
    two: Runs

    @property
    def gain(self) -> float:
        """How many times as fast two workers are, by the clock: waiting is what they are for."""
        return min(self.one.wall) / min(self.two.wall)


def workers(rounds: int = 3) -> Side:
    """One worker and two on the same files."""
    with_files = folder({FILES: text()})
    try:
        each = {"one": ["-j", "1"], "two": ["-j", "2"]}
        commands = {
            name: (MLSD, "check", "-f", "concise", *flags, str(with_files / str(FILES))) for name, flags in each.items()
        }
        ran = side_by_side(commands, rounds)
    finally:
        rmtree(with_files)
    return Side(ran["one"], ran["two"])


def growth(rounds: int = 5) -> tuple[dict[int, Runs], dict[int, Runs]]:
    """One, four and sixteen times as many files; a design of one, four and sixteen times as many entries."""
    steps = (1, 4, 16)
    many = folder({step * 10: text() for step in steps})
    large = folder({step: grown(step) for step in steps}, each=1)
    try:
        files = {f"{step}": (MLSD, "check", "-f", "concise", "-j", "1", str(many / str(step * 10))) for step in steps}
        sizes = {f"{step}": (MLSD, "check", "-f", "concise", str(large / str(step))) for step in steps}
        found = side_by_side(files, rounds), side_by_side(sizes, 6 * rounds, any_exit=True)  # few ms apart
    finally:
        rmtree(many)
        rmtree(large)
    return tuple({int(name): runs for name, runs in ran.items()} for ran in found)  # type: ignore[return-value]


def text() -> str:
    """The fixed design."""
    return DESIGN.read_text(encoding="utf-8")


def grown(times: int) -> str:
    """The fixed design with so many times the entries in each of its lists; later ones get ids of their own."""
    from mlsd.storage.reader import parse

    data, _ = parse(text(), "design.yaml")
    lists = [
        ("data", "entities"), ("data", "sources"), ("pipeline", "components"), ("pipeline", "flows"),
        ("model", "features"), ("deploy", "monitoring"), ("deploy", "costs"), ("problem", "constraints"),
        ("problem", "risks"), ("metrics", "online"), ("decisions",),
    ]  # fmt: skip
    for path in lists:
        holder = data
        for step in path[:-1]:
            holder = holder[step]
        entries = holder.get(path[-1], [])
        holder[path[-1]] = [_again(entry, number) for number in range(times) for entry in entries]
    return json.dumps(data, ensure_ascii=False, indent=1)


def _again(entry: Mapping[str, object], number: int) -> Mapping[str, object]:
    return {**entry, "id": f"{entry['id']}_{number}"} if number and isinstance(entry, dict) and "id" in entry else entry


def folder(contents: Mapping[int, str], each: int = 0) -> Path:
    """A folder for every number, with so many designs (or ``each``) of that content below it."""
    root = Path(mkdtemp(prefix="mlsd-benchmark-"))
    for number, content in contents.items():
        for place in range(each or number):
            file = root / str(number) / f"{place:04}" / "design.yaml"
            file.parent.mkdir(parents=True)
            file.write_text(content, encoding="utf-8")
    return root


PEERS = {
    "check-jsonschema": lambda files: ("--schemafile", _schema(), *files),
    "yamllint": lambda files: ("-d", "relaxed", *files),
    "cfn-lint": lambda files: ("--", *files),
}


def beside(number: int = 50, rounds: int = 3) -> Iterator[tuple[str, str, float]]:
    """Name, version and files a second of mlsd and of each peer, one process each, on files of the same size."""
    root = folder({number: text()})
    stacks = folder({number: cloudformation(len(text()))})
    designs, templates = (sorted(map(str, place.rglob("*.yaml"))) for place in (root, stacks))
    commands = {"mlsd": (MLSD, "check", "-f", "concise", "-j", "1", *designs)}
    for name, words in PEERS.items():
        if program := peers.program(name):
            commands[name] = (str(program), *words(templates if name == "cfn-lint" else designs))
    try:
        ran = side_by_side(commands, rounds, any_exit=True)
    finally:
        rmtree(root)
        rmtree(stacks)
    for name, runs in ran.items():
        version = "" if name == "mlsd" else peers.version(name)
        yield name, version, number / min(runs.wall)


def _schema() -> str:
    return str(Path(__file__).parent.parent / "templates" / "schema" / "mlsd-1.schema.json")


def cloudformation(size: int) -> str:
    """A sound CloudFormation template of about so many bytes."""
    lines = ["AWSTemplateFormatVersion: '2010-09-09'", "Resources:"]
    number = 0
    while sum(map(len, lines)) + len(lines) < size:
        lines += [
            f"  Queue{number}:", "    Type: AWS::SQS::Queue", "    Properties:", f"      QueueName: queue-{number}",
            "      VisibilityTimeout: 30", "      MessageRetentionPeriod: 345600",
        ]  # fmt: skip
        number += 1
    return "\n".join(lines) + "\n"


def main() -> None:
    side = workers()
    print(f"two workers × {side.gain:.2f}, memory {side.one.memory:.0f} and {side.two.memory:.0f} MB")
    for what, ran in zip(("files", "size"), growth(), strict=True):
        print(what, {step: f"{min(runs.processor) * 1000:.0f} ms, {runs.memory:.0f} MB" for step, runs in ran.items()})
    for name, version, speed in beside():
        print(f"{name} {version}: {speed:.0f} files a second")
    found = judged()  # last, because a process that has grown lends its memory to those it starts
    parts = f"reading {found.reading:.2f} ms, validation {found.validation:.2f} ms, rules {found.rules:.2f} ms"
    print(f"{parts}: × {found.ratio:.2f}")


if __name__ == "__main__":
    main()
