"""One page for any design, and a minute's speech."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from printed_designs import HALF, design, example

from mlsd.content.language import language
from mlsd.render.fitting import clipped, cut, few, fit, spoken
from mlsd.render.markdown import document
from mlsd.render.one_pager import WORDS, one_pager
from mlsd.render.pdf import ONE_PAGE_SIZES, pages, pdf

EN, RU = language("en"), language("ru")
LONG = "All of this was said at length by somebody who had the time. " * 12


def swollen(value: Any, say: Callable[[str], str] = lambda value: f"{value}. {LONG}") -> Any:
    """The same design with far too much said everywhere."""
    if isinstance(value, dict):
        return {key: swollen(entry, say) if key not in KEPT else entry for key, entry in value.items()}
    if isinstance(value, list):
        return [swollen(entry, say) for entry in value]
    return say(value) if isinstance(value, str) and " " in value else value


KEPT = {"template", "currency", "window", "by", "assumed", "iterations", "authors"}


def pitch(page: str) -> str:
    return page.rsplit("\n\n", 1)[1]


CODES = "推荐系统的设计需要考虑很多因素。" * 9
"""Signs that the fonts of the PDF lack: each prints as a code."""


@pytest.mark.parametrize(
    "data",
    [example(), HALF, {}, swollen(example()), swollen(example(), lambda _: CODES)],
    ids=["whole", "half", "empty", "swollen", "codes"],
)
def test_it_fits_one_page(data: dict[str, Any]) -> None:
    page = document(design(data), language=EN, kind="one-pager")
    made = pdf(page.text, title=page.title, one_page=True, size=ONE_PAGE_SIZES[1])
    assert pages(made) == 1
    assert page.diagrams == []


def test_the_example_on_a_page() -> None:
    page = document(design(example()), language=EN, kind="one-pager").text
    assert [line.split("**")[1] for line in page.splitlines() if line.startswith("**")] == [
        "Problem.", "Numbers.", "Metrics.", "Data.", "Pipeline.", "Model.", "Deploy.", "A/B test.", "Risks.",
    ]  # fmt: skip
    assert "At most 130\u00a0ms at p99, 70\u00a0ms under the promised 200\u00a0ms. Funnel: 3M → 500 → 50 → 10." in page
    assert 115 <= len(pitch(page).split()) <= WORDS


def test_what_does_not_fit_refers_to_its_section() -> None:
    page = one_pager(design(swollen(example())), EN, fits=lambda text, code: True)
    assert "… →\u00a0§1" in page.replace("…\u00a0", "… ")
    assert len(pitch(page).split()) <= WORDS


def test_it_shrinks_until_it_fits() -> None:
    sizes: list[int] = []

    def fits(text: str, code: str) -> bool:
        sizes.append(len(text))
        return len(sizes) == 4

    page = one_pager(design(swollen(example())), EN, fits=fits)
    assert len(page) == sizes[3]
    assert sizes == sorted(sizes, reverse=True)


def test_an_empty_design_has_something_to_say() -> None:
    page = document(design({}), language=EN, kind="one-pager").text
    assert pitch(page) == "Nothing is settled yet; the first question is what should change, and for whom.\n"


@pytest.mark.parametrize(
    ("longest", "kept"),
    [(40, "One. Two is longer. Three"), (20, "One. Two is longer. …"), (12, "One. Two is…"), (3, "One…")],
)
def test_cut_at_a_sentence_then_at_a_word(longest: int, kept: str) -> None:
    assert cut("One. Two is longer. Three", longest) == kept


def test_lists_and_data_are_cut_too() -> None:
    assert few(["a", "b", "c"], 2) == ["a", "b", "…"]
    assert few(["a", "b"], 2) == ["a", "b"]
    assert clipped({"a": ["word " * 20], "n": 5, "e": None}, 12) == {"a": ["word word…"], "n": 5, "e": None}


def test_whole_sentences_while_there_is_room() -> None:
    assert fit(["One.", "Two is too long.", None, "Three."], 12, "§4") == "One. Three. …\u00a0→\u00a0§4"
    assert fit(["One.", "Two."], 12, "§4") == "One. Two."


def test_the_weightiest_sentences_in_the_order_told() -> None:
    told = [[2, "Second in weight."], [3, "Too much of it all."], [1, "First in weight."], [3, "Last."]]
    assert spoken(told, 7) == "Second in weight. First in weight. Last."


def test_one_ellipsis_is_enough_before_a_reference() -> None:
    short, long = "Watched: a, b, …", "A sentence for which there is no room left."
    assert fit([short], 100, "§6") == "Watched: a, b, … →\u00a0§6"
    assert fit([short, long], 30, "§6") == "Watched: a, b, … →\u00a0§6"
    assert fit(["All is well.", long], 30, "§6") == "All is well. …\u00a0→\u00a0§6"
    assert fit([short, "All is well.", long], 40, "§6") == "Watched: a, b, … All is well. …\u00a0→\u00a0§6"
    assert fit(["All is well."], 30, "§6") == "All is well."


def test_limits_begin_with_what_is_limited() -> None:
    page = document(design(example()), language=EN, kind="one-pager").text
    assert "Limits: response time\u00a0– at most 200\u00a0ms at p99; availability\u00a0– at least 99.9\u00a0%;" in page
    assert "Sources: log of impressions, clicks and carts; catalogue; texts of the product cards." in page


def test_a_sentence_goes_on_after_an_assumed_text_without_a_stop_in_it() -> None:
    law = {"id": "law", "kind": "law", "text": "People may refuse."}
    risk = {"text": "It rains.", "mitigation": "An umbrella."}
    problem = {"constraints": [law], "risks": [risk]}
    data = {"problem": problem, "assumed": ["problem.constraints[law]", "problem.risks"]}
    page = document(design(data), language=EN, kind="one-pager").text
    assert "Limits: law†\u00a0– People may refuse†." in page
    assert "It rains†; the answer: An umbrella†." in page
