"""Designs written in every style that YAML knows, with comments everywhere: what the editor must leave alone."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from mlsd.storage.layout import flow
from mlsd.storage.words import word

AMBIGUOUS = ("no", "on", "70:30", "007", "1.10", "2026-01-01", "~", "null", "1e3", "0x1F", ".nan", "y")
words = st.text("abc xyz-0189.,:'\"#é%&*?|>[]{}!@`~яю/+_\\", max_size=12) | st.sampled_from(
    [*AMBIGUOUS, "- a", "a: b", "a #b", "0,5 %"]
)
lines = st.lists(st.sampled_from(["one", "  two", "", "# no comment", "three: 3", "- four"]), min_size=2).map("\n".join)
scalars = (
    words | lines | st.integers(-(10**17), 10**17) | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
)
keys = st.sampled_from(["title", "problem", "goal", "metric", "a", "b-c", "no key", "é"])
values = st.recursive(
    scalars, lambda below: st.lists(below, max_size=3) | st.dictionaries(keys, below, max_size=3), max_leaves=8
)
mappings = st.dictionaries(keys, values, max_size=4)


class Writer:
    """Writes data in a style drawn step by step, a numbered comment wherever one may stand."""

    def __init__(self, draw: Any, newline: str) -> None:
        self.draw = draw
        self.newline = newline
        self.comments: list[str] = []

    def comment(self, before: str = "  ") -> str:
        if not self.draw(st.booleans()):
            return ""
        self.comments.append(f"# c{len(self.comments)}, x: [y]")
        return before + self.comments[-1]

    def file(self, data: dict[str, Any]) -> str:
        head = self.comment("")
        body = self.mapping(data, 0) if data else []
        tail = self.comment("")
        text = self.newline.join([*([head] if head else []), *body, *([tail] if tail else [])])
        return text + (self.newline if " |" in text else self.draw(st.sampled_from(["", self.newline])))

    def mapping(self, data: dict[str, Any], indent: int) -> list[str]:
        found: list[str] = []
        for key, value in data.items():
            above = self.comment("")
            found += [" " * indent + above] * bool(above)
            found += self.after(" " * indent + word(key, flow=True) + ":", value, indent)
        return found

    def entries(self, data: list[Any], indent: int) -> list[str]:
        found: list[str] = []
        for value in data:
            above = self.comment("")
            found += [" " * indent + above] * bool(above)
            if isinstance(value, dict) and value and self.draw(st.booleans()):
                block = self.mapping(value, indent + 2)
                while block[0].lstrip().startswith("#"):
                    found.append(block.pop(0))
                found += [" " * indent + "- " + block[0].lstrip(), *block[1:]]
            else:
                found += self.after(" " * indent + "-", value, indent)
        return found

    def after(self, head: str, value: Any, indent: int) -> list[str]:
        deeper = indent + self.draw(st.integers(1, 4))
        if isinstance(value, dict) and value and self.draw(st.booleans()) and head.endswith(":"):
            return [head + self.comment(), *self.mapping(value, deeper)]
        if isinstance(value, list) and value and self.draw(st.booleans()) and head.endswith(":"):
            return [head + self.comment(), *self.entries(value, self.draw(st.sampled_from([indent, deeper])))]
        if isinstance(value, dict | list) and value and self.draw(st.booleans()):
            return [head + " " + part for part in [self.wrapped(value, deeper)]]
        if isinstance(value, str) and self.literal(value):
            chomp = {True: "", False: "-"}[value.endswith("\n")]
            body = value.removesuffix("\n").split("\n")
            return [f"{head} |{chomp}{self.comment()}", *(" " * deeper + line if line else "" for line in body)]
        return [head + " " + flow(value) + self.comment()]

    def wrapped(self, value: Any, indent: int) -> str:
        """Braces over several lines, with comments inside."""
        opened, closed = ("{", "}") if isinstance(value, dict) else ("[", "]")
        parts = (
            [f"{word(key, flow=True)}: {flow(below)}" for key, below in value.items()]
            if isinstance(value, dict)
            else [flow(below) for below in value]
        )
        written = opened
        for number, part in enumerate(parts):
            comma = "," if number < len(parts) - 1 or self.draw(st.booleans()) else ""
            written += self.newline + " " * indent + part + comma + self.comment()
        return written + self.newline + " " * indent + closed + self.comment()

    def literal(self, value: str) -> bool:
        plain = all(sign.isprintable() or sign == "\n" for sign in value)
        parts = value.removesuffix("\n").split("\n")
        tidy = bool(parts[0]) and parts[0][0] != " " and bool(parts[-1].strip())
        return plain and len(parts) > 1 and tidy and self.draw(st.booleans())


@st.composite
def written(draw: Any) -> tuple[str, dict[str, Any], list[str]]:
    """A text, the data it holds, and its comments."""
    data = draw(mappings)
    writer = Writer(draw, draw(st.sampled_from(["\n", "\n", "\r\n"])))
    return writer.file(data), data, writer.comments


def paths(data: Any, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every path in plain data."""
    found = [here] if here else []
    for step, below in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        found += paths(below, (*here, step))
    return found
