"""What the tool speaks: decided before the first word is printed, so that help pages speak it too.

The flag ``--lang`` wins, then ``MLSD_LANG``, then the locale; English where none of them says a language we have.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from mlsd.content.language import LANGUAGES, Language, language
from mlsd.errors import Message


def chosen(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The code of the language to speak. Raises UsageError for a flag that names one mlsd does not speak."""
    for position, argument in enumerate(arguments):
        if not argument.startswith("-"):
            break
        if argument == "--lang" and position + 1 < len(arguments):
            return language(arguments[position + 1]).code
        if argument.startswith("--lang="):
            return language(argument.partition("=")[2]).code
    for name in ("MLSD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            code = environ[name][:2].lower()
            return code if code in LANGUAGES else "en"
    return "en"


_spoken: Language | None = None


def spoken() -> Language:
    """The language of this process."""
    global _spoken
    if _spoken is None:
        _spoken = language("en")  # what a refusal of the flag is said in
        _spoken = language(chosen(sys.argv[1:], os.environ))
    return _spoken


def called() -> list[str]:
    """How mlsd is called so that it speaks as now: the words of a command that is printed begin with these."""
    code = spoken().code
    return ["mlsd"] if code == chosen([], os.environ) else ["mlsd", "--lang", code]


def speak(code: str) -> None:
    """Speak this language from now on."""
    global _spoken
    _spoken = language(code)


def say(message: Message | str, /) -> str:
    """The sentence in the language of this process."""
    return spoken().say(message)
