"""Text of the template: what the page cannot show."""

from __future__ import annotations

import pytest

from mlsd.content.language import language
from mlsd.content.template import template

FIELDS = ("current_solution", "why_ml")


def residue(code: str, assumed: str) -> str:
    """A design whose problem is told in the template's words, in this language."""
    words, problem = language(code), template("recsys").design.problem
    told = [f'  {name}: "{words.text("problem.recsys", getattr(problem, name))}"' for name in FIELDS]
    told += [f'  goal: {{statement: "{words.text("problem.recsys", problem.goal.statement or "")}"}}']
    head = f"template: recsys\nlanguage: {code}\nassumed: {assumed}\n"
    return head + "problem:\n" + "\n".join(told) + "\n"


def test_a_translated_template_is_still_the_templates(said):
    place = ["error problem.goal.statement"]
    assert said("DOC-02", residue("en", "[problem]")) == said("DOC-02", residue("ru", "[problem]")) == place


def test_what_is_confirmed_is_ones_own(said):
    assert said("DOC-02", residue("en", "[]")) == []
    assert said("DOC-02", residue("en", "[problem.why_ml, problem.gone]")) == []


def test_few_of_many_answers_may_be_left(said):
    mine = ", ".join(f"reason number {number} of a shop of our own" for number in range(8))
    assert said("DOC-02", residue("en", "[problem]") + f"  out_of_scope: [{mine}]\n") == []


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("problem: {goal: {statement: better answers}}", []),  # PRB-02 asks for its number
        ("problem: {constraints: [{text: качественные ответы}]}", ["info problem.constraints[0].text"]),
        ("problem: {constraints: [{text: good answers within 2 minutes}]}", []),
        ("problem: {constraints: [{text: fast}]}", ["info problem.constraints[0].text"]),
        ("problem: {constraints: [{kind: latency, text: fast}]}", []),
        ("problem: {constraints: [{kind: people, value: 3, unit: people, text: a good team}]}", []),
        ("metrics: {online: [{id: a, definition: share of good answers}]}", ["info metrics.online[a].definition"]),
        ("metrics: {online: [{id: a, definition: share of answers rated 4 or 5}]}", []),
    ],
)
def test_a_requirement_in_words_has_a_number(said, yaml, found):
    assert said("DOC-03", yaml + "\n") == found


CHOSEN = """
pipeline: {serving: {mode: online}, components: [{id: ranker, role: ranking}%s]}
model: {candidates: %s}
deploy: {storage: %s}
decisions: [%s]
"""
REJECTED = "{about: '%s', rejected: [{option: another, because: it is slow}]}"


@pytest.mark.parametrize(
    ("blocks", "candidates", "storage", "about", "found"),
    [
        ("", "", "", ["pipeline.serving"], False),
        ("", "", "", ["pipeline"], False),
        ("", "", "", ["pipeline.serving.mode"], False),
        ("", "", "", ["pipeline.components[ranker]"], True),
        ("", "[{id: a}]", "", ["pipeline.serving"], True),
        ("", "[{id: a}]", "", ["pipeline.serving", "model.candidates[a]"], False),
        ("", "", "[{id: lake}]", ["pipeline.serving"], True),
        ("", "", "[{id: lake}]", ["pipeline.serving", "deploy.storage"], False),
        (", {id: kv, role: online_store}", "", "", ["pipeline.serving"], True),
        (", {id: kv, role: online_store}", "", "", ["pipeline.serving", "pipeline.components[kv]"], False),
    ],
)
def test_a_major_choice_beat_something(said, blocks, candidates, storage, about, found):
    decisions = ", ".join(REJECTED % place for place in about)
    yaml = CHOSEN % (blocks, candidates, storage, decisions)
    assert said("DOC-05", yaml) == (["warning decisions"] if found else [])


def test_an_alternative_without_a_reason_is_none(said):
    serving = (
        "pipeline: {serving: {mode: online}}\ndecisions: [{about: pipeline.serving, rejected: [{option: batch}]}]\n"
    )
    assert said("DOC-05", serving) == ["warning decisions"]
    assert said("DOC-05", "title: nothing is chosen yet\n") == []


@pytest.mark.parametrize(
    ("text", "glossary", "found"),
    [
        ("the TRM and the TRM or a TRM", "", True),
        ("the TRM and the TRM", "", False),
        ("the TRM and the TRM or a TRM", "trm: a monitor", False),
        ("the monitor (TRM) and the TRM or a TRM", "", False),
        ("the TRM (a monitor) and the TRM or a TRM", "", False),
        ("the TRM (a monitor) and the TRM or a TRM, XYZ with XYZ and XYZ", "", True),
        ("the GPU and the GPU or a GPU", "", False),
        ("сервис ЦФТ и ЦФТ или ЦФТ", "", True),
        ("the A/B test and the PRB-01 and PRB-01 or PRB-01", "", False),
    ],
)
def test_an_abbreviation_is_explained_once(said, text, glossary, found):
    yaml = f"problem: {{current_solution: '{text}'}}\nglossary: {{{glossary}}}\n"
    assert said("DOC-06", yaml) == (["info glossary"] if found else [])
