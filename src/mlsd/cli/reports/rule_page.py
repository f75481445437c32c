"""A rule's page in the terminal, as Markdown and as plain data; the codes of unreadable files have one too."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent, wrap
from typing import Any

from mlsd.cli.console import Console
from mlsd.content import formula
from mlsd.content.language import Language
from mlsd.content.registry import source
from mlsd.errors import Message
from mlsd.lint import Maturity, Rule, Severity
from mlsd.lint.formats import FormatCode

DOMAIN = "rules"
SEVERAL = "document"
"""What is about no stage in particular."""


def summary(rule: Rule | FormatCode, language: Language) -> str:
    """The first sentence of its page."""
    return language.say(rule.summary) if isinstance(rule, FormatCode) else language.text(DOMAIN, rule.page.summary)


def data(rule: Rule | FormatCode, language: Language) -> dict[str, Any]:
    """Everything about a rule as plain data."""
    if isinstance(rule, FormatCode):
        return _format_data(rule, language)
    page = rule.page
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.word,
        "since": rule.since.name.lower(),
        "stage": rule.stage,
        "summary": summary(rule, language),
        "sources": _sources(rule, language),
        "page": {
            "why": [language.text(DOMAIN, paragraph) for paragraph in page.why],
            "ask": language.text(DOMAIN, page.ask),
            "false_positives": language.text(DOMAIN, page.false_positives),
            "bad": list(page.bad),
            "good": list(page.good),
            "requires": list(rule.requires),
        },
    }


def _format_data(code: FormatCode, language: Language) -> dict[str, Any]:
    """The same of a code of the reader, which speaks from the first maturity on and has no examples."""
    return {
        "code": code.code,
        "name": code.name,
        "severity": Severity.ERROR.word,
        "since": min(Maturity).name.lower(),
        "stage": SEVERAL,
        "summary": summary(code, language),
        "sources": [],
        "page": {
            "why": [language.say(code.next_step)],
            "ask": "",
            "false_positives": "",
            "bad": [],
            "good": [],
            "requires": [],
        },
    }


def markdown(rule: Rule | FormatCode, language: Language) -> str:
    """The page as Markdown, for the reference pages too."""
    if isinstance(rule, FormatCode):
        head = f"## {rule.code} `{rule.name}`"
        return "\n".join([head, "", summary(rule, language), "", language.say(rule.next_step), ""])
    lines = [f"## {rule.code} `{rule.name}`", "", f"*{_speaks(rule, language)}*", "", summary(rule, language), ""]
    for label, text in _parts(rule, language):
        lines += [f"**{label}** {text}" if label else text, ""]
    for label, examples in _examples(rule, language):
        for example in examples:
            lines += [f"{label}:", "", "```yaml", example, "```", ""]
    if rule.sources:
        lines += [f"{language.say(Message('Sources'))}: {'; '.join(_sources(rule, language))}.", ""]
    return "\n".join(lines)


def terminal(rule: Rule | FormatCode, language: Language, out: Console) -> str:
    """The page for the terminal, wrapped to its width."""
    width = min(out.width, 100)
    if isinstance(rule, FormatCode):
        texts = [summary(rule, language), language.say(rule.next_step)]
        head = f"{out.paint(rule.code, 'bold')} {out.paint(rule.name, 'bold')}"
        return "\n\n".join([head, *("\n".join(_wrapped(text, width, out)) for text in texts)])
    lines = [
        f"{out.paint(rule.code, 'bold')} {out.paint(rule.name, 'bold')}",
        out.paint(_speaks(rule, language), "dim"),
    ]
    lines += ["", *_wrapped(summary(rule, language), width, out)]
    for label, text in _parts(rule, language):
        lines += ["", *_wrapped(f"{label} {text}".strip(), width, out)]
    for label, examples in _examples(rule, language):
        for example in examples:
            lines += ["", out.paint(f"{label}:", "bold"), indent(out.paint(example), "    ")]
    if rule.sources:
        lines += ["", out.paint(f"{language.say(Message('Sources'))}:", "dim")]
    lines += [f"  {out.paint(title, 'dim')}" for title in _sources(rule, language)]
    return "\n".join(lines)


def said(rule: Rule | FormatCode, language: Language) -> tuple[str, str]:
    """How severe the rule is and from which maturity on it speaks, in words."""
    about = data(rule, language)
    return language.text("mlsd", about["severity"]), language.text("mlsd", about["since"])


def _speaks(rule: Rule, language: Language) -> str:
    severity, since = said(rule, language)
    text = Message("{severity}, from maturity “{since}” on", severity=severity, since=since)
    return language.say(text)


def _parts(rule: Rule, language: Language) -> Iterator[tuple[str, str]]:
    for paragraph in rule.page.why:
        yield "", language.text(DOMAIN, paragraph)
    if rule.page.ask:
        yield language.say(Message("Ask yourself:")), language.text(DOMAIN, rule.page.ask)
    if rule.page.false_positives:
        yield language.say(Message("When it is wrong:")), language.text(DOMAIN, rule.page.false_positives)


def _examples(rule: Rule, language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield language.say(Message("Bad")), rule.page.bad
    yield language.say(Message("Good")), rule.page.good


def _wrapped(text: str, width: int, out: Console) -> list[str]:
    return [out.paint(line) for line in wrap(text, width, break_long_words=False, break_on_hyphens=False)]


def _sources(rule: Rule, language: Language) -> list[str]:
    """Each title once, though several of its chapters may be meant."""
    return list(dict.fromkeys(_source(key, language) for key in rule.sources))


def _source(key: str, language: Language) -> str:
    found = source(key)
    if found is None:
        return key
    title = formula.source(found.title, language)
    return f"{title} ({found.address})" if found.address else title
