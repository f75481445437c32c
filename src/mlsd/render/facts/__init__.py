"""What follows from a design, read from ``mlsd.derived`` and put into words: loads, sums, sizes, days."""

from __future__ import annotations

from typing import Any

Facts = dict[str, Any]
