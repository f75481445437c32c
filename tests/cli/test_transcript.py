from __future__ import annotations

import io

import pytest
from asking import prompt

from mlsd.cli.console import Console
from mlsd.cli.prompts.result import Given, LeaveOpen
from mlsd.cli.transcript import line
from mlsd.interview.prompt import Lines


def said(
    kind: str, result: Given | LeaveOpen, assumed: bool = False, *, colour: bool = False, unicode: bool = True
) -> str:
    return line(Console(io.StringIO(), colour, unicode), str, prompt(kind, 1), result, assumed)


@pytest.mark.parametrize(
    ("kind", "result", "shown"),
    [
        ("choice", Given("ranking"), "  ✓ What kind of task is it: ranking"),
        ("choices", Given(["ranking", "retrieval"]), "  ✓ Where does its knowledge come from: ranking, retrieval"),
        ("lines", Given(Lines(["user"], ["a: b"])),
         "  ✓ What are the entities, and what characterises each: user, a · attributes: b"),
        ("prose", Given("Sell more,\n  and sooner."),
         "  ✓ Did I understand correctly: what should change, and… Sell more, and sooner."),
        ("prose", Given("Sell more, and sooner, and to everybody who comes."),
         "  ✓ Did I understand correctly: what… Sell more, and sooner, and to everybody…"),
        ("prose", Given(""), "  ○ Did I understand correctly: what should change, and for whom: open"),
        ("choice", LeaveOpen(), "  ○ What kind of task is it: open"),
        ("prose", Given("a\x1b[31m\u202eb"),
         "  ✓ Did I understand correctly: what should change, and… a‹U+001B›[31m‹U+202E›b"),
    ],
)  # fmt: skip
def test_one_line_says_what_was_asked_and_answered(kind: str, result: Given | LeaveOpen, shown: str) -> None:
    assert said(kind, result) == shown


def test_assumed_is_said_by_a_sign_a_word_and_a_colour() -> None:
    result = Given("ranking", untouched=True)
    assert said("choice", result, assumed=True) == "  ≈ What kind of task is it: ranking assumed"
    assert said("choice", result, assumed=True, unicode=False) == "  ~ What kind of task is it: ranking assumed"
    assert said("choice", result, assumed=True, colour=True).endswith("\x1b[36massumed\x1b[0m")


def test_a_long_answer_keeps_to_the_terminal() -> None:
    shown = said("prose", Given("a sentence that goes on and on, " * 9), assumed=True)
    assert len(shown) <= 80
    assert shown.endswith("… assumed")
