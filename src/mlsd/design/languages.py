"""The languages in which a design can be printed, and mlsd speaks, by their codes."""

from __future__ import annotations

from typing import Literal

Code = Literal["en", "ru"]
