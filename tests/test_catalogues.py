"""The translations: complete, fresh, and with the same values in them as the English sentences."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from mlsd.content.language import language
from mlsd.content.template import names, template
from mlsd.errors import Counted, Message
from mlsd.lint.diagnostic import Sentence

ROOT = Path(__file__).resolve().parent.parent
RUSSIAN = ROOT / "templates" / "locale" / "ru" / "LC_MESSAGES"
DOMAINS = ("click", "formula", "mlsd", "rules", *(f"problem.{name}" for name in names()))
VALUE = re.compile(r"%\(\w+\)s|\{\w*\}")
MIXED = re.compile(r"[А-Яа-яЁё][A-Za-z]|[A-Za-z][А-Яа-яЁё]")
BROKEN = re.compile(r"\d %|\u2014|[“”]|\.\.\.|  ")
"""A space before a per cent sign that may break, dashes and quotes of another language, two spaces."""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "tools" / "catalogues.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["catalogues"] = module
    spec.loader.exec_module(module)
    return module


def catalogue(domain: str) -> Catalog:
    with (RUSSIAN / f"{domain}.po").open("rb") as file:
        return read_po(file, "ru")


def pairs(domain: str) -> list[tuple[str, str]]:
    """English and Russian; of a counted sentence its plural with each of the three forms."""
    found = []
    for entry in catalogue(domain):
        if entry.id and isinstance(entry.id, str):
            found.append((entry.id, str(entry.string)))
        elif entry.id:
            found += [(entry.id[1], form) for form in entry.string]
    return found


def test_every_domain_has_its_catalogue() -> None:
    assert {path.stem for path in RUSSIAN.glob("*.po")} == set(DOMAINS)
    assert {path.stem for path in RUSSIAN.glob("*.mo")} == set(DOMAINS)


def test_a_sentence_that_is_not_written_literally_is_refused(tool: ModuleType) -> None:
    import ast

    source = "def f(word):\n    return Message(word + '!')\n"
    with pytest.raises(tool.Unreadable, match=r"x\.py:2: write the text of Message literally"):
        list(tool._calls(ast.parse(source), "x.py", {}))


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_untranslated_or_guessed(domain: str) -> None:
    entries = catalogue(domain)
    assert [english for english, russian in pairs(domain) if not russian.strip()] == []
    assert [entry.id for entry in entries if entry.fuzzy] == []
    assert entries.obsolete == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_translation_has_the_values_of_its_sentence(domain: str) -> None:
    wrong = [(english, russian) for english, russian in pairs(domain) if _values(english) != _values(russian)]
    assert wrong == []


def _values(text: str) -> list[str]:
    return sorted(set(VALUE.findall(text)))


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_word_mixes_two_alphabets(domain: str) -> None:
    assert [russian for _, russian in pairs(domain) if MIXED.search(russian)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_signs_are_russian(domain: str) -> None:
    assert [russian for _, russian in pairs(domain) if BROKEN.search(_without_examples(russian))] == []


def _without_examples(text: str) -> str:
    """Without what the file format or the command line wants exactly so."""
    return re.sub(r"`[^`]*`|\"[^\"]*\"|\[[^\]]*\]\.\.\.|\b[\d.]+ или [\d.]+ %", "…", text)


@pytest.mark.parametrize(
    ("message", "russian"),
    [
        (Message("There is no template “{name}”.", name="recsis"), "Шаблона «recsis» нет."),
        (Message("{path} cannot be read: {reason}.", path="a.yaml", reason="x"), "a.yaml не читается: x."),
        (Message("{given} is new here.", given=1), "1 is new here."),
        (
            Sentence("The shares of the split sum to {total}, not to 1.", total=0.9),
            "Доли разбиения дают в сумме 0,9, а не 1.",
        ),
        (
            Sentence(
                "The goal is measured by {metric}, but this is missing: {missing}.",
                metric="ctr",
                missing=[Sentence("the target"), Sentence("the date")],
            ),
            "Цель измеряется метрикой ctr, но не хватает: целевое значение, дата.",
        ),
    ],
)
def test_a_sentence_in_russian(message: Message, russian: str) -> None:
    assert language("ru").say(message) == russian


def test_russian_counts_in_three_forms() -> None:
    said = [
        language("ru").say(Counted("{count} finding", "{count} findings", count=count)) for count in (1, 2, 5, 11, 21)
    ]
    assert said == ["1 замечание", "2 замечания", "5 замечаний", "11 замечаний", "21 замечание"]


def test_a_template_has_a_domain_of_its_own() -> None:
    assert language("ru").text(template("recsys").domain, "Recommendations") == "Рекомендации"
    assert language("ru").text("mlsd", "Recommendations") == "Recommendations"
