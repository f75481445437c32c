"""Is it good: rules over a typed design, and the engine that asks them."""

from mlsd.lint.diagnostic import Diagnostic, Finding, Maturity, Report, Severity, Waived
from mlsd.lint.engine import check
from mlsd.lint.knowledge import Knowledge
from mlsd.lint.rule import Rule, rule

__all__ = ["Diagnostic", "Finding", "Knowledge", "Maturity", "Report", "Rule", "Severity", "Waived", "check", "rule"]
