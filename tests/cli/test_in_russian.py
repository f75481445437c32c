"""What the terminal says in Russian: numbers agree with their words, and no English is left in a source."""

from __future__ import annotations

import pytest

from mlsd.cli.reports import rule_page
from mlsd.cli.sizes.words import amount
from mlsd.content.formula import source
from mlsd.content.language import language
from mlsd.derived.memory import memory
from mlsd.design import Design
from mlsd.lint.rules import by_code

RU = language("ru")


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (1, "tokens", "1 токен"), (2, "tokens", "2 токена"), (21, "tokens", "21 токен"),
        (7172, "tokens", "7172 токена"),
        (11, "tokens", "11 токенов"), (2e9, "tokens", "2 млрд токенов"), (2.5, "tokens", "2,5 токена"),
        (3, "rows", "3 строки"), (50, "tokens/parameter", "50 токенов на параметр"),
    ],
)  # fmt: skip
def test_a_word_has_the_form_that_its_number_asks_for(number: float, unit: str, said: str) -> None:
    assert amount(number, unit, RU).replace("\u00a0", " ") == said


def test_one_token_is_no_tokens_in_english() -> None:
    assert [amount(number, "tokens", language("en")) for number in (1, 2)] == ["1 token", "2 tokens"]


def test_a_source_of_several_is_translated_part_by_part() -> None:
    assert source("Arithmetic; Kwon et al.: Serving (2023)", RU) == "арифметика; Kwon et al.: Serving (2023)"


@pytest.mark.parametrize("code", ["MET-15", "DAT-02"])
def test_a_source_that_is_no_title_is_said_in_russian(code: str) -> None:
    said = rule_page.data(by_code(code), RU)["sources"]
    english = rule_page.data(by_code(code), language("en"))["sources"]
    plain = [(own, other) for own, other in zip(english, said, strict=True) if own[:1].islower() and "http" not in own]
    assert plain
    assert all(own != other for own, other in plain)


def test_what_a_block_holds_is_named_in_russian() -> None:
    block = {"id": "writer", "holds": {"what": "weights", "rows": 8_000_000_000, "bytes": 2}}
    name = next(memory(Design.model_validate({"pipeline": {"components": [block]}}))).name
    assert RU.say(name) == "память: веса (writer)"
