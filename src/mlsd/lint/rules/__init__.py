"""Every rule, one package per stage, one module per subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from mlsd.errors import Message, UsageError
from mlsd.lint.rule import Rule, collect


@cache
def every() -> tuple[Rule, ...]:
    """All rules in the order of their codes."""
    found: list[Rule] = []
    for package in iter_modules(__path__):
        for module in iter_modules([f"{__path__[0]}/{package.name}"]):
            found += collect(import_module(f"{__name__}.{package.name}.{module.name}"))
    return tuple(sorted(found, key=lambda rule: rule.code))


def by_code(code: str, rules: Sequence[Rule] | None = None) -> Rule:
    """The rule with this code or name, among ours or among those given. Raises UsageError with the nearest one."""
    rules = every() if rules is None else rules
    wanted = re.sub(r"^([a-z]+)-?0?([0-9]+)$", lambda found: f"{found[1]}-{found[2]:0>2}", code.strip().lower())
    for rule in rules:
        if wanted in {rule.code.lower(), rule.name}:
            return rule
    names = {rule.name: rule.name for rule in rules} | {rule.code.lower(): rule.code for rule in rules}
    near = get_close_matches(wanted, names, 1, 0.5)
    hint = Message("Did you mean {near}?", near=names[near[0]]) if near else Message("mlsd rule lists them all.")
    raise UsageError(Message("There is no rule “{code}”.", code=code), hint)
