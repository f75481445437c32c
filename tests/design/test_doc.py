"""Every field is written once: its docstring is the question in the wizard, the schema and the reference."""

import pytest

from mlsd.design import Design
from mlsd.design.doc import Doc, docs, split
from mlsd.design.metrics import Metric
from mlsd.design.node import Entry, Node


def nodes(node: type[Node] = Node) -> list[type[Node]]:
    return [part for child in node.__subclasses__() for part in (child, *nodes(child))]


NODES = [node for node in nodes() if node.__module__.startswith("mlsd.design.")]

every_node = pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)


def test_the_first_paragraph_is_the_question_and_the_others_are_the_help():
    assert split("What is it today?\n\n    Measured over the\n    same window.\n\n    In its unit.\n") == (
        "What is it today?",
        ("Measured over the same window.", "In its unit."),
    )
    assert docs(Metric)["role"] == Doc(
        "Does it decide, protect or only explain?",
        (
            "`success` decides, a `guardrail` must not get worse, `diagnostic` explains. "
            "The first metric of a list that is `success` or empty is its primary.",
        ),
    )


def test_an_entry_of_a_list_inherits_what_is_said_of_id_and_name():
    assert docs(Metric)["id"] == docs(Entry)["id"]
    assert docs(Metric)["name"].question == "What do people call it?"


def test_the_stages_are_asked_in_their_order():
    stages = ("problem", "metrics", "data", "pipeline", "model", "deploy", "ab_test")
    assert [name for name in docs(Design) if name in stages] == list(stages)


def test_every_part_of_a_design_is_looked_at():
    assert {"Design", "Goal", "Metric", "Labels", "Component", "Split", "LlmServing", "Tool", "Monitor", "AbTest"} <= {
        node.__name__ for node in NODES
    }


@every_node
def test_every_field_has_a_docstring(node: type[Node]):
    assert set(docs(node)) == set(node.model_fields)


@every_node
def test_the_first_paragraph_is_one_short_question(node: type[Node]):
    questions = {name: doc.question for name, doc in docs(node).items()}
    wrong = {name: said for name, said in questions.items() if not (said.endswith("?") and said.count("?") == 1)}
    assert wrong == {}
    assert {name: said for name, said in questions.items() if len(said) > 110} == {}


@every_node
def test_no_two_fields_of_one_class_ask_the_same(node: type[Node]):
    questions = [doc.question for doc in docs(node).values()]
    assert sorted(questions) == sorted(set(questions))


@every_node
def test_the_help_speaks_in_sentences(node: type[Node]):
    helps = {name: text for name, doc in docs(node).items() for text in doc.help}
    assert {name: text for name, text in helps.items() if text[-1] not in ".?”`" or "§" in text} == {}


@every_node
def test_a_class_says_in_one_line_what_it_is(node: type[Node]):
    first, others = split(node.__doc__ or "")
    assert first.endswith(".")
    assert others == ()
