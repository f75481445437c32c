"""`p99 latency <= 200 ms`, `no GPU`, `cost <= 20k EUR/month`, `law: people may refuse personalisation`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from mlsd.derived.promised import AT_LEAST
from mlsd.design.problem import Constraint
from mlsd.design.quantity import percentile
from mlsd.design.units import BYTES_GB, CURRENCIES, TIMES_MS, amount, shown
from mlsd.errors import Message, ValueRefused, Word
from mlsd.interview.lines.bound import UNIT_OF, read_bound, write_bound
from mlsd.interview.lines.line import Misread, line
from mlsd.interview.lines.slots import has, head_and_rest, joined
from mlsd.interview.lines.tongue import ENGLISH, TONGUES, Tongue
from mlsd.interview.lines.words import NUMBER_AHEAD, choices, one_of

_KINDS = {
    "latency": "delay response time задержка время ответа",
    "throughput": "rps qps load пропускная способность нагрузка",
    "availability": "uptime доступность",
    "downtime": "простой",
    "recovery": "восстановление",
    "freshness": "lag свежесть устаревание",
    "memory": "ram память",
    "hardware": "gpu gpus nodes machines железо узлы машины",
    "cost": "budget price money стоимость бюджет цена деньги затраты расходы",
    "privacy": "приватность конфиденциальность",
    "law": "legal закон право",
    "explainability": "объяснимость",
    "people": "team staff люди команда",
    "other": "другое прочее",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in (kind, *words.split())}
_OPS = {
    "<=": r"<=|≤|=<|<|at most|no more than|not more than|under|up to|не больше|не более|не выше|максимум|до",
    ">=": r">=|≥|=>|>|at least|no less than|not less than|over|не меньше|не менее|не ниже|минимум|от",
    "=": r"=|equals|равно",
}
_BOUND = re.compile(
    rf"(?P<head>.*?)\s*(?:{'|'.join(f'(?P<op_{number}>{words})' for number, words in enumerate(_OPS.values()))})"
    rf"\s*{NUMBER_AHEAD}(?P<amount>.+)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<head>[^0-9]+?)\s+{NUMBER_AHEAD}(?P<amount>.+)")
_AHEAD = re.compile(rf"{NUMBER_AHEAD}(?![0-9]+-)(?P<amount>.+?)(?:\s+(?P<head>[^\W\d_]+))?")
_PERCENTILE = re.compile(r"(?:(?<=\s)(?:at|на)\s+)?(?<!\S)[pPрР](?P<p>[0-9]+(?:[.,][0-9]+)?)(?!\S)")
_WITH_UNIT = re.compile(r"[0-9]\s*(?:[kKMB]\s*)?(?:%|[^\W\d_]|[€$£₽])|[€$£₽]\s*[0-9]")
_COUNTED = frozenset({*UNIT_OF, "availability", "downtime", "cost", "hardware"})
"""Kinds of limit that are numbers; a law or a team is said in words."""
_NO_GPU = re.compile(
    r"(?:no|without|без)\s+gpus?|(?:only\s+)?cpu(?:\s+only)?|только\s+cpu|только\s+на\s+cpu", re.IGNORECASE
)
_NO_GPU_FIELDS = {"kind": "hardware", "op": "<=", "value": 0, "unit": "GPU"}


def _constraint(text: str) -> dict[str, Any]:
    bound, words = head_and_rest(text)
    if (counted := _counted(bound, words)) is not None:
        return counted
    said = {"text": words} if words else {}
    if _NO_GPU.fullmatch(bound):
        return _NO_GPU_FIELDS | said
    found = _PERCENTILE.search(bound)
    at = {"percentile": percentile(found["p"])} if found else {}
    if found:
        bound = f"{bound[: found.start()].strip()} {bound[found.end() :].strip()}".strip()
    fields = _fields(bound, "latency" if at else "")
    if (at and fields["kind"] != "latency") or not (said or "value" in fields):
        raise Misread
    return fields | {key: int(value) if value == int(value) else value for key, value in at.items()} | said


def _counted(bound: str, words: str) -> dict[str, Any] | None:
    """`cost: 5k EUR a month` means `cost 5k EUR a month`; None where the words behind the colon are no such limit."""
    if bound.lower() not in _KIND or not _WITH_UNIT.search(words):
        return None
    try:
        fields = _constraint(f"{bound} {words}")
    except (Misread, ValueRefused):
        return None
    return fields if "value" in fields and fields["kind"] in _COUNTED else None


def _fields(bound: str, hint: str) -> dict[str, Any]:
    found = _BOUND.fullmatch(bound) or _BARE.fullmatch(bound)
    if not found:
        return _number_first(bound, hint) or {"kind": _kind(bound)}
    op = next((op for number, op in enumerate(_OPS) if found.groupdict().get(f"op_{number}")), None)
    kind = hint if hint and not found["head"].strip() else _kind(found["head"])
    return _limited(kind, op, found["amount"], found["head"])


def _number_first(bound: str, hint: str) -> dict[str, Any]:
    """`99.9% availability`, `5 min freshness`; and where the unit says what is limited, `10k EUR a month`, `4 GB`."""
    found = _AHEAD.fullmatch(bound)
    if not found:
        return {}
    if (found["head"] or "").lower() in _KIND:
        return _limited(_KIND[found["head"].lower()], None, found["amount"], found["head"])
    kind = hint or _kind_of_unit(amount(bound, Message("Write a number with its unit.")).unit)
    return _limited(kind, None, bound, "") if kind else {}


def _kind_of_unit(unit: str) -> str:
    word = unit.lower().partition(" ")[0].partition("/")[0].rstrip(".")
    if word in CURRENCIES:
        return "cost"
    if word in BYTES_GB:
        return "memory"
    if TIMES_MS.get(word, 60_000) < 60_000:
        return "latency"
    return "throughput" if word in ("rps", "qps") else ""


def _limited(kind: str, op: str | None, text: str, head: str) -> dict[str, Any]:
    value, unit = read_bound(kind, text, head)
    usual = ">=" if kind in AT_LEAST else "<="
    return {"kind": kind, "op": op or usual, "value": value} | ({"unit": unit} if unit else {})


def _kind(head: str) -> str:
    words = [word for word in head.lower().split() if word not in {"the", "a", "of"}]
    if not words:
        raise Misread
    kinds = {_KIND.get(word) for word in words}
    known = choices(Constraint, "kind")
    if len(kinds) == 1 and None not in kinds:
        return str(kinds.pop())
    if len(words) == 1 and get_close_matches(words[0], known, n=1, cutoff=0.5):
        return one_of(head, known)
    kinds_there = [Word(kind, {code: spoken.word(kind) for code, spoken in TONGUES.items()}) for kind in known]
    raise ValueRefused(
        Message("“{text}” does not say which kind of limit it is.", text=shown(head)),
        Message("Put the kind and a colon before the words (law: GDPR). The kinds are: {words}.", words=kinds_there),
    )


def _constraint_text(entry: Mapping[str, Any], language: Tongue) -> str:
    text, kind = str(entry.get("text") or ""), str(entry.get("kind") or "other")
    if not has(entry, "value"):
        return joined(language.word(kind), text)
    if all(entry.get(field) == value for field, value in _NO_GPU_FIELDS.items()):
        return joined(language.word("no GPU"), text)
    at = f"p{ENGLISH.figure(entry['percentile'])}" if has(entry, "percentile") else ""
    bound = write_bound(kind, entry["value"], str(entry.get("unit") or ""), language)
    what = language.limited.format(kind=language.word(kind), at=at).strip()
    return joined(f"{what} {entry.get('op') or '='} {bound}", text)


CONSTRAINT = line(
    "constraint",
    Message("a constraint: what is limited, “<=” or “>=” and a number with its unit, or a kind, a colon and words"),
    Message("p99 latency <= 200 ms"),
    _constraint,
    _constraint_text,
)
