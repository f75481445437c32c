"""What a shell offers when Tab is pressed; loaded only then."""

from __future__ import annotations


def templates(incomplete: str) -> list[str]:
    """Names of templates."""
    from mlsd.content.template import names

    return [name for name in names() if name.startswith(incomplete)]


def code(incomplete: str) -> list[str]:
    """Codes of rules, in small letters to those who type small ones, who may also mean a name."""
    from mlsd.lint.formats import FORMATS
    from mlsd.lint.rules import every

    known = [*FORMATS, *(rule.code for rule in every())]
    if incomplete[:1].islower():
        known = [*(code.lower() for code in known), *(rule.name for rule in every())]
    return [word for word in known if word.startswith(incomplete)]


def codes(incomplete: str) -> list[str]:
    """Codes of rules after those that stand there with commas between; first what groups of codes begin with."""
    before, comma, last = incomplete.rpartition(",")
    offered = code(last)
    groups = dict.fromkeys(word.partition("-")[0] for word in offered if word[-1:].isdigit())
    return [f"{before}{comma}{word}" for word in (*groups, *offered) if word.startswith(last)]
