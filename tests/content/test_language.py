"""The languages mlsd speaks: one list, which everything else that names languages follows."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from catalogues import PLURALS

from mlsd.cli.app import run
from mlsd.content.language import LANGUAGES, language
from mlsd.design import Design
from mlsd.design.languages import Code
from mlsd.errors import Message
from mlsd.render.markdown import document


def test_every_list_of_languages_knows_each_of_them() -> None:
    assert list(get_args(Code)) == list(LANGUAGES) == ["en", *PLURALS]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_document_says_its_language_by_name(code: str) -> None:
    spoken = language(code)
    assert f"** {spoken.say(LANGUAGES[code])}\n" in document(Design(), language=spoken).text


@pytest.mark.parametrize("command", [(), ("new",), ("render",)])
def test_the_help_names_each_of_them(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    run([*command, "--help"])
    words = re.findall(r"\w+", capsys.readouterr().out)
    assert set(LANGUAGES) <= set(words)


def test_an_abbreviation_at_the_end_needs_no_second_stop() -> None:
    russian = language("ru")
    days = Message("{number} days", domain="rules", number=2)
    assert russian.say(Message("It takes {time}.", time=days)) == "It takes 2 дн."
    assert russian.say(Message("It takes {time}, no more.", time=days)) == "It takes 2 дн., no more."
    assert language("en").say(Message("It takes {time}.", time=days)) == "It takes 2 days."


def test_a_number_below_nothing_has_a_minus_and_no_hyphen() -> None:
    change = Message("closes if one share changes by {rest}", domain="rules", rest=-0.1)
    assert language("en").say(change) == "closes if one share changes by \u22120.1"
    assert language("ru").say(change).endswith(" \u22120,1")
