"""Calculators: ``mlsd size ab …`` and its siblings, which need flags and no file. One module for each."""

from __future__ import annotations

WORDS = ("ab", "guardrail", "srm", "load", "latency", "memory", "llm", "cost")
"""Every calculator, in the order of the help; each is a function of that name in a module of that name."""
