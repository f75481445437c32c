"""Sizes for programs: versioned JSON."""

from __future__ import annotations

from typing import Any

from mlsd.cli.json_text import json_text
from mlsd.cli.sizes import Answer, Table
from mlsd.content.language import Language
from mlsd.derived.fact import Derived
from mlsd.sizing.working import Input

SCHEMA_VERSION = 1


def text(answer: Answer, language: Language) -> str:
    """The whole answer; keys are only ever added within one ``schema_version``."""
    data: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    if answer.file is not None:
        data["file"] = answer.file
    data |= dict(answer.data)
    if answer.remarks:
        data["remarks"] = [language.say(remark) for remark in answer.remarks]
    if answer.table is not None:
        data["table"] = _table(answer.table)
    data["sizes"] = [size(derived, language) for derived in answer.derived if derived.working]
    lacking = [derived for derived in answer.derived if not derived.working]
    if answer.file is not None or lacking:
        data["missing"] = [_lacking(derived, language) for derived in lacking]
    return json_text(data)


def size(derived: Derived, language: Language) -> dict[str, Any]:
    """One number with its working."""
    working = derived.working
    assert working is not None
    return {
        "id": derived.id,
        "stage": derived.stage or None,
        "name": language.say(derived.name),
        "result": working.result,
        "unit": working.unit,
        "formula": working.formula,
        "inputs": [given(entry, language) for entry in working.inputs],
        "source": working.source,
        "note": language.say(working.note) if working.note else None,
    }


def given(entry: Input, language: Language) -> dict[str, Any]:
    """One input."""
    return {
        "name": language.say(entry.name),
        "value": entry.value,
        "unit": entry.unit,
        "origin": entry.origin,
        "path": entry.path,
    }


def _lacking(derived: Derived, language: Language) -> dict[str, Any]:
    return {
        "id": derived.id,
        "stage": derived.stage or None,
        "name": language.say(derived.name),
        "needs": list(derived.missing),
        "refused": language.say(derived.refused) if derived.refused else None,
    }


def _table(table: Table) -> list[dict[str, float | str | None]]:
    keys = [key for key, _ in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]
