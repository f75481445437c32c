"""What was taken from the template and not confirmed: each as a question and the value it got."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlsd.content.language import Language
from mlsd.design import Design
from mlsd.design.doc import docs
from mlsd.design.node import Node
from mlsd.design.path import field_of, find, value_at
from mlsd.design.place import Path
from mlsd.errors import MlsdError
from mlsd.render.facts import Facts
from mlsd.render.view.headings import STAGES
from mlsd.render.view.tree import DAGGER

LONGEST = 160
"""Characters of an assumed value in its line; the rest stands in its stage."""
LONGEST_ENTRY = 120
"""Characters of an assumed entry, where many of them share a line."""


def assumptions(design: Design, language: Language, shown: Facts, told: Mapping[Path, str]) -> list[Facts]:
    """A line for each assumed path that leads to an answer: stage, thing, question, value, path.

    Entries of one list that are assumed one by one share a line, since they answer one question. ``told`` has the
    answers that are not said field by field.
    """
    rows: dict[str, Facts] = {}
    for text in design.assumed:
        try:
            path = find(design, text)
        except MlsdError:
            continue
        value = value_at(design, path)
        if value is None or value == [] or (isinstance(value, Node) and value.is_empty):
            continue
        stage = STAGES.get(str(path[0]))
        entry = isinstance(value, Node) and isinstance(path[-1], int)
        whole = text.rpartition("[")[0] if entry else text
        words = _short(told.get(path) or _value(shown, path), LONGEST_ENTRY if entry else LONGEST)
        if whole in rows and entry:
            rows[whole] |= {"value": f"{rows[whole]['value']}; {words}", "path": whole}
            continue
        rows[whole] = {
            "stage": language.say(stage) if stage else None,
            "thing": None if entry else thing_at(shown, path),
            "question": _question(design, path, language),
            "value": words,
            "path": text,
        }
    return list(rows.values())


def _question(design: Design, path: Path, language: Language) -> str:
    """What was asked: the question of the last field on the way."""
    question = ""
    for length in range(len(path)):
        node = value_at(design, path[:length])
        step = path[length]
        if isinstance(node, Node) and isinstance(step, str):
            doc = docs(type(node)).get(field_of(node, step) or "")
            question = doc.question if doc else question
    return language.text("mlsd", question) if question else ""


def _walk(shown: Any, path: Path) -> Any:
    for step in path:
        key = "from_" if step == "from" else step
        try:
            shown = shown[key]
        except (KeyError, IndexError, TypeError):
            return None
    return shown


def thing_at(shown: Facts, path: Path) -> str | None:
    """The nearest entry the path leads through, by name."""
    for length in range(len(path), 0, -1):
        found = _walk(shown, path[:length])
        if isinstance(found, dict) and (name := found.get("label") or found.get("item")):
            return str(name).removesuffix(DAGGER)
    return None


def _value(shown: Facts, path: Path) -> str:
    around = _walk(shown, path[:-1])
    if path[-1] == "value" and isinstance(around, dict) and (around.get("limit") or "kind" in around):
        return str(around.get("limit") or around.get("text") or around["value"]).replace(DAGGER, "")
    return _text(_walk(shown, path)).replace(DAGGER, "")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        if "empty" in value:
            return _entry(value)
        return ", ".join(f"{key} {_text(entry)}" for key, entry in value.items())
    if isinstance(value, list):
        parts = [_text(entry) for entry in value]
        if any(part.rstrip(DAGGER).endswith("?") for part in parts):
            return " ".join(parts)
        return ("; " if any(", " in part for part in parts) else ", ").join(parts)
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return "" if value is None else str(value)


def _entry(shown: Facts) -> str:
    """A part in a few words: what it was told to say of itself, its name, its amount."""
    return next((str(shown[key]) for key in ("said", "label", "text", "limit") if shown.get(key)), None) or _nameless(
        shown
    )


def _nameless(entry: Facts) -> str:
    """An entry that has no name, by what it says first: a question, the two ends of a flow, a step and its number."""
    if entry.get("from_") and entry.get("to"):
        return f"{entry['from_']} → {entry['to']}"
    said = [value for key, value in entry.items() if key != "label" and value and isinstance(value, str)]
    return " ".join(said[: 1 if "question" in entry else 2]) or "…"


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split(" "))
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
