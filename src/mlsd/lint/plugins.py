"""Rules of other packages: those that are installed, and no others.

A package names its rules in the entry points of its installation, in the group ``mlsd.rules``. Only the folders into
which packages are installed are looked through; the working folder and PYTHONPATH are not, and nothing that a design or
a settings file says can add to them.
"""

from __future__ import annotations

import os
import re
import site
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from mlsd.errors import ExitCode, Message, MlsdError
from mlsd.lint.patience import patience
from mlsd.lint.rule import FOREIGN, Rule, collect

GROUP = "mlsd.rules"
_HEAD = re.compile(rf"^\[{re.escape(GROUP)}\]\s*$", re.MULTILINE)
_MOST_BYTES = 1 << 20


class PluginFailed(MlsdError):
    """The rules of an installed package cannot be used."""

    exit_code = ExitCode.INTERNAL


class Entry(NamedTuple):
    """One line of a package's entry points: the module, and the name in it where one is given."""

    package: str
    module: str
    name: str


class Installed(NamedTuple):
    """The rules of all installed packages, and what went wrong with some of them."""

    rules: tuple[Rule, ...]
    failures: tuple[PluginFailed, ...]


@cache
def installed() -> Installed:
    """Load the rules of every installed package; one that fails leaves the others alone."""
    rules: list[Rule] = []
    failures = []
    for entry in entries():
        try:
            rules += _usable(_load(entry), entry, rules)
        except PluginFailed as failure:
            failures.append(failure)
    return Installed(tuple(sorted(rules, key=lambda rule: rule.code)), tuple(failures))


def entries() -> list[Entry]:
    """What the installed packages name, by package, once each; found without importing any of them."""
    return sorted({entry for folder in folders() for entry in _in(folder)})


def folders() -> list[str]:
    """The folders into which packages are installed, as far as this Python imports from them."""
    named = [*site.getsitepackages(), *([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])]
    imported = {os.path.realpath(path) for path in sys.path if path}
    return [folder for folder in dict.fromkeys(named) if os.path.realpath(folder) in imported]


def _in(folder: str) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as found:
            infos = [entry for entry in found if entry.name.endswith(".dist-info")]
    except OSError:
        return
    for info in infos:
        try:
            with open(os.path.join(info.path, "entry_points.txt"), "rb") as opened:
                text = opened.read(_MOST_BYTES).decode("utf-8", "replace")
        except OSError:
            continue
        if GROUP in text:
            yield from _named(text, info.name.removesuffix(".dist-info").rpartition("-")[0])


def _named(text: str, package: str) -> Iterator[Entry]:
    head = _HEAD.search(text)
    for line in text[head.end() :].splitlines() if head else ():
        if line.lstrip().startswith("["):
            return
        key, _, target = line.partition("=")
        module, colon, name = (part.strip() for part in target.partition(":"))
        if key.lstrip()[:1] not in ("", "#", ";") and _is_module(module) and (name.isidentifier() or not colon):
            yield Entry(package, module, name)


def _is_module(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))


def _load(entry: Entry) -> Any:
    """The module, or what is called so in it."""
    from importlib import import_module

    try:
        with patience(), _installed_only():
            module = import_module(entry.module)
            return getattr(module, entry.name) if entry.name else module
    except (Exception, SystemExit) as error:
        raise _failed(
            entry, Message("{kind}: {reason}", kind=type(error).__name__, reason=str(error) or entry.module)
        ) from None


@contextmanager
def _installed_only() -> Iterator[None]:
    """Import from everywhere but the working folder, which Python may have put first."""
    before = sys.path[:]
    here = os.path.realpath(os.getcwd())
    sys.path[:] = [path for path in before if path and os.path.realpath(path) != here]
    try:
        yield
    finally:
        sys.path[:] = before


def _usable(found: Any, entry: Entry, others: list[Rule]) -> list[Rule]:
    """The rules of one entry, marked with their package, once their codes are seen to be free ones."""
    from dataclasses import replace

    from mlsd.lint.rules import every

    if isinstance(found, Rule):
        rules = [found]
    elif isinstance(found, list | tuple):
        rules = list(found)
    else:
        rules = collect(found)
    if not rules or not all(isinstance(rule, Rule) for rule in rules):
        raise _failed(entry, Message("{module} holds no rules", module=entry.module))
    taken = {word for rule in (*every(), *others) for word in (rule.code, rule.name)}
    for rule in rules:
        if not FOREIGN.fullmatch(rule.code):
            raise _failed(entry, Message("{code} is not a code like XAC-901", code=rule.code))
        if rule.code in taken or rule.name in taken:
            raise _failed(entry, Message("{code} {name} is taken already", code=rule.code, name=rule.name))
        taken |= {rule.code, rule.name}
    return [replace(rule, package=entry.package) for rule in rules]


def _failed(entry: Entry, reason: Message) -> PluginFailed:
    return PluginFailed(
        Message("The rules of the package {package} cannot be used ({reason}).", package=entry.package, reason=reason),
        Message("Uninstall it, ask its authors, or leave such rules out with --no-plugins."),
    )
