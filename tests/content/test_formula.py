"""Every formula of the product in Russian: its signs, and no English word left between them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlsd.content.formula import said, source
from mlsd.content.language import language

SOURCE = Path(__file__).resolve().parents[2] / "src" / "mlsd"
KEPT = {"ln", "max", "min", "arcsin", "pooled", "TFLOPS", "FLOP", "FPR", "GPU", "KV", "CV", "rps"}
"""What Russian engineers write so, too."""


def formulas() -> Iterator[str]:
    """The literal text of every formula, piece by piece where it is put together."""
    for path in sorted([*(SOURCE / "sizing").glob("*.py"), *(SOURCE / "derived").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and any(
                isinstance(to, ast.Name) and to.id.lower() == "formula" for to in node.targets
            ):
                yield from _texts(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Working":
                yield from _texts(node.args[0])


def _texts(node: ast.AST) -> Iterator[str]:
    tests = {id(part) for branch in ast.walk(node) if isinstance(branch, ast.IfExp) for part in ast.walk(branch.test)}
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in tests:
            yield part.value


@pytest.mark.parametrize("formula", sorted(set(formulas())))
def test_no_english_word_is_left_in_russian(formula: str) -> None:
    assert said(formula, language("en")) == formula
    if not formula.startswith("p99 ≤"):
        words = re.findall(r"[A-Za-z]{2,}", said(formula, language("ru")))
        assert set(words) <= KEPT


def test_the_signs_stay_and_the_longest_name_is_found_first() -> None:
    russian = language("ru")
    assert said("rps = replicas · capacity of a replica · headroom", russian) == (
        "rps = реплики · пропускная способность реплики · доля загрузки"
    )
    assert said("left = window − instructions − chunks · tokens of a chunk", russian) == (
        "остаток = окно − инструкции − чанки · токенов в чанке"
    )


def test_the_ids_of_a_design_stay_as_they_are() -> None:
    assert said("p99 ≤ cache + max(memory, batch)", language("ru")) == "p99 ≤ cache + max(memory, batch)"


def test_a_publication_keeps_its_title() -> None:
    assert source("Arithmetic", language("ru")) == "арифметика"
    assert source("Holm: A Simple Sequentially Rejective Multiple Test Procedure (1979)", language("ru")).startswith(
        "Holm"
    )
