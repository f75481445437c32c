"""Our own YAML files, read one top-level section at a time.

A template holds forty kilobytes of prose, and a command mostly wants its few traits. So a file is cut at the keys in
its first column, and a section is parsed when it is asked for. Only files that ship with mlsd are read here; what
people write goes through the storage reader.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_HEAD = re.compile(r"^([a-z][a-z0-9_]*):", re.MULTILINE)
_PLAIN = {
    "bool": (r"^(?:true|false)$", "tf"),
    "int": (r"^-?[0-9][0-9_]*$", "-0123456789"),
    "float": (r"^-?[0-9][0-9_]*\.[0-9]+$", "-0123456789"),
    "null": (r"^(?:null|)$", ["n", ""]),
}


class _Loader(yaml.CSafeLoader):
    """YAML 1.2 as far as our content needs it: dates, ``no``, ``on`` and ``70:30`` stay text."""


_Loader.yaml_implicit_resolvers = {}
for _name, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(_pattern), list(_first))


class Sections:
    """The top-level keys of one file, each parsed once and only when it is asked for."""

    def __init__(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        heads = list(_HEAD.finditer(text))
        ends = [head.start() for head in heads[1:]] + [len(text)]
        self._text = {head[1]: text[head.start() : end] for head, end in zip(heads, ends, strict=True)}
        self._read: dict[str, Any] = {}

    def keys(self) -> list[str]:
        """The names of the sections in the order of the file."""
        return list(self._text)

    def text(self, name: str) -> str:
        """A section as it is written, its key included; empty where the file has no such section."""
        return self._text.get(name, "")

    def get(self, name: str, default: Any = None) -> Any:
        """The plain data of a section, or the default where the file has no such section."""
        if name not in self._read:
            text = self._text.get(name)
            self._read[name] = default if text is None else parse(text)[name]
        return self._read[name]


def parse(text: str) -> Any:
    """The plain data of a piece of our own YAML."""
    loader = _Loader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
