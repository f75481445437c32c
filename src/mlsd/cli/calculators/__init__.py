"""Calculators: ``mlsd size ab …`` and its siblings, which need flags and no file. One module for each."""

from __future__ import annotations

WORDS = (
    "ab", "guardrail", "switchback", "srm", "holm", "load", "latency", "memory", "labels", "llm", "agent", "cost",
)  # fmt: skip
"""Every calculator, in the order of the help; each is a function of that name in a module of that name."""
