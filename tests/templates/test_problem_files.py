"""Every template is whole: the fields are described once, in problem_fields.py, and each file is held against them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml
from problem_fields import faults

from mlsd.content.root import templates
from mlsd.content.sections import Sections, parse
from mlsd.content.template import names, template
from mlsd.lint import Maturity, check

FILES = sorted((templates() / "problems").glob("*.yaml"))
Data = dict[str, Any]


@pytest.mark.parametrize("name", names())
def test_it_lacks_nothing(name: str) -> None:
    file = templates() / "problems" / f"{name}.yaml"
    assert faults(name, parse(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", names())
def test_no_key_stands_twice(name: str) -> None:
    text = (templates() / "problems" / f"{name}.yaml").read_text(encoding="utf-8")

    def walk(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), node.start_mark
            for _, value in node.value:
                walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                walk(value)

    walk(yaml.compose(text, yaml.CSafeLoader))


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("maturity", [Maturity.INTERVIEW, Maturity.DESIGN])
def test_no_rule_has_anything_to_say_of_the_suggestion(name: str, maturity: Maturity) -> None:
    design = template(name).design.model_copy(update={"mlsd": 1, "template": name, "language": "en"})
    report = check(design, maturity=maturity)
    assert [(found.code, str(found.message)) for found in report.diagnostics] == []
    assert not report.broken


@pytest.mark.parametrize("name", names())
def test_read_by_sections_it_is_the_same_file(name: str) -> None:
    file = templates() / "problems" / f"{name}.yaml"
    sections = Sections(file)
    assert {key: sections.get(key) for key in sections.keys()} == parse(file.read_text(encoding="utf-8"))  # noqa: SIM118


def remove(section: str, key: str) -> Callable[[Data], None]:
    return lambda data: data[section].pop(key)


def put(value: Any, *path: str | int) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        for step in path[:-1]:
            data = data[step]  # type: ignore[index]
        data[path[-1]] = value  # type: ignore[index]

    return change


def again(*path: str) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        for step in path:
            data = data[step]
        data.append(deepcopy(data[0]))  # type: ignore[attr-defined]

    return change


REFUSED: list[tuple[Callable[[Data], Any], str]] = [
    (lambda data: data.pop("checklist"), "Section checklist is missing."),
    (put([], "hints"), "Section hints is not known."),
    (put("", "summary"), "summary is too thin."),
    (put("maybe", "traits", "high_stakes"), "Trait high_stakes has the level maybe."),
    (remove("questions", "17"), "Question 17 is missing."),
    (put({"why": "Because we ask everybody."}, "questions", "36"), "Question 36 is not known."),
    (put("", "questions", "9", "why"), "Question 9 does not say why."),
    (put("It is important.", "questions", "9", "why"), "Question 9 does not say why."),
    (put("One is here. Two is here. Three is here. Four is here, and that is too much.", "questions", "9", "why"),
     "Question 9 says why in more than three sentences."),
    (put(["Why is this so, and why not so?", "How would you know that it works?"], "follow_ups", "model"),
     "follow_ups has fewer than three lines for model."),
    (again("follow_ups", "data"), "follow_ups says twice: "),
    (put("More?", "follow_ups", "data", 0), "follow_ups says too little: More?"),
    (remove("checklist", "deploy"), "checklist does not go through the seven stages in order."),
    (put("rumour", "pitfalls", 0, "source"), "A pitfall names the source rumour, which nobody knows."),
    (put("model serving", "pitfalls", 0, "stage"), "A pitfall is about model serving, which is no stage."),
    (put("Bias.", "pitfalls", 0, "text"), "A pitfall says too little: Bias."),
    (again("design", "metrics", "online"), "metrics.online has 2 entries called "),
    (put(None, "design", "deploy", "architecture"), "Question 30 has no suggestion: deploy.architecture."),
    (put("interview", "design", "maturity"), "The design has the key maturity, which the tool writes."),
    (put("clicks_of_all", "design", "problem", "goal", "metric"),
     "The metric clicks_of_all is referred to and not declared."),
    (lambda data: data["also"]["metrics"]["online"].append({"id": data["design"]["metrics"]["online"][0]["id"]}),
     "The metric "),
    (put("a \u202eb", "simple_fallback"), "simple_fallback has a character that is not allowed: "),
    (put("popular {items}", "simple_fallback"), "simple_fallback has a character that is not allowed: "),
    (put("TBD", "design", "deploy", "architecture"), "design.deploy.architecture is a placeholder: 'TBD'"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_what_is_thin_is_refused_by_name(change: Callable[[Data], Any], sentence: str) -> None:
    data = parse((templates() / "problems" / "recsys.yaml").read_text(encoding="utf-8"))
    change(data)
    assert [fault for fault in faults("recsys", data) if fault.startswith(sentence)]
