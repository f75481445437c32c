"""A rule as SARIF describes it: its page is its help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlsd.cli.reports.rule_page import data, markdown
from mlsd.content.language import Language
from mlsd.content.registry import source
from mlsd.errors import Message
from mlsd.lint import Rule
from mlsd.lint.formats import FORMATS

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}
"""A severity as code scanning calls it."""


def descriptor(code: str, rules: Mapping[str, Rule], language: Language) -> dict[str, Any]:
    """The rule of this code, or the code of a file that cannot be read; of a rule that is gone, only its code."""
    rule = FORMATS.get(code) or rules.get(code)
    if rule is None:
        return {"id": code}
    facts = data(rule, language)
    described = {
        "id": code,
        "name": facts["name"],
        "shortDescription": {"text": facts["summary"]},
        "fullDescription": {"text": " ".join([facts["summary"], *facts["page"]["why"]])},
        "help": {"text": _plain(facts, language), "markdown": markdown(rule, language)},
        "defaultConfiguration": {"level": LEVELS[facts["severity"]]},
        "properties": {"tags": [facts["stage"]], "problem.severity": PROBLEMS[facts["severity"]]},
    }
    addresses = [found.address for key in getattr(rule, "sources", ()) if (found := source(key)) and found.address]
    return described | ({"helpUri": addresses[0]} if addresses else {})


def _plain(facts: dict[str, Any], language: Language) -> str:
    page = facts["page"]
    parts = [facts["summary"], *page["why"]]
    for label, text in (
        (Message("Ask yourself:"), page["ask"]),
        (Message("When it is wrong:"), page["false_positives"]),
    ):
        parts += [f"{language.say(label)} {text}"] if text else []
    return "\n\n".join(parts)
