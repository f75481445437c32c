"""What a shell offers when Tab is pressed; loaded only then."""

from __future__ import annotations


def templates(incomplete: str) -> list[str]:
    """Names of templates."""
    from mlsd.content.template import names

    return [name for name in names() if name.startswith(incomplete)]


def code(incomplete: str) -> list[str]:
    """Codes of rules, in small letters to those who type small ones."""
    from mlsd.lint.formats import FORMATS
    from mlsd.lint.rules import every

    codes = [*FORMATS, *(rule.code for rule in every())]
    known = [known.lower() for known in codes] if incomplete[:1].islower() else codes
    return [known for known in known if known.startswith(incomplete)]


def codes(incomplete: str) -> list[str]:
    """Codes of rules after those that stand there with commas between; first what groups of codes begin with."""
    before, comma, last = incomplete.rpartition(",")
    offered = code(last)
    groups = dict.fromkeys(known.partition("-")[0] for known in offered)
    return [f"{before}{comma}{word}" for word in (*groups, *offered) if word.startswith(last)]
