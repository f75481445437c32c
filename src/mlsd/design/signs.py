"""Signs of a text that nobody sees: controls, marks of direction, joiners and spaces without width, lone surrogates."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def is_unseen(sign: str) -> bool:
    """Whether whoever shows the sign would obey it, or show nothing; line breaks and tabs are such signs too."""
    return unicodedata.category(sign) in _UNSEEN
