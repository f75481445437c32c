"""Refresh everything in this repository that is made from something else: one command, one list.

    python tools/refresh.py               write what is stale
    python tools/refresh.py --check       write nothing; name what is stale and exit with 1
    python tools/refresh.py --list        name every file that is made
    python tools/refresh.py --in DIR      the same for another folder
    python tools/refresh.py --only NAME   only this maker, such as schema or prints; may be given twice

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
from typing import get_args

os.environ |= {"MLSD_LANG": "en", "COLUMNS": "80", "SOURCE_DATE_EPOCH": "0"}  # no machine shows in what is made
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "src")]

Files = dict[str, str | bytes]
PRINTED = 1_793_577_600
"""The day that the examples' prints carry, 2026-11-02, in seconds since 1970."""


def schema() -> Files:
    """The JSON Schema that `mlsd new` lays beside a design."""
    from mlsd.design import SCHEMA_NAME
    from mlsd.design.json_schema import json_schema

    return {f"templates/schema/{SCHEMA_NAME}": json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"}


def reference() -> Files:
    """The reference pages: fields, rules, commands, exit codes."""
    import pages

    return {
        "docs/reference/fields.md": pages.fields(),
        "docs/reference/rules.md": pages.rules(),
        "docs/reference/commands.md": pages.commands(),
        "docs/reference/exit-codes.md": pages.exit_codes(),
    }


def readme() -> Files:
    """The table of rules in the README."""
    import pages

    return {"README.md": pages.readme((ROOT / "README.md").read_text(encoding="utf-8"))}


def defects() -> Files:
    """The table of what the rules say of examples made wrong."""
    import mutations
    import pages

    return {"docs/reference/defects.md": mutations.page(pages.MADE)}


def translations() -> Files:
    """The catalogues, with the translations they already have."""
    import catalogues

    return {path.relative_to(ROOT).as_posix(): content for path, content in catalogues.files().items()}


def prints() -> Files:
    """The prints of the examples: what a reader may look at, and the golden files of the tests."""
    from mlsd.cli.printing import Document, Form, Print
    from mlsd.content.language import language
    from mlsd.storage import read

    made: Files = {}
    for design in sorted((ROOT / "examples").glob("*/design*.yaml")):
        loaded = read(design)
        for document in get_args(Document):
            name = design.with_name(design.name.replace("design", document, 1)).relative_to(ROOT)
            one = Print(loaded, language(loaded.design.language or "en"), document, PRINTED)
            for form in get_args(Form):
                made[name.with_suffix(f".{form}").as_posix()] = one.content(form)
    return made


def reports() -> Files:
    """What `mlsd check` says of small bad designs in each format."""
    import reports as made

    return made.files(ROOT)


MAKERS: list[Callable[[], Files]] = [schema, reference, readme, defects, translations, prints, reports]
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
    """Byte for byte; a PDF by its pages' text, since each release of the typesetter lays bytes out in its own way."""
    if not path.is_file():
        return False
    if path.suffix == ".pdf":
        return _pages(path.read_bytes()) == _pages(_bytes(content))
    return path.read_bytes() == _bytes(content)


def _pages(pdf: bytes) -> list[str]:
    from io import BytesIO

    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def main(arguments: list[str]) -> int:
    """Refresh, or only say what would be."""
    parser = ArgumentParser(description="Refresh every file of this repository that is made from something else.")
    parser.add_argument("--check", action="store_true", help="write nothing; name what is stale and exit with 1")
    parser.add_argument("--list", action="store_true", help="name every file that is made")
    parser.add_argument("--in", dest="root", type=Path, default=ROOT, help="another folder than this working copy")
    names = [make.__name__ for make in MAKERS]
    parser.add_argument("--only", action="append", choices=names, help="only this maker; may be given more than once")
    given = parser.parse_args(arguments)
    found = False
    for make in MAKERS:
        if given.only and make.__name__ not in given.only:
            continue
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
