"""Languages: the catalogues under templates/locale, and sentences said in one of them."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from typing import Any

from mlsd.content.root import templates
from mlsd.design.quantity_text import number_text, signed
from mlsd.errors import Counted, Message, UsageError, Word

LANGUAGES: dict[str, Message] = {"en": Message("English"), "ru": Message("Russian")}
"""The languages mlsd speaks, and their names; English is the text in the source."""


class Language:
    """One language: ``say`` a Message, or look up a ``text`` of a catalogue."""

    def __init__(self, code: str) -> None:
        self.code = code

    def say(self, message: Message | str) -> str:
        """The sentence in this language, its values filled in; a plain string is returned as it is."""
        if isinstance(message, str):
            return message
        if isinstance(message, Word):
            return message.said.get(self.code, message.text)
        if isinstance(message, Counted):
            text = self._catalogue(message.domain).ngettext(message.text, message.many, message.values["count"])
        else:
            text = self.text(message.domain, message.text)
        if not message.values:
            return text
        said = text.format(**self._values(message.values))
        # behind an abbreviation, as in «через 2 дн.», one full stop is enough
        return said[:-1] if text.endswith("}.") and said.endswith("..") and not said.endswith("...") else said

    def text(self, domain: str, msgid: str) -> str:
        """The text that a catalogue has for an English one; the English one where it has none."""
        return self._catalogue(domain).gettext(msgid) if msgid else ""

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._value(value) for name, value in values.items()}

    def _value(self, value: Any) -> Any:
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return signed(number_text(value, self.code))
        if isinstance(value, list | tuple):
            return ", ".join(str(self._value(entry)) for entry in value)
        return value

    def _catalogue(self, domain: str) -> gettext.NullTranslations:
        return _catalogue(domain, self.code)


@cache
def _catalogue(domain: str, code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    return gettext.translation(domain, str(templates() / "locale"), [code], fallback=True)


@cache
def language(code: str) -> Language:
    """The language with this code. Raises UsageError for one that mlsd does not speak."""
    if code not in LANGUAGES:
        raise UsageError(
            Message("mlsd does not speak “{code}”.", code=code),
            Message("Choose one of: {known}.", known=list(LANGUAGES)),
        )
    return Language(code)
