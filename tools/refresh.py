"""Refresh everything in this repository that is made from something else: one command, one list.

    python tools/refresh.py               write what is stale
    python tools/refresh.py --check       write nothing; name what is stale and exit with 1
    python tools/refresh.py --list        name every file that is made
    python tools/refresh.py --in DIR      the same for another folder

A new kind of generated file is one line in MAKERS: a function that gives path → content. Run it from a working copy
in which mlsd and its development dependencies are installed.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ |= {"MLSD_LANG": "en", "COLUMNS": "80", "SOURCE_DATE_EPOCH": "0"}  # no machine shows in what is made
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "src")]

Files = dict[str, str | bytes]


def schema() -> Files:
    """The JSON Schema that `mlsd new` lays beside a design."""
    from mlsd.design.json_schema import FILE_NAME, json_schema

    return {f"templates/schema/{FILE_NAME}": json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"}


def reference() -> Files:
    """The reference pages: fields, rules, commands, exit codes."""
    import pages

    return {
        "docs/reference/fields.md": pages.fields(),
        "docs/reference/rules.md": pages.rules(),
        "docs/reference/commands.md": pages.commands(),
        "docs/reference/exit-codes.md": pages.exit_codes(),
    }


def translations() -> Files:
    """The catalogues, with the translations they already have."""
    import catalogues

    return {path.relative_to(ROOT).as_posix(): content for path, content in catalogues.files().items()}


MAKERS: list[Callable[[], Files]] = [schema, reference, translations]
"""In the order in which one builds on another."""


def stale(files: Files, root: Path) -> list[str]:
    """The names of the files that are missing or differ from what they are made from."""
    return [name for name, content in files.items() if not _same(root / name, content)]


def write(files: Files, names: Iterable[str], root: Path) -> None:
    """Write these of the files."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(files[name]))


def _same(path: Path, content: str | bytes) -> bool:
    return path.is_file() and path.read_bytes() == _bytes(content)


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def main(arguments: list[str]) -> int:
    """Refresh, or only say what would be."""
    parser = ArgumentParser(description="Refresh every file of this repository that is made from something else.")
    parser.add_argument("--check", action="store_true", help="write nothing; name what is stale and exit with 1")
    parser.add_argument("--list", action="store_true", help="name every file that is made")
    parser.add_argument("--in", dest="root", type=Path, default=ROOT, help="another folder than this working copy")
    given = parser.parse_args(arguments)
    found = False
    for make in MAKERS:
        files = make()
        old = list(files) if given.list else stale(files, given.root)
        if not (given.check or given.list):
            write(files, old, given.root)
        for name in old:
            print(name if given.list else f"{'stale:' if given.check else 'written:'} {name}")
        found = found or bool(old)
    return int(found and given.check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
