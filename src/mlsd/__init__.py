"""mlsd: a compiler for ML system designs. It asks, computes, contradicts, prints and scores.

    from mlsd import check, read
    for diagnostic in check(read("design.yaml").design).diagnostics: ...

Nothing below is loaded before it is asked for.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would take a fifth of the time in which --version answers
if TYPE_CHECKING:
    from typing import Any

    from mlsd.content.language import Language, language
    from mlsd.design import Design
    from mlsd.errors import Message, MlsdError
    from mlsd.lint import Diagnostic, Finding, Maturity, Report, Rule, Severity, check, rule
    from mlsd.storage import Loaded, load, read

__version__ = "0.1.0"

_HOMES = {
    "Design": "design",
    "Diagnostic": "lint",
    "Finding": "lint",
    "Language": "content.language",
    "Loaded": "storage",
    "Maturity": "lint",
    "Message": "errors",
    "MlsdError": "errors",
    "Report": "lint",
    "Rule": "lint",
    "Severity": "lint",
    "check": "lint",
    "language": "content.language",
    "load": "storage",
    "read": "storage",
    "rule": "lint",
}

__all__ = [
    "Design", "Diagnostic", "Finding", "Language", "Loaded", "Maturity", "Message", "MlsdError", "Report", "Rule",
    "Severity", "__version__", "check", "language", "load", "read", "rule",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
