"""A number's working as one line of text."""

from __future__ import annotations

from mlsd.cli.sizes.words import amount
from mlsd.content.formula import said
from mlsd.content.language import Language
from mlsd.errors import Message
from mlsd.sizing.working import Input, Working


def working_text(working: Working, language: Language) -> str:
    """Formula, inputs and result, as they are said; where there is no result, why not."""
    inputs = ", ".join(_input(entry, language) for entry in working.inputs)
    result = "" if working.result is None else f" = {amount(working.result, working.unit, language)}"
    note = f" ({language.say(working.note)})" if working.note else ""
    where = f" {language.say(Message('with'))} {inputs}" if inputs else ""
    return f"{said(working.formula, language)}{result}{where}{note}"


def _input(entry: Input, language: Language) -> str:
    name = entry.name if isinstance(entry.name, str) else language.say(entry.name)
    return f"{name} {amount(entry.value, entry.unit, language)}"
