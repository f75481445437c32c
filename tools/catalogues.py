"""Refresh the translations: every sentence that people read, extracted from where it is written.

    python tools/catalogues.py            write templates/locale/ru/LC_MESSAGES/*.po and *.mo
    python tools/catalogues.py --check    write nothing; exit with 1 and name what is stale

Translations are kept in the .po files and edited there; a sentence whose English changed starts empty. Needs Babel,
which is a development dependency only: at run time the standard library reads the .mo files.
"""

from __future__ import annotations

import ast
import importlib
import io
import pkgutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "mlsd"
LOCALES = ROOT / "templates" / "locale"
PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
}
"""Language → how it counts, in gettext's words. Not Babel's: each release of it words them anew."""
CALLS = {"Message": "mlsd", "Counted": "mlsd", "Finding": "rules", "Sentence": "rules"}
JINJA = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}

Id = str | tuple[str, str]
Hit = tuple[str, Id, str]
"""Domain, English text (singular and plural where it is counted), file."""


class Unreadable(Exception):
    """A sentence that is not written literally, so that nobody can translate it."""


def sentences() -> dict[str, dict[Id, set[str]]]:
    """Domain → English text → the files it stands in."""
    found: dict[str, dict[Id, set[str]]] = defaultdict(lambda: defaultdict(set))
    for source in (in_code, in_fields, in_documents, in_rules, in_problems):
        for domain, msgid, file in source():
            if msgid and msgid[0]:
                found[domain][msgid].add(file)
    return found


def in_code() -> Iterator[Hit]:
    """Message, Counted, Finding and Sentence wherever they are called with literal text."""
    for path in sorted(SOURCE.rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from _calls(tree, file, {})


def _calls(scope: ast.AST, file: str, names: dict[str, list[str]]) -> Iterator[Hit]:
    for node in ast.iter_child_nodes(scope):
        known = names
        if isinstance(node, ast.FunctionDef | ast.Module):
            known = names | _assigned(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield from _call(node, file, known)
        yield from _calls(node, file, known)


def _assigned(function: ast.AST) -> dict[str, list[str]]:
    """Name → the literal texts that the function gives it."""
    found: dict[str, list[str]] = defaultdict(list)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] += _literal(node.value, {})
    return found


def _call(node: ast.Call, file: str, names: dict[str, list[str]]) -> Iterator[Hit]:
    kind = node.func.id if isinstance(node.func, ast.Name) else ""
    domain = CALLS[kind]
    for keyword in node.keywords:
        if keyword.arg == "domain":
            if not isinstance(keyword.value, ast.Constant):
                return  # text of a template or of a catalogue, extracted where it stands
            domain = str(keyword.value.value)
    if not node.args or _said_again(node.args[0], file):
        return
    texts = _literal(node.args[0], names)
    if not texts:
        raise Unreadable(f"{file}:{node.lineno}: write the text of {kind} literally")
    if kind == "Counted":
        yield domain, (texts[0], _literal(node.args[1], names)[0]), file
        return
    for text in texts:
        yield domain, text, file


def _said_again(argument: ast.AST, file: str) -> bool:
    """A Message made of another Message's text, or of what a rule's page says."""
    return isinstance(argument, ast.Attribute) or file.endswith("lint/diagnostic.py")


def _literal(node: ast.AST, names: dict[str, list[str]]) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _literal(node.body, names) + _literal(node.orelse, names)
    return names.get(node.id, []) if isinstance(node, ast.Name) else []


def in_fields() -> Iterator[Hit]:
    """The docstrings of a design's fields, paragraph by paragraph, and the first paragraph of every class."""
    from mlsd.design.doc import docs, split
    from mlsd.design.node import Node

    package = importlib.import_module("mlsd.design")
    for module in pkgutil.iter_modules(package.__path__, "mlsd.design."):
        importlib.import_module(module.name)
    for node in _subclasses(Node):
        file = f"src/{node.__module__.replace('.', '/')}.py"
        if node.__doc__:
            yield "mlsd", split(node.__doc__)[0], file
        for doc in docs(node).values():
            yield "mlsd", doc.question, file
            for paragraph in doc.help:
                yield "mlsd", paragraph, file


def _subclasses(node: type[Any]) -> Iterator[type[Any]]:
    for child in node.__subclasses__():
        yield child
        yield from _subclasses(child)


def in_documents() -> Iterator[Hit]:
    """What the shapes of documents and pages say themselves."""
    for path in sorted((ROOT / "templates").rglob("*.j2")):
        file = path.relative_to(ROOT).as_posix()
        for _line, _function, text, _comments in babel_extract(
            io.BytesIO(path.read_bytes()), ("_", "gettext", "ngettext"), (), JINJA
        ):
            plain = text if isinstance(text, str) else tuple(part for part in text if part)
            yield "mlsd", plain if isinstance(plain, str) or len(plain) > 1 else plain[0], file  # type: ignore[misc]


def in_rules() -> Iterator[Hit]:
    """The pages of the rules, paragraph by paragraph, never their YAML."""
    from mlsd.lint.rules import every

    for rule in every():
        file = f"src/{rule.check.__module__.replace('.', '/')}.py"
        page = rule.page
        for paragraph in (page.summary, *page.why, page.ask, page.false_positives):
            yield "rules", paragraph, file


def in_problems() -> Iterator[Hit]:
    """The prose of each problem template, in a domain of its own."""
    from mlsd.content.prose import texts
    from mlsd.content.template import names, template

    for name in names():
        for _path, text in texts(template(name)):
            yield f"problem.{name}", text, f"templates/problems/{name}.yaml"


class Dateless(Catalog):
    """A catalogue whose header says only what gettext needs, so that the same sentences give the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """The header's lines."""
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", PLURALS[str(self.locale_identifier)]),
        ]


def catalogue(language: str, domain: str, found: dict[Id, set[str]]) -> Catalog:
    """The sentences of a domain with the translations that the .po file has for them."""
    known = _known(language, domain)
    note = f"# {domain}: {language}. Written by tools/catalogues.py; translate here."
    fresh = Dateless(language, header_comment=note, fuzzy=False)
    for msgid in sorted(found, key=lambda text: text if isinstance(text, str) else text[0]):
        old = known.get(msgid if isinstance(msgid, str) else msgid[0])
        said = old.string if old and old.id == msgid else ""
        if not said and isinstance(msgid, tuple):
            said = ("",) * fresh.num_plurals
        fresh.add(msgid, said, [(file, 0) for file in sorted(found[msgid])])
    for message in fresh:
        message.flags.clear()  # a per cent sign does not make a format string
    return fresh


def _known(language: str, domain: str) -> Catalog:
    path = LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return Catalog(language)
    with path.open("rb") as file:
        return read_po(file, language)


def files() -> dict[Path, bytes]:
    """Every file as it should be."""
    wanted = {}
    for domain, found in sorted(sentences().items()):
        for language in PLURALS:
            fresh = catalogue(language, domain, found)
            text, binary = io.BytesIO(), io.BytesIO()
            write_po(text, fresh, width=110, include_lineno=False)
            write_mo(binary, fresh)
            stem = LOCALES / language / "LC_MESSAGES" / domain
            wanted[stem.with_name(f"{domain}.po")] = text.getvalue()
            wanted[stem.with_name(f"{domain}.mo")] = binary.getvalue()
    return wanted


def stale() -> list[str]:
    """The files that differ from what the code and the templates say, or that nothing needs any more."""
    wanted = files()
    there = {path for pattern in ("*/LC_MESSAGES/*.po", "*/LC_MESSAGES/*.mo") for path in LOCALES.glob(pattern)}
    old = [path for path, content in wanted.items() if path not in there or path.read_bytes() != content]
    return sorted(path.relative_to(ROOT).as_posix() for path in {*old, *(there - wanted.keys())})


def refresh() -> None:
    """Write what is stale, remove what nothing needs."""
    wanted = files()
    for name in stale():
        path = ROOT / name
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path])
        else:
            path.unlink()


def main(arguments: list[str]) -> int:
    """Refresh, or with --check only say what is stale."""
    if "--check" not in arguments:
        refresh()
        return 0
    found = stale()
    print("\n".join(f"stale: {name}" for name in found) or "fresh")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
