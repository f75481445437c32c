"""Ids: a Latin letter, then lower-case letters, digits and `_`; made from a name in any script."""

from __future__ import annotations

import re
import unicodedata

from mlsd.design.units import shown
from mlsd.errors import Message, ValueRefused

_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_CYRILLIC_AND_MORE = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўßæøłđþ"
_SOUNDS = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi ye g u ss ae o l d th"
_LATIN = dict(zip(_CYRILLIC_AND_MORE, _SOUNDS.split(), strict=True))
_HINT = Message("Write a Latin letter, then lower-case letters, digits and “_”: cart_users.")


def slug(value: object) -> str:
    """The id itself, if it is one."""
    if isinstance(value, str) and _SLUG.fullmatch(value):
        return value
    if isinstance(value, str) and any(letter.isalnum() for letter in value):
        hint = Message("Write “{right}”, and keep the wording in “name”.", right=slugify(value))
        raise ValueRefused(Message("“{text}” is not an id.", text=shown(value)), hint)
    raise ValueRefused(Message("“{text}” is not an id.", text=shown(value)), _HINT)


def slugify(name: str) -> str:
    """The id made from a name: «Пользователь сайта» gives `polzovatel_sayta`, `ndcg@10` gives `ndcg_at_10`.

    An id stays as it is. Letters of scripts without a table take their Unicode name (`β` is `beta`) or number.

    Raises:
        ValueRefused: the name holds no letter and no digit.
    """
    if _SLUG.fullmatch(name):
        return name
    latin = "".join(_latin(letter) for letter in unicodedata.normalize("NFC", name.replace("@", " at ").lower()))
    made = re.sub(r"[^a-z0-9]+", "_", latin).strip("_")
    if not made:
        raise ValueRefused(Message("“{text}” has no letter an id could be made from.", text=shown(name)), _HINT)
    return made if made[0].isalpha() else f"n{made}"


def _latin(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _LATIN:
        return _LATIN[letter].strip("-")
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)).lower()
    if plain != letter:
        return "".join(_latin(part) for part in plain)
    if not letter.isalnum():
        return "" if unicodedata.combining(letter) else " "
    words = unicodedata.name(letter, "").split()
    return words[words.index("LETTER") + 1].lower() if "LETTER" in words[:-1] else f"u{ord(letter):x}"
