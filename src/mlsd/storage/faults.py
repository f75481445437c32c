"""What the types of a design object to, said about the place in the file where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError

from mlsd.design import Path, Place, Places
from mlsd.errors import Fault, Message, MlsdError
from mlsd.storage.commas import cut_text, split_number
from mlsd.storage.schema import all_keys, keys_at

MOST_GUESSES: Final = 100
"""So many faults get a guess at what was meant; a file with more of them is no design."""
_LONGEST: Final = 60
_DIGITS: Final = re.compile(r"[0-9]")
_WORD: Final = re.compile(r"'([^']*)'")

Data = Any


def faults(error: ValidationError, data: Mapping[str, Data], places: Places, text: str) -> list[Fault]:
    """Every reason of a ValidationError, FMT-02 (an unknown key) or FMT-03 (a wrong value), in file order."""
    found: dict[tuple[int, str], Fault] = {}
    for number, detail in enumerate(error.errors(include_url=False, include_input=True)):
        fault = _fault(detail, _Reading(data, places, text), guess=number < MOST_GUESSES)
        found.setdefault((fault.place.start, fault.code), fault)
    return _one_for_each_name(sorted(found.values(), key=lambda fault: fault.place.start))


def _one_for_each_name(found: list[Fault]) -> list[Fault]:
    """The faults; where two keys of one mapping would get the same name, neither gets it."""
    wanted = Counter((fault.path[:-1], fault.rename) for fault in found)
    return [fault._replace(rename="") if wanted[fault.path[:-1], fault.rename] > 1 else fault for fault in found]


class _Reading:
    def __init__(self, data: Mapping[str, Data], places: Places, text: str) -> None:
        self.data = data
        self.places = places
        self.text = text

    def value_place(self, path: Path) -> Place:
        """The place of the value; a position 0 that the file does not spell out is passed over."""
        known: Path = ()
        for step in path:
            if (*known, step) in self.places.values:
                known = (*known, step)
            elif step != 0:
                return self.places.of(path)
        return self.places.values[known]

    def read(self, path: Path) -> Data:
        value: Data = self.data
        for step in path:
            try:
                value = value[step]
            except (LookupError, TypeError):
                break
        return value


def _fault(detail: Mapping[str, Any], reading: _Reading, guess: bool) -> Fault:
    path: Path = tuple(detail["loc"])
    kind, context, value = detail["type"], detail.get("ctx") or {}, detail["input"]
    if kind == "extra_forbidden":
        key = str(path[-1])
        message = Message("“{key}” is not a key that may stand here.", key=shown(key))
        hint, meant = _what_was_meant(key, path, reading) if guess else (None, "")
        return Fault("FMT-02", message, reading.places.of(path), hint, path, meant)
    refusal = context.get("error", None)
    if isinstance(refusal, MlsdError):
        message, hint = refusal.message, refusal.hint
    elif kind == "refused":
        message, hint = context["message"], context["hint"]
    elif kind == "literal_error":
        message, hint = _not_allowed(value, _WORD.findall(context["expected"]))
    else:
        message, hint = _wrong_kind(kind, value, path, detail["msg"])
    return Fault("FMT-03", message, reading.value_place(path), hint, path)


def _what_was_meant(key: str, path: Path, reading: _Reading) -> tuple[Message | None, str]:
    """The next step, and the key that was meant if it can have been no other; none where a comma cut a value."""
    around, text = reading.read(path[:-1]), reading.text
    number = split_number(path, around, reading.places, text)
    if number is not None:
        return number, ""
    near = get_close_matches(key.lower(), keys_at(path[:-1]), 1) if len(key) <= _LONGEST else []
    cut = None if near and " " not in key else cut_text(path, around, reading.places, text)
    if cut is not None:
        return cut, ""
    hint = Message("Did you mean “{key}”?", key=near[0]) if near else _home_of_key(key, path)
    return hint, _only_key(key, path, reading)


def _home_of_key(key: str, path: Path) -> Message | None:
    here = keys_at(path[:-1])
    homes = [home for home, keys in all_keys().items() if key in keys]
    if len(homes) == 1 and homes[0].count(".") <= 1:  # deeper ones are words like “what”, which mean many things
        return Message("“{key}” belongs under {home}.", key=key, home=homes[0])
    return Message("The keys that may stand here are {keys}.", keys=", ".join(here)) if here else None


def _only_key(key: str, path: Path, reading: _Reading) -> str:
    """The key that was meant, if it can have been no other: written with capitals or dashes, or one slip away.

    A key that belongs elsewhere may have been meant as it is, and a slip among digits (``p95_ms``) is another number.
    """
    around, here = reading.read(path[:-1]), keys_at(path[:-1])
    plain = _bare(key)
    near = [known for known in here if _bare(known) == plain]
    if not near and 3 < len(key) <= _LONGEST and not any(key in keys for keys in all_keys().values()):
        near = [known for known in here if _one_slip(key.lower(), known)]
    return near[0] if len(near) == 1 and isinstance(around, dict) and near[0] not in around else ""


def _bare(key: str) -> str:
    return re.sub(r"[-_ ]", "", key).lower()


def _one_slip(written: str, meant: str) -> bool:
    """Whether one letter is missing, one is too many, or two neighbours are swapped."""
    if _DIGITS.findall(written) != _DIGITS.findall(meant):
        return False
    short, long = sorted((written, meant), key=len)
    if len(long) == len(short) + 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    swapped = (written[:at] + written[at + 1] + written[at] + written[at + 2 :] for at in range(len(written) - 1))
    return meant in swapped


def _not_allowed(value: Data, allowed: list[str]) -> tuple[Message, Message]:
    words = ", ".join(allowed)
    pick = Message("Write one of these words.")
    if not isinstance(value, str):
        read = reads_as(value)
        return Message("One of {words} belongs here, but this reads as {read}.", words=words, read=read), pick
    near = _nearest_words(value.lower(), allowed) if len(value) <= _LONGEST else []
    message = Message("“{value}” is none of the words that may stand here: {words}.", value=shown(value), words=words)
    return message, Message("Did you mean “{word}”?", word=near[0]) if near else pick


def _nearest_words(value: str, allowed: list[str]) -> list[str]:
    """The word one slip away, or the one that stands within: ``binary`` in “binary classification”."""
    return get_close_matches(value, allowed, 1) or [word for word in allowed if word in re.split(r"[\W_]+", value)]


def _wrong_kind(kind: str, value: Data, path: Path, reason: str) -> tuple[Message, Message | None]:
    read = reads_as(value)
    if kind in ("model_type", "dict_type", "mapping_type"):
        keys = ", ".join(keys_at(path))
        lines = Message("Write “key: value” on lines of their own.")
        hint = Message("Its keys are {keys}.", keys=keys) if keys else lines
        return Message("Keys with values belong here, but this reads as {read}.", read=read), hint
    if kind == "string_type":
        quote = Message("Put it in quotes: it is text then.")
        return Message("Text belongs here, but this reads as {read}.", read=read), quote
    if kind == "list_type":
        brackets = Message("Write it in brackets: [a, b].")
        return Message("A list belongs here, but this reads as {read}.", read=read), brackets
    return Message("This cannot be read ({reason}), it reads as {read}.", reason=reason, read=read), None


def reads_as(value: Data) -> Message:
    """What the reader made of a value, for a sentence that says so."""
    if value is None:
        return Message("nothing")
    if isinstance(value, bool):
        return Message("the truth value {value}", value=str(value).lower())
    if isinstance(value, int | float):
        return Message("the number {value}", value=value)
    if isinstance(value, list):
        return Message("a list")
    if isinstance(value, dict):
        return Message("keys and values")
    return Message("the text “{value}”", value=shown(str(value)))


def shown(text: str) -> str:
    """The text, cut where a sentence could not hold it."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
