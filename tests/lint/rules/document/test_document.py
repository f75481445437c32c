"""Text of the template: what the page cannot show."""

from __future__ import annotations

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
