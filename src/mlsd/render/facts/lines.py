"""Whole parts of a design in one line each, for a page that has no room for tables."""

from __future__ import annotations

from typing import Any

from mlsd.content.language import Language
from mlsd.errors import Message
from mlsd.render.facts import Facts
from mlsd.render.view.tree import DAGGER


def lines(values: Facts, language: Language) -> Facts:
    """Lines made from a document's context: limits, metrics, path, funnel, rollout, risks."""
    design, facts = values["design"], values["facts"]
    return {
        "limits": [limit for constraint in design["problem"]["constraints"] if (limit := _limit(constraint))],
        "success_lines": [
            _metric(metric)
            for metric in design["metrics"]["online"]
            if metric["raw"]["role"] not in ("guardrail", "diagnostic")
        ],
        "offline_lines": [_metric(metric) for metric in design["metrics"]["offline"]],
        "path_line": " → ".join(" ∥ ".join(step["names"]) for step in facts["service"]["steps"]) or None,
        "funnel_line": _funnel(facts["funnel"]),
        "rollout_line": " → ".join(_step(step) for step in design["deploy"]["rollout"]) or None,
        "risk_lines": [line for risk in design["problem"]["risks"] if (line := _risk(risk, language))],
    }


def _limit(constraint: Facts) -> str | None:
    limit = constraint["limit"] or constraint["text"]
    title = constraint["title"]
    return f"{title}\u00a0– {_open_ended(limit)}" if title and limit else limit or title


def _metric(metric: Facts) -> str:
    name = metric["label"] or "…"
    numbers = [number for number in (metric["baseline"], metric["target"]) if number]
    return f"{name} ({' → '.join(numbers)})" if numbers else str(name)


def _funnel(steps: list[Facts]) -> str | None:
    counts: list[Any] = [step["gives"] for step in steps if step["gives"]]
    if not counts:
        return None
    first = [steps[0]["takes"]] if steps[0]["takes"] else []
    return " → ".join([*first, *counts])


def _step(step: Facts) -> str:
    share = step["share"] if step["raw"]["share"] not in (None, 1, 1.0) else None
    return " ".join(part for part in (step["kind"] or "…", share) if part)


def _risk(risk: Facts, language: Language) -> str | None:
    if not risk["title"]:
        return None
    title = _open_ended(risk["title"])
    title = title[:1].upper() + title[1:]
    if not risk["answer"]:
        return f"{title}."
    answer = _open_ended(risk["answer"])
    if risk["accepted"]:
        return f"{title}; {answer}."
    return language.say(Message("{risk}; the answer: {answer}.", risk=title, answer=answer))


def _open_ended(text: Any) -> str:
    """The text without the full stop at its end, to go on after it; a dagger stays."""
    body = str(text).rstrip(DAGGER)
    return body.rstrip(".") + str(text)[len(body) :]
