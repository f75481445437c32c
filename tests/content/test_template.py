"""Templates as the rest of mlsd sees them."""

from __future__ import annotations

import pytest

from mlsd.content.prose import design_texts, texts
from mlsd.content.root import examples, templates
from mlsd.content.template import Pitfall, names, summaries, template
from mlsd.errors import UsageError


def test_generic_is_the_last_of_the_names() -> None:
    assert "recsys" in names()
    assert names()[-1] == "generic"
    assert list(names()[:-1]) == sorted(names()[:-1])


def test_a_summary_is_one_line_for_each_name() -> None:
    assert [summary.name for summary in summaries()] == list(names())
    assert summaries()[-1].title == "Any other problem"


def test_what_rules_read_of_a_template() -> None:
    recsys = template("recsys")
    assert dict(recsys.uses) == {"lists": True, "llm": False, "agent": False}
    assert recsys.traits["time_ordered"] == "strong"
    assert "товар" in recsys.core_entities["item"]
    assert "hide" in recsys.guardrails.any_of
    assert "purchase_after_*" in recsys.leaks
    assert recsys.simple_fallback == "popular items"


def test_what_people_read_of_a_template() -> None:
    recsys = template("recsys")
    assert recsys.why["19"].startswith("A ranker at 0.1 ms an item can score 500 candidates")
    assert len(recsys.follow_ups["ab_test"]) == 5
    assert recsys.checklist["metrics"][3] == "Every guardrail has a margin in its own unit."
    assert recsys.pitfalls[0] == Pitfall(
        stage="problem",
        text="The objective is whatever is easy to log. Clicks are, so curiosity wins over need; state the business "
        "number and use clicks as the way there.",
        source="G",
    )


def test_the_suggestion_is_a_design() -> None:
    recsys = template("recsys")
    assert recsys.design.problem.scale.items == 1_000_000
    assert recsys.design.ab_test.split == {"control": 0.7, "treatment": 0.3}
    assert [candidate.id for candidate in recsys.also.model.candidates] == [
        "als",
        "sequence",
        "cross_network",
        "bandit_places",
    ]


def test_a_template_is_read_once_and_cannot_be_changed() -> None:
    recsys = template("recsys")
    assert template("recsys") is recsys
    with pytest.raises(TypeError):
        recsys.traits["time_ordered"] = "none"  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("recsis", "Did you mean “recsys”? The templates are: {every}."),
        ("Recsys", "Did you mean “recsys”? The templates are: {every}."),
        ("../recsys", "Did you mean “recsys”? The templates are: {every}."),
        ("zzz", "The templates are: {every}."),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        template(name)
    assert str(caught.value.message) == f"There is no template “{name}”."
    assert str(caught.value.hint) == hint.replace("{every}", ", ".join(names()))


def test_prose_is_translated_and_ids_are_not() -> None:
    found = dict(design_texts(template("recsys")))
    assert found["design", "problem", "goal", "statement"].startswith("Whoever opens the home page")
    assert found["also", "deploy", "storage", 0, "name"] == "warehouse"
    assert ("design", "problem", "goal", "metric") not in found
    assert ("design", "data", "entities", 0, "attributes", 0, "name") not in found


@pytest.mark.parametrize("name", names())
def test_every_translated_sentence_can_be_a_msgid(name: str) -> None:
    every = list(texts(template(name)))
    assert len({path for path, _ in every}) == len(every)
    assert [path for path, text in every if not text or text != text.strip() or "\n" in text] == []


def test_content_is_found() -> None:
    assert (templates() / "problems" / "recsys.yaml").is_file()
    assert (examples() / "recsys" / "design.yaml").is_file()
